"""Times in questions: which days they mean, what is no time, and what they do to a search."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import date_preference, read_limits, resolve
from assistant.question.foreign import find_foreign_times
from assistant.question.time_words import find_time_words
from index.dates import DatePreference, Period
from index.types import Filters

TODAY = dt.date(2022, 9, 15)  # a Thursday
TABLE = Path(__file__).parent / "data" / "time_questions.txt"


def rows():
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            question, *days = (part.strip() for part in line.split("|"))
            yield question, tuple(None if d == "-" else dt.date.fromisoformat(d) for d in days)


@pytest.mark.parametrize(("question", "days"), list(rows()))
def test_days_meant(question, days):
    """Each question of the table means these days, or none."""
    found = find_time_words(question, TODAY)
    period = Period()
    for each in found:
        period = period.within(each.period)
    assert bool(found) == bool(days)
    assert not days or (period.first, period.last) == days


def read(text, *, as_of=TODAY, dated=lambda _: 100, **asking):
    limits = read_limits(as_of, as_of=as_of, **asking)
    return resolve(text, limits, SimpleNamespace(dated=dated, outlet=lambda _: ""))


def days(*texts):
    return tuple(dt.date.fromisoformat(text) if text else None for text in texts)


@pytest.mark.parametrize(
    "text",
    ["Who organized the March for Lessing?", "How many came to the March on Tarn?"],
)
def test_a_march_is_no_month(text):
    """A march that is named by what it is for limits nothing to a month."""
    assert read(text).time is None
    assert read(text.replace("the March", "the talks in March")).time is not None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What happened last week?", "2022-09-05", "2022-09-15"),
        ("What was reported in March?", "2022-03-01", "2022-04-07"),
        ("What happened this week?", "2022-09-08", "2022-09-15"),
        ("Who was arrested in Lviv since Tuesday?", "2022-09-13", "2022-09-15"),
        ("What did Scholz say before 18 March?", None, "2022-03-17"),
        ("What did Scholz say before the ceasefire was announced on 18 March?", None, "2022-03-17"),
    ],
)
def test_strict_times_filter(text, since, until):
    """What limits the question, or is all that it names, limits the articles; reports may lag."""
    question = read(text)
    assert question.time.use == "filter"
    assert (question.filters.since, question.filters.until) == days(since, until)


@pytest.mark.parametrize(
    "text",
    [
        "What did Scholz say in March?",
        "Who won the election last month?",
        "Which team won the 2022 Stanley Cup?",
        "Who left the party after the vote on Tuesday?",
        "Before this week's ceremony, who spoke to the king?",
    ],
)
def test_other_times_only_prefer(text):
    """Later articles repeat what happened and earlier ones announce it, so none is shut out."""
    question = read(text)
    assert question.time.use == "preference"
    assert question.filters == Filters(until=TODAY)


def test_preferred_days():
    """Reports of a month come in it and soon after; today's are near the as-of day as ever."""
    march = date_preference(read("What did Scholz say in March?").time, TODAY)
    assert (march.period.first, march.period.last) == days("2022-03-01", "2022-04-10")
    assert march.strength > 1
    for text in ("Who resigned?", "Who resigned on Wednesday?", "Who resigned this week?"):
        assert date_preference(read(text).time, TODAY) == DatePreference.near(TODAY)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("What is the latest figure?", "newest"),
        ("Who is currently in charge?", "newest"),
        ("What was the first estimate of the damage?", "oldest"),
        ("How many were hurt, first and finally?", "oldest"),
        ("How many were said to be hurt at first?", "oldest"),
        ("Who was first reported to have won?", "oldest"),
        ("Who was the first woman to win?", ""),
        ("Whom did the first lady visit?", ""),
        ("Who scored for the first time since May?", ""),
    ],
)
def test_latest_and_first(text, order):
    """“Latest” prefers the newest and “first” the oldest, unless it counts something."""
    question = read(text)
    assert (question.time.order if question.time else "") == order
    assert date_preference(question.time, TODAY).order == order


def test_long_ago_limits_nothing():
    """The year of an event far before the library's time does not filter everything away."""
    for text in ("Who won in 1998?", "What happened in 1998?", "Who ruled in the eighties?"):
        question = read(text, dated=lambda _: 0)
        assert question.time.use == "context"
        assert question.filters == Filters(until=TODAY)
        assert date_preference(question.time, TODAY) == DatePreference.near(TODAY)


def test_a_few_stray_old_articles_do_not_count():
    """A library of 2022 with a handful of articles of 2016 is not a library of 2016."""

    def dated(period):
        return 8 if period.last and period.last.year < 2020 else 5000

    assert read("Who won the vote in 2016?", dated=dated).time.use == "context"
    assert read("Who won the vote in June?", dated=dated).time.use == "preference"


def test_what_is_to_come_limits_nothing():
    """Articles about next month are of today."""
    question = read("Who will play in Las Vegas next month?")
    assert question.time.use == "context"
    assert question.time.period == Period(*days("2022-10-01", "2022-10-31"))


def test_a_day_without_articles_limits_nothing():
    """A day of which there is no article is looked for in later ones; “last week” stays a limit."""
    nothing = {"dated": lambda period: 100 * (period.first is None)}
    assert read("What happened on 14 June 2022?", **nothing).time.use == "context"
    assert read("What happened last week?", **nothing).time.use == "filter"
    assert read("What happened on 14 June 2022?").time.use == "filter"


def test_nothing_later_than_the_as_of_day():
    """Promise 4 holds whatever the question says."""
    for text in ("What happened this year?", "What has happened since May?", "What now?"):
        assert read(text).filters.until == TODAY


def test_a_persons_own_limits_count():
    """--since and --until narrow a question's time, and win where the two do not meet."""
    limits = {"since": "2022-09-08", "until": "2022-09-10"}
    assert read("What happened last week?", **limits).filters == Filters(
        *days("2022-09-08", "2022-09-10")
    )
    assert read("What happened in March?", **limits).filters == Filters(
        *days("2022-09-08", "2022-09-10")
    )


@given(st.text(max_size=60), st.dates())
def test_any_text_on_any_day(text, today):
    """No words and no day are too odd; what is found lies where it is said to be."""
    for each in find_time_words(text, today):
        assert text[each.start : each.end] == each.text


@given(st.sampled_from([question for question, _ in rows()]), st.dates())
def test_the_table_on_any_day(question, today):
    """The forms hold at the ends of months, years and the calendar."""
    for each in find_time_words(question, today):
        assert each.period.first or each.period.last
        assert not each.period.is_empty


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Was geschah letzte Woche in Kiew?", "2022-09-05", "2022-09-11"),
        ("¿Quién ganó el 18 de marzo?", "2022-03-18", "2022-03-18"),
        ("上周发生了什么？", "2022-09-05", "2022-09-11"),
        ("Что произошло вчера?", "2022-09-14", "2022-09-14"),
        ("ماذا حدث أمس؟", "2022-09-14", "2022-09-14"),
    ],
)
def test_other_languages(text, first, last):
    """Times in other languages are read roughly, and only ever preferred."""
    (found,) = find_foreign_times(text, TODAY)
    assert (found.period.first, found.period.last) == days(first, last)
    assert read(text).time.use != "context"


@pytest.mark.parametrize(
    "text", ["Wie viele Menschen wurden verletzt?", "Qui est le maire ?", "图书馆有多少册书？"]
)
def test_no_time_in_other_languages(text):
    """A question without a time stays one."""
    assert find_foreign_times(text, TODAY) == []


def test_english_questions_do_not_load_the_parser():
    """It takes most of a second."""
    program = (
        "import sys, datetime as d; from assistant.question.times import read_time;"
        "assert read_time('Who won in March?', d.date(2022, 9, 15), lambda _: 1);"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
