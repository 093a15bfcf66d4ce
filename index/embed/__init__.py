"""Embedders: what turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Doubts", "Embedder", "Reads"]


class Embedder(Protocol):
    """Turns text into vectors of length 1, so that their dot product is their similarity."""

    @property
    def name(self) -> str:
        """What `--embedder` takes to get this one."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors of the same text would."""

    @property
    def batch(self) -> int:
        """How many texts `embed_passages` is best given at once."""

    @property
    def side_by_side(self) -> int:
        """How many calls of `embed_passages` may run at once, in threads."""

    @property
    def tokens(self) -> int:
        """Tokens that were paid for so far; 0 for one that costs nothing or cannot tell."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape [len(texts), dimension], in the order of the texts."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """A vector of shape [dimension]."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of several queries, of shape [len(texts), dimension], in their order."""


@runtime_checkable
class Reads(Protocol):
    """What an embedder can besides that reads a question and a sentence together."""

    def read(
        self, question: str, sentences: Sequence[str], titles: Sequence[str]
    ) -> NDArray[np.float32]:
        """How much each sentence, under its title, looks like holding the answer, [len(sentences)].

        It is the logarithm of its share, against 1 for there being no answer.
        """

    def load_reader(self) -> None:
        """Loads what reads, so that the first question does not wait; fetches nothing."""


@runtime_checkable
class Doubts(Protocol):
    """What an embedder can besides that reads a statement and its source together."""

    def doubt(self, statement: str, sources: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """How much a statement looks like not being what a source says, [len(sources)].

        Each source is a text and its context. It is the logarithm of the odds.
        """

    def doubted(self, statement: str, source: str, context: str) -> str:
        """The words of a statement that most speaks against, by a source and its context."""

    def load_doubter(self) -> None:
        """Loads what reads both, so that the first sentence does not wait; fetches nothing."""
