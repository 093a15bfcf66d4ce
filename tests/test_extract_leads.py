"""What happened on a day: how its articles begin, or what later ones say of it."""

from __future__ import annotations

import datetime as dt

from conftest import make_article

from assistant.extract import quote_leads
from assistant.types import Question, QuestionTime
from index.dates import Period
from index.types import Hit, Passage

DAY = dt.date(2024, 9, 4)
TEXTS = {
    9: "An engineer had warned of it. Brack had drained the weir on 20 August for a survey.",
    5: "The mayor spoke to those who had fled. Brack had lost its bridge on Wednesday evening.",
    4: "The river Ulla broke through the weir of Brack.",
    3: "It rained in Brack for the third day on end.",
}


def hit(day, text):
    url = f"https://x.example/{day}"
    info = make_article(url, text, title="Brack", date=dt.date(2024, 9, day)).info
    return Hit(Passage(info, 0, 0, len(text), text), 1.0)


def answer_of(period, use="filter"):
    asked = "What happened then?"
    time = QuestionTime("then", period, use)
    hits = [hit(day, text) for day, text in TEXTS.items()]
    _, answer = quote_leads(Question(asked, asked, dt.date(2024, 12, 1), time=time), hits)
    return answer


def days_of(period, use="filter"):
    return [citation.article.date.day for citation in answer_of(period, use).citations]


def test_the_articles_of_the_day_come_first():
    """Its own articles come first, the newest of a week, then those that tell of it later."""
    assert days_of(Period(DAY, DAY)) == [4, 5]
    assert answer_of(Period(DAY, DAY)).citations[1].quote.startswith("Brack had lost its bridge")
    assert days_of(Period(dt.date(2024, 9, 2), dt.date(2024, 9, 5))) == [5, 4, 3]


def test_a_day_that_only_later_articles_tell_of():
    """Where no article is of the day, the sentences that name it are quoted, and only these."""
    august = dt.date(2024, 8, 20)
    assert days_of(Period(august, august), "context") == [9]
    assert days_of(Period(dt.date(2024, 8, 2), dt.date(2024, 8, 9)), "context") == []
