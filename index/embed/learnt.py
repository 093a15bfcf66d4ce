"""What learnt to tell something about texts, on the weights of the embedder.

It is the embedder's network with a little added to the products of its four upper layers (Hu et
al., "LoRA", 2022), and another end: a number for each token of the middle one of three texts.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed.weights import HEAD, SEGMENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.embed.graphs import Graphs
    from index.embed.runtimes import OneByOne

__all__ = ["Learnt", "merged"]

# Counts up whenever the graph is built otherwise from the same file.
_GRAPH_VERSION = 2

Ids = Callable[[str], Sequence[int]]
"""The tokens of a text as numbers, all of them and without marks."""


class Learnt:
    """A network that learnt something; nothing is loaded before the first text.

    Args:
        graphs: Where its graph is made from the weights and kept.
        threads: How many texts are read side by side.
        file: What was learnt, by the names of the weights that it is added to, and the channels of
            the graph.
        what: What it is, in a word.
    """

    def __init__(self, graphs: Graphs, threads: int, file: Path, what: str) -> None:
        self._graphs = graphs
        self._threads = threads
        self._file = file
        self._what = what
        self._loaded: tuple[OneByOne, Any] | None = None
        self._lock = threading.Lock()

    def scores(
        self, texts: Sequence[str], packed: Callable[[Ids], Sequence[Sequence[int]]]
    ) -> NDArray[np.float32]:
        """A score for each of what is packed, [packed].

        Args:
            texts: All texts that are packed.
            packed: Puts them together, given the tokens of each.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        graph, tokenizer = self.load()
        distinct = list(dict.fromkeys(texts))
        encoded = tokenizer.encode_batch(distinct, add_special_tokens=False)
        ids = {text: one.ids for text, one in zip(distinct, encoded, strict=True)}
        scores: NDArray[np.float32] = graph.run(packed(ids.__getitem__))[:, 0]
        return scores

    def load(self, *, fetch: bool = True) -> tuple[OneByOne, Any]:
        """What runs the graph, and what takes texts apart.

        Args:
            fetch: Whether the weights may be fetched.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        with self._lock:
            if self._loaded is None:
                from index.embed.processor import int8_is_exact  # noqa: PLC0415 - needed from here
                from index.embed.runtimes import OneByOne  # noqa: PLC0415 - likewise

                made_from = hashlib.sha256(self._file.read_bytes()).hexdigest()[:8]
                name = f"{self._what}:{_GRAPH_VERSION}:{made_from}"
                graph, tokenizer_file = self._graphs.prepared(
                    name, self._made, self._what, signed=int8_is_exact(), fetch=fetch
                )
                tokenizer = self._graphs.tokenizer(tokenizer_file)
                self._loaded = OneByOne(graph, self._threads), tokenizer
            return self._loaded

    def _made(self, weights: Mapping[str, NDArray[np.float32]], signed: bool) -> Any:
        from index.embed.graph import build_graph  # noqa: PLC0415 - needed once

        with np.load(self._file) as held:
            learnt = dict(held)
        channels = {
            name.removeprefix("channels:"): value
            for name, value in learnt.items()
            if name.startswith("channels:")
        }
        return build_graph(merged(weights, learnt), channels, signed=signed)


def merged(
    weights: Mapping[str, NDArray[np.float32]], learnt: Mapping[str, NDArray[Any]]
) -> dict[str, NDArray[np.float32]]:
    """The weights of the embedder with what was learnt added.

    Args:
        weights: The tensors of model.safetensors by name.
        learnt: For a product of that name, two factors `NAME:down`, [16, inputs], and `NAME:up`,
            [outputs, 16]; of others, what takes their place.
    """
    whole = dict(weights)
    for name, value in learnt.items():
        if name.endswith(":up"):
            target = name.removesuffix(":up")
            down = learnt[f"{target}:down"].astype(np.float32)
            whole[target] = weights[target] + value.astype(np.float32) @ down
        elif name in weights or name in {HEAD, SEGMENTS}:
            whole[name] = value.astype(np.float32)
    return whole
