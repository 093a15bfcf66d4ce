"""The local reader: which sentences hold the answer to a question, told token by token.

It reads a question and a sentence together and weighs each token of the sentence as a part of the
answer, against the tokens of all other sentences and against there being no answer (Clark and
Gardner, "Simple and Effective Multi-Paragraph Reading Comprehension", 2018). What it knows was
learnt by `tests/benchmarks/fit_reader.py`, from news of 2022 alone: first from sentences with a
name or number taken out, which other sentences tell, then from questions that we wrote for
articles, some of which nothing answers though something nearly does, and from news quizzes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.embed.learnt import Learnt
from index.embed.weights import BEGIN, END

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed.graphs import Graphs

__all__ = ["FILE", "LocalReader", "packed"]

FILE = Path(__file__).with_name("reader.npz")
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
        self._network = Learnt(graphs, threads, learnt, "reader")

    def load(self) -> None:
        """Loads it, so that the first question does not wait; fetches nothing.

        Raises:
            WeightsMissing: When the weights are not here.
        """
        self._network.load(fetch=False)

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
        return self._network.scores(
            [question, *titles, *sentences],
            lambda ids: [
                packed(ids(question), ids(sentence), ids(title))
                for sentence, title in zip(sentences, titles, strict=True)
            ],
        )


def packed(question: Sequence[int], sentence: Sequence[int], title: Sequence[int]) -> list[int]:
    """The tokens of a question, a sentence and its title as the reader takes them."""
    return [BEGIN, *question[:_QUESTION], END, *sentence[:_SENTENCE], END, *title[:_TITLE], END]
