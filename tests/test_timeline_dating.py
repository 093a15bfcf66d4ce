"""When what a sentence says happened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.timeline.dating import date_of
from assistant.timeline.years import years_of

FRIDAY = dt.date(2024, 11, 8)


@pytest.mark.parametrize(
    ("sentence", "first", "last", "words"),
    [
        ("Twelve were hurt when the ferry hit it on Tuesday.", (11, 5), (11, 5), "Tuesday"),
        (
            "Judge Reith opened the inquiry into it of 5 November on Friday.",
            (11, 8),
            None,
            "Friday",
        ),
        ("She said on Tuesday that it had reached her in June.", (11, 5), None, "Tuesday"),
        ("Officials said that two people were killed on Monday.", (11, 4), None, "Monday"),
        ("Cracks were found in June, the report says.", (6, 1), (6, 30), "in June"),
        ("The ship made six crossings on 14 October, as ever.", (10, 14), None, "14 October"),
        ("The captain is to speak next Tuesday.", (11, 12), None, "next Tuesday"),
        ("The crossing will resume on Sunday.", (11, 10), None, "Sunday"),
        ("The council meets on Monday to discuss it.", (11, 11), None, "Monday"),
        ("They voted on Monday for the line, which is to open in 2029.", (11, 4), None, "Monday"),
        ("They spoke on the telephone this week.", (11, 4), (11, 8), "this week"),
        ("The attack began in the early hours of Wednesday.", (11, 6), None, "Wednesday"),
    ],
)
def test_the_day_that_a_sentence_states(sentence, first, last, words):
    """Relative days count from the article's; what is to come is looked for ahead."""
    dating = date_of(sentence, FRIDAY)
    assert dating.by == "sentence"
    assert dating.first == dt.date(2024, *first)
    assert dating.last == dt.date(2024, *(last or first))
    assert dating.words == words


@pytest.mark.parametrize(
    "sentence",
    [
        "A man who was injured on Tuesday has died.",
        "Nobody can say why it came off course.",
        "It is the first accident since 2009.",
        "He needs 12,000 signatures by the end of November.",
        "The authority denies that it was inspected in October.",
        "The director said that it had passed an inspection on 14 October.",
        "“She was inspected on 14 October and nothing was found,” said its director.",
        "There was none in October,” said the head of the authority.",
        "Tuesday's accident is being looked into.",
        "Officials spoke of the 5 November accident.",
        "Building is to begin in September.",
        "It took until Tuesday.",
        "Two days after the ferry hit it on Tuesday, they met.",
        "The fleet has carried 2000 passengers this year.",
        "The board moved to block the bid Saturday.",
    ],
)
def test_the_article_s_day(sentence):
    """A day of something else, a limit, a plan without a day, or what may be the day after."""
    assert date_of(sentence, FRIDAY).by == "article"
    assert date_of(sentence, FRIDAY).first == FRIDAY


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The mayor of Elmsby told reporters Monday that the town will sue.", 4),
        ("The minister said on Monday that the firm plans to close the pit.", 4),
        ("Norvik said Monday it plans to cut 400 jobs.", 4),
        ("On Monday the mayor said the weir will be rebuilt.", 4),
        ("A judge on Monday ruled the harbour will stay shut.", 4),
        ("Brack approved on Monday a line which is to open in 2029.", 4),
        ("The weir burst on Monday and it will take weeks to mend.", 4),
        ("The upcoming race was called off on Monday.", 4),
        ("The mayor said the vote on Monday will decide it.", 11),
        ("The mayor told the crowd that the fair will start on Monday.", 11),
        ("The results are expected to be announced on Monday.", 11),
        ("The delayed Monday match will be shown.", 11),
        ("The bill goes to a vote Monday and will likely pass.", 11),
    ],
)
def test_what_was_said_and_what_is_to_come(sentence, day):
    """A plan that was told of on a day does not move the day on which it was told."""
    assert date_of(sentence, FRIDAY).first == dt.date(2024, 11, day)


def test_a_month_of_which_year():
    """What is so in a month is not dated to the year before; what was done in it is."""
    june = dt.date(2022, 6, 22)
    assert date_of("The bridge is closed through the end of September.", june).by == "article"
    assert date_of("The bridge is closed in September.", june).by == "article"
    assert date_of("The bridge was closed in September.", june).first == dt.date(2021, 9, 1)
    assert date_of("They had planned to be married in September.", june).by == "article"
    assert date_of("Norvik said in May it will close the pit.", june).first == dt.date(2022, 5, 1)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Brack, who was charged on 14 October, came to court on Tuesday.", "Tuesday"),
        ("Brack, charged on 14 October, pleaded guilty on Tuesday.", "Tuesday"),
        ("Brack, charged on 14 October, pleaded guilty.", ""),
        ("Charged on 14 October, Brack came to court on Tuesday.", "Tuesday"),
        ("Brack, who was charged in Elmsby, New Veldra, on 14 October, spoke Tuesday.", "Tuesday"),
        ("Brack, 61, spoke in court on 14 October, surrounded by friends.", "14 October"),
        ("On 14 October, a jury charged Brack.", "14 October"),
        ("Brack was expelled last week for blocking the bridge on 14 October.", "last week"),
        ("Brack was expelled for blocking the bridge on 14 October.", "14 October"),
        ("Brack was accused of blocking the bridge on 14 October.", ""),
        ("Brack, three years ago the richest of them, is now in jail.", ""),
        ("The owners have defended what they did in the storm on 14 October.", ""),
        ("The minister released papers related to 14 October.", ""),
        ("A judge is looking into his role in the attack on the port on 14 October.", ""),
        ("The report, with the first case noted on 14 October, was late.", ""),
        ("Two people died in the attack on the port on 14 October.", "14 October"),
        ("Brack was expelled from the council on 14 October.", "14 October"),
        ("Prices fell from 9 crowns in June.", ""),
        ("Brack is one of the youngest, elected in June.", ""),
        ("The papers hold a letter dated 14 October to Brack.", ""),
        ("More than 70,000 people marched on Tuesday.", "Tuesday"),
        ("An estimated 8,100 people marched on Tuesday.", "Tuesday"),
    ],
)
def test_the_day_of_the_main_clause(sentence, words):
    """What is only added to a clause, or hangs on a noun, does not date what a sentence tells."""
    assert date_of(sentence, FRIDAY).words == words


@pytest.mark.parametrize(
    ("article", "sentence", "day"),
    [
        ("They stormed the port on Jan. 6, 2021.", "She was there on Jan. 6.", (2021, 1, 6)),
        ("The Jan. 6 committee met.", "She was there on Jan. 6.", None),
        ("", "Norvik's lawyers met new Jan. 6 defendants.", None),
        (
            "They fell on Nov. 5, 2004, and on Nov. 5, 2024.",
            "She was there on Nov. 5.",
            (2024, 11, 5),
        ),
        ("They fell on Jan. 6, 1999, and on Jan. 6, 2004.", "She was there on Jan. 6.", None),
        ("The Oct. 7 vote was lost.", "She was there on Oct. 7.", (2024, 10, 7)),
        ("They stormed the port on Jan. 6, 2021.", "It will reopen on Jan. 6.", (2025, 1, 6)),
        ("The match is put off to Nov. 5, 2026.", "She was there on Nov. 5.", (2024, 11, 5)),
        ("", "On Nov. 5 protesters stormed the port.", (2024, 11, 5)),
    ],
)
def test_a_day_that_is_a_name(article, sentence, day):
    """A day that became a name is of the year that its article gives, never of the nearest one."""
    dating = date_of(sentence, FRIDAY, years_of(f"{article} {sentence}", FRIDAY))
    assert (dating.first if dating.by == "sentence" else None) == (dt.date(*day) if day else None)


def test_a_day_in_the_year_that_fits_its_verb():
    """What will be is not of the year before, nor is what was done of a year to come."""
    assert date_of("The fair will return on Jan. 3.", dt.date(2024, 4, 6)).first.year == 2025
    assert date_of("She signed on Nov. 3.", dt.date(2024, 5, 20)).first.year == 2023


def test_without_a_date():
    """Only a whole date counts where the article has none; else nothing is known."""
    assert date_of("It sank on 3 May 2021.", None).first == dt.date(2021, 5, 3)
    assert date_of("It was built in 1996.", None).last == dt.date(1996, 12, 31)
    assert date_of("It sank on Tuesday.", None) is None
    assert date_of("It sank.", None) is None


WORDS = st.sampled_from(
    "on in of since the Tuesday Friday 5 November 2024 June last week next said that who “ ” , ; is"
    " to will 6 and yesterday ago two years 04/03/2025 by end".split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join), st.dates(dt.date(1900, 1, 1)))
def test_days_are_in_order(sentence, published):
    """Whatever a sentence says, its days are in order and its words stand in it."""
    dating = date_of(sentence, published)
    assert dating.first <= dating.middle <= dating.last
    assert dating.words in sentence
