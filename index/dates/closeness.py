"""How well publication dates fit what a search prefers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from index.dates.period import DatePreference

__all__ = ["closeness"]

# The newest (or oldest) of the articles counts that score this share of the best one: of those
# that hardly fit the query there is always one that is newer still.
_FITTING = 0.7


def closeness(
    dates: Mapping[int, dt.date | None],
    scores: Mapping[int, float],
    preference: DatePreference,
    half_life: float,
) -> dict[int, float]:
    """How well each candidate's date fits a preference, from 0 to 1; undated ones get 0.

    Args:
        dates: Publication dates of the candidates by number.
        scores: How well each of them fits the query without its date.
        preference: What is preferred.
        half_life: Days of distance that halve the closeness.
    """
    period, order = preference.period, preference.order
    fits = {
        n: 0.5 ** (period.distance(day) / half_life) if day else 0.0 for n, day in dates.items()
    }
    if not order:
        return fits
    least = _FITTING * max((scores[n] for n, day in dates.items() if day), default=0.0)
    fitting = [day for n, day in dates.items() if day and scores[n] >= least]
    if not fitting:
        return fits
    end = max(fitting) if order == "newest" else min(fitting)
    return {
        n: fits[n] * 0.5 ** (_beyond(day, end, order) / half_life) if day else 0.0
        for n, day in dates.items()
    }


def _beyond(day: dt.date, end: dt.date, order: str) -> int:
    """Days by which a date misses the newest or oldest that fits."""
    days = (end - day).days
    return max(0, days if order == "newest" else -days)
