"""Periods of days, and which articles a search prefers by their dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Self

__all__ = ["DatePreference", "Order", "Period"]

Order = Literal["", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Period:
    """Consecutive days; a side that is None is open.

    Attributes:
        first: The first day.
        last: The last day, which belongs to it.
    """

    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no day lies in it."""
        return self.first is not None and self.last is not None and self.first > self.last

    def within(self, other: Period) -> Period:
        """The days of both, which may be none."""
        firsts = [day for day in (self.first, other.first) if day]
        lasts = [day for day in (self.last, other.last) if day]
        return Period(max(firsts, default=None), min(lasts, default=None))

    def distance(self, day: dt.date) -> int:
        """How many days lie between a day and the period; 0 inside of it."""
        if self.first and day < self.first:
            return (self.first - day).days
        return (day - self.last).days if self.last and day > self.last else 0


@dataclass(frozen=True, slots=True)
class DatePreference:
    """Which articles a search prefers by their dates of publication, without excluding others.

    Attributes:
        period: Those of these days are preferred, and others the less the further they are away.
        order: `newest` or `oldest` prefers these among the articles that fit the query.
        strength: How much it counts; 1 is what nearness to the day of a question counts.
    """

    period: Period
    order: Order = ""
    strength: float = 1.0

    @classmethod
    def near(cls, day: dt.date) -> Self:
        """Articles near one day."""
        return cls(Period(day, day))
