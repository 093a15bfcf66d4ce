"""Lines that were broken to fit a page become paragraphs again."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.paragraphs import join_lines

LONG = "The bank raised its rate by a quarter of a point on Thursday, which nobody had foreseen. "


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["", " "], ""),
        (["One line."], "One line."),
        (["One paragraph.", "", "", "Another."], "One paragraph.\n\nAnother."),
        (["the gov-", "ernment spoke at length of it"], "the government spoke at length of it"),
        (["a well-", "known face, a well-known name"], "a well-known face, a well-known name"),
        (["the gov\xad", "ernment spoke at length of it"], "the government spoke at length of it"),
        (["A heading", "And then a long line of text follows."], None),
        (["- one", "- two", "1. three"], "- one\n\n- two\n\n1. three"),
    ],
)
def test_lines(lines, text):
    """Words are put together, items and headings stand alone, and a known hyphen stays."""
    assert join_lines(lines) == ("\n\n".join(lines) if text is None else text)


@given(st.integers(1, 6), st.integers(40, 100))
def test_wrapped_paragraphs_come_back(repeats, width):
    """However wide the column, a paragraph is joined and two are not run into one."""
    paragraphs = [LONG * repeats + "It fell again.", LONG * 2 + "So it went."]
    lines = [line for text in paragraphs for line in [*textwrap.wrap(text, width), ""]]

    assert join_lines(lines) == "\n\n".join(paragraphs)


@given(st.lists(st.text("ab C.-\xad1")))
def test_no_letter_is_lost(lines):
    """Only hyphens at line ends and white space change."""

    def letters(text):
        return "".join(char for char in text if char.isalnum())

    assert letters(join_lines(lines)) == letters("".join(lines))
