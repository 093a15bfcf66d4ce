"""Vectors and scores are the same on every processor, whatever products of int8 it is good at."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.embed.local import LocalEmbedder
from index.embed.processor import int8_is_exact
from index.embed.runtimes import InBatches

REFERENCE = json.loads((Path(__file__).parent / "data" / "minilm_fp32.json").read_text("utf-8"))
TEXTS = [each["text"] for each in REFERENCE]
VECTORS = np.array([each["vector"] for each in REFERENCE])
STATEMENT = "The harbour was closed for nine days after the storm."
SOURCES = [
    ("The storm shut the harbour for nine days, the port said.", ""),
    ("The harbour stayed open through the storm.", ""),
    ("Nine boats were lost in the storm.", ""),
]


@pytest.fixture(params=[True, False], ids=["exact", "inexact"])
def processor(request, monkeypatch, tmp_path):
    """The embedder as it is on a processor that is said to be exact, and on one that is not."""
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: request.param)
    return LocalEmbedder(cache=tmp_path, allow_fetch=False)


def cosine(embedder):
    return float((embedder.embed_passages(TEXTS) * VECTORS).sum(axis=1).mean())


def test_without_a_sign_vectors_are_exact_on_every_processor(monkeypatch, tmp_path):
    """Where products would overflow, vectors are as near the exact ones as they are elsewhere."""
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: False)
    assert cosine(LocalEmbedder(cache=tmp_path, allow_fetch=False)) > 0.9965


def test_this_processor_is_told_rightly(monkeypatch, tmp_path):
    """Weights with a sign are taken only where they give what those without one give."""
    signed = LocalEmbedder(cache=tmp_path, allow_fetch=False)
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: True)
    with_sign = cosine(signed)
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: False)
    without = cosine(LocalEmbedder(cache=tmp_path, allow_fetch=False))
    assert int8_is_exact() == (abs(with_sign - without) < 0.0005)


def test_either_graph_is_kept_apart(processor, tmp_path):
    """A cache that two machines share holds a graph for each of them."""
    processor.embed_query("The dam holds.")
    processor.doubt(STATEMENT, SOURCES)
    kept = {folder.name for folder in tmp_path.iterdir() if folder.is_dir()}
    assert len(kept) == 2
    assert len({name.endswith("unsigned") for name in kept}) == 1


def test_statements_are_judged_alike_on_either(monkeypatch, tmp_path):
    """What an answer's sentences are held for does not hang on the machine that checks them."""
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: False)
    doubts = LocalEmbedder(cache=tmp_path, allow_fetch=False).doubt(STATEMENT, SOURCES)
    assert doubts[0] < min(doubts[1:])


def test_where_products_are_inexact_the_runtime_for_many_is_left_alone(monkeypatch, tmp_path):
    """OpenVINO, which is slower there and less exact, is not even started."""
    monkeypatch.setattr("index.embed.local._MANY", 1)
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: False)
    monkeypatch.setattr(InBatches, "__init__", lambda *_: pytest.fail("it was started"))
    assert cosine(LocalEmbedder(cache=tmp_path, allow_fetch=False)) > 0.99
