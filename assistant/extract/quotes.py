"""Answers without a model: the sentences that best answer, quoted, or the word that none does.

Two linear models decide, both fitted on news questions of 2022: one ranks sentences by the signs
that `signs` finds, the other estimates whether the best one answers at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.citations import CitationList
from assistant.extract.signs import Candidate, candidates, with_similarity
from assistant.extract.whole import whole
from assistant.joining import NO_ANSWER, joined
from assistant.shown import SourceRange
from assistant.types import Answer, AnswerSentence, Question, SentenceReady, Verdict
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["answerable", "best_quotes", "quote"]

# Quotes in an answer.
_QUOTES = 3
# Candidates that are compared by their embeddings; more cost time and change nothing.
_EMBEDDED = 24
# A further quote is at most so much below the best one.
_WORTH = 1.5
# Two sentences that share this share of their words say the same.
_SAME = 0.6
# Hits that the confidence looks at, as many as an answer is made from.
_HITS = 8

# The weights of the signs, by a listwise softmax (Cao et al. 2007) that puts sentences with the
# answer first, on every second of the 502 questions of 2022 that some article answers.
# Cross-validated over weeks, the first sentence holds the answer for 0.51 and one of the first
# three for 0.71 of them; with the weights that were chosen by hand before, 0.46 and 0.70. Seven
# further signs (of the title, the lead, names, phrases) changed nothing.
_WEIGHTS: Mapping[str, float] = {
    "words": 0.25,
    "beside": 0.61,
    "clause": 1.29,
    "hit": 1.07,
    "rank": 0.70,
    "things": 0.50,
    "agreed": 1.11,
    "points": -0.06,
    "other_year": -0.24,
    "length": -0.30,
    "similarity": 0.95,
}
_WEIGHTS_OF_WORDS: Mapping[str, float] = {
    "words": 0.44,
    "beside": 0.68,
    "clause": 1.40,
    "hit": 1.11,
    "rank": 0.70,
    "things": 0.46,
    "agreed": 1.16,
    "points": -0.07,
    "other_year": -0.25,
    "length": -0.29,
}


@dataclass(frozen=True, slots=True)
class _Confidence:
    """A logistic model of whether the best sentence answers.

    Fitted on the same questions, each asked twice: as it is, and with the articles that answer it
    left out. Cross-validated, the area under the ROC curve is 0.85; the threshold answers 90 % of
    the questions whose answer is retrieved, and then 64 % of those without an answer are not.

    Attributes:
        drop: The last hit's share of the first one's score: it is high when nothing stands out.
        recent: How near the best sentence is to the day asked about, against the hits.
    """

    around: float
    similarity: float
    agreed: float
    phrases: float
    drop: float
    recent: float
    bias: float
    threshold: float

    def of(self, best: Candidate, hits: Sequence[Hit]) -> float:
        """The probability that the best sentence answers."""
        signs, first = best.signs, hits[:_HITS]
        dates = [hit.parts.get("date", 0.0) for hit in first]
        recent = hits[best.hit].parts.get("date", 0.0) / max(dates) if max(dates) > _FAINT else 1.0
        score = (
            self.bias
            + self.around * signs["around"]
            + self.similarity * signs.get("similarity", 0.0)
            + self.agreed * signs["agreed"]
            + self.phrases * signs["phrases"]
            + self.drop * (first[-1].score / first[0].score if first[0].score else 1.0)
            + self.recent * recent
        )
        return 1 / (1 + math.exp(-score))


# A date part below this is that of a collection that is far from the day asked about.
_FAINT = 0.01

_CONFIDENCE = _Confidence(3.70, 2.39, 1.29, 0.87, -1.75, 2.51, -6.05, 0.36)
_CONFIDENCE_OF_WORDS = _Confidence(4.40, 0.0, 1.24, 1.52, -1.72, 2.61, -4.93, 0.35)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Candidates with their scores, best first, and the probability that the first one answers."""

    scored: Sequence[tuple[Candidate, float]]
    confidence: float
    threshold: float


def quote(
    question: Question,
    hits: Sequence[Hit],
    embedder: Embedder | None,
    *,
    caution: float = 1.0,
) -> tuple[list[SentenceReady], Answer]:
    """Answers with up to three quotes from the hits, best first, or abstains.

    Args:
        question: What was asked.
        hits: What was found, best first.
        embedder: Compares sentences with the question; None compares words only.
        caution: The share of the threshold that the confidence has to reach.
    """
    ranked = _rank(question.text, hits, embedder)
    citations = CitationList.of(hits)
    ready: list[SentenceReady] = []
    answers = ranked.confidence >= caution * ranked.threshold
    for source in _choose(question.text, ranked.scored, _QUOTES, _WORTH) if answers else ():
        number = citations.number(source)
        sentence = AnswerSentence(" ".join(source.text.split()), (number,), Verdict("supported"))
        before = "\n" if ready else ""
        ready.append(SentenceReady(sentence, before, tuple(citations.citations[number - 1 :])))
    abstained = not ready
    return ready, Answer(
        question=question,
        mode="extractive",
        text=NO_ANSWER if abstained else joined(ready),
        abstained=abstained,
        sentences=tuple(event.sentence for event in ready),
        citations=tuple(citations.citations),
        closest=tuple(hits[:3]) if abstained else (),
        confidence=ranked.confidence,
    )


def answerable(question: str, hits: Sequence[Hit], embedder: Embedder | None) -> tuple[bool, float]:
    """Whether the hits answer, as `quote` would decide, and the probability that they do."""
    ranked = _rank(question, hits[:_HITS], embedder)
    return ranked.confidence >= ranked.threshold, ranked.confidence


def best_quotes(
    question: Question, hits: Sequence[Hit], embedder: Embedder | None, count: int
) -> list[str]:
    """The best quotes as `quote` would choose them, if it had to give so many."""
    ranked = _rank(question.text, hits, embedder)
    return [source.text for source in _choose(question.text, ranked.scored, count, math.inf)]


def _rank(question: str, hits: Sequence[Hit], embedder: Embedder | None) -> _Ranked:
    model = _CONFIDENCE_OF_WORDS if embedder is None else _CONFIDENCE
    scored = rank(question, hits, embedder)
    confidence = model.of(scored[0][0], hits) if scored else 0.0
    return _Ranked(scored, confidence, model.threshold)


def rank(
    question: str, hits: Sequence[Hit], embedder: Embedder | None
) -> list[tuple[Candidate, float]]:
    """The sentences of the hits with their scores, best first.

    Args:
        question: The words of the question.
        hits: What was found, best first.
        embedder: Compares the best sentences with the question; None compares words only.
    """
    found = _by_score(candidates(question, hits), _WEIGHTS_OF_WORDS)
    if embedder is None:
        return found
    best = [candidate for candidate, _ in found[:_EMBEDDED]]
    return _by_score(with_similarity(question, best, embedder), _WEIGHTS)


def _by_score(
    found: Sequence[Candidate], weights: Mapping[str, float]
) -> list[tuple[Candidate, float]]:
    scored = [
        (one, sum(weight * one.signs[sign] for sign, weight in weights.items())) for one in found
    ]
    return sorted(scored, key=lambda pair: -pair[1])


def _choose(
    question: str, ranked: Sequence[tuple[Candidate, float]], count: int, worth: float
) -> list[SourceRange]:
    """The best candidate and others that are nearly as good and say something else."""
    chosen: list[Candidate] = []
    for candidate, score in ranked:
        if len(chosen) == count or score < ranked[0][1] - worth:
            break
        if not any(_alike(candidate.stems, other.stems) for other in chosen):
            chosen.append(candidate)
    return list(dict.fromkeys(whole(question, candidate.source) for candidate in chosen))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))
