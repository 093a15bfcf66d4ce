"""Periods, and how well publication dates fit what a search prefers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import DatePreference, Period
from index.dates.closeness import closeness

MARCH = Period(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))
PERIODS = st.builds(Period, st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS)).filter(
    lambda period: not period.is_empty
)


@pytest.mark.parametrize(
    ("day", "distance"), [((2025, 2, 26), 3), ((2025, 3, 1), 0), ((2025, 4, 2), 2)]
)
def test_distance_to_a_period(day, distance):
    """Its own days have no distance, the others that to the nearer end."""
    assert MARCH.distance(dt.date(*day)) == distance


def test_open_sides_reach_for_ever():
    """Since a day means that day and all later ones."""
    since = Period(first=dt.date(2025, 3, 1))
    assert since.distance(dt.date(2999, 1, 1)) == 0
    assert since.distance(dt.date(2025, 2, 28)) == 1


@given(PERIODS, PERIODS, DAYS)
def test_within_holds_the_days_of_both(one, other, day):
    """A day lies in the common part exactly when it lies in both."""
    both = one.within(other)
    inside = not both.is_empty and both.distance(day) == 0
    assert inside == (one.distance(day) == 0 and other.distance(day) == 0)


def fits(preference, days, scores=None):
    dates = {n: dt.date(*day) if day else None for n, day in enumerate(days)}
    found = closeness(dates, scores or dict.fromkeys(dates, 1.0), preference, 10)
    return [found[n] for n in dates]


def test_days_of_the_period_fit_alike():
    """All of a month is as good; beyond its ends it halves with the half-life."""
    days = [(2025, 3, 1), (2025, 3, 31), (2025, 4, 10), (2025, 2, 19), None]
    assert fits(DatePreference(MARCH), days) == pytest.approx([1, 1, 0.5, 0.5, 0])


def test_newest_counts_back_from_the_newest_that_fits():
    """However long ago it is; what hardly fits the query is not asked for its date."""
    days = [(2020, 5, 1), (2020, 5, 11), (2020, 5, 21)]
    newest = DatePreference(Period(), "newest")
    assert fits(newest, days) == pytest.approx([0.25, 0.5, 1])
    assert fits(newest, days, {0: 1.0, 1: 0.9, 2: 0.2}) == pytest.approx([0.5, 1, 1])
    assert fits(DatePreference(Period(), "oldest"), days) == pytest.approx([1, 0.5, 0.25])


def test_order_within_a_period():
    """The latest of March is not of April."""
    days = [(2025, 3, 21), (2025, 3, 31), (2025, 4, 10)]
    found = fits(DatePreference(MARCH, "newest"), days, {0: 1.0, 1: 1.0, 2: 0.2})
    assert found == pytest.approx([0.5, 1, 0.5])


def test_no_dates_at_all():
    """A library without dates has nothing to prefer."""
    assert fits(DatePreference(Period(), "newest"), [None, None]) == [0, 0]
    assert fits(DatePreference(MARCH), []) == []
