"""What runs the graph of the local embedder: onnxruntime for a few texts, OpenVINO for many.

Both read the same file; their vectors of a text have a cosine of 0.999 on passages of news.
onnxruntime starts in a tenth of a second and takes any length at once. OpenVINO takes half a second
to start and compiles for every shape it has not met, but then embeds 1.45 times as many passages a
second: it computes the attention in half precision and keeps int8 from one product to the next.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from index.embed.quiet_onnxruntime import opened
from index.embed.weights import DIMENSION, MAX_TOKENS, PADDING

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["InBatches", "OneByOne", "cores"]

_T = TypeVar("_T")

# Batches of 1, 2, 4, 8 and 16 passages of news (237 tokens on average), passages a second on two
# cores: 85, 91, 94, 93 and 92.
_TEXTS = 4
# Lengths are rounded up to these: of every length apart, the compiling of the 71 shapes among 300
# passages cost a fifth of the time; rounded to 16 they are 13, and 3 % more tokens.
_STEP = 16


class OneByOne:
    """The graph in onnxruntime, a text at a time, in threads side by side.

    The session computes in the thread that calls it. Threads side by side keep two cores as busy as
    batches do (62 passages of news a second in batches of 1, 61 of 2, 58 of 4). They share one
    session: a session for each is no faster and holds the weights once more.
    """

    def __init__(self, graph: Path, threads: int) -> None:
        self._threads = threads
        self._session = opened(graph)
        self._width = int(self._session.get_outputs()[0].shape[1])

    def run(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """What the graph gives for texts as numbers of tokens, in their order.

        Returns:
            [len(texts), 384] for the embedder's graph, [len(texts), 1] for one that learnt.
        """
        vectors = np.empty((len(texts), self._width), dtype=np.float32)

        def embed(places: Iterator[int]) -> None:
            for place in places:
                ids = np.array([texts[place]], dtype=np.int32)
                vectors[place] = self._session.run(None, {"input_ids": ids})[0][0]

        # The longest first, so that no thread is left alone with a long text at the end.
        _side_by_side(embed, _longest_first(texts), self._threads)
        return vectors

    def each(self, text: Sequence[int]) -> NDArray[np.float32]:
        """What a graph that learnt something gives for each token of a text, [tokens]."""
        ids = np.array([text], dtype=np.int32)
        found: NDArray[np.float32] = self._session.run(["counted"], {"input_ids": ids})[0][0]
        return found


class InBatches:
    """The graph in OpenVINO, batches of texts of about one length, as many at once as threads.

    Raises:
        ImportError: When OpenVINO is not installed, as where it does not exist for the platform.
    """

    def __init__(self, graph: Path, threads: int) -> None:
        from index.embed.quiet_openvino import openvino  # noqa: PLC0415 - many texts need it

        self._threads = threads
        self._process = os.getpid()
        core = openvino.Core()
        how = {
            "INFERENCE_PRECISION_HINT": "bf16",  # where the processor has it, and else float32
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": threads,
            "ENABLE_CPU_PINNING": False,  # others compute here, too
        }
        self._compiled: Any = core.compile_model(core.read_model(str(graph)), "CPU", how)
        # What its first array of numpy's sets up locks up for good where two threads do so at once.
        openvino.Tensor(np.zeros(1, np.int32))

    @property
    def usable(self) -> bool:
        """Whether its threads are there: not in a process that was forked from the one it is of."""
        return self._process == os.getpid()

    def run(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Vectors of shape [len(texts), 384] of texts as numbers of tokens, in their order."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)

        def embed(batches: Iterator[tuple[list[int], NDArray[np.int32]]]) -> None:
            # Not OpenVINO's own queue: its threads call Python, and hold up the end of a program.
            request = self._compiled.create_infer_request()
            for places, batch in batches:
                vectors[places] = request.infer([batch])[0]

        _side_by_side(embed, list(_batches(texts)), self._threads)
        return vectors


def cores() -> int:
    """The cores this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(
    texts: Sequence[Sequence[int]],
) -> Iterator[tuple[list[int], NDArray[np.int32]]]:
    """Places of texts of about one length, and the texts there, filled up with padding."""
    places = _longest_first(texts)
    for length, alike in groupby(places, lambda place: _rounded(len(texts[place]))):
        same = list(alike)
        for start in range(0, len(same), _TEXTS):
            some = same[start : start + _TEXTS]
            batch = np.full((len(some), length), PADDING, dtype=np.int32)
            for row, place in zip(batch, some, strict=True):
                row[: len(texts[place])] = texts[place]
            yield some, batch


def _rounded(tokens: int) -> int:
    return min(-(-tokens // _STEP) * _STEP, MAX_TOKENS)


def _longest_first(texts: Sequence[Sequence[int]]) -> list[int]:
    return sorted(range(len(texts)), key=lambda place: -len(texts[place]))


def _side_by_side(work: Callable[[Iterator[_T]], None], items: Sequence[_T], threads: int) -> None:
    """Has threads take the items one by one; interrupted, they end with what they are at."""
    waiting: queue.SimpleQueue[_T] = queue.SimpleQueue()
    for item in items:
        waiting.put(item)

    def left() -> Iterator[_T]:
        with suppress(queue.Empty):
            while True:
                yield waiting.get_nowait()

    threads = min(threads, len(items))
    if threads <= 1:
        work(left())
        return
    with ThreadPoolExecutor(threads) as pool:
        try:
            for working in [pool.submit(work, left()) for _ in range(threads)]:
                working.result()
        finally:
            for _ in left():
                pass
