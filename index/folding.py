"""One hit for what copies of one report have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from index.copies import Cluster
from index.sentences import split_sentences
from index.types import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["fold"]

# The share of the shorter passage's runs of words above which two are the same place of a report:
# the passages of two copies are cut at different places, so that one may hold the end of two.
_SAME = 0.4
# A sentence that shares fewer of its runs with the other copy is not in it. Of a sentence in which
# one word of ten was changed, three runs of four remain.
_SAID = 0.3


def fold(
    passages: Mapping[int, Passage], found: Mapping[str, Cluster], text_of: Callable[[str], str]
) -> dict[int, int]:
    """Which passage stands for which, by number.

    A passage stands for those of other copies that say nothing more; one of the article that
    answers is preferred to a better one of another.

    Args:
        passages: Passages of articles that have copies, best first.
        found: The clusters, by the ids of their articles.
        text_of: Gives the text of an article by its id.
    """
    groups: dict[str, list[int]] = {}
    for number, passage in passages.items():
        groups.setdefault(found[passage.article.id].answering.id, []).append(number)

    @cache
    def said_in(article: str) -> NDArray[np.uint64]:
        return _runs(text_of(article))

    standing: dict[int, int] = {}
    for answering, numbers in groups.items():
        kept: dict[int, NDArray[np.uint64]] = {}
        for n in sorted(numbers, key=lambda n: passages[n].article.id != answering):
            passage, runs = passages[n], _runs(passages[n].text)
            standing[n] = next(
                (
                    other
                    for other, others in kept.items()
                    if passages[other].article.id != passage.article.id
                    and _share(runs, others) >= _SAME
                    and _says_nothing_more(passage.text, said_in(passages[other].article.id))
                ),
                n,
            )
            if standing[n] == n:
                kept[n] = runs
    return standing


def _says_nothing_more(text: str, said: NDArray[np.uint64]) -> bool:
    """Whether every sentence of a text is among what is said elsewhere, edited or not."""
    import numpy as np  # noqa: PLC0415 - only copies need it

    for sentence in split_sentences(text):
        runs = _runs(text[sentence.start : sentence.end])
        if len(runs) and len(np.intersect1d(runs, said, assume_unique=True)) / len(runs) < _SAID:
            return False
    return True


def _runs(text: str) -> NDArray[np.uint64]:
    from index.likeness import runs_of_words  # noqa: PLC0415 - only copies need it

    return runs_of_words(text)


def _share(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The share of the shorter's runs that both have."""
    import numpy as np  # noqa: PLC0415 - only copies need it

    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter if shorter else 0.0
