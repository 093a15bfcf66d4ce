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
        ("In which year did it open?", "day"),
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
