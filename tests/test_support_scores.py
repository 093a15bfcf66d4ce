"""Pairs of figures against counts: records of games, votes, temperatures, what happened in what."""

from __future__ import annotations

import pytest

from assistant.support.names.check import check_names
from assistant.support.numbers.check import check_numbers


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        ("Lessing won 9 of 12 games.", "Lessing won 9 of 11 games.", "Lessing are 9-3 at home."),
        ("Lessing lost three of its 12.", "Lessing lost nine of its 12.", "Lessing went 9-3."),
        ("Lessing won 9 of 12 games.", "Lessing lost 9 of 12 games.", "They had a 9-3 record."),
        ("Moor won 12-9.", "Moor won 12 of 21 rounds.", "Moor won 12-9."),
        (
            "She got a fifth win in as many games.",
            "She got a sixth win in as many games.",
            "She is now 5-0.",
        ),
        (
            "Arlon voted 61-39 for it.",
            "Arlon voted 62-38 for it.",
            "In Arlon 61% were for it and 39% against it.",
        ),
        ("They chase three cups.", "They chase four cups.", "They chase a treble."),
        ("They chase four cups.", "They chase three cups.", "They chase a quadruple."),
        (
            "Lund made a dozen hats.",
            "Lund made a dozen hats and nine caps.",
            "Lund, near the 300-hat mark, made 12 since May.",
        ),
        (
            "It made three-quarters of the salt.",
            "It made two-thirds of the salt.",
            "Other pits made the remaining one-quarter of the salt.",
        ),
        (
            "Rents fell in the third quarter.",
            "Rents fell in the second quarter.",
            "Rents fell in July-September.",
        ),
        (
            "Rents rose in the first three months.",
            "Rents rose in the first six months.",
            "Rents rose in the first quarter.",
        ),
        (
            "It cut staff by three-quarters.",
            "It cut staff by two-thirds.",
            "It cut its staff from 800 to 200.",
        ),
        ("He holds the 9th Ward.", "He holds the 8th Ward.", "Lund was elected in Ward 9."),
        ("Lund tried a third.", "Lund tried a fifth.", "Lund tried a third jump."),
        ("Rafts cost $4 million.", "Rafts cost $6 million.", "They buy $4-5 million rafts."),
        (
            "The odds are one in 4,000.",
            "The odds are one in 5,000.",
            "The odds are 4,000-to-1.",
        ),
        (
            "Four towns shut their pools.",
            "Five towns shut their pools.",
            "So far, Pesk, Lessing, Arlon and Moor shut pools.",
        ),
        (
            "It will be 21 to 23 degrees Celsius.",
            "It will be 21 to 23 degrees Fahrenheit.",
            "It will be between 21-23° C (70-73° F).",
        ),
    ],
)
def test_pairs_are_read_for_what_they_say(right, wrong, source):
    """A record, a vote or what is left of a whole backs the counts that it makes, and no others."""
    assert check_numbers(right, [source]).reasons == ()
    assert check_numbers(wrong, [source]).reasons


def test_what_happened_in_so_many_of_them_is_no_share():
    """Hits in innings are two counts, and adults in ten a share."""
    source = "She gave three walks in six laps."
    assert check_numbers("Lund gave up three walks.", [source]).reasons == ()
    assert check_numbers("Lund gave up five walks.", [source]).reasons
    assert check_numbers("40% say so.", ["Four adults in ten always say so."]).reasons == ()


def test_a_scale_is_told_by_its_letter():
    """Celsius stands in the source as C; where it has F alone, it is missing."""
    assert check_names("It was 21 degrees Celsius.", ["It was 21° C."]).reasons == ()
    assert check_names("It was 21 degrees Celsius.", ["It was 70° F."]).reasons
