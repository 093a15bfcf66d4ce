"""Who did what to whom, and which number counts what, is as in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.claims.contests import agrees_on_winner
from assistant.support.numbers.around import Reach, around, places
from assistant.support.numbers.number_words import CARDINALS
from assistant.support.numbers.quantities import Quantity
from assistant.support.text.alignment import Alignment
from assistant.support.text.irregular import is_irregular
from assistant.support.text.meanings import root
from assistant.support.text.reading import Reading
from assistant.support.text.words import word_set

__all__ = ["Counted", "check_roles"]

# Verbs that say the same of both, and words that put two names side by side.
_BOTH = word_set(
    "meet marri fac play fight speak talk agre join draw divorc dat discus debat joint"
)
_EVEN = word_set("and or with than versus vs between as includ like the a an of in both")
_SIDE_BY_SIDE = re.compile(
    r"\b(?:and|or|with|than|versus|vs|between|as|including|like|who|whose|where|which|that|when"
    r"|there)\b|[,;:—–(“”?]|[’']s?\b(?! [a-z]+ed\b)"
)
# Verbs whose subject may be what is changed, too: "the war ended" and "a treaty ended the war".
_ITSELF = frozenset(
    map(
        root,
        "end start begin stop close open change grow increase move kill die pass clear".split(),
    )
)
# What is given to somebody is what somebody is given, and who worries one is worried about.
_GIVEN = word_set("give offer send grant award show lend")
_LINKS = ("to", "about")
# Whom something is done to is no adverb's object: "openly lied to Lund".
_TO = re.compile(r"\b(?:to|at|for|on|by)\b")
_GENERAL = word_set(
    """
    people person man woman child other year month week day hour more less about around nearly
    almost roughly total number some only just least first last new record averag estimat
    """
)
# What stands behind another number is said of that one.
_REACH = Reach(
    before=3,
    after=4,
    divides=word_set("and or but while with than to from compar versus up down"),
    marks=re.compile(r"[,;:—–()]"),
    behind_others=False,
)
_COUNTING = frozenset({"count", "percent", "money"})
# A number fits another thing better by so many words: in a sentence that has as many words of the
# source, and in a freer one, whose other words may be what the number is said of.
_REPEATED, _CLOSE, _CLEAR = 0.7, 0.5, 2.0
# Content words that may stand between two names, and words in the source.
_BETWEEN, _APART = 3, 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence with its numbers."""

    reading: Reading
    quantities: tuple[Quantity, ...]


def check_roles(
    found: Sequence[Alignment], answer: Counted, sources: Sequence[Counted]
) -> tuple[str, ...]:
    """Check that names have not changed sides around a verb, nor numbers what they count.

    Args:
        found: The sentence aligned with each sentence of the source.
        answer: The sentence with its numbers.
        sources: The sentences of the source, in the order of `found`, with theirs.
    """
    if not found:
        return ()
    best = max(range(len(found)), key=lambda i: found[i].share)
    clear = _CLOSE if found[best].share >= _REPEATED else _CLEAR
    won = agrees_on_winner(found[best].answer.text, found[best].source.text)
    reasons = [*(() if won else _sides(found[best])), *_counts(answer, sources, clear)]
    return tuple(dict.fromkeys(reasons))


def _sides(alignment: Alignment) -> list[str]:
    """Two that stand on the other side of the same verb."""
    answer, source, pairs = alignment.answer, alignment.source, alignment.pairs
    content = [
        at
        for at, token in enumerate(answer.tokens)
        if token.content and not token.word[0].isdigit() and token.word not in CARDINALS
    ]
    reasons = []
    for place, left in enumerate(content):
        for right in content[place + 2 : place + 2 + _BETWEEN]:
            between = [at for at in content if left < at < right]
            if not all(at in pairs for at in (left, right, *between)):
                continue
            first, last = pairs[right], pairs[left]
            if not all(first < pairs[at] < last for at in between) or last - first > _APART:
                continue
            named = all(answer.tokens[at].name or at == 0 for at in (left, right))
            mine, theirs = _stretch(answer, left, right), _stretch(source, first, last)
            verbs = [
                at
                for at in between
                if _is_verb(answer.tokens[at].word)
                and answer.text[answer.tokens[at].start - 1] != "-"  # "football pitch-sized"
                and answer.tokens[at].root not in _ITSELF
                and not _is_noun(answer, at)
                and not _is_adverb(answer.tokens[left].word)
                and not (_is_adverb(answer.tokens[right].word) and not _TO.search(theirs))
            ]
            apart = not _SIDE_BY_SIDE.search(mine) and not _SIDE_BY_SIDE.search(theirs)
            alike = apart and _is_passive(mine) == _is_passive(theirs)
            alike = alike and ("being" in mine.split()) == ("being" in theirs.split())
            alike = alike and not _is_linked(mine, theirs, {answer.tokens[at].root for at in verbs})
            words = _between(answer, left, right)
            swapped = named and words and words == _between(source, first, last)
            # "Ruth Amsel, its chief" is "chief Ruth Amsel".
            swapped = swapped and (bool(verbs) or "," not in theirs + mine)
            if swapped or (alike and verbs and (named or len(between) == 1)):
                reasons.append(f"the source says “{theirs}”, not “{mine}”")
    return reasons[:1]


def _is_adverb(word: str) -> bool:
    """Whether a word says how or how much: "newly released papers", "much had changed"."""
    return word.endswith(("ly", "wide")) or word in {"much", "many"}


def _is_noun(reading: Reading, at: int) -> bool:
    """Whether a form of a verb names a thing: "a painting of pigs", "months of falling rents"."""
    beside = {token.word for token in reading.tokens[max(0, at - 1) : at + 2]}
    return reading.tokens[at].word.endswith("ing") and "of" in beside


def _is_linked(mine: str, theirs: str, verbs: set[str]) -> bool:
    """Whether one says "given to her" for "she is given", or "worries her" for "worried about"."""
    to, about = (((f" {link} " in mine) != (f" {link} " in theirs)) for link in _LINKS)
    return (to and bool(verbs & _GIVEN)) or about


def _between(reading: Reading, left: int, right: int) -> list[str]:
    """The words between two names, if they do not put them side by side."""
    found = list(range(left + 1, right))
    while found and reading.tokens[found[0]].name:
        found.pop(0)
    while found and reading.tokens[found[-1]].name:
        found.pop()
    roots = [reading.tokens[at].root for at in found]
    return [] if _BOTH & set(roots) or set(roots) <= _EVEN else roots


def _stretch(reading: Reading, first: int, last: int) -> str:
    return " ".join(reading.text[reading.tokens[first].start : reading.tokens[last].end].split())


def _is_verb(word: str) -> bool:
    return (word.endswith(("ed", "ing")) or is_irregular(word)) and root(word) not in _BOTH


def _is_passive(stretch: str) -> bool:
    """Tell "was beaten by Reith" from "beat Reith"."""
    return bool(re.search(r"\b(?:is|are|was|were|be|been|being|get|gets|got)\b|\bby\b", stretch))


def _counts(answer: Counted, sources: Sequence[Counted], clear: float) -> list[str]:
    """Numbers that in the source count something else, where it counts this with another number.

    Args:
        answer: The sentence with its numbers.
        sources: Those of the source.
        clear: By how much another number has to fit better.
    """
    known = [
        (quantity, _said_of(source, quantity))
        for source in sources
        for quantity in source.quantities
        if quantity.kind in _COUNTING
    ]
    reasons = []
    for quantity in answer.quantities:
        alike = [k for k in known if k[0].kind == quantity.kind]
        equal = [k for k, _ in alike if set(k.values) & set(quantity.values)]
        same = [of for k, of in alike if k in equal]
        mine = _said_of(answer, quantity)
        others = [
            (k, of)
            for k, of in alike
            if not set(k.values) & set(quantity.values)
            and (mine.way or not _count_apart(quantity, k, alike))
        ]
        if quantity.kind not in _COUNTING or not same or not others:
            continue
        if quantity.kind == "count" and not mine.way and not all(k.unit for k in equal):
            continue  # "Reith sold 40 cars, Lund 30" leaves out what Lund sold
        other, of = max(others, key=lambda pair: _fit(mine, pair[1]))
        same_thing = mine.head in of.words or bool(mine.way and mine.way == of.way)
        if same_thing and _fit(mine, of) - max(_fit(mine, one) for one in same) >= clear:
            reasons.append(f"the source says {other.phrase}, not {quantity.phrase}")
    return reasons


def _count_apart(
    quantity: Quantity, other: Quantity, alike: Sequence[tuple[Quantity, _SaidOf]]
) -> bool:
    """Whether the source has this number of the same things, and the other of other things."""
    return other.unit != quantity.unit and any(
        bool(k.unit) and k.unit == quantity.unit and bool(set(k.values) & set(quantity.values))
        for k, _ in alike
    )


@dataclass(frozen=True, slots=True)
class _SaidOf:
    """What a number is said of.

    Attributes:
        words: The roots and senses of the words around it.
        head: The root of the first word of content behind it.
        way: "from" or "to" before it.
    """

    words: frozenset[str]
    head: str
    way: str


def _fit(one: _SaidOf, other: _SaidOf) -> float:
    """How far two numbers are said of the same thing."""
    return len(one.words & other.words) + (1.5 if one.way and one.way == other.way else 0.0)


def _said_of(counted: Counted, quantity: Quantity) -> _SaidOf:
    """Looks around a number, as far as no other number and no other clause begins."""
    own = places(counted.reading, quantity)
    if not own:
        return _SaidOf(frozenset(), "", "")
    words: set[str] = set()
    head = ""
    for token, behind in around(counted.reading, quantity, counted.quantities, _REACH):
        if token.content and token.root not in _GENERAL:
            words |= token.keys
            head = head or (token.root if behind else "")
    before, near = [
        counted.reading.tokens[own[0] - back].word if own[0] >= back else "" for back in (1, 2)
    ]
    before = "" if near in {"close", "up", "next"} else before  # "close to 3 million"
    return _SaidOf(frozenset(words), head, before if before in {"from", "to"} else "")
