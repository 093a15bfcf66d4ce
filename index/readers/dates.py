"""Publication dates as articles state them, and nothing that is not stated.

A lenient parser fills in what is missing from today's date and takes sides on 03/04/2025. Here
only forms with one meaning are read.
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["parse_date"]

_FIRST_YEAR = 1500
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_TIME = r"(?:(?:T|,?\s+(?:at\s+)?)[0-9]{1,2}(?::?[0-9]{2}|\s*[ap]\.?m\b).{0,40})?"
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}(?P<mark>[-/]?)(?P<month>[0-9]{{2}})(?P=mark)(?P<day>[0-9]{{2}})",
        rf"{_WEEKDAY}{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_NUMBERS = re.compile(
    rf"(?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<second>[0-9]{{1,2}})(?P=mark){_YEAR}" + _TIME,
    re.IGNORECASE | re.ASCII,
)


def parse_date(text: str) -> dt.date | None:
    """Return the day that a whole string names, or None unless it names exactly one.

    Read are the year first (`2025-03-20`, `2025/03/20`, `20250320`) and months by their English
    names (`20 March 2025`, `Mar. 20th, 2025`, `Thu, 20 Mar 2025`), each also with a time behind
    it; the day is the stated one, whatever the time zone. With full stops the day stands first
    (`20.03.2025`); `20/03/2025` and `03/20/2025` have one meaning, too, but `03/04/2025` could be
    two days, and `March 2025` is none. Years before 1500 are taken for mistakes.
    """
    text = text.strip()
    for form in _FORMS:
        if match := form.fullmatch(text):
            month = match["month"].lower()
            return _day(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"]))
    match = _NUMBERS.fullmatch(text)
    return _day_of_numbers(match) if match else None


def _day_of_numbers(match: re.Match[str]) -> dt.date | None:
    """The day of `20.03.2025` or `20/03/2025`, unless the month could be either number."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    found = {_day(year, second, first)}
    if match["mark"] != ".":
        found.add(_day(year, first, second))
    found -= {None}
    return found.pop() if len(found) == 1 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    if year < _FIRST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:  # such as 31 February
        return None
