"""Which word of a source sentence a word of an answer sentence stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.text.meanings import beginning, keys
from assistant.support.text.reading import Reading

__all__ = ["Alignment", "align", "alike"]

# Words on either side that are compared where a word has several places.
_NEAR = 4
# As far from a word its neighbours stand.
_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of two sentences that stand for each other.

    Attributes:
        answer: The sentence of the answer.
        source: The sentence of the source.
        pairs: Places in the answer with the best place in the source; content words only.
        share: How much of the answer's content has a place in the source.
    """

    answer: Reading
    source: Reading
    pairs: dict[int, int]
    share: float

    @property
    def back(self) -> dict[int, int]:
        """Places in the source with their place in the answer."""
        return {theirs: mine for mine, theirs in self.pairs.items()}

    def is_told_near(self, at: int) -> bool:
        """Whether half of the content around a word of the answer has a place in the source."""
        near = [
            place
            for place in range(max(0, at - _BESIDE), min(len(self.answer.tokens), at + _BESIDE + 1))
            if place != at and self.answer.tokens[place].content
        ]
        return 2 * sum(place in self.pairs for place in near) >= len(near)

    def same_place(self, at: int, place: int) -> bool:
        """Whether a word next to each stands for one next to the other, on the same side."""
        near = [mine for mine in self.pairs if 0 < abs(mine - at) <= _BESIDE]
        beside = [mine for mine in near if (self.pairs[mine] < place) == (mine < at)]
        return any(abs(self.pairs[mine] - place) <= _BESIDE for mine in beside)


def align(answer: Reading, source: Reading) -> Alignment:
    """Finds for each content word of the answer its place in the source, the fitting one of many.

    Words meet that have one root or one meaning, and what is left where one is derived from the
    other; a place fits better the more of the neighbouring words are the same.
    """
    places: dict[str, list[int]] = {}
    for at, token in enumerate(source.tokens):
        for key in token.keys:
            places.setdefault(key, []).append(at)
    content = [at for at, token in enumerate(answer.tokens) if token.content]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for at in content:
        found = places.get(answer.tokens[at].root, [])
        free = [place for place in found if place not in taken]
        if free:
            pairs[at] = max(free, key=lambda place: (_fit(answer, at, source, place), -place))
            taken.add(pairs[at])
    for at in content:
        if at in pairs:
            continue
        same = keys(answer.tokens[at].root)[1:]
        free = [place for key in same for place in places.get(key, ()) if place not in taken]
        if free:
            pairs[at] = max(free, key=lambda place: (_fit(answer, at, source, place), -place))
            taken.add(pairs[at])
    begun = _beginnings(source, taken)
    for at in (at for at in content if at not in pairs and not answer.tokens[at].name):
        free = [p for p in begun.get(beginning(answer.tokens[at].root), ()) if p not in taken]
        if free:
            pairs[at] = max(free, key=lambda place: (_fit(answer, at, source, place), place))
            taken.add(pairs[at])
    share = len(pairs) / len(content) if content else 0.0
    return Alignment(answer, source, pairs, share)


def _beginnings(source: Reading, taken: set[int]) -> dict[str, list[int]]:
    """The places that are left, by what their words have in common with those derived of them."""
    begun: dict[str, list[int]] = {}
    for place, token in enumerate(source.tokens):
        if token.content and not token.name and place not in taken:
            begun.setdefault(beginning(token.root), []).append(place)
    return begun


def alike(found: Sequence[Alignment], least: float, as_good: float) -> list[Alignment]:
    """Those whose source has at least a share of the answer's content, or of what the best one has.

    Args:
        found: The sentence of the answer aligned with each sentence of the source.
        least: The share of the answer's content that is wanted of any.
        as_good: The share of the best one's share, likewise.
    """
    best = max((alignment.share for alignment in found), default=0.0)
    return [a for a in found if a.share >= max(least, as_good * best)]


def _fit(answer: Reading, at: int, source: Reading, place: int) -> float:
    """How alike the words around two places are, near ones counting more."""
    mine = _around(answer, at)
    theirs = _around(source, place)
    return sum(min(weight, theirs[word]) for word, weight in mine.items() if word in theirs)


def _around(reading: Reading, at: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for distance in range(1, _NEAR + 1):
        for place in (at - distance, at + distance):
            if 0 <= place < len(reading.tokens):
                found.setdefault(reading.tokens[place].root, 1 / distance)
    return found
