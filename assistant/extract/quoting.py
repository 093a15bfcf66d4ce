"""What answers without a model are put together from: sentences of the source, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.citations import CitationList
from assistant.joining import NO_ANSWER, joined
from assistant.shown import SourceRange
from assistant.types import Answer, AnswerSentence, Citation, Question, SentenceReady, Verdict
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["answer_of", "quotes_of", "usable"]

# Closest passages of an abstention.
_CLOSEST = 3


def usable(embedder: Embedder | None, hits: Iterable[Hit]) -> Embedder | None:
    """The embedder, unless it could not be used for the search and so cannot be for its hits."""
    return embedder if any("vector" in hit.parts for hit in hits) else None


def quotes_of(sources: Iterable[SourceRange], citations: CitationList) -> list[SentenceReady]:
    """A sentence for each source, on a line of its own, which cites it.

    Args:
        sources: What is quoted, each once.
        citations: Gives them their numbers.
    """
    ready: list[SentenceReady] = []
    for source in sources:
        number = citations.number(source)
        sentence = AnswerSentence(" ".join(source.text.split()), (number,), Verdict("supported"))
        before = "\n" if ready else ""
        ready.append(SentenceReady(sentence, before, tuple(citations.citations[number - 1 :])))
    return ready


def answer_of(
    question: Question,
    ready: Sequence[SentenceReady],
    citations: Iterable[Citation],
    closest: Sequence[Hit],
    *,
    warnings: tuple[str, ...] = (),
    confidence: float | None = None,
) -> Answer:
    """The answer that quotes make; without any, an abstention that names what is closest."""
    abstained = not ready
    return Answer(
        question=question,
        mode="extractive",
        text=NO_ANSWER if abstained else joined(ready),
        abstained=abstained,
        sentences=tuple(each.sentence for each in ready),
        citations=tuple(citations),
        closest=tuple(closest[:_CLOSEST]) if abstained else (),
        warnings=warnings,
        confidence=confidence,
    )
