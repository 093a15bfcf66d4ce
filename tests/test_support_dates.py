"""Dates of a sentence against the dates of its source."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support.dates import check_dates
from assistant.support.evidence import Evidence
from index.dates import find_dates

PUBLISHED = dt.date(2025, 3, 20)  # a Thursday


def reasons(sentence, source, *, date=PUBLISHED, as_of=None):
    return check_dates(sentence, [Evidence(source, date)], as_of=as_of).reasons


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("They met on 12 March 2025.", "They met on March 12, 2025."),
        ("They met on 2025-03-12.", "They met on Wednesday, 12th March 2025."),
        ("They met on 4 March 2025.", "They met on 03/04/2025."),
        ("They met on March 12.", "They met on 12 March 2025."),
        ("They met in March 2025.", "They met on March 12."),
        ("They met in 2025.", "They met on Tuesday."),
        ("They met on 18 March 2025.", "They met on Tuesday."),
        ("They met on 19 March 2025.", "They met yesterday."),
        ("They will meet on 25 March 2025.", "They will meet on Tuesday."),
        ("They met on Tuesday.", "They met on Tuesday."),
        ("They met in 2024.", "They met last year."),
        ("They met in February 2025.", "They met last month."),
        ("They met in the 1990s.", "They met in 1994."),
        ("They met on 17 March 2025.", "They met three days ago."),
        ("They met on Tuesday.", "They met on 18 March 2025."),
    ],
)
def test_the_same_date_in_another_form_is_found(sentence, source):
    """A date is read against the day its article was published."""
    assert reasons(sentence, source) == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("They met on 11 March 2025.", "They met on Tuesday."),
        ("They met on 25 March 2025.", "They met on Tuesday."),
        ("They met on Monday.", "They met on Tuesday."),
        ("They met on 18 March 2024.", "They met on 18 March 2025."),
        ("They met on 18 March.", "They met in March."),
        ("They met in April.", "They met in March."),
        ("They met in 2023.", "They met last year."),
        ("They met on 20 March 2025.", "They met."),
        ("They met next Tuesday.", "They met last Tuesday."),
        ("They met on Monday, March 18.", "They met on Tuesday, March 18."),
        ("They met on Monday, March 18.", "They met on March 18."),
        ("They met between February and March.", "They met between February and May."),
        ("In December they meet.", "In May they meet."),
    ],
)
def test_another_date_is_flagged(sentence, source):
    """A wrong date, a finer one, or the mere day of publication does not pass."""
    assert len(reasons(sentence, source)) == 1


def test_the_reason_names_the_date_of_the_source():
    """The reader learns what the source says instead."""
    assert reasons("On Monday they met.", "On Tuesday they met.") == (
        "the source says Tuesday, not Monday",
    )


def test_yesterday_is_read_against_the_as_of_date():
    """A relative word that the source does not repeat is seen from the day of the answer."""
    source = "They met on Tuesday."
    assert reasons("They met yesterday.", source, as_of=dt.date(2025, 3, 19)) == ()
    assert reasons("They met yesterday.", source, as_of=dt.date(2025, 3, 20)) != ()


def test_the_publication_date_may_be_stated_as_such():
    """What was reported on a day is not what happened on it."""
    source = "The leaders met."
    assert reasons("As of 20 March 2025 the leaders had met.", source) == ()
    assert reasons("As of 21 March 2025 the leaders had met.", source) != ()


def test_an_article_without_a_date_backs_what_it_states():
    """Without a publication date absolute dates and repeated words are still found."""
    assert reasons("On 12 March they met.", "On 12 March 2024 they met.", date=None) == ()
    assert reasons("They met on Tuesday.", "They met on Tuesday.", date=None) == ()
    assert reasons("They met on 18 March 2025.", "They met on Tuesday.", date=None) != ()


def test_2000_people_are_no_year():
    """A bare figure that the source groups is a number."""
    assert reasons("The factory of 2000 workers closed.", "Some 2,000 workers lost work.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "He may 12 times over.",
        "On Black Friday.",
        "In the Sunday Times.",
        "In the Daily Mail and Mail on Sunday.",
        "It is 2000 metres high.",
    ],
)
def test_what_is_no_date(text):
    """Verbs, shopping days, newspapers and heights are not taken for dates."""
    assert find_dates(text) == ()


def test_the_days_of_an_impossible_date_are_none():
    """A date that no calendar has stands for no day instead of failing."""
    (mention,) = find_dates("30 February 2024")
    assert mention.days(PUBLISHED) == ()


@pytest.mark.parametrize("anchor", [dt.date.min, dt.date.max])
def test_a_nonsense_publication_date_stands_for_no_day(anchor):
    """An article that claims an impossible date breaks nothing."""
    for mention in find_dates("Yesterday, tomorrow, on Friday, in April, 99 years ago, next year."):
        assert mention.days(anchor) == ()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_date_is_read_back(day):
    """Each day of two centuries is found in the forms that news writes it in."""
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d"):
        (mention,) = find_dates(f"It was {day.strftime(form)} then.")
        assert mention.days(None) == ((day, day),)


@pytest.mark.parametrize(
    ("sentence", "source", "backed"),
    [
        ("Rents rose since January.", "Rents rose since the start of the year.", True),
        ("Rents rose since February.", "Rents rose since the start of the year.", False),
        ("It flew on Dec. 25.", "It flew on Christmas Day.", True),
        ("It flew on Dec. 24.", "It flew on Christmas Day.", False),
        ("It ended on October 31.", "It was over on Halloween.", True),
        ("It began two decades ago.", "It is 20 years since it began.", True),
        ("It was over by Nov. 11.", "“It was over before the 11th [of November].”", True),
        ("It opens by the end of June.", "It opens in the second quarter.", True),
        ("It opens by the end of July.", "It opens in the second quarter.", False),
        ("Lund led it from 1985.", "Lund came in 1983 and led it two years later.", True),
        ("Lund led it from 1986.", "Lund came in 1983 and led it two years later.", False),
        ("It began three years ago.", "It has been under way for three years.", True),
        ("It began four years ago.", "It has been under way for three years.", False),
        ("It dates from the late 1800s.", "It dates from the late nineteenth century.", True),
        ("It dates from the late 1700s.", "It dates from the late nineteenth century.", False),
        ("It opens before 2027.", "It opens by the end of 2026.", True),
        ("It ends the next year.", "It ends in the subsequent year.", True),
        ("It ends the next week.", "It ends in the subsequent year.", False),
        ("It opens before 2028.", "It opens by the end of 2026.", False),
        ("It opens before 2027.", "It opens in 2026.", False),
        ("It opens before 2026.", "It opens by the end of this year.", True),
        ("It opens by the end of April.", "It opens before May.", True),
        ("It opens by the end of March.", "It opens before May.", False),
        ("After 2023 it shrank the following year.", "It shrank in 2023 and last year.", True),
        ("It shrank in 2023 and will next year.", "It shrank in 2023 and last year.", False),
        ("After 2022 it shrank the following year.", "It shrank in 2022 and last year.", False),
        ("Sales are the best in the past decade.", "Sales are at a decade-high.", True),
        ("Sales are the best in the past year.", "Sales are at a decade-high.", False),
    ],
)
def test_a_date_that_is_counted_out_is_backed(sentence, source, backed):
    """Quarters, the start of a year, years later and lengths up to now say when, and no other."""
    assert (reasons(sentence, source) == ()) is backed


def test_the_year_of_news_and_days_that_name_events_need_not_be_in_the_source():
    """News without a year is of its own; "the June 3 panel" is a name."""
    evidence = [Evidence("The panel meets again.", dt.date(2022, 6, 20), "The June 3 panel meets")]
    assert check_dates("The June 3 panel meets again this year.", evidence).reasons == ()
    assert check_dates("The June 4 panel meets again.", evidence).reasons
    assert check_dates("The panel meets again later this year.", evidence).reasons
    assert [mention.text for mention in find_dates("Those over 20 may vote.")] == []
