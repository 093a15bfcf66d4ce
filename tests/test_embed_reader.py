"""The local reader tells which sentence holds the answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embed.learnt import merged
from index.embed.local import LocalEmbedder
from index.embed.reader import packed

TOKENS = st.lists(st.integers(1000, 30_000), max_size=80)
SENTENCES = {
    "Who leads the inquiry into the ferry accident?": (
        "Judge Ada Finch heads the inquiry into how the ferry came to sink.",
        "The inquiry into the ferry accident will last until the summer.",
    ),
    "How many homes lost power in the storm?": (
        "The storm left 41,000 homes without electricity overnight.",
        "The storm brought down trees and left homes without power.",
    ),
    "Which city will host the summit next year?": (
        "Next year's summit is to be held in Ljubljana, the ministers agreed.",
        "The ministers left the summit early and without a word to anybody.",
    ),
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return LocalEmbedder(cache=tmp_path_factory.mktemp("cache"), allow_fetch=False)


@pytest.mark.parametrize(("question", "sentences"), SENTENCES.items())
def test_the_sentence_that_tells_is_read_as_the_answer(reader, question, sentences):
    """Of two sentences about the same, the one that holds what is asked for is worth more."""
    telling, other = reader.read(question, sentences, ["", ""])
    assert telling > other


def test_what_is_about_something_else_is_no_answer(reader):
    """A sentence is worth more to the question that it answers than to any other."""
    questions, right = list(SENTENCES), [telling for telling, _ in SENTENCES.values()]
    scores = np.array([reader.read(question, right, [""] * len(right)) for question in questions])
    assert (scores.argmax(axis=1) == range(len(questions))).all()


def test_a_sentence_is_read_alike_whatever_stands_beside_it(reader):
    """A score depends on the question and the sentence alone."""
    question, (telling, other) = next(iter(SENTENCES.items()))
    alone = reader.read(question, [telling], ["Ferry"])
    titles = ["Storm", "Ferry", ""]
    among = reader.read(question, [other, telling, other], titles)
    assert among[1] == pytest.approx(alone[0], abs=1e-5)


def test_nothing_to_read(reader):
    """No sentences have no scores, and empty ones are no answer."""
    assert reader.read("Who won?", [], []).shape == (0,)
    assert reader.read("Who won?", [""], [""])[0] < 0


@given(st.tuples(TOKENS, TOKENS, TOKENS))
def test_long_texts_are_cut_and_keep_their_ends(parts):
    """However long a question, a sentence or a title is, each is there, and a mark ends it."""
    first, *text = packed(*parts)
    assert first == 101
    for part in parts:
        end = text.index(102)
        assert text[:end] == part[:end]
        assert bool(end) == bool(part)
        text = text[end + 1 :]
    assert not text


def test_what_was_learnt_is_added_to_the_weights():
    """Two factors are multiplied and added; whatever else is held takes a weight's place."""
    weights = {"a.weight": np.ones((2, 3), np.float32), "b.bias": np.zeros(2, np.float32)}
    learnt = {
        "a.weight:up": np.array([[1.0], [2.0]], np.float16),
        "a.weight:down": np.array([[1.0, 0.0, 3.0]], np.float16),
        "b.bias": np.array([4.0, 5.0], np.float32),
        "channels:hidden": np.zeros((2, 3), np.float16),
    }
    whole = merged(weights, learnt)
    assert whole.keys() == weights.keys()
    assert whole["a.weight"].tolist() == [[2, 1, 4], [3, 1, 7]]
    assert whole["b.bias"].tolist() == [4, 5]
