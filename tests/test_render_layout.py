"""Lines that fit a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.layout import Style, columns, fitted, flow, indented

WORDS = st.lists(st.text("ab新é", min_size=1, max_size=40), max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"), [("abc", 3), ("新闻", 4), ("e\u0301", 1), ("a\u200db", 2), ("“a”", 3)]
)
def test_columns_of_letters(text, expected):
    """Wide letters take two columns and combining ones none."""
    assert columns(text) == expected


@given(WORDS, st.integers(4, 30))
def test_no_line_is_too_long_and_nothing_is_lost(words, width):
    """Whatever the words, every line fits and all letters are there in their order."""
    text = indented(" ".join(words), width, "- ", "  ")
    assert all(columns(line) <= width for line in text.split("\n"))
    assert "".join(text.removeprefix("- ").split()) == "".join(words)


def test_flow_carries_on_at_a_column():
    """A second sentence continues the line of the first and breaks where it is full."""
    first, column = flow([("abc", "abc")], 8)
    second, column = flow([("de", "de"), ("fgh", "fgh")], 8, column)
    assert first + second == "abc de\nfgh"
    assert column == 3


def test_colour_takes_no_columns():
    """Painted words are measured by what is seen of them."""
    style = Style(6, depth=16)
    text, column = flow([("ab", style.paint("ab", "cite")), ("cd", "cd")], 6)
    assert text == "\x1b[36mab\x1b[0m cd"
    assert column == 5


def test_without_width_lines_stay_whole():
    """Off a terminal a paragraph is one line, which other programs can search."""
    assert indented("a  b", 0, "> ") == "> a  b"


def test_lines_that_are_too_long_go_on_below():
    """Others stay as they are, and what stands further in stays there."""
    assert fitted("short  as it is\n  a longer line here\n", 15) == (
        "short  as it is\n  a longer\n    line here\n"
    )
    assert fitted("as long as it is", 0) == "as long as it is"
