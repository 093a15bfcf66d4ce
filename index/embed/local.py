"""The local embedder: all-MiniLM-L6-v2 in int8 with no key and no framework."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embed.graphs import Graphs
from index.embed.weights import DIMENSION, SHA256

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed.doubter import LocalDoubter
    from index.embed.reader import LocalReader
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
        self._graphs = Graphs(folder, cache, allow_fetch, say)
        self._threads = threads
        self._loaded: _Loaded | None = None
        self._batches: InBatches | None = None
        self._alone = False
        self._lock = threading.Lock()
        self._reader: LocalReader | None = None
        self._doubter: LocalDoubter | None = None

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

    def read(
        self, question: str, sentences: Sequence[str], titles: Sequence[str]
    ) -> NDArray[np.float32]:
        """How much each sentence, under its title, looks like holding the answer, [len(sentences)].

        See `LocalReader.read`.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        return self._reads().read(question, sentences, titles)

    def doubt(self, statement: str, sources: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """How much a statement looks like not being what a source says, [len(sources)].

        See `LocalDoubter.doubt`.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        return self._doubts().doubt(statement, sources)

    def doubted(self, statement: str, source: str, context: str) -> str:
        """The words of a statement that most speaks against, by a source and its context.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        return self._doubts().doubted(statement, source, context)

    def load_doubter(self) -> None:
        """Loads what doubts, so that the first sentence does not wait; fetches nothing.

        Raises:
            WeightsMissing: When the weights are not here.
        """
        self._doubts().load()

    def load_reader(self) -> None:
        """Loads what reads, so that the first question does not wait; fetches nothing.

        Raises:
            WeightsMissing: When the weights are not here.
        """
        self._reads().load()

    def _reads(self) -> LocalReader:
        from index.embed.reader import LocalReader  # noqa: PLC0415 - only answering needs it
        from index.embed.runtimes import cores  # noqa: PLC0415 - likewise

        with self._lock:
            if self._reader is None:
                self._reader = LocalReader(self._graphs, self._threads or cores())
            return self._reader

    def _doubts(self) -> LocalDoubter:
        from index.embed.doubter import LocalDoubter  # noqa: PLC0415 - only verdicts need it
        from index.embed.runtimes import cores  # noqa: PLC0415 - likewise

        with self._lock:
            if self._doubter is None:
                self._doubter = LocalDoubter(self._graphs, self._threads or cores())
            return self._doubter

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        from index.embed.processor import int8_is_exact  # noqa: PLC0415 - only embedding needs it
        from index.embed.runtimes import OneByOne, cores  # noqa: PLC0415 - likewise

        graph, tokenizer_file = self._graphs.prepared(
            self.fingerprint, _made, "embedder", signed=int8_is_exact()
        )
        few = OneByOne(graph, self._threads or cores())
        return _Loaded(graph, few, self._graphs.tokenizer(tokenizer_file))

    def _many(self, loaded: _Loaded, texts: Sequence[Sequence[int]]) -> InBatches | None:
        """What embeds many texts, started when it is first needed; None where it cannot be had.

        It compiles for the processor, of which there are more kinds than can be tried: it is only
        taken where its vectors of some of the texts are those of the other runtime, and where its
        products are exact, as it is slower elsewhere.
        """
        from index.embed.processor import int8_is_exact  # noqa: PLC0415 - only embedding needs it
        from index.embed.runtimes import InBatches, cores  # noqa: PLC0415 - likewise

        with self._lock:
            self._alone = self._alone or not int8_is_exact()
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


def _made(weights: Mapping[str, NDArray[np.float32]], signed: bool) -> Any:
    """The graph in int8."""
    import numpy as np  # noqa: PLC0415 - slow, and needed once

    from index.embed.graph import build_graph  # noqa: PLC0415 - likewise

    with np.load(_CHANNELS) as channels:
        return build_graph(weights, dict(channels), signed=signed)
