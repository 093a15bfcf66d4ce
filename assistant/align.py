"""Finds the shown sentences that an answer sentence rests on, where the model did not say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.furniture import is_furniture
from assistant.likeness import Likeness
from assistant.shown import Shown, SourceRange
from assistant.support import Evidence, closeness
from assistant.support.text.words import content_stems

__all__ = ["Aligner", "evidence"]

# Sentences that share most words with the answer sentence and are looked at closely.
_CANDIDATES = 8
# The closeness from which a sentence is aligned. Chosen on 240 summary sentences of the odd half of
# QAGS, each put to passages of its own article among others, and to passages of others only.
_LEAST = 0.4
# Where embeddings can make a difference, and what closeness and weighted likeness have to come to.
_DOUBTFUL = (0.27, 0.47)
_LIKENESS = 0.2
_LEAST_WITH_LIKENESS = 0.47
# A sentence of fewer words that tell anything ("So it was.") fits everywhere.
_TELLING = 2
# What a second sentence has to add to the closeness of the best to be cited beside it.
_BETTER = 0.1


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A shown sentence: the number of its passage, its place, and its stems."""

    passage: int
    source: SourceRange
    stems: frozenset[str]


@dataclass
class Aligner:
    """Aligns the sentences of one answer with what its model was shown.

    Args:
        shown: What the model was shown.
        likeness: Compares sentences that share few words.
    """

    shown: Shown
    likeness: Likeness = field(default_factory=lambda: Likeness(None))

    def align(self, sentence: str) -> tuple[SourceRange, ...]:
        """The one or two sentences that an answer sentence rests on; none when none fits."""
        if len(set(content_stems(sentence))) < _TELLING:
            return ()
        ranked = self._ranked(sentence, self._candidates)
        return self._best(sentence, ranked) if self._fits(sentence, ranked) else ()

    def align_within(self, sentence: str, passages: Collection[int]) -> tuple[SourceRange, ...]:
        """The same of passages that the model named; of others, when none of theirs fits.

        When none fits at all, it is the best of the passages named.
        """
        named = [candidate for candidate in self._candidates if candidate.passage in passages]
        ranked = self._ranked(sentence, named)
        if self._fits(sentence, ranked):
            return self._best(sentence, ranked)
        return self.align(sentence) or tuple(source for _, source in ranked[:1])

    def nearest(self, sentence: str, count: int) -> tuple[SourceRange, ...]:
        """The sentences that say most of what an answer sentence says, whether or not enough."""
        return tuple(source for _, source in self._ranked(sentence, self._candidates)[:count])

    @cached_property
    def _candidates(self) -> list[_Candidate]:
        return [
            _Candidate(passage, source, frozenset(content_stems(source.text)))
            for passage in range(1, len(self.shown.passages) + 1)
            for source in self.shown.sentences(passage)
            if not is_furniture(source.text)
        ]

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """How much it tells that two sentences share a stem."""
        seen = Counter(stem for candidate in self._candidates for stem in candidate.stems)
        return {stem: math.log(1 + len(self._candidates) / n) for stem, n in seen.items()}

    def _ranked(
        self, sentence: str, candidates: Sequence[_Candidate]
    ) -> list[tuple[float, SourceRange]]:
        """The likeliest candidates with their scores, best first."""
        stems = frozenset(content_stems(sentence))

        def shared(candidate: _Candidate) -> float:
            return sum(self._rarity[stem] for stem in stems & candidate.stems)

        likely = sorted(candidates, key=shared, reverse=True)[:_CANDIDATES]
        scored = [(closeness(sentence, [evidence(c.source)]), c.source) for c in likely]
        return sorted(scored, key=lambda pair: -pair[0])

    def _fits(self, sentence: str, ranked: list[tuple[float, SourceRange]]) -> bool:
        """Whether the best of the ranked is a source; puts the likest first where in doubt."""
        if not ranked:
            return False
        best = ranked[0][0]
        if not _DOUBTFUL[0] <= best < _DOUBTFUL[1]:
            return best >= _LEAST
        likeness = self.likeness(sentence, [source.text for _, source in ranked])
        if likeness is None:
            return best >= _LEAST
        total = {
            source: score + _LIKENESS * like
            for (score, source), like in zip(ranked, likeness, strict=True)
        }
        ranked.sort(key=lambda pair: -total[pair[1]])
        return total[ranked[0][1]] >= _LEAST_WITH_LIKENESS

    def _best(
        self, sentence: str, ranked: list[tuple[float, SourceRange]]
    ) -> tuple[SourceRange, ...]:
        """The best, and with it the one that adds most to it, if one does."""
        (alone, best), *others = ranked
        together = [
            (closeness(sentence, [evidence(best), evidence(other)]), other) for _, other in others
        ]
        more, second = max(together, key=lambda pair: pair[0], default=(0.0, best))
        return (best, second) if more >= alone + _BETTER else (best,)


def evidence(source: SourceRange) -> Evidence:
    """A source range as the checks want it, with what stands around it."""
    info = source.passage.article
    context = f"{info.title}\n{info.source}\n{source.passage.text}"
    return Evidence(source.text, info.date, context, source.passage.before)
