"""Embedders are compared on one scale, whatever they give unrelated texts."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.extract.scale import leans_on_meaning, scaled
from index.embed.fake import FakeEmbedder


class Alike(FakeEmbedder):
    """Finds all texts alike: what they have in common counts for seven tenths."""

    @property
    def fingerprint(self) -> str:
        return "alike"

    def embed_query(self, text):
        own = super().embed_query(text)
        return np.append(np.sqrt(0.3) * own, np.sqrt(0.7)).astype(np.float32)

    def embed_passages(self, texts):
        return np.stack([self.embed_query(text) for text in texts])


@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        ("Who opened the bridge?", "Who opened the bridge?", "Bread is baked early."),
        ("谁为大桥揭幕？", "谁为大桥揭幕？", "面包店很早开门。"),
        ("من افتتح الجسر؟", "من افتتح الجسر؟", "يفتح المخبز مبكرا."),
    ],
)
def test_what_unrelated_texts_have_is_taken_off(question, same, other):
    """The same text has 1 and another one about 0, in each script."""
    embedder = Alike()
    cosines = embedder.embed_passages([same, other]) @ embedder.embed_query(question)
    assert cosines[1] > 0.6
    found = scaled(cosines, question, embedder)
    assert found[0] == pytest.approx(1.0, abs=1e-5)
    assert found[1] < 0.25


def test_the_embedder_of_the_weights_is_left_as_it_is():
    """The scale is that of the local embedder on English."""

    class Local(FakeEmbedder):
        name = "local"

    cosines = np.array([0.1, 0.9], np.float32)
    assert scaled(cosines, "Who opened it?", Local()) is cosines


def test_words_say_less_in_other_scripts():
    """A threshold for English words is not held against Chinese, unless the embedder is English."""

    class Local(FakeEmbedder):
        name = "local"

    assert leans_on_meaning("谁为大桥揭幕？", FakeEmbedder())
    assert leans_on_meaning("من افتتح الجسر؟", FakeEmbedder())
    assert not leans_on_meaning("Who opened the bridge?", FakeEmbedder())
    assert not leans_on_meaning("谁为大桥揭幕？", Local())
    assert not leans_on_meaning("谁为大桥揭幕？", None)
