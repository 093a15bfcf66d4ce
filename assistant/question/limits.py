"""What a person limits a question to: the as-of day, earliest and latest days, outlets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import UsageError
from index.types import Filters

__all__ = ["Limits", "parse_day", "read_limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The day that a question is asked of, and what articles must match whatever it says."""

    as_of: dt.date
    filters: Filters = Filters()  # noqa: RUF009 - it is frozen


def parse_day(text: str | dt.date | None, name: str) -> dt.date | None:
    """A day given as a date, as a time of which the date is taken, or as `YYYY-MM-DD`.

    Raises:
        UsageError: When it is none of these.
    """
    if isinstance(text, dt.datetime):  # which is a date, too, but compares with none
        return text.date()
    if text is None or isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"{name} is “{text}”, which is not a day", help="write days as YYYY-MM-DD"
        ) from error


def read_limits(
    today: dt.date,
    *,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    sources: Sequence[str] = (),
) -> Limits:
    """Checks what a person set.

    Args:
        today: The day it is, which `as_of` replaces.
        since: The earliest publication date.
        until: The latest publication date.
        as_of: The day that the question is asked of; nothing later is used.
        sources: Outlets; none means all.

    Raises:
        UsageError: When a day is malformed, or no day is left.
    """
    start, end, limit = (
        parse_day(day, name) for day, name in ((since, "since"), (until, "until"), (as_of, "as_of"))
    )
    last = "until"
    if limit is not None and (end is None or limit < end):
        end, last = limit, "as_of"
    if start and end and start > end:
        raise UsageError(
            f"nothing lies between {start} (since) and {end} ({last})",
            help=f"since has to be before {last}; a day that is not given is taken from the"
            " settings, if it is set there",
        )
    return Limits(limit or today, Filters(start, end, tuple(sources)))
