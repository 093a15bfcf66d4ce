"""The local reader: which sentences hold the answer to a question, told token by token.

It is the embedder's network with a little added to the products of its four upper layers (Hu et
al., "LoRA", 2022), which reads a question and a sentence together and weighs each token of the
sentence as a part of the answer, against the tokens of all other sentences and against there being
no answer (Clark and Gardner, "Simple and Effective Multi-Paragraph Reading Comprehension", 2018).
What is added was learnt by `tests/benchmarks/fit_reader.py`, from news of 2022 alone: first from
sentences with a name or number taken out, which other sentences tell, then from questions that
we wrote for articles and from news quizzes.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed.weights import BEGIN, END, HEAD, SEGMENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.embed.graphs import Graphs
    from index.embed.runtimes import OneByOne

__all__ = ["FILE", "LocalReader", "merged", "packed"]

# What was learnt, by the names of the weights that it is added to, and the channels of the graph.
FILE = Path(__file__).with_name("reader.npz")
# Counts up whenever the graph is built otherwise from the same file.
_GRAPH_VERSION = 1
# Tokens of a question, a sentence and a title that are read; the rest of longer ones is not.
_QUESTION, _SENTENCE, _TITLE = 36, 52, 16


class LocalReader:
    """Reads questions with sentences; nothing is loaded before the first one.

    Args:
        graphs: Where its graph is made from the weights and kept.
        threads: How many sentences are read side by side.
        learnt: The file of what was learnt.
    """

    def __init__(self, graphs: Graphs, threads: int, learnt: Path = FILE) -> None:
        self._graphs = graphs
        self._threads = threads
        self._learnt = learnt
        self._loaded: tuple[OneByOne, Any] | None = None
        self._lock = threading.Lock()

    def load(self) -> None:
        """Loads it, so that the first question does not wait; fetches nothing.

        Raises:
            WeightsMissing: When the weights are not here.
        """
        self._load(fetch=False)

    def read(
        self, question: str, sentences: Sequence[str], titles: Sequence[str]
    ) -> NDArray[np.float32]:
        """How much each sentence looks like holding the answer, of shape [len(sentences)].

        It is the logarithm of its share, against 1 for there being no answer: about 0 and less
        when there is none, 3 and more when it is plain.

        Args:
            question: What is asked.
            sentences: What may answer it.
            titles: What each of them stands under, which tells whom “he” means.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        graph, tokenizer = self._load()
        distinct = list(dict.fromkeys([question, *titles, *sentences]))
        encoded = tokenizer.encode_batch(distinct, add_special_tokens=False)
        ids = {text: one.ids for text, one in zip(distinct, encoded, strict=True)}
        texts = [
            packed(ids[question], ids[sentence], ids[title])
            for sentence, title in zip(sentences, titles, strict=True)
        ]
        scores: NDArray[np.float32] = graph.run(texts)[:, 0]
        return scores

    def _load(self, *, fetch: bool = True) -> tuple[OneByOne, Any]:
        with self._lock:
            if self._loaded is None:
                from index.embed.runtimes import OneByOne  # noqa: PLC0415 - only reading needs it

                made_from = hashlib.sha256(self._learnt.read_bytes()).hexdigest()[:8]
                name = f"reader:{_GRAPH_VERSION}:{made_from}"
                graph, tokenizer_file = self._graphs.prepared(
                    name, self._made, "reader", fetch=fetch
                )
                tokenizer = self._graphs.tokenizer(tokenizer_file)
                self._loaded = OneByOne(graph, self._threads), tokenizer
            return self._loaded

    def _made(self, weights: Mapping[str, NDArray[np.float32]]) -> Any:
        from index.embed.graph import build_graph  # noqa: PLC0415 - needed once

        with np.load(self._learnt) as held:
            learnt = dict(held)
        channels = {
            name.removeprefix("channels:"): value
            for name, value in learnt.items()
            if name.startswith("channels:")
        }
        return build_graph(merged(weights, learnt), channels)


def packed(question: Sequence[int], sentence: Sequence[int], title: Sequence[int]) -> list[int]:
    """The tokens of a question, a sentence and its title as the reader takes them."""
    return [BEGIN, *question[:_QUESTION], END, *sentence[:_SENTENCE], END, *title[:_TITLE], END]


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
