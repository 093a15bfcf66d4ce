"""What kind of thing a question asks for, by how it is put, and which words are such things."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from index.lexical import stems

__all__ = ["Kind", "asked_for", "names", "new_things", "numbers"]

Kind = Literal["number", "day", "name", "words", "other"]

_NAME = re.compile(r"\b[A-Z][\w’'&-]*\w")
_OPENING = re.compile(r"(?:^|[.!?:;]\s+|[“\"‘(—–-]\s*)$")
_NUMBER = re.compile(
    r"\$?\d[\d,.]*(?:st|nd|rd|th|s|%)?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|half|third|quarter"
    r"|double|triple|first|second)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March"
    r"|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:today|yesterday|tomorrow|(?:last|next|this) (?:week|month|year|summer|fall|spring))\b"
)
_QUOTED = re.compile(r"[“\"‘'][^”\"’']{2,}[”\"’']")

# The first form that fits decides.
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"\bhow (?:many|much|old|long|far|often|big|large|high|tall|soon|fast)\b|\bpercent"
            r"|\bwhat (?:share|number|proportion|amount|fraction|age)\b",
            re.IGNORECASE,
        ),
        "number",
    ),
    (
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:day|date|year|month)\b|\bsince\W*$|\bhow soon\b",
            re.IGNORECASE,
        ),
        "day",
    ),
    (
        re.compile(
            r"\bwho(?:m|se)?\b|\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}(?:country|nation|city|town"
            r"|state|company|firm|actor|actress|singer|star|team|club|player|man|woman|person"
            r"|president|minister|leader|politician|senator|governor|king|queen|film|movie|show"
            r"|series|album|song|book|brand|chain|retailer|airline|carmaker|automaker|platform|app"
            r"|university|school|agency|organi[sz]ation|party|newspaper|island|river|airport"
            r"|continent|region|celebrity|artist|band|rapper|athlete|driver)\b|\bname of\b|\bnamed"
            r"\b|\bcalled\b",
            re.IGNORECASE,
        ),
        "name",
    ),
    (re.compile(r"\bwhich\b|\bwhat(?:’s|'s| is| was) the name\b", re.IGNORECASE), "name"),
    (re.compile(r"\b(?:say|said|call|describe|word|slogan|motto)\b", re.IGNORECASE), "words"),
)


def asked_for(question: str) -> Kind:
    """The kind of thing that answers a question."""
    return next((kind for form, kind in _FORMS if form.search(question)), "other")


def names(text: str) -> list[str]:
    """The words of a text that are written with a capital where they need not be."""
    return [
        match[0]
        for match in _NAME.finditer(text)
        if not _OPENING.search(text[max(0, match.start() - 3) : match.start()])
    ]


def numbers(text: str) -> list[str]:
    """The numbers of a text, in digits or words."""
    return [match[0].strip(".,") for match in _NUMBER.finditer(text)]


_FINDERS: dict[Kind, Callable[[str], list[str]]] = {
    "number": numbers,
    "day": lambda text: [match[0] for match in _DAY.finditer(text)],
    "name": names,
    "words": _QUOTED.findall,
    "other": lambda text: [*names(text), *numbers(text)],
}


def new_things(kind: Kind, text: str, asked: frozenset[str] | set[str]) -> set[str]:
    """The things of a kind that a text holds and the question does not, in lower case.

    Args:
        kind: What is asked for.
        text: A sentence.
        asked: The stems of the question.
    """
    found = (thing.lower().removesuffix("’s").removesuffix("'s") for thing in _FINDERS[kind](text))
    return {thing for thing in found if not set(stems(thing)) <= asked}
