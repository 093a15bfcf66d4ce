"""How much of a sentence's wording stands in the source, and how much of it together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.words import content_stems, stem, words

__all__ = ["similarity"]

# A sentence end: what stands on both sides of it was not said together.
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
_REACH = 3


def similarity(sentence: str, sources: Sequence[str], contexts: Sequence[str] = ()) -> float:
    """Rate from 0 to 1 how far the wording of the sentence is the sources' wording.

    The mean of three shares, each of stems: content words that the sources or contexts have; pairs
    of near content words that one source sentence has both of; and how few unbroken runs of the
    sources the sentence can be pieced together from. Their equal weights did as well as any other
    of 550 combinations of eleven such shares on one half of QAGS.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        contexts: Text around them, which counts for single words only.
    """
    content = content_stems(sentence)
    if not content:
        return 1.0
    in_sources = [set(content_stems(part)) for source in sources for part in _END.split(source)]
    known = set().union(*in_sources, *(content_stems(context) for context in contexts))
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
    return (coverage + together + unbroken) / 3


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
