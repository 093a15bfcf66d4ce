"""What is looked up for a question."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from assistant.question import read_limits, resolve
from index.errors import UsageError
from index.types import Filters

TODAY = dt.date(2025, 6, 1)
LIBRARY = SimpleNamespace(dated=lambda _: 100, outlet=lambda _: "")


def ask(text, **asking):
    return resolve(text, read_limits(TODAY, **asking), LIBRARY)


def test_without_dates_nothing_is_filtered():
    """A plain question is asked of all articles, as of today."""
    question = ask("Who won?")
    assert (question.as_of, question.filters) == (TODAY, Filters())
    assert (question.time, question.parts) == (None, ())


def test_as_of_hides_what_came_later():
    """Promise 4: nothing after the as-of day is used, even when `until` is later."""
    question = ask("Who won?", as_of="2025-03-01", until="2025-05-01", since="2025-01-01")
    assert question.as_of == dt.date(2025, 3, 1)
    assert question.filters == Filters(dt.date(2025, 1, 1), dt.date(2025, 3, 1))


@pytest.mark.parametrize("text", ["", "  \n", "?!"])
def test_empty_question(text):
    """A question without a word is a mistake, not a search."""
    with pytest.raises(UsageError, match="empty"):
        ask(text)


@pytest.mark.parametrize(
    "asking",
    [
        {"since": "yesterday"},
        {"as_of": "2025-02-30"},
        {"since": "2025-03-02", "until": "2025-03-01"},
    ],
)
def test_bad_days(asking):
    """A malformed day, or a period that is none, is named."""
    with pytest.raises(UsageError):
        ask("Who won?", **asking)
