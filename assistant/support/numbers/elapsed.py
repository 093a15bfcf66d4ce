"""The time between the years, days and hours that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

from assistant.support.numbers.clock import clock_times
from assistant.support.numbers.spans import DAYS

__all__ = ["elapsed"]

_YEAR = re.compile(r"(?<![\d,.$€£])(?P<year>1[5-9]\d\d|20\d\d)(?:[-–](?P<to>\d\d))?(?=s?\b)(?!,\d)")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|ust|tember|ober|ember)?\b\.?(?: (?P<day>[0-3]?\d)(?![\d:]))?"
)
_BEFORE_MONTHS: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_WEEKDAYS: Final = "mon tue wed thu fri sat sun".split()
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
_FEW_TIMES: Final = 3  # among more, some length comes out by chance
_UNTIL = re.compile(r"\s*(?:[-–—]|to|until|till|through|and)\s*")


def elapsed(text: str, year: int | None) -> Iterator[tuple[float, str]]:
    """The days between any two things of one kind that a text dates, and the unit they are in.

    Args:
        text: Any text.
        year: The year it was published, from which its own years are counted, too.
    """
    for first, last in set(_year_pairs(text, year)):
        yield (last - first) * DAYS["year"], "year"
    dates = [_date(match) for match in _MONTH.finditer(text)]
    for (month, day), (other, other_day) in combinations(dates, 2):
        if day and other_day:
            days = _BEFORE_MONTHS[other] + other_day - _BEFORE_MONTHS[month] - day
            yield float(abs(days)), "day"
        elif month != other:
            for months in ((other - month) % 12, (month - other) % 12):
                yield months * DAYS["month"], "month"
    yield from _weekdays(text)
    yield from _hours(text)


def _weekdays(text: str) -> Iterator[tuple[float, str]]:
    """From one weekday to another, and how many there are: Monday to Friday are five."""
    matches = list(_WEEKDAY.finditer(text))
    days = [_WEEKDAYS.index(match[1][:3].lower()) for match in matches]
    for one, two in combinations(days, 2):
        if one != two:
            yield float((two - one) % 7), "day"
            yield float((one - two) % 7), "day"
    for (left, one), (right, two) in pairwise(zip(matches, days, strict=True)):
        if one != two and _UNTIL.fullmatch(text[left.end() : right.start()]):
            yield float((two - one) % 7 + 1), "day"


def _year_pairs(text: str, year: int | None) -> Iterator[tuple[int, int]]:
    """Any two years, but those of a range only with each other."""
    alone = {year} if year else set()
    matches = list(_YEAR.finditer(text))
    for at, match in enumerate(matches):
        mine = int(match["year"])
        behind = matches[at + 1] if at + 1 < len(matches) else None
        if match["to"]:
            yield mine, int(match["year"][:2] + match["to"])
        elif behind and _UNTIL.fullmatch(text[match.end() : behind.start()]):
            yield mine, int(behind["year"])
        elif not (at and _UNTIL.fullmatch(text[matches[at - 1].end() : match.start()])):
            alone.add(mine)
    yield from combinations(sorted(alone), 2)


def _date(match: re.Match[str]) -> tuple[int, int]:
    return _MONTHS.index(match["month"][:3].lower()), int(match["day"] or 0)


def _hours(text: str) -> Iterator[tuple[float, str]]:
    """From 11 a.m. to 4 p.m., 5-7:30 p.m.; between any two of a few times of one day."""
    times = sorted(clock_times(text))
    for (_, end, minutes), (start, _, later) in pairwise(times):
        if _UNTIL.fullmatch(text[end:start]):
            for one in minutes:
                for other in later:
                    yield (other - one) % 1440 / 1440, "minute"
    if len(times) <= _FEW_TIMES:
        for (_, _, (one, *_)), (_, _, (other, *_)) in combinations(times, 2):
            yield abs(other - one) / 1440, "minute"
