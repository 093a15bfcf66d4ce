"""The part of a passage that a search shows is the part that matches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.matching import matching_part

TEXT = (
    "The harbour was calm. Nothing moved on the quays. The ferry Maribel ran aground at noon. "
    "Divers went down twice. Shops stayed open."
)


def shown(query, limit, text=TEXT):
    start, end = matching_part(query, text, limit)
    return text[start:end]


def test_the_sentence_with_most_words():
    """The sentence that holds most words of the query is shown, in whatever form they stand."""
    assert shown("Did ferries run aground?", 50) == "The ferry Maribel ran aground at noon."


def test_with_what_follows_and_then_with_what_stands_before():
    """Room that is left is filled with neighbours."""
    assert shown("Maribel", 70).startswith("The ferry Maribel")
    assert shown("Maribel", 70).endswith("twice.")
    assert shown("open shops", 50) == "Divers went down twice. Shops stayed open."


def test_the_beginning_when_nothing_matches():
    """A hit that was found by meaning is shown from its start."""
    assert shown("quarrel", 30) == "The harbour was calm."


@given(st.text(), st.text(), st.integers(1, 200))
def test_a_range_of_the_text(query, text, limit):
    """Whatever the text, the range lies in it and is as long as allowed, or one sentence."""
    start, end = matching_part(query, text, limit)
    assert 0 <= start <= end <= len(text)
