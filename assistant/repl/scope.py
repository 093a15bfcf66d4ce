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
    """A day as people type it: `2022-03-14`, `2022-03`, `2022`, `today` or `yesterday`.

    Args:
        text: What was typed.
        today: The day that `today` means.
        last: Whether a month or a year means its last day instead of its first.

    Raises:
        UsageError: When it is something else.
    """
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return today - dt.timedelta(days=word == "yesterday")
    error = UsageError(
        f"“{text.strip()}” is not a day", help="write 2022-03-14, 2022-03, 2022 or yesterday"
    )
    parts = _PARTS.fullmatch(word)
    if parts is None:
        raise error
    try:
        year, month = int(parts["year"]), int(parts["month"] or (12 if last else 1))
        day = int(parts["day"] or (calendar.monthrange(year, month)[1] if last else 1))
        return dt.date(year, month, day)
    except ValueError:  # there is no such month, or no such day in it
        raise error from None
