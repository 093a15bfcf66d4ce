"""How much speaks against a sentence by what it rests on, as a network reads both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.support.evidence import Evidence
from assistant.support.text.reading import sentences_of

__all__ = ["Doubted", "Doubts", "doubt_of"]


class Doubts(Protocol):
    """What reads a sentence together with what it may rest on."""

    def doubt(self, sentence: str, sources: Sequence[tuple[str, str]]) -> Sequence[float] | None:
        """How much the sentence looks like not being what each source says: logarithms of odds.

        Each source is a text and its context. None where nothing can be read.
        """

    def doubted(self, sentence: str, source: str, context: str) -> str:
        """The words of the sentence that most speaks against."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """How much speaks against a sentence, by the source that speaks least against it.

    Attributes:
        odds: The logarithm of the odds that the sentence is not what the source says.
        words: The words of the sentence that most speaks against.
    """

    odds: float
    words: str


# Words of a source that are read together; it takes some 160 tokens.
_WORDS = 110
# Sources that are read at most.
_MOST = 8


def doubt_of(
    sentence: str, evidence: Sequence[Evidence], doubts: Doubts | None, least: float
) -> Doubted | None:
    """How much speaks against a sentence by what it rests on.

    Args:
        sentence: What is said.
        evidence: What it cites; each is a source, and all of it together.
        doubts: What reads; None reads nothing.
        least: The odds from which the words are wanted.

    Returns:
        None where nothing was read.
    """
    if doubts is None:
        return None
    sources = list(_sources(evidence))[:_MOST]
    found = doubts.doubt(sentence, sources)
    if not found:
        return None
    odds, source = min(zip(found, sources, strict=True), key=lambda pair: pair[0])
    return Doubted(odds, doubts.doubted(sentence, *source) if odds >= least else "")


def _sources(evidence: Sequence[Evidence]) -> Iterator[tuple[str, str]]:
    """What is cited together, if it is not too long, and each by itself."""
    if len(evidence) > 1:
        whole = " ".join(item.text for item in evidence)
        if len(whole.split()) <= _WORDS:
            yield whole, evidence[0].context
    for item in evidence:
        for text in _parts(item.text):
            yield text, item.context


def _parts(text: str) -> Iterator[str]:
    """A text, or, of a long one, sentences that stand beside each other."""
    if len(text.split()) <= _WORDS:
        yield text
        return
    some: list[str] = []
    for sentence in sentences_of(text):
        if some and len(" ".join((*some, sentence)).split()) > _WORDS:
            yield " ".join(some)
            some = some[-1:]  # what is told at the seam
        some.append(sentence)
    yield " ".join(some)
