"""What comes before and what after."""

from __future__ import annotations

import pytest

from assistant.support.order import check_order


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        (
            "She spoke after the polls closed.",
            "She spoke before the polls closed.",
            "After polls closed she spoke.",
        ),
        (
            "He came shortly before midnight.",
            "He came a little after midnight.",
            "He came just before midnight.",
        ),
        ("Go after 8 p.m.", "Go before 8 p.m.", "The best time to go is after 8 p.m."),
        (
            "It lifts off no earlier than Friday.",
            "It lifts off no later than Friday.",
            "It lifts off no earlier than Friday.",
        ),
    ],
)
def test_the_other_side_of_a_time_is_flagged(right, wrong, source):
    """Before is not after where the same time or event is named."""
    assert check_order(right, [source]) == ()
    assert check_order(wrong, [source])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("He left before she came.", "She came after he left."),
        ("He spoke before the judge.", "It comes after the judge refused."),
        ("It rose before the vote.", "It rose before the vote and fell after the vote."),
    ],
)
def test_what_is_told_in_the_other_order_is_not_flagged(sentence, source):
    """The same order of two events may be told from either of them."""
    assert check_order(sentence, [source]) == ()
