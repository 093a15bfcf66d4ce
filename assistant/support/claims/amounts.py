"""Of how many something is said, how often and how far: "all" is more than "some"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.support.text.alignment import Alignment
from assistant.support.text.reading import Reading
from assistant.support.text.words import word_set

__all__ = ["other_amounts"]

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
    r"|(?P<one>one of)"
    r"|(?P<bit>(?:only |just )?a (?:few|handful)(?: of)?)"
    r"|(?P<few>(?:very |not |only )?few(?! (?:more|less)\b)|not many|hardly any(?:one|body|thing)?)"
    r"|(?P<many>many|numerous|dozens of|scores of|hundreds of|thousands of|lots of|a lot of)"
    r"|(?P<none>none of|not a single|not one|neither(?: of)?|no one|nobody|nothing"
    r"|no(?! (?:longer|more|fewer|less|doubt|matter|later|earlier|better|wonder|sooner|\d)\b))"
    r"|(?P<both>both)"
    r"|(?P<only>the only)"
    r"|(?P<all>all(?! (?:the way|the time|right|over|across|along|around|but|about|too|in all)\b)"
    r"|every|each|everyone|everybody|everything|the (?:entire|whole))"
    rf")(?!\w){_COUNTED}",
    re.IGNORECASE,
)
_NO_QUANTIFIER = re.compile(
    r"\b(?:at|after|above|in|first of|best of|worst of|for|so|too|how|as|the) $", re.IGNORECASE
)
_ALL_IN_ALL = word_set("all many few most some")
# What the one of two says that the source does not, where it has the other.
_BEYOND = {
    "all": word_set("most part one bit few many none"),
    "both": word_set("part one none few many"),
    "most": word_set("part one bit few none"),
    "many": word_set("bit few none"),
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
_NEAR = 0.5


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
        if not heads or alignment.share_near(mine.heads[0]) < _NEAR:
            continue
        same = [other for other in theirs if not heads.isdisjoint(other.heads)]
        if same and all(other.kind in beyond for other in same):
            yield same[0].written, mine.written


@functools.lru_cache(maxsize=2048)
def _amounts(reading: Reading) -> tuple[_Amount, ...]:
    return tuple(_find_amounts(reading))


def _find_amounts(reading: Reading) -> Iterator[_Amount]:
    tokens, text = reading.tokens, reading.text
    for match in _QUANTIFIER.finditer(text):
        kind = str(match.lastgroup)
        if match[0].casefold() in _ALL_IN_ALL and _NO_QUANTIFIER.search(text[: match.start()]):
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
        if not others or at in alignment.pairs or alignment.share_near(at) < _NEAR:
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
