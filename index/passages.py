"""Groups the sentences of an article into passages, the unit of retrieval.

A passage is a run of whole, consecutive sentences. It ends at the end of a paragraph where one
lies near the wanted length, and the last two passages of a run share its rest evenly, so that
none is a scrap.
"""

from __future__ import annotations

import re
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from index.types import Sentence

__all__ = ["split_passages"]

# How short and how long a passage may be, as shares of the wanted length.
_SHORTEST = 0.6
_LONGEST = 1.15
# A rest up to this share becomes two even passages instead of a full one and a scrap.
_SHARED = _LONGEST + _SHORTEST

# Scripts that put no spaces between words, with the characters that make up a word on average.
_CHINESE_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CHARACTERS_PER_WORD = 1.7
_SOUTH_EAST_ASIAN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_LETTERS_PER_WORD = 4.5


# Measured on five weeks of news questions, with vectors and dates: passages of 120 words find the
# right article better (MRR@10 0.77 for 0.70, of 29 questions), but one that answers by itself less
# often (0.62 for 0.71, of 90), and a thousand words of the best ones hold the answer less often
# (0.72 for 0.79); they are 1.65 times as many.
_WORDS = 200


def split_passages(
    text: str, sentences: Sequence[Sentence], words: int = _WORDS
) -> list[tuple[int, int]]:
    """Group sentences into passages of about `words` words.

    Every sentence is in exactly one passage. A passage of several sentences has at most 1.15 times
    `words`; a sentence longer than `words` is a passage alone.

    Args:
        text: The text that the sentences are ranges of.
        sentences: Its sentences, in order.
        words: How many words a passage should have, at least 1. Chinese and Japanese count 1.7
            characters as a word.

    Returns:
        The half-open character range of each passage, from the start of its first sentence to the
        end of its last, in order.
    """
    sizes = [_word_count(text[sentence.start : sentence.end]) for sentence in sentences]
    totals = list(accumulate(sizes, initial=0.0))
    paragraph_ends = {
        place
        for place, (one, other) in enumerate(pairwise(sentences))
        if text.count("\n", one.end, other.start) > 1
    }
    passages: list[tuple[int, int]] = []
    for too_long, places in groupby(range(len(sentences)), lambda place: sizes[place] > words):
        run = list(places)
        first, after = run[0], run[-1] + 1
        while first < after:
            last = first if too_long else _last(totals, paragraph_ends, first, after, words)
            passages.append((sentences[first].start, sentences[last].end))
            first = last + 1
    return passages


def _last(
    totals: Sequence[float], paragraph_ends: AbstractSet[int], first: int, after: int, words: int
) -> int:
    """Return the last sentence of the passage that begins at `first` in the run up to `after`.

    `totals[i]` are the words of all sentences before the sentence `i`.
    """
    rest = totals[after] - totals[first]
    if rest <= words * _LONGEST:
        return after - 1
    shared = rest <= words * _SHARED
    wanted = rest / 2 if shared else words
    last, best = first, (True, float("inf"))
    for place in range(first, after - 1):
        length = totals[place + 1] - totals[first]
        if length > words * _LONGEST:
            break
        # Between two that share the rest, neither may become too long for a paragraph's sake.
        fits = length >= wanted * _SHORTEST and not (shared and rest - length > words * _LONGEST)
        rank = (not (fits and place in paragraph_ends), abs(length - wanted))
        if rank < best:
            last, best = place, rank
    return last


def _word_count(text: str) -> float:
    """Count words by white space, and by characters in scripts without spaces between words."""
    if text.isascii():
        return len(text.split())
    rest, characters = _CHINESE_JAPANESE.subn(" ", text)
    letters = sum(map(len, _SOUTH_EAST_ASIAN.findall(rest)))
    if letters:
        rest = _SOUTH_EAST_ASIAN.sub(" ", rest)
    return len(rest.split()) + characters / _CHARACTERS_PER_WORD + letters / _LETTERS_PER_WORD
