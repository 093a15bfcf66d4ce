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


@dataclass(frozen=True, slots=True)
class OverTime:
    """Numbers of articles by outlet, for every step of time from the first to the last.

    Attributes:
        step: How long a step is.
        starts: The first day of each step.
        counts: The number of articles in each step, by outlet, the largest outlet first.
        undated: How many articles carry no date.
    """

    step: Step
    starts: tuple[dt.date, ...]
    counts: Mapping[str, tuple[int, ...]]
    undated: int

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
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
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
    return OverTime(step, starts, {name: tuple(row) for name, row in counts.items()}, undated)


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
