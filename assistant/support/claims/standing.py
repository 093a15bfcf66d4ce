"""Who holds an office: a former mayor, a deputy chief and an acting director are none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.support.names.name_forms import TITLES
from assistant.support.text.alignment import Alignment, alike
from assistant.support.text.reading import Reading
from assistant.support.text.words import STOPWORDS, bare, word_set

__all__ = ["check_standing"]

# Of each line, the first words stand before an office, and the others say the same near it.
_STANDINGS = (
    (
        word_set("former ex erstwhile onetime"),
        word_set(
            """
            formerly once previously previous past retired ousted departed outgoing late
            earlier predecessor used served until resigned quit old ago longtime
            """
        ),
    ),
    (word_set("acting interim caretaker"), word_set("temporary temporarily provisional stand-in")),
    (word_set("deputy vice assistant"), word_set("deputies aide number second no")),
)
# Titles that go on: "chief executive", "general manager"; and those that are part of a name.
_GOES_ON = word_set("chief general head first former deputy prime vice senior junior officer")
_OF_A_NAME = word_set("justice foreign interior state party saint st")
# Who was one stays one.
_FOR_GOOD = word_set("medalist medallist winner nominee laureate veteran survivor")
# "When she was mayor", "as mayor", "ran for mayor": at that time, or none yet.
_AT_THE_TIME = word_set("was were been being as became become served for then")
_REACH = 4
_BEFORE, _BESIDE, _NEAR = 3, 5, 8
_BEHIND = word_set("like against during among within toward towards across amid")
_MARK = re.compile(r"[,;:()—–“”\"]")
# A source sentence counts when it has this share of the answer's content words, or this share of
# what the best one has.
_ALIKE, _AS_GOOD = 0.4, 0.75


@dataclass(frozen=True, slots=True)
class _Office:
    """An office with what is said of who holds it.

    Attributes:
        first: Where it begins, with the word before it.
        head: The place of its noun.
        names: The roots of the names that follow it.
        same: The words that say the same of it.
    """

    first: int
    head: int
    names: frozenset[str]
    same: frozenset[str]


def check_standing(found: Sequence[Alignment]) -> tuple[str, ...]:
    """Whether a sentence gives an office in full to whom its source calls former, acting or deputy.

    Args:
        found: The sentence aligned with each sentence of the source.
    """
    near = alike(found, _ALIKE, _AS_GOOD)
    per_source = [list(_dropped(alignment)) for alignment in near]
    return tuple(dict.fromkeys(per_source[0])) if near and all(per_source) else ()


def _dropped(alignment: Alignment) -> Iterator[str]:
    answer, source, back = alignment.answer, alignment.source, alignment.back
    for office in _offices(source):
        mine = back.get(office.head)
        if mine is None or _is_then(answer, mine, office):
            continue
        near = answer.tokens[max(0, mine - _NEAR) : mine + 1 + _NEAR]
        if any(token.word in office.same for token in near):
            continue
        beside = answer.tokens[max(0, mine - _BESIDE) : mine + 1 + _BESIDE]
        if office.names and office.names.isdisjoint(token.root for token in beside):
            continue  # that of somebody else
        if _has_plain(source, office):
            continue
        own = [back.get(at, mine) for at in range(office.first + 1, office.head)]
        begins = min((at for at in own if 0 <= mine - at <= _REACH), default=mine)
        theirs = source.phrase(office.first, office.head)
        yield f"the source says “{theirs}”, not “{answer.phrase(begins, mine)}”"


def _offices(reading: Reading) -> Iterator[_Office]:
    """The nouns behind such words: of "former CNN anchor Ida Lund" the anchor."""
    for first, token in enumerate(reading.tokens):
        same = next((lead | other for lead, other in _STANDINGS if token.word in lead), None)
        head = _head(reading, first) if same else None
        if head is None or reading.tokens[head].word in _FOR_GOOD:
            continue
        behind = range(head + 1, min(len(reading.tokens), head + 1 + _REACH))
        names = frozenset(reading.tokens[at].root for at in behind if _is_name(reading, at))
        yield _Office(first, head, names, same or frozenset())


def _head(reading: Reading, first: int) -> int | None:
    """The noun of what begins with a word, which stands before a name, a mark or a small word."""
    head = None
    for at in range(first + 1, min(len(reading.tokens), first + 1 + _REACH)):
        token = reading.tokens[at]
        if _MARK.search(reading.between(at - 1, at)) or token.word in STOPWORDS | _BEHIND:
            break
        if _is_name(reading, at):
            if head is not None:
                break
            continue
        head = at
        if bare(token.word) in TITLES - _GOES_ON or bare(token.word) != token.word:
            break
    return head


def _is_name(reading: Reading, at: int) -> bool:
    """Whether a word is part of a name: has a capital and is no title."""
    token = reading.tokens[at]
    return reading.text[token.start].isupper() and bare(token.word) not in TITLES - _OF_A_NAME


def _is_then(reading: Reading, at: int, office: _Office) -> bool:
    """Whether somebody held it at the time that is told of: "when she was mayor", "as mayor"."""
    before = [token.word for token in reading.tokens[:at]]
    if "then" in before[-1:] or any(pair == ("had", "been") for pair in pairwise(before)):
        return True
    named = any(token.root in office.names for token in reading.tokens[at + 1 : at + 2])
    return not named and not _AT_THE_TIME.isdisjoint(before[-_BEFORE:])


def _has_plain(source: Reading, office: _Office) -> bool:
    """Whether the source has the office without that word, too."""
    root = source.tokens[office.head].root
    heads = {each.head for each in _offices(source)}
    return any(t.root == root and at not in heads for at, t in enumerate(source.tokens))
