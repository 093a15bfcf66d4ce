"""What people are told of how their question was understood."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from answers import QUESTION

from assistant.render.questions import understood
from assistant.types import QuestionTime
from index.dates import Period
from index.types import Filters

PLAIN = replace(QUESTION, text=QUESTION.asked)
MAY = Period(dt.date(2022, 5, 1), dt.date(2022, 5, 31))
SINCE = dt.date(2022, 5, 1)


def test_nothing_to_say_of_a_plain_question():
    """A question that is searched for as it stands needs no note."""
    assert list(understood(PLAIN)) == []
    assert list(understood(replace(PLAIN, asked="How  many were hurt? "))) == []


def test_a_rewritten_question_and_its_parts():
    """The reader sees what was searched for; what a terminal would act on is made harmless."""
    part = replace(PLAIN, asked="Who was hurt on the Maribel\x1b?")
    last = replace(part, time=QuestionTime("last", Period(), "preference", "newest"))
    assert list(understood(replace(QUESTION, parts=(part, last)))) == [
        "understood as: How many were hurt? (Maribel)",
        "searched in parts: Who was hurt on the Maribel␛; Who was hurt on the Maribel␛ (last)",
    ]


@pytest.mark.parametrize(
    ("time", "filters", "said"),
    [
        (
            QuestionTime("in May", MAY, "preference"),
            Filters(),
            "“in May” is 1 May 2022 to 31 May 2022: articles of that time are preferred",
        ),
        (
            QuestionTime("in May", MAY, "filter"),
            Filters(SINCE, dt.date(2022, 6, 7)),
            (
                "“in May” is 1 May 2022 to 31 May 2022: only articles of 1 May 2022 to 7 June 2022"
                " are used"
            ),
        ),
        (
            QuestionTime("since May", Period(SINCE), "filter"),
            Filters(SINCE),
            "“since May”: only articles since 1 May 2022 are used",
        ),
        (
            QuestionTime("before May", Period(None, SINCE), "filter", "newest"),
            Filters(None, SINCE),
            (
                "“before May”: only articles until 1 May 2022 are used,"
                " and the newest articles come first"
            ),
        ),
        (
            QuestionTime("today", Period(SINCE, SINCE), "context", "newest"),
            Filters(),
            "“today” is 1 May 2022: hardly any article is of that time, so it limits nothing",
        ),
        (
            QuestionTime("1 May 2022", Period(SINCE, SINCE), "preference"),
            Filters(),
            "“1 May 2022”: articles of that time are preferred",
        ),
        (
            QuestionTime("first figure", Period(), "preference", "oldest"),
            Filters(),
            "“first figure”: the oldest articles come first",
        ),
    ],
)
def test_the_time_of_a_question(time, filters, said):
    """Which days were meant, and what that did."""
    assert list(understood(replace(PLAIN, time=time, filters=filters))) == [said]
