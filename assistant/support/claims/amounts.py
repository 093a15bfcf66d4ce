"""Of how many something is said, how often and how far: "all" is more than "some"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.support.text.alignment import Alignment
from assistant.support.text.reading import Reading, is_negative
from assistant.support.text.words import word_set

__all__ = ["added_total", "other_amounts"]

# How many of them. "The most" and "more" compare, "some 40" is about as many, and "no more" is a
# bound; what is said of times ("every day") only counts them.
_COUNTED = r"(?! (?:years?|months?|weeks?|days?|nights?|hours?|minutes|times?|ways?|other)\b)"
_QUANTIFIER = re.compile(
    r"(?<![\w’'-])(?:"
    r"(?P<most>(?:almost|nearly|virtually|practically) (?:all|every|everyone|everybody|everything)"
    r"|all but|(?:vast |large |great )?majority of|the bulk of|(?<!one of the )most of"
    r"|(?<!the )(?<!of )(?<!one )(?<!a )most(?= (?:\w+ ){0,2}?\w+s\b|(?: \w+){0,1} people\b))"
    r"|(?P<part>not (?:all|every|everyone|everybody|everything|both)|some of|part of the"
    r"|a number of|some(?! (?:\d|[\w-]+(?:teen|ty|hundred|thousand)\b))|several|half of|half the"
    r"|certain)"
    r"|(?P<one>(?<!single )(?<!every )(?<!each )(?<!any )(?<!no )one of)"
    r"|(?P<bit>(?:only |just )?a (?:few|handful)(?: of)?)"
    r"|(?P<few>(?:very |not |only )?few(?! (?:more|less)\b)|not many|hardly any(?:one|body|thing)?)"
    r"|(?P<many>many|numerous|dozens of|scores of|hundreds of|thousands of|lots of|a lot of)"
    r"|(?P<both>both)"
    r"|(?P<only>the only)"
    r"|(?P<all>all(?! (?:the way|the time|right|over|across|along|around|but|about|too|in all)\b)"
    r"|every|each|everyone|everybody|everything|the (?:entire|whole))"
    rf")(?!\w){_COUNTED}",
    re.IGNORECASE,
)
_NO_QUANTIFIER = re.compile(
    r"\b(?:at|first of|best of|worst of|for|so|too|how|as|the) $", re.IGNORECASE
)
# All of them but a few are most.
_BUT = re.compile(
    r"(?: [\w’'-]+)? but (?=(?i:that|those|one|two|three|an?|its|his|her)\b|(?:the )?[A-Z])"
    r"|(?: [\w’'-]+){0,3},? (?:except|apart from|save for|other than|excluding)\b"
)
# "All ferries", "every ferry" and "everyone", but not "the crews all sailed", "all 40 ferries" or
# "every chance"; and what a source may say in other words.
_TOTAL = re.compile(
    r"(?<![\w’'-])(?:all(?: of)?(?: the| his| her| its| their)?"
    r"(?! (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|\w+t(?:y|een)|goes)\b)"
    r"(?: (?!about\b|of\b)[\w’'-]+){0,2} (?:[\w-]{2,}[^\Ws]s|people|men|women|children)"
    r"|every(?! (?:right|effort|reason|chance|bit|stripe|sort|kind|two|three|four|other|few|\w+day"
    r"|weekend|summer|season|evening|morning|decade|century|game|(?:single )?"
    r"(?:day|year|week|month|time|night|hour|minute))\b) \w+|everyone|everybody)(?![\w’'])",
    re.IGNORECASE,
)
_FLOATS = re.compile(
    r"\b(?:above|in|after|at|if|is|are|was|were|be|been|has|have|had|could|can|will|would|may|might"
    r"|should|they|we|it|you|but|that) $|[a-z]{2,}s,? $",
    re.IGNORECASE,
)
_TOTALS = word_set(
    """
    all every each both any everyone everybody everything entire entirely whole total across always
    nationwide universal anyone anywhere throughout no none nobody not full fully only unanimous
    unanimously wherever whoever whichever whatever exception rest complete completely
    """
)
# Words that are no quantifiers behind one of those: "at most", "so many".
_COMPARED = word_set("all many few most some")
# What the one of two says that the source does not, where it has the other.
_BEYOND = {
    "all": word_set("most part one bit few many"),
    "both": word_set("part one few many"),
    "most": word_set("part one bit few"),
    "many": word_set("bit few"),
    "few": word_set("all both most many part"),
    "only": word_set("part one bit few many"),
}
# How often and how far: what none of the words behind a colon says.
_SCALES = """
always constantly: usually often frequently regularly sometimes occasionally rarely seldom
never: always constantly usually often frequently regularly sometimes occasionally rarely seldom
often frequently regularly usually: rarely seldom never occasionally
rarely seldom: always constantly usually often frequently regularly sometimes
fully completely entirely wholly totally: partly partially mostly largely mainly
partly partially: fully completely entirely wholly totally
permanently permanent: temporarily temporary briefly
temporarily temporary: permanently permanent indefinitely
exclusively solely: partly mostly largely mainly
unanimously unanimous: narrowly narrow split divided
narrowly narrow: unanimously unanimous overwhelmingly overwhelming
full complete total: partial
partial: full complete total
"""
# All of them did not: "by five votes to two", "a majority of the council".
_UNANIMOUS = word_set("unanimous unanimously")
_DIVIDED = re.compile(
    r"\b(?!\d+[-–]0\b)\d{1,3}(?:[-–]| to | votes? to )[1-9]\d{0,2}\b|\bmajority\b|\bdissent\w*"
    r"|\bvot(?:ed|ing|es?) against\b|\babstain\w*",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"\b(?:vot|ballot|council|board|court|jury|judges|justices|panel)", re.IGNORECASE
)
# Content words behind a quantifier of which it may be said, and words in between.
_HEADS, _AHEAD = 2, 5


@dataclass(frozen=True, slots=True)
class _Amount:
    """A word for how many, and the places of the words behind it that it may be said of."""

    kind: str
    written: str
    heads: tuple[int, ...]


def other_amounts(alignment: Alignment) -> Iterator[tuple[str, str]]:
    """What the source says of how many, how often or how far, and what the answer says instead."""
    yield from _quantified(alignment)
    yield from _scaled(alignment)
    answer, source = alignment.answer, alignment.source
    own = [token.word for token in answer.tokens if token.word in _UNANIMOUS]
    if own and _UNANIMOUS.isdisjoint(token.word for token in source.tokens):
        divided = _DIVIDED.search(source.text)
        if divided and _VOTES.search(source.text):
            yield divided[0], own[0]


def _quantified(alignment: Alignment) -> Iterator[tuple[str, str]]:
    """Words for how many that stand before the same words."""
    theirs = _amounts(alignment.source)
    for mine in _amounts(alignment.answer):
        beyond = _BEYOND.get(mine.kind, frozenset())
        heads = {alignment.pairs[at] for at in mine.heads if at in alignment.pairs}
        roots = {alignment.source.tokens[at].root for at in heads}
        if not heads or not alignment.is_told_near(mine.heads[0]):
            continue
        same = [other for other in theirs if not heads.isdisjoint(other.heads)]
        alike = (
            other
            for other in theirs
            if any(alignment.source.tokens[at].root in roots for at in other.heads)
        )
        if same and all(other.kind in beyond for other in alike):
            yield same[0].written, mine.written


def added_total(found: Sequence[Alignment]) -> str:
    """What the answer says of all of them, where no sentence of the source says how many they are.

    Of 7,159 fair statements of news 1 does, and 67 of as many with something wrong.
    """
    text = found[0].answer.text
    total = _TOTAL.search(text)
    known = {token.word for alignment in found for token in alignment.source.tokens}
    if not total or not _TOTALS.isdisjoint(known) or any(map(is_negative, known)):
        return ""
    aside = _FLOATS.search(text[: total.start()]) or _BUT.match(text, total.end())
    return "" if aside else total[0]


@functools.lru_cache(maxsize=2048)
def _amounts(reading: Reading) -> tuple[_Amount, ...]:
    return tuple(_find_amounts(reading))


def _find_amounts(reading: Reading) -> Iterator[_Amount]:
    tokens, text = reading.tokens, reading.text
    for match in _QUANTIFIER.finditer(text):
        kind = str(match.lastgroup)
        if kind == "all" and _BUT.match(text, match.end()):
            kind = "most"
        if match[0].casefold() in _COMPARED and _NO_QUANTIFIER.search(text[: match.start()]):
            continue
        behind = [at for at, token in enumerate(tokens) if token.start >= match.end()][:_AHEAD]
        if kind == "both" and any(tokens[at].word == "and" for at in behind):
            continue
        heads: list[int] = []
        for at in behind:
            between = text[
                match.end() if at == behind[0] else tokens[at - 1].end : tokens[at].start
            ]
            if tokens[at].clause != tokens[behind[0]].clause or "," in between:
                break
            if tokens[at].content and len(heads) < _HEADS:
                heads.append(at)
        if heads:
            written = text[match.start() : tokens[heads[0]].end]
            yield _Amount(kind, " ".join(written.split()), tuple(heads))


def _by_word() -> dict[str, frozenset[str]]:
    lines = (line.split(":") for line in _SCALES.strip().split("\n"))
    return {word: word_set(others) for words, others in lines for word in words.split()}


_SCALED = _by_word()


def _scaled(alignment: Alignment) -> Iterator[tuple[str, str]]:
    """Words for how often or how far, at the place of others that say less or more."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    for at, token in enumerate(answer.tokens):
        others = _SCALED.get(token.word)
        if not others or at in alignment.pairs or not alignment.is_told_near(at):
            continue
        if any(word.word == token.word for word in source.tokens):
            continue
        if answer.negatives_near(at, reach=3)["not"]:
            continue
        for place, other in enumerate(source.tokens):
            if (
                other.word in others
                and place not in back
                and alignment.same_place(at, place)
                and not source.negatives_near(place, reach=3)["not"]
            ):
                yield source.phrase(place, place), answer.phrase(at, at)
