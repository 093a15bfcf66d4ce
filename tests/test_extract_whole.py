"""Quotes that need a neighbour to be understood get it, and no others do."""

from __future__ import annotations

import pytest
from conftest import make_article

from assistant.extract.whole import whole
from assistant.shown import Shown
from index.types import Hit, Passage

TEXT = (
    "Judge Omar Reith opened the inquiry. He said that it would be public. "
    "The harbour was busy. A prize was awarded at the end. It went to Ada Finch of Lessing. "
    "Finch, who builds boats in Lessing, was not there."
)


def quoted(question, sentence):
    info = make_article("https://x.example/1", TEXT).info
    shown = Shown.of([Hit(Passage(info, 0, 0, len(TEXT), TEXT), 1.0)])
    return whole(question, list(shown.sentences(1))[sentence]).text


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Will the inquiry be public?",
            1,
            "Judge Omar Reith opened the inquiry. He said that it would be public.",
        ),
        (
            "Who was awarded the prize?",
            3,
            "A prize was awarded at the end. It went to Ada Finch of Lessing.",
        ),
        ("Who opened the inquiry?", 0, "Judge Omar Reith opened the inquiry."),
        ("Who was busy?", 2, "The harbour was busy."),  # what follows holds no name either
    ],
)
def test_neighbours(question, sentence, expected):
    """A sentence that points back gets what it points at; one without a name gets the name."""
    assert quoted(question, sentence) == expected
