"""How much of a sentence's wording stands in the source, and how much of it together."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.text.words import content_stems, stem, words

__all__ = ["Similarity", "similarity"]

# A sentence end: what stands on both sides of it was not said together.
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
_REACH = 3


@dataclass(frozen=True, slots=True)
class Similarity:
    """How far the wording of a sentence is that of its sources; each share is from 0 to 1.

    Attributes:
        coverage: The share of its content words that the sources or what stands around them have.
        together: The share of pairs of near content words that one source sentence has both of.
        unbroken: How few unbroken runs of the sources it can be pieced together from.
    """

    coverage: float
    together: float
    unbroken: float

    @property
    def mean(self) -> float:
        """The mean of the three, which did as well as any weights on one half of QAGS."""
        return (self.coverage + self.together + self.unbroken) / 3


def similarity(sentence: str, sources: Sequence[str], contexts: Sequence[str] = ()) -> Similarity:
    """Compares words by their stems.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        contexts: Text around them, which counts for single words only.
    """
    content = content_stems(sentence)
    if not content:
        return Similarity(1.0, 1.0, 1.0)
    in_sources = [set(stems) for source in sources for stems in _stems_of_parts(source)]
    known = set().union(*in_sources, *(_stems(context) for context in contexts))
    distinct = set(content)
    coverage = len(distinct & known) / len(distinct)
    pairs = [
        (left, right)
        for i, left in enumerate(content)
        for right in content[i + 1 : i + 1 + _REACH]
        if left != right
    ]
    together = (
        sum(any(a in part and b in part for part in in_sources) for a, b in pairs) / len(pairs)
        if pairs
        else coverage
    )
    mine = [stem(word) for word in words(sentence)]
    theirs = [stem(word) for source in sources for word in words(source)]
    runs = _fewest_runs(mine, theirs)
    unbroken = 1.0 if len(mine) == 1 else 1.0 - (runs - 1) / (len(mine) - 1)
    return Similarity(coverage, together, unbroken)


@functools.lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


@functools.lru_cache(maxsize=1024)
def _stems_of_parts(source: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(content_stems(part)) for part in _END.split(source))


def _fewest_runs(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """Count the runs of a text, and single foreign words, that a sentence is pieced together from.

    The copied fragments of Grusky, Naaman and Artzi, "Newsroom" (2018), taken greedily.
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(theirs):
        places.setdefault(word, []).append(at)
    runs, i = 0, 0
    while i < len(mine):
        longest = 1
        for at in places.get(mine[i], ()):
            length = 1
            while (
                i + length < len(mine)
                and at + length < len(theirs)
                and mine[i + length] == theirs[at + length]
            ):
                length += 1
            longest = max(longest, length)
        i += longest
        runs += 1
    return runs
