"""The local doubter: how much speaks against it that a source supports a statement.

It reads a source and a statement together and weighs each token of the statement as something that
the source does not say. What it knows was learnt by `tests/benchmarks/fit_doubter.py`: from
statements that we wrote for sentences of news of 2022, fair ones and such as are wrong in one
respect, and from such sentences themselves, unchanged, reworded, and changed so that they are
false.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.embed.learnt import Learnt
from index.embed.weights import BEGIN, END, MAX_TOKENS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed.graphs import Graphs

__all__ = ["FILE", "LocalDoubter", "packed", "parts"]

FILE = Path(__file__).with_name("doubter.npz")
# Tokens of the source, of the statement, of the title and of what stands before the source.
_SOURCE, _STATEMENT, _TITLE, _BEFORE = 160, 60, 14, 34
# Words beside the one that most speaks against are told with it when as much speaks against them,
# but for so much of its logarithm.
_NEAR = 1.0


class LocalDoubter:
    """Reads statements with their sources; nothing is loaded before the first one.

    Args:
        graphs: Where its graph is made from the weights and kept.
        threads: How many statements are read side by side.
        learnt: The file of what was learnt.
    """

    def __init__(self, graphs: Graphs, threads: int, learnt: Path = FILE) -> None:
        self._network = Learnt(graphs, threads, learnt, "doubter")

    def load(self) -> None:
        """Loads it, so that the first statement does not wait; fetches nothing.

        Raises:
            WeightsMissing: When the weights are not here.
        """
        self._network.load(fetch=False)

    def doubt(self, statement: str, sources: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """How much a statement looks like not being what a source says, of shape [len(sources)].

        It is the logarithm of the odds, as far as statements like those that it learnt from go.

        Args:
            statement: What is said.
            sources: What it may rest on, each a text and its context: a line of the title, and
                what stands around the text.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        each = [parts(statement, source, context) for source, context in sources]
        return self._network.scores(
            [text for some in each for text in some],
            lambda ids: [packed(*map(ids, some)) for some in each],
        )

    def doubted(self, statement: str, source: str, context: str) -> str:
        """The words of a statement that most speaks against.

        Args:
            statement: What is said.
            source: What it rests on.
            context: A line of the title, and what stands around the text.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        graph, tokenizer = self._network.load()
        texts = tokenizer.encode_batch(
            list(parts(statement, source, context)), add_special_tokens=False
        )
        text = packed(*(one.ids for one in texts))
        start = text.index(END) + 1
        places = texts[1].offsets[:_STATEMENT]
        each = graph.each(text)[start : start + len(places)]
        if not len(each):
            return ""
        first = last = int(each.argmax())
        least = each[first] - _NEAR
        while first and each[first - 1] >= least:
            first -= 1
        while last + 1 < len(each) and each[last + 1] >= least:
            last += 1
        return _whole_words(statement, places[first][0], places[last][1])


def _whole_words(text: str, start: int, end: int) -> str:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip(" .,;:!?()")


def parts(statement: str, source: str, context: str) -> tuple[str, str, str, str]:
    """A source, a statement, the title, and the text before the source in its context."""
    title, _, rest = context.partition("\n")
    at = rest.find(source)
    return source, statement, title, rest[: max(at, 0)]


def packed(
    source: Sequence[int], statement: Sequence[int], title: Sequence[int], before: Sequence[int]
) -> list[int]:
    """The tokens of these as the doubter takes them, at most `MAX_TOKENS`."""
    told = [BEGIN, *source[:_SOURCE], END, *statement[:_STATEMENT], END, *title[:_TITLE]]
    room = min(_BEFORE, MAX_TOKENS - len(told) - 1)
    return [*told, *(before[-room:] if room > 0 else ()), END]
