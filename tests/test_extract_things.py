"""What a question asks for, and what in a sentence is such a thing."""

from __future__ import annotations

import pytest

from assistant.extract.things import asked_for, new_things


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people died?", "number"),
        ("What share of voters stayed at home?", "number"),
        ("When did it open?", "day"),
        ("In which year did it open?", "year"),
        ("What was the record high price of a gallon of petrol?", "number"),
        ("How many were hurt? Who leads the inquiry?", "name"),
        ("Who leads the inquiry?", "name"),
        ("Which airline bought Spirit?", "name"),
        ("Where was the event?", "name"),
        ("What did she say?", "words"),
        ("What happened?", "other"),
    ],
)
def test_kinds(question, kind):
    """How a question is put tells what answers it."""
    assert asked_for(question) == kind


def test_only_what_is_new_answers():
    """What the question names itself is no answer; a first word's capital tells nothing."""
    text = "Yesterday the Maribel left Lessing with 12 people."
    assert new_things("name", text, {"maribel"}) == {"lessing"}
    assert new_things("number", text, set()) == {"12"}
    assert new_things("number", text, {"12"}) == set()


def test_names_that_open_a_sentence():
    """A sentence's first word names something when another name follows or it is known."""
    assert new_things("name", "Tomas Brandt opened it.", set()) == {"tomas", "brandt"}
    assert new_things("name", "Brandt’s bridge is open.", set()) == set()
    assert new_things("name", "Brandt’s bridge is open.", set(), {"brandt"}) == {"brandt"}
    assert new_things("name", "On Tuesday The Hague voted.", set()) == {"hague"}


def test_years_are_not_days():
    """“Which year” is answered by a year and nothing else."""
    text = "It opened on Tuesday, 4 March 1995, after 12 years."
    assert new_things("year", text, set()) == {"1995"}
    assert {"tuesday", "march", "1995", "4"} <= new_things("day", text, set())
