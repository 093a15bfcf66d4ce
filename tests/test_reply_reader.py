"""Replies are read alike however they stream, early, without loss, and in time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from replies import REPLIES, FiveOfSix, read, read_all

from assistant.reply.reader import ReplyReader, Restart


@settings(max_examples=400, deadline=None)
@given(REPLIES, st.data())
@example("It sank. [1.2] Nobody died. [2.1]", None)
def test_pieces_do_not_matter(reply, data):
    """Split at any characters, a reply gives the same sentences, citations and removed links."""
    cuts = (
        data.draw(st.lists(st.integers(0, len(reply)), max_size=8)) if data else range(len(reply))
    )
    edges = [0, *sorted(cuts), len(reply)]
    one, whole = read_all([reply])
    other, pieces = read_all([reply[a:b] for a, b in pairwise(edges)])
    assert pieces == whole
    assert (other.removed, other.listed, other.loose) == (one.removed, one.listed, one.loose)


@settings(max_examples=200, deadline=None)
@given(REPLIES)
def test_every_character_alone(reply):
    """A marker, a tag or an address that comes letter by letter is read like a whole one."""
    assert read(*reply) == read(reply)


@settings(deadline=None)
@given(st.text(alphabet="ab .[]()1,-\n“”"))
def test_no_words_are_lost(reply):
    """Whatever a model writes, all of it but its markers is given out."""
    given_out = "".join(text for text, _ in read(reply))
    assert [c for c in given_out if c in "ab"] == [c for c in reply if c in "ab"]


@pytest.mark.parametrize(
    "reply",
    [
        "It sank. [1.2] Nobody ¦died of it [2.1]. All ¦were safe.",
        "It sank [1.2]. Nobody ¦died of it.[2.1] All ¦were safe.",
        "Er sank. [1.2] Niemand ¦starb [2.1]. Alle ¦waren sicher.",
        "- It sank. [1.2]\n- Nobody ¦died [2.1]\n- All ¦were safe.",
        "It sank [3.2].\n\nNobody ¦died.\n\n## Later\n¦All ¦were safe.",
        "The U.S. ship sank [3.2]. “Nobody ¦died,” he said.",
        "它沉没了。[1.2]没¦有人死亡[2.1]。所¦有人都安全。",
    ],
)
def test_a_sentence_comes_with_the_next_word(reply):
    """Citing works while the reply streams: what comes at each ¦ is the sentence before it."""
    reader = ReplyReader(FiveOfSix())
    *parts, rest = reply.split("¦")
    for part in parts:
        *early, last = part
        assert [given_out for letter in early for given_out in reader.feed(letter)] == []
        assert len(reader.feed(last)) == 1
    assert reader.feed(rest) == []
    assert len(reader.finish()) == 1


def test_unfinished_sentence_can_be_shown():
    """What is being written is to be had at any time, without its markers."""
    reader = ReplyReader(FiveOfSix())
    reader.feed("It sank. [1.2]\n- **Nobody** died [2.1] of ")
    assert reader.unfinished == ("\n- ", "Nobody died of")


@pytest.mark.parametrize(
    "unit",
    ["word ", "((", "[a ", "[1.2] ", "| a | b \n", "<think ", "它[1.2]。", "x", "<a ", "`", "![a"],
)
def test_a_huge_reply_is_read_in_time(unit):
    """A reply without end or sense costs time in proportion to its length, and no more."""
    reader = ReplyReader(FiveOfSix())
    for _ in range(60):
        reader.feed(unit * 20)
    assert not any(isinstance(one, Restart) for one in reader.finish())
