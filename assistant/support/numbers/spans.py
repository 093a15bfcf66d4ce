"""Lengths of time in whatever words: half a century, 18 months, an hour and a half, two decades."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.support.numbers.number_words import CARDINALS

__all__ = ["DAYS", "Span", "find_spans", "same_span"]

# In hours; in months those that have no length in hours, far beyond any number of hours.
_MONTH: Final = 1e6
_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
_HOURS |= {"fortnight": 336.0}
_MONTHS: Final = {
    "month": 1.0,
    "year": 12.0,
    "decade": 120.0,
    "century": 1200.0,
    "millennium": 12000.0,
}
_LENGTHS: Final = _HOURS | {unit: n * _MONTH for unit, n in _MONTHS.items()}
_MONTH_DAYS: Final = 365.25 / 12
DAYS: Final = {unit: n / 24 for unit, n in _HOURS.items()} | {
    unit: n * _MONTH_DAYS for unit, n in _MONTHS.items()
}
"""How many days a unit of time has."""
_PARTS: Final = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75, "three-quarters": 0.75}
_WORDS = "|".join(sorted(CARDINALS, key=len, reverse=True))
_TENS = "|".join(word for word, n in CARDINALS.items() if n >= 20)
_NUMBER = (
    rf"(?:(?:{_TENS})[- ](?:{_WORDS})|{_WORDS}"
    r"|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d)?|(?:half )?a dozen)"
)
_SPAN = re.compile(
    r"(?<![\w.,/])(?:(?P<before>half|quarter|three[- ]quarters)(?: of)?[- ](?:an?[- ])?"
    r"|(?P<one>past|last|next|every|each|per|coming|previous)[- ](?=[mhdwfyc])"
    rf"|(?P<count>(?P<numeral>{_NUMBER})|an?|the)(?P<plus>-plus|\+| or so)?[- ])"
    rf"(?P<part>half[- ]|quarter[- ](?:of an? )?)?(?:and[- ]a[- ](?P<half>half)[- ])?"
    r"(?:(?:straight|consecutive|full|whole|additional|more|further|long) )?"
    r"(?(numeral)(?:[a-z]{5,} )?)"
    rf"(?P<unit>second(?=s)|minute|hour|day|evening(?=s)|night(?=s)|week|fortnight|month|year|season|decade|centur|millenni)(?:y|ies|um|a|s)?\b"
    rf"(?P<more>[- ]and[- ]a[- ]half)?(?P<plus_behind> (?:or|and) more\b)?",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\b(?P<unit>hour|day|week|month|year|decade|centur)y?-?(?:long|(?<=-)old)\b", re.IGNORECASE
)
_SAME_UNITS: Final = {
    "centur": "century",
    "millenni": "millennium",
    "season": "year",
    "evening": "day",
    "night": "day",
}
_HALF_OF_A_YEAR = re.compile(r"\b(?:first|second) half of (?:\d{4}|the year)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a text puts it.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        count: How many of the units it has.
        unit: A minute, an hour and so on to a century.
        hedge: "over" for "ten-plus years", "about" for "ten or so years", else empty.
    """

    start: int
    end: int
    count: float
    unit: str
    hedge: str = ""

    @property
    def length(self) -> float:
        """How long it is, in hours or in a multiple of months; only to be compared."""
        return self.count * _LENGTHS[self.unit]

    @property
    def unit_days(self) -> float:
        """How many days the unit has."""
        return DAYS[self.unit]


def find_spans(text: str) -> list[Span]:
    """The lengths of time that an English text mentions, in order."""
    found = [_read(match) for match in _SPAN.finditer(text)]
    found += [Span(m.start(), m.end(), 6, "month") for m in _HALF_OF_A_YEAR.finditer(text)]
    found += [
        Span(m.start(), m.end(), 1, m["unit"].lower().replace("centur", "century"))
        for m in _LONG.finditer(text)
    ]
    return sorted(found, key=lambda span: span.start)


def same_span(one: Span, others: Sequence[Span]) -> bool:
    """Whether one of the other spans is as long."""
    return any(math.isclose(one.length, other.length, rel_tol=1e-6) for other in others)


def _read(match: re.Match[str]) -> Span:
    unit = match["unit"].lower()
    unit = _SAME_UNITS.get(unit, unit)
    count = (match["count"] or "").lower()
    number = 1.0 if count in {"", "a", "an", "the"} else _number(count)
    part = (match["before"] or match["part"] or "").lower().strip(" -")
    number *= next((share for word, share in _PARTS.items() if part.startswith(word)), 1.0)
    number += 0.5 * bool(match["half"] or match["more"])
    plus = match["plus"] or match["plus_behind"] or ""
    hedge = "" if not plus else "about" if plus.endswith("so") else "over"
    return Span(match.start(), match.end(), number, unit, hedge)


def _number(numeral: str) -> float:
    if numeral.endswith("dozen"):
        return 6.0 if numeral.startswith("half") else 12.0
    words = re.split(r"[- ]", numeral)
    if words[0] in CARDINALS:
        return sum(CARDINALS[word] for word in words)
    return float(numeral.replace(",", ""))
