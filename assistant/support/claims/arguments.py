"""Who does something, to whom and where: the names that stand right beside a verb are its own."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.support.names.check import find_names
from assistant.support.names.name_forms import SEATS, TITLES, forms
from assistant.support.text.irregular import is_irregular
from assistant.support.text.meanings import are_opposite, keys, root
from assistant.support.text.reading import Reading
from assistant.support.text.words import STOPWORDS, bare, word_set

__all__ = ["check_arguments"]

_BEING = word_set("is are was were be been being got gets get")
_HAVING = word_set("has have had having")
_BESIDE = word_set(
    "also then later once since already now still again first never not just only would will"
    " could may might did does do"
)
_PLACES = word_set("in at from to into near against with for")
_WHO = word_set("who which that")
# Verbs that say little by themselves, and those that news uses of what somebody says.
_LIGHT = frozenset(
    map(
        root,
        "be have do make take get give go come put set say tell call use let keep see become seem"
        " need want add note include accord base name follow expect offer pass know see like"
        " meet marry face play fight speak talk agree join draw end start begin stop close open"
        " change grow increase move".split(),
    )
)
_DETERMINERS = word_set("the a an his her its their former president") | TITLES
_NUMBER = re.compile(r"(?:,| had)? [$€£]?\d")
_APPOSITION = re.compile(r", (?:the|an?|his|her|its|their|whose) [^,;:()“”\"]{3,60}, $")
_MARK = re.compile(r"[,;:()—–“”\"?!]")
# Forms of nouns that are irregular, too; and names that say what somebody is.
_NOUNS = word_set("people men women children lives feet teeth wives")
_ROLES = word_set("mvp ceo democrat republican democrats republicans")
_JOINED = word_set("and or of by with in at from to for on than like as")
# Plain words that may stand between a verb and a name: "fined the carmaker Halvex".
_BETWEEN, _AHEAD = 2, 4


@dataclass(frozen=True, slots=True)
class _Argument:
    """A name with its part in what a verb says.

    Attributes:
        verb: The root of the verb.
        part: "who", "whom", or a preposition.
        name: The forms of the words of the name.
        words: As written, from the name to the verb or the other way round.
    """

    verb: str
    part: str
    name: frozenset[str]
    words: str


def check_arguments(answer: Reading, sources: Sequence[Reading]) -> tuple[str, ...]:
    """Whether a sentence gives a verb another name than its sources do, which have both.

    Args:
        answer: The sentence of the answer.
        sources: The sentences of the source.
    """
    stated = list(_arguments(answer))
    if not stated:
        return ()
    told: dict[tuple[str, str], list[_Argument]] = defaultdict(list)
    said = Counter(key for source in sources for t in source.tokens for key in keys(t.root))
    for source in sources:
        for argument in _arguments(source):
            for each in keys(argument.verb):
                told[each, argument.part].append(argument)
    known = frozenset[str]().union(*(_forms(t.word) for source in sources for t in source.tokens))
    converse = {one.verb for one in stated if _is_converse(one, told)}
    reasons = []
    for one in stated:
        if one.verb in converse or any(_leaves_out(source, one) for source in sources):
            continue
        key = max(keys(one.verb), key=lambda key: (said[key], key))
        others = told[key, one.part]
        if (
            len(others) == said[key] > 0
            and not _is_seat(one, others)
            and one.name & known
            and not any(one.name & other.name for other in others)
        ):
            reasons.append(f"the source says “{others[0].words}”, not “{one.words}”")
    return tuple(dict.fromkeys(reasons))


def _is_converse(one: _Argument, told: Mapping[tuple[str, str], Sequence[_Argument]]) -> bool:
    """Whether a name has a part in the opposite: "is sold to Corvin" for "Corvin buys"."""
    return any(
        one.name & other.name
        for others in told.values()
        for other in others
        if are_opposite(one.verb, other.verb)
    )


def _leaves_out(source: Reading, one: _Argument) -> bool:
    """Whether a name has a number and no verb: "Halvex sold 40 cars, Ordano 30"."""
    return any(
        _forms(token.word) & one.name and _NUMBER.match(source.text, token.end)
        for token in source.tokens
    )


def _is_seat(one: _Argument, others: Sequence[_Argument]) -> bool:
    """Whether a country or a capital is among the names, which may stand for each other."""
    names = one.name.union(*(other.name for other in others))
    return any(form.startswith("=") or form in SEATS for form in names)


@functools.lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    return frozenset(forms(bare(word)))


def _arguments(reading: Reading) -> Iterator[_Argument]:
    """What stands right beside each verb."""
    spans = _spans(reading)
    for at, token in enumerate(reading.tokens):
        if not _is_verb(reading, at, spans) or token.root in _LIGHT:
            continue
        apart = not at or _apart(reading, at - 1, at)
        if (apart and _apposed(reading, at) < 0) or reading.tokens[at - 1].word in _DETERMINERS:
            continue  # "enslaved Texans"
        first = at
        while first and reading.tokens[first - 1].word in _BEING | _HAVING | _BESIDE:
            first -= 1
        lead = {t.word for t in reading.tokens[first:at]}
        if lead & {"not", "never", "would", "will", "could", "may", "might"}:
            continue
        passive = bool(lead & _BEING) and not token.word.endswith("ing")
        before = _before(reading, first, spans)
        if before is not None:
            yield _argument(reading, token.root, "whom" if passive else "who", before, at)
        behind = _behind(reading, at, spans)
        for part, name in behind:
            if part == "by":
                yield _argument(reading, token.root, "who", name, at)
            elif part or not passive:
                yield _argument(reading, token.root, part or "whom", name, at)


def _argument(reading: Reading, verb: str, part: str, name: tuple[int, int], at: int) -> _Argument:
    first, last = name
    own = frozenset().union(*(_forms(t.word) for t in reading.tokens[first : last + 1]))
    return _Argument(verb, part, own, reading.written(min(first, at), max(last, at)))


def _spans(reading: Reading) -> dict[int, tuple[int, int]]:
    """For each word of a name the first and the last of its words."""
    found = {}
    for name in find_names(reading.text):
        own = [at for at, t in enumerate(reading.tokens) if name.start <= t.start < name.end]
        for at in own:
            found[at] = (own[0], own[-1])
    return found


def _is_verb(reading: Reading, at: int, spans: dict[int, tuple[int, int]]) -> bool:
    word = reading.tokens[at].word
    if at in spans or reading.tokens[at].name:
        return False
    if word.endswith("ing"):
        return at > 0 and reading.tokens[at - 1].word in _BEING
    return (word.endswith("ed") or is_irregular(word)) and word not in _NOUNS


def _is_noun(word: str) -> bool:
    """Whether a word behind a name may go on with it: "Trump aide", not "Halvex $2"."""
    return not word.endswith("ed") and not word[0].isdigit()


def _apart(reading: Reading, one: int, other: int) -> bool:
    return _MARK.search(reading.between(one, other)) is not None


def _before(
    reading: Reading, first: int, spans: dict[int, tuple[int, int]]
) -> tuple[int, int] | None:
    """The name right before a verb, or before ", which" or "who" and it."""
    at = first - 1
    if at < 0:
        return None
    if reading.tokens[at].word in _WHO:
        at -= 1
    elif _apart(reading, at, first):
        at = _apposed(reading, first)
    if at not in spans:
        return None
    name = spans[at]
    lead = name[0] - 1
    while lead >= 0 and reading.tokens[lead].word in _DETERMINERS:
        lead -= 1
    listed = lead >= 0 and (reading.tokens[lead].word in _JOINED or lead in spans)
    last = reading.tokens[at].word
    return None if listed or bare(last) != last or last in _ROLES else name


def _apposed(reading: Reading, first: int) -> int:
    """The word before “, the daughter of Alan Reith,” that a verb stands behind, or -1."""
    found = _APPOSITION.search(reading.text[: reading.tokens[first].start])
    ends = found.start() if found else -1
    return next((at for at, token in enumerate(reading.tokens) if token.end == ends), -1)


def _behind(
    reading: Reading, at: int, spans: dict[int, tuple[int, int]]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names right behind a verb, with the preposition before each."""
    part, plain = "", 0
    for place in range(at + 1, min(len(reading.tokens), at + 2 + _AHEAD)):
        if _apart(reading, place - 1, place):
            return
        token = reading.tokens[place]
        if place in spans:
            last = spans[place][1]
            behind = reading.tokens[last + 1 : last + 2]
            owner = bare(reading.tokens[last].word) != reading.tokens[last].word
            goes_on = any(
                t.word in {"and", "or"}
                or last + 1 in spans
                or (_is_noun(t.word) and t.content and not _apart(reading, last, last + 1))
                for t in behind
            )
            if not owner and not goes_on:
                yield part, spans[place]
            return
        if token.word in _PLACES or token.word == "by":
            part = token.word
        elif token.word in _DETERMINERS:
            continue
        elif token.word in STOPWORDS or plain >= _BETWEEN:
            return
        else:
            plain += 1
