"""Numbers and dates that a source gives in other words."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.support.dates import check_dates
from assistant.support.evidence import Evidence
from assistant.support.numbers.check import check_numbers
from assistant.support.numbers.quantities import find_quantities
from index.dates import find_dates


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The mill stood idle for ten years.", "The mill stood idle for a decade."),
        ("The dam is 50 years old.", "The dam is half a century old."),
        ("The session took 90 minutes.", "The session took an hour and a half."),
        ("She worked on it for 18 months.", "She worked on it for a year and a half."),
        ("It closes at nine in the evening.", "It closes at 9 p.m."),
        ("He left at half past three in the morning.", "He left at 3.30 a.m."),
        ("Four in five voted.", "80% voted."),
        ("One ferry in 25 was late.", "About 1 in 25 ferries was late."),
        ("Half of the four lifts work.", "Two of the four lifts work."),
        ("A fifth want it closed.", "20% want it closed."),
        ("Some 36,400 pumps were sold.", "The firm sold 36,417 pumps."),
        ("The league has had 75 seasons.", "It was the league's 75th season."),
        ("Support fell by six points.", "Support fell from 35% to 29%."),
        ("It fell ten points.", "It fell by 10 percentage points."),
        ("The two men fell out.", "Arlo Venn quarrelled with Pim Oster."),
        ("Their two sons came.", "Their sons Arlo and Pim came."),
        ("Rule HB 20 forbids it.", "It is banned under HB 20, they said."),
        ("There were 12 cases by the 24th.", "There were 12 cases by October 24."),
    ],
)
def test_a_number_in_other_words_is_found(sentence, source):
    """A number is not flagged for being put in another form, share, length of time or rank."""
    dates = [tuple((m.start, m.end) for m in find_dates(text)) for text in (sentence, source)]
    assert check_numbers(sentence, [source], dates[0], dates[1:]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The mill stood idle for 20 years.", "The mill stood idle for a decade."),
        ("The session took 80 minutes.", "The session took an hour and a half."),
        ("It closes at eight in the evening.", "It closes at 9 p.m."),
        ("It closes at nine in the morning.", "It closes at 9 p.m."),
        ("Three in five voted.", "80% voted."),
        ("Half of the six lifts work.", "Two of the six lifts work."),
        ("36,900 pumps were sold.", "The firm sold 36,417 pumps."),
        ("Support fell by seven points.", "Support fell from 35% to 29%."),
        ("Their three sons came.", "Their sons Arlo and Pim came."),
        ("The settlement is 12,000 years old.", "The settlement is 40,000 years old."),
        ("At least 80% of them voted.", "Up to 80% of them voted."),
        ("Lessing won 2-0.", "Lessing won 2-1."),
    ],
)
def test_another_number_in_other_words_is_flagged(sentence, source):
    """The value still has to be the same."""
    assert check_numbers(sentence, [source]).reasons


@pytest.mark.parametrize("name", ["Mega Millions", "the 49ers", "BQ.1.1"])
def test_numbers_in_names_are_none(name):
    """A name with a number in it counts nothing."""
    assert find_quantities(f"They spoke of {name} again.") == []


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Rents are higher than a year ago.", "Rents are up from a year earlier."),
        ("The mill is stable today.", "The mill is currently stable."),
        ("It played since the early 1990s.", "It played since the early '90s."),
        ("It was built in the 1700s.", "It was built in the 18th century."),
        ("More rain is due this week.", "More rain is due later in the week."),
        ("Rents rose in the past decade.", "Rents rose in the last 10 years."),
        ("In 2020 it shrank, but it grew the next year.", "It shrank in 2020 and grew in 2021."),
    ],
)
def test_a_date_in_other_words_is_found(sentence, source):
    """A date is not flagged for being told from another day, or as a span of time."""
    assert check_dates(sentence, [Evidence(source, dt.date(2022, 6, 15))]).reasons == ()
