"""Counts of what a source lists by name: two senators for "Ann Roe and Bo Lind"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.support.numbers.number_words import CARDINALS
from assistant.support.numbers.quantities import Quantity
from assistant.support.text.words import stem

__all__ = ["counts_a_list", "is_list"]

_ROLES = (
    "the|both|its|his|her|their|actor|actress|forward|defender|midfielder|guard|coach|director"
    "|author|singer|campaign|attorney|president|chancellor"
)
_NAME = (
    rf"(?:(?:{_ROLES}) ){{0,2}}[“\"‘']?[A-Z0-9][\w’'.&-]*"
    r"(?: (?:(?:of|the|de|la|van|von|bin|al|del|for) ){0,2}[A-Z][\w’'.&-]*){0,5}"
    r"(?:,?[”\"’'])?(?:'s|’s)?(?: [a-z]+)?(?: \([^()]{1,40}\))?"
)
_LIST = re.compile(rf"{_NAME}(?:[,;] (?!and ){_NAME})*[,;]? (?:and|&|or|as well as) {_NAME}")
_PARTED = re.compile(r"(?:[,;]? (?:and|&|or|as well as) |[,;] )")
_BRACKETS = re.compile(r" \([^()]*\)")
# "Smith, Jones and Lee": a list that ends in what was found began before it.
_GOES_ON = re.compile(r"[,;] ?$")
_NO_NAME = re.compile(
    r"\b(?:North|South|East|West|(?:North|South)(?:east|west)|(?:\w+)day|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|\d{1,3})(?:$|,? (?:and|or|&) )"
)
_PLAIN_NAME = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}"
_PLAIN_LIST = re.compile(rf"{_PLAIN_NAME}(?:, {_PLAIN_NAME})*,? and {_PLAIN_NAME}")
# How far behind a number its list may begin.
_BEHIND = 60
_LISTED_NOUN = re.compile(r"\b(?P<noun>[a-z]+s)(?:,| –| —|:)? $")
_PLACES = frozenset({"states", "countries", "cities", "counties", "nations"})
_WORD = re.compile(r"[^\W\d_]+")
_MOST: Final = 12
_AHEAD: Final = 40  # characters in which the noun of a number stands


def counts_a_list(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> bool:
    """Whether a number in words is how many names stand in a list of the source.

    Args:
        stated: The number.
        sentence: The sentence of the answer.
        sources: The cited texts.
        known: The numbers of the sources; what they count themselves is not counted again.
    """
    count = stated.values[0]
    spelled = stated.text.lower() in CARDINALS
    if stated.kind != "count" or not 2 <= count <= _MOST or not spelled or not stated.noun:
        return False
    counted = {stem(word) for word in _WORD.findall(sentence[stated.end : stated.end + _AHEAD])[:3]}
    if any(q.kind == "count" and q.unit in counted for q in known):
        return False
    return any(
        _items(match[0]) == count
        and not _NO_NAME.search(match[0])
        and not _GOES_ON.search(source[: match.start()])
        for source in sources
        for match in _LIST.finditer(source)
    )


def _items(names: str) -> int:
    return len(_PARTED.split(_BRACKETS.sub("", names)))


def is_list(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """Two daughters for "their daughters Leila and Talia"; five states for the names of five."""
    count = stated.values[0]
    if stated.kind != "count" or not 2 <= count <= _MOST or stated.text.lower() not in CARDINALS:
        return False
    for match in _PLAIN_LIST.finditer(sentence, stated.end):
        near = match.start() - stated.end <= _BEHIND
        apposed = re.fullmatch(r"[^.;,]*, ", sentence[stated.end : match.start()])
        if near and apposed and _plain_items(match[0]) == count:
            return True
    for source in sources:
        for match in _PLAIN_LIST.finditer(source):
            noun = _LISTED_NOUN.search(source[: match.start()])
            named = noun is not None and noun["noun"] == stated.noun
            if _plain_items(match[0]) == count and (
                named or (count > 2 and stated.noun in _PLACES)
            ):
                return True
    return False


def _plain_items(names: str) -> int:
    return len(re.split(r",? and |, ", names))
