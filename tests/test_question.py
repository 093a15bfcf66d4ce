"""What is looked up for a question."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.question import resolve
from assistant.types import Answer, Turn
from index.errors import UsageError
from index.types import Filters

TODAY = dt.date(2025, 6, 1)


def ask(text, **asking):
    return resolve(text, today=TODAY, **asking)


def turn(text: str) -> Turn:
    question = ask(text)
    return Turn(question, Answer(question, "extractive", "An answer.", abstained=False))


def test_without_dates_nothing_is_filtered():
    """A plain question is asked of all articles, as of today."""
    question = ask("Who won?")
    assert (question.as_of, question.filters) == (TODAY, Filters())


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


@pytest.mark.parametrize(
    "text",
    [
        "And what did he say about rail?",
        "What did it cover?",
        "And when?",
        "Why?",
        "When was that?",
    ],
)
def test_follow_up_carries_what_it_follows(text):
    """A question that points back is searched for together with what it points at."""
    question = ask(text, history=[turn("What did Zelenskyy say of the partial ceasefire?")])
    assert question.asked == text
    assert question.text.startswith(text)
    assert "zelenskyy" in question.text
    assert "ceasefire" in question.text


def test_new_question_stands_alone():
    """A question about something else is not mixed with the one before."""
    history = [turn("What did Zelenskyy say of the ceasefire?")]
    text = "Which company operates the ferry Maribel?"
    assert ask(text, history=history).text == text
