"""Numbers of a sentence against the numbers of its source."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.support.evidence import Outcome
from assistant.support.numbers.check import check_numbers


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The blast hurt 30 people.", "Thirty people were hurt."),
        ("It weighs 3.20 kg.", "It weighs 3.2 kg."),
        ("Some 1,500 homes lost power.", "1500 homes lost power."),
        ("The plan costs 1.5 thousand euros.", "The plan costs €1,500."),
        ("The deal is worth $1.5bn.", "The deal is worth 1.5 billion dollars."),
        ("The deal is worth US$1.5 billion.", "It is a $1.5bn deal."),
        ("1.5 million fled.", "1,500,000 fled."),
        ("Half of them voted.", "50 per cent of them voted."),
        ("Turnout was 50%.", "Turnout was 50 percent."),
        ("A third of voters stayed at home.", "33% of voters stayed at home."),
        ("It was her 3rd title.", "It was her third title."),
        ("He bought 12 eggs.", "He bought a dozen eggs."),
        ("Two-thirds agreed.", "2/3 agreed."),
        ("Twenty-one soldiers died.", "21 soldiers died."),
        ("Two hundred and five people came.", "205 people came."),
        ("Half a million people marched.", "500,000 people marched."),
        ("It took two and a quarter hours.", "It took 2.25 hours."),
        ("It took a quarter of a million dollars.", "It took $250,000."),
        ("Three-quarters of a million people came.", "750,000 people came."),
        ("They waited two and a half years.", "They waited 2.5 years."),
        ("It takes three and a half minutes.", "It takes 3½ minutes."),
        ("It takes three and a half minutes.", "It takes 3 1/2 minutes."),
        ("It lost a million and a half euros.", "It lost €1.5 million."),
        ("It saved half a percent.", "It saved .5%."),
        ("Prices rose 30% to 40%.", "Prices rose 30-40%."),
        ("The loan is $10 million to $15 million.", "The loan is $10 to 15 million."),
        ("Dozens of people died.", "43 people died."),
        ("The talks began at 9.45pm.", "The talks began at 21:45."),
        ("The couple had two children.", "The pair had two children."),
    ],
)
def test_the_same_number_in_another_form_is_found(sentence, source):
    """A number is not flagged for being written another way than in the source."""
    assert check_numbers(sentence, [source]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "source", "reason"),
    [
        ("21 people died.", "12 people died.", "the source says 12, not 21"),
        ("It cost €30 million.", "It cost $30 million.", "$30 million"),
        ("Prices rose 30%.", "30 shops closed.", "30"),
        (
            "12 people were found.",
            "The lake is 12 km wide.",
            "the source says 12 km, not 12 people",
        ),
        (
            "He won his third title.",
            "He won his fourth title.",
            "the source says fourth, not third",
        ),
        ("Hundreds of men came.", "Dozens of men came.", "Hundreds"),
        ("It took 12 days.", "It took 12 weeks.", "12 weeks"),
        ("Two soldiers died.", "One soldier died.", "not Two"),
        ("7 people left.", "People left.", "7 is not in the source"),
    ],
)
def test_another_number_is_flagged(sentence, source, reason):
    """A wrong number, unit or currency never passes, and the reason names what the source says."""
    outcome = check_numbers(sentence, [source])
    assert len(outcome.reasons) == 1
    assert reason in outcome.reasons[0]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("About 30 people came.", "31 people came."),
        ("About 30 tonnes were seized.", "29.7 tonnes were seized."),
        ("More than 40 people came.", "43 people came."),
        ("Nearly 2,000 jobs will go.", "1,950 jobs will go."),
        ("It cost about $75 million.", "It cost $74.9 million in federal money."),
        ("More than a dozen people came.", "14 people came."),
        ("Well over a billion were sold.", "1.42 billion were sold."),
        ("Nearly two percent left.", "1.8% left."),
    ],
)
def test_a_rounding_word_allows_rounding(sentence, source):
    """Journalists round with "about" and "more than", and that is no error."""
    assert check_numbers(sentence, [source]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("30 people came.", "31 people came."),
        ("About 30 people came.", "38 people came."),
        ("More than 40 people came.", "39 people came."),
        ("Nearly 85 million people voted.", "Nearly 80 million people voted."),
        ("More than a dozen people came.", "19 people came."),
        ("It cost about $75 million.", "It cost $64.9 million."),
    ],
)
def test_rounding_has_limits(sentence, source):
    """Without a rounding word, the wrong way, or to a finer figure, rounding does not excuse."""
    assert check_numbers(sentence, [source]).reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "Covid-19 closed the G7 summit.",
        "An F-16 and an A320 flew past on the 5G network.",
        "No one knew which one of them it was.",
        "First, the premier spoke of the Second World War.",
        "A last-second throw was one of the three-pointers.",
    ],
)
def test_digits_of_names_and_pronouns_are_no_numbers(sentence):
    """Names that hold digits and the pronoun "one" state no number."""
    assert check_numbers(sentence, ["Nothing."]).checked == 0


def test_numbers_of_dates_are_left_to_the_dates():
    """A day of the month neither is a number nor backs one."""
    sentence, source = "12 people met.", "They met on 12 March."
    assert check_numbers(sentence, [source], (), [[(9, 20)]]).reasons


def test_digits_are_compared_across_languages():
    """Decimal commas and grouping points of other languages are read as such."""
    source = "Das Unternehmen zahlt 1,5 Millionen Euro an die 1.500 Leute und ist nicht froh."
    assert check_numbers("It pays €1.5 million to 1,500 people.", [source]).reasons == ()


_PIECES = """
    ) - – , . $ % ° a half and of two third billion-dollar million hundred dozen 5 3.5 ½ 7th to
""".split()


@given(st.lists(st.sampled_from([*_PIECES, " ", " "]), min_size=1, max_size=12).map("".join))
@example(")billion-dollar")
def test_no_text_is_too_odd_to_be_compared(text):
    """Words and marks that run into each other (“dam)billion-dollar”) never end in an error."""
    assert isinstance(check_numbers("It cost two billion dollars.", [text, f"word{text}"]), Outcome)
    assert isinstance(check_numbers(text, ["It cost two billion dollars."]), Outcome)


@given(st.integers(min_value=2, max_value=999_999_999))
def test_grouping_does_not_matter(number):
    """Any whole number is found with and without grouping commas."""
    assert not check_numbers(f"They counted {number:,} votes.", [f"{number} votes in all"]).reasons


@given(st.integers(3, 10**6), st.integers(3, 10**6))
def test_a_plain_number_backs_itself_only(stated, known):
    """Without a rounding word numbers agree when they are equal, or one is the other rounded."""
    assume(stated == known or stated % 10 or not math.isclose(stated, known, rel_tol=0.02))
    outcome = check_numbers(f"They sold {stated:,} cars.", [f"They sold {known:,} cars."])
    assert (outcome.reasons == ()) == (stated == known)


@pytest.mark.parametrize(
    ("source", "sentence", "told"),
    [
        ("Fewer than ten people were hurt.", "Ten people were hurt.", "says less than"),
        ("It paid 30 million euros.", "It paid more than 30 million euros.", "not more than 30"),
        ("It paid 30 million euros.", "It paid less than 30 million euros.", "not less than 30"),
        ("More than 40 boats were lost.", "Fewer than 40 boats were lost.", "says more than 40"),
        ("More than 40 boats were lost.", "No more than 40 boats were lost.", "says more than 40"),
        ("Up to 40 boats were lost.", "More than 40 boats were lost.", "says at most 40"),
        ("As many as 40 boats were lost.", "At least 40 boats were lost.", "says at most 40"),
        ("At least 40 boats were lost.", "Fewer than 40 boats were lost.", "says at least 40"),
        ("No more than ten people were hurt.", "Ten people were hurt.", ""),
        ("None of them lost by more than ten points.", "They lost by up to ten points.", ""),
        ("No one should pay more than 7%.", "They should pay at least 7%.", "says at most 7%"),
        ("It not only won, with more than 40 boats.", "It won with more than 40 boats.", ""),
        ("No fewer than ten people were hurt.", "Ten people were hurt.", ""),
        ("Fewer than ten people were hurt.", "Less than ten people were hurt.", ""),
        ("At least ten people were hurt.", "Ten people were hurt.", ""),
        ("Some 40 boats were lost.", "More than 40 boats were lost.", ""),
        ("Fewer than ten were hurt; ten boats sank.", "Ten boats sank.", ""),
    ],
)
def test_a_bound_is_not_the_number(source, sentence, told):
    """Fewer than ten are not ten, nor is ten more than that."""
    reasons = " ".join(check_numbers(sentence, [source]).reasons)
    assert (told in reasons) if told else not reasons
