"""By how much and to how much: who cuts something by 40 per cent does not cut it to 40."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.support.numbers.quantities import Quantity, find_quantities

__all__ = ["other_steps"]

_ROUNDED = (
    r"(?:(?:about|nearly|almost|some|around|roughly|just|only|approximately|at least|up to|over"
    r"|under|more than|less than|fewer than|as (?:much|many) as|another|a further|a total of)\s)*"
)
_WAY = re.compile(rf"(?P<before>\S+\s)?\b(?P<way>by|to|from)\s{_ROUNDED}[$€£]?$", re.IGNORECASE)
# Where “to” joins a range and “by” says who: “five to six”, “was seen by 12”.
_NUMBER = re.compile(r"[\d%]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s$")
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_FAR = 40  # characters between “from” and “to”
_STEPPING = frozenset({"percent", "money", "points", "count", "fraction"})
_CHANGES = re.compile(
    r"\b(?:r[io]s\w+|f[ea]ll\w*|grew|grow\w*|cut\w*|rais\w+|lower\w*|reduc\w+|increas\w+|decreas\w+"
    r"|climb\w*|drop\w*|jump\w*|declin\w+|shr[aiu]nk\w*|slash\w*|surg\w+|plung\w+|gain\w*|went|go\w*"
    r"|up|down|expand\w*|boost\w*|tumbl\w+|slump\w*|soar\w*|edg\w+|slid\w*|slipp\w+|ris\w+)\b",
    re.IGNORECASE,
)


def other_steps(stated: Sequence[Quantity], sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """Reasons against a change by a number where the source has one to it, and the like.

    Args:
        stated: The numbers of the sentence.
        sentence: The sentence of the answer.
        sources: The cited texts.
    """
    stepping = [(q, way) for q in stated if q.kind in _STEPPING and (way := _way(sentence, q))]
    known = [(s, q) for s in sources for q in find_quantities(s)] if stepping else []
    for quantity, mine in stepping:
        same = [
            (_way(source, other), other)
            for source, other in known
            if {*other.values} & {*quantity.values} and other.kind == quantity.kind
        ]
        if same and all(way and way != mine for way, _ in same):
            way, other = same[0]
            yield f"the source says “{way} {other.text}”, not “{mine} {quantity.text}”"


def _way(text: str, quantity: Quantity) -> str:
    """Whether “by”, “to” or “from” stands before a number, where the text tells of a change."""
    found = _WAY.search(text[: quantity.start])
    if not found or not _CHANGES.search(text):
        return ""
    before, start = (found["before"] or "").lower(), max(0, found.start() - _FAR)
    ranges = _NUMBER.search(before) and not _FROM.search(text[start : found.start()])
    return "" if ranges or before == "up " else found["way"].lower()
