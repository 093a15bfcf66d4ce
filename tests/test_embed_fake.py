"""The fake embedder is deterministic, and near means shared words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embed.fake import FakeEmbedder


def test_shared_words_are_near():
    """Tests of search can rely on what is near what."""
    query = FakeEmbedder().embed_query("the ferry ran aground")
    near, far = FakeEmbedder().embed_passages(["A ferry aground!", "Bread and butter"])
    assert query @ near > query @ far


@given(st.lists(st.text(), max_size=4))
def test_any_text_has_a_unit_vector(texts):
    """No text breaks it, and the same text has the same vector everywhere."""
    one, other = FakeEmbedder().embed_passages(texts), FakeEmbedder().embed_passages(texts)
    assert one.shape == (len(texts), 64)
    assert np.array_equal(one, other)
    assert np.allclose(np.linalg.norm(one, axis=1), 1)
