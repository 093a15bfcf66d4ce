"""What share of a topic a sentence holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from index.lexical import query_words, stems

__all__ = ["share_of"]


def share_of(topic: str, sentences: Sequence[frozenset[str]]) -> Callable[[frozenset[str]], float]:
    """Says what share of a topic some words hold, where rare ones count more.

    Args:
        topic: The words of the topic.
        sentences: The words of each sentence that was found for it.
    """
    asked = list(dict.fromkeys(stem for word in query_words(topic) for stem in stems(word)))
    seen = Counter(stem for own in sentences for stem in own.intersection(asked))
    rarity = {stem: math.log(1 + len(sentences) / n) for stem, n in seen.items()}
    # A word that no article has may be another one for what they say, and counts as any other.
    whole = sum(rarity.values()) * len(asked) / (len(rarity) or 1) or 1.0
    return lambda held: sum(weight for stem, weight in rarity.items() if stem in held) / whole
