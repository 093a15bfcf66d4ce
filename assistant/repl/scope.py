"""What the questions of a chat are asked with: dates, outlets, model and number of passages."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from index.errors import UsageError

__all__ = ["Scope", "parse_day"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What questions are asked with, until it is changed.

    Attributes:
        since: The earliest publication date that is used, or None.
        until: The latest publication date that is used, or None.
        as_of: The day that questions are asked of, or None for today.
        sources: Outlets; none means all.
        top_k: Passages that an answer is made from.
        model: Who writes answers; empty means that they are quotes.
        strict: Whether sentences that no source supports are left out of what a model writes.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    as_of: dt.date | None = None
    sources: tuple[str, ...] = ()
    top_k: int = 8
    model: str = ""
    strict: bool = False


_PARTS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


def parse_day(text: str, today: dt.date, *, last: bool = False) -> dt.date:
    """A day as people type it: `2022-03-14`, `2022-03`, `2022`, or as a question may say it.

    Args:
        text: What was typed.
        today: The day that it is.
        last: Whether a month, a year or a week means its last day instead of its first.

    Raises:
        UsageError: When it is something else.
    """
    word = text.strip()
    error = UsageError(
        f"“{word}” is not a day", help="write 2022-03-14, 14 March 2022, March 2022 or last week"
    )
    parts = _PARTS.fullmatch(word)
    if parts is None:
        named = _in_words(word, today, last=last)
        if named is None:
            raise error
        return named
    try:
        year, month = int(parts["year"]), int(parts["month"] or (12 if last else 1))
        day = int(parts["day"] or (calendar.monthrange(year, month)[1] if last else 1))
        return dt.date(year, month, day)
    except ValueError:  # there is no such month, or no such day in it
        raise error from None


def _in_words(text: str, today: dt.date, *, last: bool) -> dt.date | None:
    """The first or last day of a time in words, or None when that is something else.

    Numbers alone are not read: whether 3/4 is in March or in April is left to nobody's guess.
    """
    from assistant.question.time_words import (  # noqa: PLC0415 - the prompt does without
        find_time_words,
    )

    if not any(map(str.isalpha, text)):
        return None
    for said in (text, f"in {text.capitalize()}"):  # “march” alone may be a verb
        for time in find_time_words(said, today):
            if time.end == len(said) and time.start <= len(said) - len(text):
                return (time.period.last if last else time.period.first) or None
    return None
