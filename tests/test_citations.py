"""Replies are cut into sentences with what they cite, however the pieces of the stream fall."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import Mark, ReplyReader

Cited = list[tuple[str, list[tuple[int, int, int]]]]


def read(*pieces: str) -> Cited:
    reader = ReplyReader()
    written = [w for piece in pieces for w in reader.feed(piece)] + reader.finish()
    return [(w.text, [(m.passage, m.first, m.last) for m in w.marks]) for w in written]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("It sank [1.2].", [("It sank.", [(1, 2, 2)])]),
        ("It sank. [1.2]", [("It sank.", [(1, 2, 2)])]),
        (
            "It sank.[1.2] Nobody died.[2.1]",
            [("It sank.", [(1, 2, 2)]), ("Nobody died.", [(2, 1, 1)])],
        ),
        ("It sank. [1.2] [1.3]", [("It sank.", [(1, 2, 2), (1, 3, 3)])]),
        ("It sank [1.2, 4.1].", [("It sank.", [(1, 2, 2), (4, 1, 1)])]),
        ("It sank [1.2; 4.1 and 5.1].", [("It sank.", [(1, 2, 2), (4, 1, 1), (5, 1, 1)])]),
        ("It sank [1.2-1.4].", [("It sank.", [(1, 2, 4)])]),
        ("It sank [1.2–4].", [("It sank.", [(1, 2, 4)])]),
        ("It sank 【1.2】.", [("It sank.", [(1, 2, 2)])]),
        ("It sank [3].", [("It sank.", [(3, 0, 0)])]),
        ("It sank.", [("It sank.", [])]),
        ("It sank [sic].", [("It sank [sic].", [])]),
        ("It rose by 3.2 metres [1.1].", [("It rose by 3.2 metres.", [(1, 1, 1)])]),
        (
            "One sank [1.1] and one burned [1.2].",
            [("One sank and one burned.", [(1, 1, 1), (1, 2, 2)])],
        ),
        (
            "[1.1] It sank.\n[1.2] It burned.",
            [("It sank.", [(1, 1, 1)]), ("It burned.", [(1, 2, 2)])],
        ),
        (
            "- It sank. [1.1]\n- It burned. [1.2]",
            [("- It sank.", [(1, 1, 1)]), ("- It burned.", [(1, 2, 2)])],
        ),
        ("It sank. [1.1", [("It sank.", []), ("[1.1", [])]),
        ("", []),
    ],
)
def test_forms_of_citations(reply, expected):
    """Every usual way to write a citation is understood, and nothing else is taken for one."""
    assert read(reply) == expected


REPLY = (
    "The Maribel ran aground on Tuesday. [1.1] According to J. K. Marsh, “it scraped” [1.3, 2.1]."
    "\n\n"
    "The U.S. coastguard counted 1.5 million litres [3.1-3.2]! Nobody knows more."
)


@given(st.lists(st.integers(0, len(REPLY)), max_size=12))
def test_pieces_do_not_matter(cuts):
    """A marker or a sentence that is split over pieces of the stream is read as a whole one."""
    edges = [0, *sorted(cuts), len(REPLY)]
    pieces = [REPLY[a:b] for a, b in pairwise(edges)]
    assert read(*pieces) == read(REPLY)


def test_a_sentence_comes_as_soon_as_the_next_begins():
    """Citing works while the reply streams."""
    reader = ReplyReader()
    assert reader.feed("It sank. ") == []
    assert reader.feed("[1.2] ") == []
    (first,) = reader.feed("Nobody died ")
    assert (first.text, first.marks) == ("It sank.", (Mark("1.2", 1, 2, 2),))


@given(st.text(alphabet="ab .[]1,-\n"))
def test_no_words_are_lost(reply):
    """Whatever a model writes, all of it but its markers is given out."""
    reader = ReplyReader()
    written = reader.feed(reply) + reader.finish()
    kept = "".join(w.before + w.text for w in written)
    letters = [c for c in reply if c in "ab"]
    assert [c for c in kept if c in "ab"] == letters
