"""How many articles were published when, and by whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.types import ArticleInfo

__all__ = ["OTHERS", "OverTime", "count_over_time"]

Step = Literal["day", "month", "year"]

OTHERS = "others"
# Outlets that are told apart; those with fewer articles count together.
_OUTLETS = 6
# Spans of time that can be looked at together, in days: what is longer is counted in longer steps.
_DAYS, _MONTHS = 45, 1_500
# Articles far from all others, at most this share of them, are only counted: a single one of 1993
# would squeeze all that is of interest into a corner. That is where the time is this much shorter
# without them.
_STRAY, _SHORTER = 0.05, 0.5


@dataclass(frozen=True, slots=True)
class OverTime:
    """Numbers of articles by outlet, for every step of time from the first to the last.

    The few that are far from all others are counted by themselves.

    Attributes:
        step: How long a step is.
        starts: The first day of each step.
        counts: The number of articles in each step, by outlet, the largest outlet first.
        undated: How many articles carry no date.
        before: How many are far earlier than the first step.
        after: How many are far later than the last one.
    """

    step: Step
    starts: tuple[dt.date, ...]
    counts: Mapping[str, tuple[int, ...]]
    undated: int
    before: int = 0
    after: int = 0

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is in none of the steps: “3 before 2011”, “1 without a date”."""
        parts = (
            (self.before, f"before {self.name(self.starts[0])}" if self.starts else ""),
            (self.after, f"after {self.name(self.starts[-1])}" if self.starts else ""),
            (self.undated, "without a date"),
        )
        return tuple(f"{number:,} {what}" for number, what in parts if number)

    def name(self, start: dt.date) -> str:
        """What a step is called."""
        return {"day": f"{start}", "month": f"{start:%Y-%m}", "year": f"{start:%Y}"}[self.step]


def count_over_time(articles: Iterable[ArticleInfo]) -> OverTime:
    """Counts articles by step of time and outlet."""
    dated: Counter[tuple[dt.date, str]] = Counter()
    undated = 0
    for info in articles:
        if info.date is None:
            undated += 1
        else:
            dated[info.date, info.source or "no outlet"] += 1
    if not dated:
        return OverTime("day", (), {}, undated)
    first, last = _without_strays(Counter(day for day, _ in dated.elements()))
    before = sum(number for (day, _), number in dated.items() if day < first)
    after = sum(number for (day, _), number in dated.items() if day > last)
    dated = Counter({key: n for key, n in dated.items() if first <= key[0] <= last})
    span = (last - first).days
    step: Step = "day" if span <= _DAYS else "month" if span <= _MONTHS else "year"
    starts = tuple(_steps(first, last, step))
    totals: Counter[str] = Counter()
    for (_, outlet), number in dated.items():
        totals[outlet] += number
    ranked = [outlet for outlet, _ in totals.most_common()]
    shown = ranked if len(ranked) <= _OUTLETS else ranked[: _OUTLETS - 1]
    place = {start: n for n, start in enumerate(starts)}
    counts = {outlet: [0] * len(starts) for outlet in shown}
    for (day, outlet), number in dated.items():
        row = counts.setdefault(outlet if outlet in shown else OTHERS, [0] * len(starts))
        row[place[_start(day, step)]] += number
    rows = {name: tuple(row) for name, row in counts.items()}
    return OverTime(step, starts, rows, undated, before, after)


def _without_strays(days: Counter[dt.date]) -> tuple[dt.date, dt.date]:
    """The first and the last day of all articles but the few that are far from all others."""
    ordered = sorted(days)
    spare = int(days.total() * _STRAY)
    first, last = 0, len(ordered) - 1
    while True:
        wanted = (ordered[last] - ordered[first]).days * _SHORTER
        # Fewest first: how many articles it takes at either end, and where the time begins or ends.
        ends = []
        left_out = 0
        for n in range(first, last):
            left_out += days[ordered[n]]
            if (ordered[last] - ordered[n + 1]).days <= wanted:
                ends.append((left_out, n + 1, last))
                break
        left_out = 0
        for n in range(last, first, -1):
            left_out += days[ordered[n]]
            if (ordered[n - 1] - ordered[first]).days <= wanted:
                ends.append((left_out, first, n - 1))
                break
        fewest = min(ends, default=(spare + 1, first, last))
        if fewest[0] > spare:
            return ordered[first], ordered[last]
        spare -= fewest[0]
        first, last = fewest[1:]


def _start(day: dt.date, step: Step) -> dt.date:
    """The first day of the step that a day falls into."""
    if step == "day":
        return day
    return day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _steps(first: dt.date, last: dt.date, step: Step) -> Iterator[dt.date]:
    start = _start(first, step)
    while start <= last:
        yield start
        # The longest steps have 31 and 366 days: a day beyond that falls into the next one.
        start = _start(start + dt.timedelta({"day": 1, "month": 31, "year": 366}[step]), step)
