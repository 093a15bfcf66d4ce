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


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        ("It took nearly three decades.", "It took three decades.", "It took 27 years."),
        ("It took some three decades.", "It took three decades.", "It took 33 years."),
        ("It took almost two decades.", "It took three decades.", "It took 17 years."),
        ("It took over three months.", "It took over four months.", "It took 100 days."),
        ("It took under half a minute.", "It took under half an hour.", "It took 21 seconds."),
        ("It took thirteen years.", "It took fourteen years.", "It took 4,746 days."),
        ("It took twenty-four months.", "It took twenty-six months.", "It took two years."),
        ("It ran for sixteen seasons.", "It ran for six seasons.", "It ran for 16 years."),
        ("It stood for ten long years.", "It stood for nine long years.", "It stood a decade."),
        ("They met for ten years.", "They met for eight years.", "They met from 2008-18."),
        ("It came four years earlier.", "It came five years earlier.", "It came in 2018."),
        ("It came two decades earlier.", "It came three decades earlier.", "It came in 2002."),
        ("It took four months.", "It took five months.", "It ran from November to March."),
        ("It took ten days.", "It took twenty days.", "It ran from May 4 to May 14."),
        (
            "It was found two days later.",
            "It was found six days later.",
            "Lost Monday, found Wednesday.",
        ),
        ("It is a five-hour walk.", "It is a six-hour walk.", "They walk from 11 a.m. to 4 p.m."),
        ("It begins at eleven.", "It begins at ten.", "It begins at 11 a.m."),
        (
            "She rested half a year.",
            "She rested half a day.",
            "It was her sixth straight month of rest.",
        ),
    ],
)
def test_a_length_of_time_is_reckoned(right, wrong, source):
    """A length of time in other units, or between two dates, is found, and a wrong one flagged."""
    days = [dt.date(2022, 6, 15)]
    spans = [tuple((m.start, m.end) for m in find_dates(source))]
    for sentence, found in ((right, True), (wrong, False)):
        assert (check_numbers(sentence, [source], (), spans, days).reasons == ()) is found


def test_the_years_of_a_range_are_not_set_against_others():
    """How long something lasted is not taken from a year that has nothing to do with it."""
    source = "Lena Moor, who won in 1979, was mayor from 1983 to 1997."
    assert check_numbers("She was mayor for fourteen years.", [source]).reasons == ()
    assert check_numbers("She was mayor for eighteen years.", [source]).reasons


def test_years_in_a_row_are_not_the_time_between_two():
    """Something that fell out three times did not do so because three years have passed."""
    day = [dt.date(2022, 6, 15)]
    source = "The fair was last held in 2019."
    assert check_numbers("It was held three years ago.", [source], days=day).reasons == ()
    assert check_numbers("It fell out three years in a row.", [source], days=day).reasons


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        ("About a quarter left.", "About a third left.", "27% left."),
        ("Fewer than one in ten left.", "Fewer than one in twelve left.", "9.1% left."),
        ("A tenth or so of them left.", "A fifth or so of them left.", "11% left."),
        ("Over half of them left.", "Over two thirds of them left.", "57% left."),
        ("Three in every four left.", "Three in every five left.", "75% left."),
        ("Just over one in 1,000 left.", "Just over one in a hundred left.", "0.11% left."),
        (
            "Two fifths of the boats sank.",
            "Three fifths of the boats sank.",
            "Of 55 boats 22 sank.",
        ),
        (
            "It costs about a third of that.",
            "It costs about a fifth of that.",
            "It costs $16,500 now and cost $46,000 then.",
        ),
        (
            "One has about four times as many mills.",
            "One has about six times as many mills.",
            "One has 3,400 mills and the other 14,000 mills.",
        ),
        ("It grew more than three times.", "It grew more than four times.", "It tripled."),
        (
            "A pitch costs six dollars more.",
            "A pitch costs $7 more.",
            "A pitch is $30, a big one $36.",
        ),
        ("The mill has 20% of it.", "The mill has 90% of it, not 18%.", "It has 20%, the dam 18%."),
        ("Over 300 of 1,228 left.", "Over 900 of 1,228 left.", "Over 300 of 1,228 left."),
        ("It fell 23 points.", "It fell 24 points.", "It had 59% and now has 36%."),
        ("They won by six goals.", "They won by five goals.", "It ended 10-4 after 12 games."),
    ],
)
def test_a_share_or_a_difference_is_reckoned(right, wrong, source):
    """What two numbers of the source make is found, and a wrong share or difference flagged."""
    assert check_numbers(right, [source]).reasons == ()
    assert check_numbers(wrong, [source]).reasons


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        (
            "All five lawmakers agreed.",
            "All four lawmakers agreed.",
            "Ann Roe, Bo Lind, Cy Marr, Di Nott and Ed Orr agreed.",
        ),
        (
            "Two senators objected.",
            "Three senators objected.",
            "Sens. Ann Roe (I-Vt) and Bo Lind did.",
        ),
        (
            "It is sold in three states.",
            "It is sold in two states.",
            "It is sold in Iowa, Ohio and Utah.",
        ),
        (
            "She won for ten weeks running.",
            "She won for nine weeks running.",
            "She won for the 10th week in a row.",
        ),
        ("It is the tenth anniversary.", "It is the ninth anniversary.", "Ten years have passed."),
        ("Only eight teams conceded fewer.", "Only nine teams conceded fewer.", "They came ninth."),
        (
            "He died with four others.",
            "He died with six others.",
            "He was one of the five people killed.",
        ),
        (
            "It was his second request.",
            "It was his third request.",
            "It was the second time he asked.",
        ),
    ],
)
def test_what_is_listed_or_ranked_is_counted(right, wrong, source):
    """Names in a list and places in a row are counted, and a wrong count is flagged."""
    assert check_numbers(right, [source]).reasons == ()
    assert check_numbers(wrong, [source]).reasons


def test_what_a_source_counts_itself_is_not_counted_by_its_names():
    """Where the source says how many there are, a list of some of them does not say otherwise."""
    source = "Ann Roe and Bo Lind are among the three clerks promoted."
    assert check_numbers("Two promoted clerks were named.", [source]).reasons


def test_first_needs_a_word_for_it():
    """The first of its kind is found in a debut, not in a source that says nothing like it."""
    sentence = "It was the first to be shown in Brill."
    assert check_numbers(sentence, ["It made its debut in Brill."]).reasons == ()
    assert check_numbers(sentence, ["It was shown in Brill."]).reasons


def test_another_count_of_the_same_things_is_flagged():
    """A number that the source has for other things does not stand for these, which it counts."""
    source = "Bo Lind pitched five quiet innings and allowed three hits."
    assert check_numbers("Bo Lind allowed three hits.", [source]).reasons == ()
    assert "three hits" in check_numbers("Bo Lind allowed five hits.", [source]).reasons[0]


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        ("It took over an hour.", "It took over a day.", "It took 75 minutes."),
        ("It took a full hour.", "It took a full day.", "It took 60 minutes."),
        ("It took at least a month.", "It took nearly a month.", "It took 40 days."),
        ("It took a year.", "It took over a year.", "It took eleven months."),
    ],
)
def test_a_length_of_one_that_is_stressed_is_checked(right, wrong, source):
    """Over an hour says how long something took as much as over two hours does."""
    assert check_numbers(right, [source]).reasons == ()
    assert check_numbers(wrong, [source]).reasons


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        ("The two sides met.", "The six sides met.", "Delegates of Arlon and Pesk met."),
        (
            "Venn and two others left.",
            "Venn and three others left.",
            "Arlo Venn, Pim Oster and Di Nott left.",
        ),
        (
            "Three other towns flooded.",
            "Four other towns flooded.",
            "Arlon flooded. So did Pesk, Oule and Varn.",
        ),
        (
            "He keeps three animals.",
            "He keeps four animals.",
            "He keeps oats for a horse, a goat and a mule.",
        ),
        ("Nine in ten do not walk.", "Eight in ten do not walk.", "Some 10% of pupils walk."),
        ("Six in ten agree.", "Seven in ten agree.", "61% agree."),
        (
            "Over thirty boats sank.",
            "Over forty boats sank.",
            "They lost 13 wooden boats and 20 steel ones.",
        ),
        (
            "It set just past six in the morning.",
            "It set just past seven in the morning.",
            "It set at 6:02 a.m.",
        ),
        (
            "It sank 50 minutes before landing.",
            "It sank 40 minutes before landing.",
            "It was due at 3:05 p.m. and sank at 2:15 p.m.",
        ),
        (
            "It stays open for five days.",
            "It stays open for six days.",
            "It is open from Wednesday to Sunday.",
        ),
        (
            "It strikes two or three times a year.",
            "It strikes four or five times a year.",
            "It strikes 2.5 times a year.",
        ),
        ("He paid $14 billion.", "He paid $15 billion.", "He paid $14.2 billion."),
        (
            "Venn and 36 other clerks signed.",
            "Venn and 38 other clerks signed.",
            "Venn is among the 37 clerks who signed.",
        ),
        ("It is open 5 to 7 p.m.", "It is open 4 to 7 p.m.", "It is open 5 p.m. to 7 p.m."),
        ("He has 18 opera prizes.", "He has 19 opera prizes.", "He won his 18th opera prize."),
        (
            "It cost a trillion dollars.",
            "It cost a billion dollars.",
            "It is a trillion-dollar plan.",
        ),
        (
            "It took thousands of nails.",
            "It took hundreds of nails.",
            "It took several thousand nails.",
        ),
        (
            "They rose a quarter point.",
            "They rose half a percentage point.",
            "They rose 25 basis points.",
        ),
        ("All but five of 21 mills run.", "All but four of 21 mills run.", "Of 21 mills, 16 run."),
        ("It fell two cents.", "It fell three cents.", "It went from $5.58 to $5.56."),
    ],
)
def test_another_honest_form_of_a_number_is_found(right, wrong, source):
    """What a careful editor lets pass passes, and the same form of another number does not."""
    dates = [tuple((m.start, m.end) for m in find_dates(source))]
    assert check_numbers(right, [source], (), dates).reasons == ()
    assert check_numbers(wrong, [source], (), dates).reasons


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Five firefighters were hurt.", "Three tenants and two firefighters were hurt."),
        ("The mill can cut three quarters of its load.", "The mill can cut 25% of its load."),
        ("It is four times the price.", "It is a fourth of the price."),
        ("Two rockets came down.", "Arlon and Pesk saw a single rocket come down."),
        ("All four clerks agreed.", "Ann Roe, Bo Lind, Cy Marr, Di Nott and Ed Orr agreed."),
        ("The levy is just under 18 cents.", "The levy is 18.4 cents."),
    ],
)
def test_a_form_of_another_number_is_no_excuse(sentence, source):
    """A sum of unlike things, a share turned over or a longer list does not back a number."""
    assert check_numbers(sentence, [source]).reasons
