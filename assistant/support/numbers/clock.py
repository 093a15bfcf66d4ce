"""Times of day, in digits or in words: 9 p.m., 21:00, nine in the evening, half past three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.support.numbers.number_words import CARDINALS

__all__ = ["clock_times"]

# "5 to 7 p.m." and "5-7:30 p.m.": the first has the half of the second.
_SHARED = re.compile(
    r"(?<![\w:.,$€£])(?P<time>\d{1,2}(?::[0-5]\d)?)"
    r"(?= ?(?:[-–]|to|until|and) ?\d{1,2}(?::[0-5]\d)? ?(?P<half>[ap])\.?m\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w:.,$€£])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.])(?P<minute>[0-5]\d))?(?![:\d])"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hand> o[’']clock)?(?P<part> (?:in the|this) (?:morning|afternoon|evening))?)",
    re.IGNORECASE,
)
_HOURS = "|".join([word for word, n in CARDINALS.items() if 1 <= n <= 12])
_WORDS = re.compile(
    rf"\b(?P<lead>half past |(?:a )?quarter (?:past|to) )?(?P<hour>{_HOURS}|1[0-2]|[1-9])"
    r"(?: o[’']clock)?"
    r"(?P<part> (?:in the (?:morning|afternoon|evening)|at night))?\b(?![:.,]?\d| o[’']clock)",
    re.IGNORECASE,
)
_NOON = 720  # in minutes


def clock_times(text: str) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Each time of day: where it begins and ends, and the minutes after midnight it may mean."""
    for match in _DIGITS.finditer(text):
        part = (match["part"] or "").lower()
        told = part or match["mark"] == ":"
        if not (match["half"] or match["hand"] or (told and match["minute"])):
            continue
        minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
        if match["half"] or (part and minutes < 780):
            late = match["half"] in {"p", "P"} or part.endswith(("noon", "evening"))
            readings: tuple[float, ...] = (minutes % _NOON + _NOON * late,)
        else:
            readings = (minutes, minutes + _NOON) if minutes < _NOON else (minutes,)
        yield match.start(), match.start() + len(match.group().rstrip()), readings
    for match in _SHARED.finditer(text):
        hour, _, minute = match["time"].partition(":")
        if int(hour) <= 12:
            early = int(hour) % 12 * 60 + int(minute or 0)
            yield match.start(), match.end(), (early, early + _NOON)
    for match in _WORDS.finditer(text):
        lead, part = ((match[name] or "").lower() for name in ("lead", "part"))
        if not (lead or part):
            continue
        hour = CARDINALS.get(match["hour"].lower()) or float(match["hour"])
        past = 30 if lead.startswith("half") else -15 if lead.endswith("to ") else 15
        minutes_past = hour * 60 % _NOON + past * bool(lead)
        late = part.endswith(("noon", "evening")) or (part.endswith("night") and 6 <= hour < 12)
        both = (minutes_past % 1440, minutes_past + _NOON)
        yield match.start(), match.end(), both if not part else both[late : late + 1]
