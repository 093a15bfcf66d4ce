"""Dates as articles state them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.dates import parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-20",
        " 2025-03-20 ",
        "2025/03/20",
        "20250320",
        "2025-03-20T10:00:00Z",
        "2025-03-20T23:30:00-08:00",
        "2025-03-20 10:00:00.123456+00:00",
        "20250320T100000Z",
        "20 March 2025",
        "20th of March, 2025",
        "20-Mar-2025",
        "20 MAR 2025",
        "March 20, 2025",
        "Mar. 20th 2025",
        "Thursday, March 20, 2025",
        "Thu, 20 Mar 2025 10:00:00 GMT",
        "March 20, 2025 at 4:30 p.m. ET",
        "March 20, 2025 4 PM",
        "20.03.2025",
        "20.3.2025, 10:30",
        "20/03/2025",
        "3/20/2025",
        "20-03-2025 10:30:00",
    ],
)
def test_a_date_with_one_meaning_is_read(text):
    """Every usual form gives the day as stated, whatever the time zone."""
    assert parse_date(text) == dt.date(2025, 3, 20)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2025",
        "03-04-2025",
        "20/20/2025",
        "03.20.2025",
        "20.03/2025",
        "20.03.25",
        "31.02.2025",
        "2025-02-31",
        "2025-13-01",
        "31 June 2025",
        "2025",
        "March 2025",
        "March 20",
        "20 March",
        "Thursday",
        "10:30",
        "yesterday",
        "1499-12-31",
        "0000-00-00",
        "2025-03/20",
        "1742464800",
        "2025-03-20 or so",
        "on 2025-03-20",
        "٢٠٢٥-٠٣-٢٠",
    ],
)
def test_no_date_is_made_up(text):
    """A part that is missing is never filled in from today, and no side is taken."""
    assert parse_date(text) is None


def test_full_stops_put_the_day_first():
    """Dates with full stops are written in one order only; of slashes two equal numbers are one."""
    assert parse_date("03.04.2025") == dt.date(2025, 4, 3)
    assert parse_date("04/04/2025") == dt.date(2025, 4, 4)


@given(st.dates(min_value=dt.date(1500, 1, 1)))
def test_iso_dates_come_back(day):
    """From 1500 on every day is read as it is written."""
    assert parse_date(day.isoformat()) == day


@given(st.text())
def test_any_string_is_a_date_or_none(text):
    """A value from outside never breaks the reader."""
    day = parse_date(text)

    assert day is None or day.year >= 1500
