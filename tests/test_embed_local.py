"""The local embedder gives the vectors of all-MiniLM-L6-v2.

`data/minilm_fp32.json` holds vectors that a plain float64 forward pass of the published weights
gave: embeddings, six layers of attention and feed-forward, mean over the tokens, length 1.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embed.graph import build_graph
from index.embed.local import LocalEmbedder
from index.embed.runtimes import InBatches
from index.embed.weights import MAX_TOKENS, find
from index.errors import WeightsMissing

ROOT = Path(__file__).parent.parent
REFERENCE = json.loads((Path(__file__).parent / "data" / "minilm_fp32.json").read_text("utf-8"))
TEXTS = [each["text"] for each in REFERENCE]
VECTORS = np.array([each["vector"] for each in REFERENCE])


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def embedder(cache):
    made = LocalEmbedder(cache=cache, allow_fetch=False)
    made.embed_query("loads it")
    return made


@pytest.fixture
def early(monkeypatch):
    """The runtime for many starts at once, on whatever processor."""
    monkeypatch.setattr("index.embed.local._MANY", 1)
    monkeypatch.setattr("index.embed.processor.int8_is_exact", lambda: True)


@pytest.fixture(scope="module")
def many(embedder):
    """Texts of all lengths, and their vectors computed in batches."""
    words = " ".join(TEXTS).split()
    texts = [" ".join(words[place : place + 10 + 6 * place]) for place in range(24)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.embed.local._MANY", 1)
        patch.setattr("index.embed.processor.int8_is_exact", lambda: True)
        return texts, embedder.embed_passages(texts)


def test_quantised_vectors_are_near_the_exact_ones(embedder):
    """Int8 moves a vector by no more than what retrieval does not notice."""
    cosines = (embedder.embed_passages(TEXTS) * VECTORS).sum(axis=1)
    assert cosines.min() > 0.98
    assert cosines.mean() > 0.99


def test_unquantised_graph_is_exact(cache):
    """The fused graph computes what the model's definition says, long texts cut at 256 tokens."""
    files = find(None, cache, (), print)
    graph = build_graph(load_file(files.weights)).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    for text, vector in zip(TEXTS, VECTORS, strict=True):
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int32)
        (ours,) = session.run(None, {"input_ids": ids})
        assert float(ours[0] @ vector) > 0.99999


def test_same_vector_alone_and_among_others(embedder):
    """What a text is embedded with does not change its vector, and rows keep their order."""
    vectors = embedder.embed_passages(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_array_equal(embedder.embed_query(text), vector)


def test_many_texts_get_the_vectors_of_few(embedder, many):
    """Computing in batches agrees with computing text by text, whatever the lengths."""
    texts, vectors = many
    few = embedder.embed_passages(texts[:8])
    cosines = (few * vectors[:8]).sum(axis=1)
    assert cosines.min() > 0.99
    assert cosines.mean() > 0.995
    assert not np.array_equal(few, vectors[:8])  # or the batches were never tried


@pytest.mark.usefixtures("early")
def test_neighbours_in_a_batch_do_not_matter(embedder, many):
    """A passage's vector does not depend on its batch, and filling up counts for nothing."""
    texts, vectors = many
    kept = [place for place in range(len(texts)) if place % 5]
    again = embedder.embed_passages([texts[place] for place in kept])
    np.testing.assert_allclose((again * vectors[kept]).sum(axis=1), 1, atol=2e-3)


@pytest.mark.usefixtures("early")
def test_without_openvino_it_embeds_as_well(cache, many, monkeypatch):
    """Where the faster runtime cannot be had, the other one does its work."""
    monkeypatch.setitem(sys.modules, "openvino", None)
    texts, vectors = many
    alone = LocalEmbedder(cache=cache, allow_fetch=False)
    assert ((alone.embed_passages(texts) * vectors).sum(axis=1)).min() > 0.98


@pytest.mark.usefixtures("early")
def test_a_runtime_that_computes_something_else_is_not_used(cache, monkeypatch):
    """Vectors that a processor computes wrongly never reach a library."""
    wrong = np.full((len(TEXTS), 384), 384**-0.5, np.float32)
    monkeypatch.setattr(InBatches, "run", lambda _, texts: wrong[: len(texts)])
    alone = LocalEmbedder(cache=cache, allow_fetch=False)
    assert (alone.embed_passages(TEXTS) * VECTORS).sum(axis=1).min() > 0.98


def test_no_texts_and_empty_text(embedder):
    """Nothing to embed is no error."""
    assert embedder.embed_passages([]).shape == (0, 384)
    assert np.isfinite(embedder.embed_query("")).all()


def test_meaning_counts(embedder):
    """A paraphrase without a common word is nearer than a sentence about something else."""
    asked, near, far = embedder.embed_passages(
        ["The ship sank.", "A vessel went down.", "The recipe needs two eggs."]
    )
    assert asked @ near > asked @ far + 0.2


def test_threads_share_it(embedder):
    """Questions asked while passages are embedded get their own vectors."""
    with ThreadPoolExecutor(4) as pool:
        passages = pool.submit(embedder.embed_passages, TEXTS * 4)
        asked = list(pool.map(embedder.embed_query, TEXTS * 4))
    np.testing.assert_array_equal(passages.result(), np.array(asked))


def test_number_of_threads_does_not_matter(embedder, cache):
    """One thread gives what many give."""
    alone = LocalEmbedder(cache=cache, threads=1, allow_fetch=False)
    np.testing.assert_array_equal(alone.embed_passages(TEXTS), embedder.embed_passages(TEXTS))


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("model.onnx", lambda content: content[:1000]),
        ("tokenizer.json", lambda content: content[:1000]),
        ("sha256", lambda content: b"\xff\xfe\x00"),
    ],
)
def test_damaged_cache_is_made_again(embedder, cache, name, damage):
    """Whichever file of the cache was spoiled, it is noticed and replaced."""
    file = embedder._load().graph.with_name(name)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    again = LocalEmbedder(cache=cache, allow_fetch=False)
    np.testing.assert_allclose(again.embed_query("A"), embedder.embed_query("A"), atol=1e-6)
    assert len(file.read_bytes()) == len(whole)


def test_built_graph_is_used_again(embedder, cache):
    """A second start builds nothing."""
    said: list[str] = []
    LocalEmbedder(cache=cache, allow_fetch=False, say=said.append).embed_query("A")
    assert said == []


def test_named_folder_is_looked_at_but_its_graph_is_kept(embedder, cache, tmp_path):
    """A folder named on every start costs no building; one without weights is told of."""
    said: list[str] = []
    folder = find(None, cache, (), print).weights.parent
    named = LocalEmbedder(folder, cache=cache, say=said.append)
    np.testing.assert_array_equal(named.embed_query("A"), embedder.embed_query("A"))
    assert said == []
    with pytest.raises(WeightsMissing, match="lacks"):
        LocalEmbedder(tmp_path, cache=cache).embed_query("A")


def test_building_leaves_logging_as_it_was(tmp_path):
    """What a program switched off stays off, and nothing more."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        LocalEmbedder(cache=tmp_path, allow_fetch=False).embed_query("A")
        assert logging.root.manager.disable == logging.ERROR
    finally:
        logging.disable(before)


def test_facts_need_no_weights(tmp_path):
    """Name, dimension and fingerprint are known before anything is loaded."""
    embedder = LocalEmbedder(tmp_path / "none", cache=tmp_path)
    assert (embedder.name, embedder.dimension) == ("local", 384)
    assert "MiniLM" in embedder.fingerprint


def test_nothing_is_reported_to_anybody(embedder, cache, tmp_path):
    """The runtime below the embedder keeps its telemetry off: no identifier, no log, no upload."""
    program = """
        import sys, pathlib
        from index.embed.local import LocalEmbedder
        LocalEmbedder(cache=pathlib.Path(sys.argv[1])).embed_query("a question")
    """
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), cache],
        env=environment | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert not list(tmp_path.rglob("*onnxruntime*"))


def test_the_faster_runtime_reports_to_nobody(many):
    """Embedding many texts does not load the part that reports every import."""
    assert "openvino.tools.ovc.telemetry_stub" in sys.modules
    assert "openvino_telemetry" not in sys.modules


def test_many_threads_may_begin_at_once(embedder):
    """The first texts of a program go to several threads, which never wait for each other for good.

    OpenVINO's first array would lock them up, the more surely the more often threads take turns.
    """
    graph = embedder._load().graph
    program = """
        import os, sys, threading
        from pathlib import Path
        import numpy as np
        from index.embed.runtimes import InBatches

        compiled = InBatches(Path(sys.argv[1]), 1)._compiled
        requests = [compiled.create_infer_request() for _ in range(4)]
        sys.setswitchinterval(1e-6)
        start = threading.Barrier(4)
        def embed(request):
            start.wait()
            request.infer([np.ones((1, 16), np.int32)])
        threads = [threading.Thread(target=embed, args=[one], daemon=True) for one in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        os._exit(any(thread.is_alive() for thread in threads))
        """
    command = [sys.executable, "-c", textwrap.dedent(program), str(graph)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == 0
