"""What kind of thing a question asks for, by how it is put, and which words are such things."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Literal

from index.lexical import stems
from index.sentences import split_sentences

__all__ = [
    "Kind",
    "asked_for",
    "asking_sentence",
    "asks_for_known",
    "names",
    "new_things",
    "numbers",
]

Kind = Literal["number", "year", "day", "name", "words", "other"]

_VAGUE: frozenset[Kind] = frozenset({"other", "words"})

_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'&-]*\w")
# Words that are written with a capital and name nothing that is asked for, in lower case.
_NO_NAMES = frozenset(
    """a after also although an and as at before but by for from he her here his how however if in
    it its my on our she since still that the their there these they this those to we what when
    where which while who why with you your ap bbc cnn reuters monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october
    november december""".split()
)
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
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DAY_OF_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b")
_QUOTED = re.compile(r"[“\"‘'][^”\"’']{2,}[”\"’']")

# The first form that fits decides.
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"\bhow (?:many|much|old|long|far|often|big|large|high|tall|soon|fast|strong|powerful"
            r"|deep|heavy|wide|hot|cold|deadly)\b|\bpercent"
            r"|\bwhat (?:share|number|proportion|amount|fraction|age)\b|\bage\W*$"
            r"|\bwhat(?:’s|'s| is| was)? [^?]*\b(?:price|cost|rate|score|salary|amount|magnitude"
            r"|tally|toll|speed|distance|size|range)\b",
            re.IGNORECASE,
        ),
        "number",
    ),
    (re.compile(r"\b(?:what|which) year\b", re.IGNORECASE), "year"),
    (
        re.compile(
            r"\bwhen\b(?!.*\b(?:what|which|who|whom|whose|how|where|why)\b)"
            r"|\b(?:what|which) (?:day|date|year|month)\b|\bsince\W*$|\bhow soon\b",
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
            r"\b|\bcalled\b|\btitled\b|\bknown as\b|\bnames?\W*$|\bby\W*$",
            re.IGNORECASE,
        ),
        "name",
    ),
    (re.compile(r"\bwhich\b|\bwhat(?:’s|'s| is| was) the name\b", re.IGNORECASE), "name"),
    (re.compile(r"\b(?:say|said|call|describe|word|slogan|motto)\b", re.IGNORECASE), "words"),
)


def asking_sentence(question: str) -> str:
    """The sentence that asks; others only tell what led to the question."""
    parts = [question[s.start : s.end] for s in split_sentences(question)]
    asking = [part for part in parts if _ASKING.search(part)] or parts
    return asking[-1] if asking else question


def asked_for(question: str) -> Kind:
    """The kind of thing that answers a question."""
    asking = asking_sentence(question)
    return next((kind for form, kind in _FORMS if form.search(asking)), "other")


def asks_for_known(question: str) -> bool:
    """Whether it is known what kind of thing a question asks for.

    Where it is not, holding names and numbers says little.
    """
    return asked_for(question) not in _VAGUE


def names(text: str, known: AbstractSet[str] = frozenset()) -> list[str]:
    """The words of a text that are written with a capital because they name something.

    A sentence's first word counts when it is known or when another name follows it.

    Args:
        text: Some sentences.
        known: Names, in lower case.
    """
    found = []
    capitals = list(_NAME.finditer(text))
    for place, match in enumerate(capitals):
        word = _bare(match[0])
        opens = _OPENING.search(text[max(0, match.start() - 3) : match.start()])
        followed = place + 1 < len(capitals) and capitals[place + 1].start() == match.end() + 1
        if word not in _NO_NAMES and (not opens or word in known or followed):
            found.append(match[0])
    return found


def numbers(text: str) -> list[str]:
    """The numbers of a text, in digits or words."""
    return [match[0].strip(".,") for match in _NUMBER.finditer(text)]


def new_things(
    kind: Kind, text: str, asked: AbstractSet[str], known: AbstractSet[str] = frozenset()
) -> set[str]:
    """The things of a kind that a text holds and the question does not, in lower case.

    Args:
        kind: What is asked for.
        text: A sentence.
        asked: The stems of the question.
        known: Names that stand elsewhere, in lower case.
    """
    found = {_bare(thing) for thing in _found(kind, text, known)}
    return {thing for thing in found if not set(stems(thing)) <= asked}


def _found(kind: Kind, text: str, known: AbstractSet[str]) -> list[str]:
    match kind:
        case "number":
            return numbers(text)
        case "year":
            return _YEAR.findall(text)
        case "day":
            return _DAY.findall(text) + _DAY_OF_MONTH.findall(text)
        case "words":
            return _QUOTED.findall(text)
        case "name":
            return names(text, known)
        case "other":
            return names(text, known) + numbers(text)


def _bare(thing: str) -> str:
    return thing.lower().removesuffix("’s").removesuffix("'s")
