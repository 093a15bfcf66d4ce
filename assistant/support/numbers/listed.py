"""Counts of what a source names without counting it: two senators for "Ann Roe and Bo Lind"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.support.numbers.number_words import CARDINALS, MEASURES
from assistant.support.numbers.quantities import Quantity
from assistant.support.numbers.ranks import are_others
from assistant.support.text.words import STOPWORDS, stem

__all__ = ["counts_what_is_named"]

_ROLES = (
    "the|both|its|his|her|their|actor|actress|forward|defender|midfielder|guard|coach|director"
    "|author|singer|campaign|attorney|president|chancellor"
)
_NAME = (
    rf"(?:(?:{_ROLES}) ){{0,2}}[“\"‘']?[A-Z0-9][\w’'.&-]*"
    r"(?: (?:(?:of|the|de|la|van|von|bin|al|del|for) ){0,2}[A-Z][\w’'.&-]*){0,5}"
    r"(?:,?[”\"’'])?(?:'s|’s)?(?: [a-z]+)?(?: \([^()]{1,40}\))?"
)
_NAMES = re.compile(rf"{_NAME}(?:[,;] (?!and ){_NAME})*[,;]? (?:and|&|or|as well as) {_NAME}")
_PARTED = re.compile(r"(?:[,;]? (?:and|&|or|as well as) |[,;] )")
# "So far, Ohio and Utah have": what opens the sentence is none of them.
_OPENING = re.compile(r"(?:So far|Meanwhile|Today|Now|Also|Then|Still|However|Instead)$")
_BRACKETS = re.compile(r" \([^()]*\)")
# "Smith, Jones and Lee": a list that ends in what was found began before it.
_GOES_ON = re.compile(r"[,;] ?$")
_NO_NAME = re.compile(
    r"\b(?:North|South|East|West|(?:North|South)(?:east|west)|(?:\w+)day|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|\d{1,3})(?:$|,? (?:and|or|&) )"
)
_PLAIN_NAME = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}"
_PLAIN_NAMES = re.compile(rf"{_PLAIN_NAME}(?:, {_PLAIN_NAME})*,? and {_PLAIN_NAME}")
# Three or more of whatever else: "oats, rye and barley".
_THING = r"(?!\w+ing )[a-z][\w’'-]*(?: (?!and |or )[a-z][\w’'-]*){0,3}"
_THINGS = re.compile(rf"\b{_THING}(?:, (?!and |or ){_THING})+,? (?:and|or) {_THING}")
# How far behind a number its list may begin.
_BEHIND: Final = 60
_MOST: Final = 12
_FEW: Final = 4
_MEASURED = frozenset(MEASURES.values()) | {stem("time")}
_AHEAD: Final = 40  # characters in which the noun of a number stands
_WORD = re.compile(r"[^\W\d_]+")
# "The two", "two of the shows": what they are is known.
_KNOWN_BEFORE = re.compile(r"\b(?:the|these|those|both|its|his|her|their|all) $", re.IGNORECASE)
_KNOWN_BEHIND = re.compile(r" of (?:the|these|those|its|his|her|their|them|whom|which)\b")
_INNER_NAME = re.compile(r"(?<=[\w,;:’”)] )[“\"‘']?[A-Z][\w’-]*(?: [A-Z][\w’-]*)*")
_TOGETHER = re.compile(r"\b(?:and|as well as|with|or)\b|&")
_ONE = r"\b(?:an?|one|single|another|only|each) (?:[a-z]+ )?"


def counts_what_is_named(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> bool:
    """Whether a small number in words counts what a source names one by one.

    Exactly so many stand in a list; or it says "the two", "two of the shows" or "two others" of
    what is known, and so many names stand in the source. Writers group by such words what they do
    not repeat, and a wrong one of a source's own numbers has the noun of that number.

    Args:
        stated: The number.
        sentence: The sentence of the answer.
        sources: The cited texts.
        known: The numbers of the sources; what they count themselves is not counted again.
    """
    count = stated.values[0]
    spelled = stated.text.lower() in CARDINALS
    if stated.kind != "count" or not 2 <= count <= _MOST or not spelled:
        return False
    if _stands_before_its_list(stated, sentence):
        return True
    if stated.unit in _MEASURED or _is_counted(stated, sentence, sources, known):
        return False
    if are_others(stated, sentence):
        return any(_has_others(count, sentence, source) for source in sources)
    if stated.noun and any(count == len(items) for s in sources for items in _lists(s)):
        return True
    points = _KNOWN_BEFORE.search(sentence[: stated.start]) or (
        count < _FEW and _KNOWN_BEHIND.match(sentence, stated.end)
    )
    return bool(points) and any(_has_names(count, source) for source in sources)


def _is_counted(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> bool:
    """The source itself says how many of them there are, or speaks of a single one."""
    ahead = sentence[stated.end : stated.end + _AHEAD]
    nouns = [word for word in _WORD.findall(ahead)[:3] if word.lower() not in STOPWORDS]
    counted = {stem(word) for word in nouns}
    if any(q.kind in {"count", "vague"} and q.unit in counted for q in known):
        return True
    if not stated.noun:
        return False
    one = re.compile(_ONE + re.escape(stated.noun.lower().removesuffix("s")) + r"\b")
    return any(one.search(source.lower()) for source in sources)


def _stands_before_its_list(stated: Quantity, sentence: str) -> bool:
    """Two sons, "Arlo and Pim": the sentence lists them itself."""
    for match in _PLAIN_NAMES.finditer(sentence, stated.end):
        near = match.start() - stated.end <= _BEHIND
        apposed = re.fullmatch(r"[^.;,]*, ", sentence[stated.end : match.start()])
        if near and apposed and len(_PARTED.split(match[0])) == stated.values[0]:
            return True
    return False


def _lists(source: str) -> Iterator[list[str]]:
    for names in (_NAMES, _PLAIN_NAMES):
        for match in names.finditer(source):
            inner = _GOES_ON.search(source[: match.start()])
            if not inner and not _NO_NAME.search(match[0]):
                items = _PARTED.split(_BRACKETS.sub("", match[0]))
                yield items[1:] if _OPENING.match(items[0]) else items
    for match in _THINGS.finditer(source):
        yield _PARTED.split(match[0])


def _has_others(count: float, sentence: str, source: str) -> bool:
    """A list has so many more items than the sentence names of it, or is told beside another."""
    for items in _lists(source):
        told = sum(any(word in sentence for word in re.findall(r"[A-Z]\w+", i)) for i in items)
        if count in ({len(items) - told} if told else {len(items), len(items) - 1}):
            return True
    return False


def _has_names(count: float, source: str) -> bool:
    """As many words with a capital stand inside of sentences, and in no longer list."""
    names = {match[0] for match in _INNER_NAME.finditer(source)}
    longer = any(len(items) > count for items in _lists(source))
    return count <= min(_FEW, len(names)) and not longer and _TOGETHER.search(source) is not None
