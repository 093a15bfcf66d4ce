"""How near the meanings of sentences are to each other, and how much speaks against one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.extract.scale import scaled
from index.embed import Doubts
from index.errors import DatelineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed import Embedder

__all__ = ["Likeness"]


@dataclass
class Likeness:
    """Compares the sentences of one answer with others, each of which is embedded once.

    Args:
        embedder: What embeds them; None compares nothing.
    """

    embedder: Embedder | None
    _vectors: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def doubt(self, sentence: str, sources: Sequence[tuple[str, str]]) -> list[float] | None:
        """How much a sentence looks like not being what each source says; None where none reads.

        Args:
            sentence: What is said.
            sources: What it may rest on, each a text and its context.
        """
        reads: object = self.embedder
        if not isinstance(reads, Doubts):
            return None
        try:
            return [float(one) for one in reads.doubt(sentence, sources)]
        except DatelineError:
            return None

    def doubted(self, sentence: str, source: str, context: str) -> str:
        """The words of a sentence that most speaks against, by a source and its context."""
        reads: object = self.embedder
        return reads.doubted(sentence, source, context) if isinstance(reads, Doubts) else ""

    def __call__(self, sentence: str, texts: Sequence[str]) -> list[float] | None:
        """The cosines of a sentence with some texts; None where they cannot be had.

        They are on one scale for all embedders, on which unrelated texts have 0.
        """
        if self.embedder is None:
            return None
        new = [text for text in dict.fromkeys((sentence, *texts)) if text not in self._vectors]
        try:
            if new:
                self._vectors |= zip(new, self.embedder.embed_passages(new), strict=True)
            mine, theirs = self._vectors[sentence], [self._vectors[text] for text in texts]
            return _cosines(mine, theirs, sentence, self.embedder)
        except DatelineError:
            self.embedder = None  # what cannot be had now is not asked for with every sentence
            return None


def _cosines(
    mine: NDArray[np.float32],
    theirs: Sequence[NDArray[np.float32]],
    sentence: str,
    embedder: Embedder,
) -> list[float]:
    import numpy as np  # noqa: PLC0415 - whoever has vectors has loaded it

    return [float(like) for like in scaled(np.asarray(theirs) @ mine, sentence, embedder)]
