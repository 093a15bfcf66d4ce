"""Quotes that answer a question, best first, or the word that none does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.citations import CitationList
from assistant.extract.model import (
    BY_MEANING,
    BY_READING,
    BY_WORDS,
    Fitted,
    result_signs,
    weighed,
)
from assistant.extract.preferred import preferred
from assistant.extract.quoting import answer_of, quotes_of
from assistant.extract.scale import leans_on_meaning, reads
from assistant.extract.signs import (
    Candidate,
    candidates,
    with_agreement,
    with_reading,
    with_similarity,
)
from assistant.extract.spoken import asked_speaker, speaks
from assistant.extract.strays import holds_stray
from assistant.extract.unmentioned import nowhere, passed_by, unmentioned
from assistant.extract.whole import is_cut, reads_on, whole
from assistant.furniture import is_furniture
from assistant.shown import SourceRange
from assistant.types import Answer, Question, QuestionTime, SentenceReady
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Ranked", "answerable", "best_quotes", "quote", "quote_ranked", "weigh"]

# Quotes in an answer.
_QUOTES = 3
# Candidates that are compared with each other, by their embeddings, and read: of 2022's answers
# 0.89 are among 24, 0.91 among 32, 0.92 among all 70 of eight hits. With 40 one in a hundred more
# is in the first three quotes, but more are answered that nothing answers.
_COMPARED = 32
# A further quote is at most so much below the best one. Articles are not capped: of 2022's answers
# 0.76 are in the first three quotes, 0.75 with two of an article at most, 0.73 with one of each.
_WORTH = 1.5
# Two sentences that share this share of their words say the same.
_SAME = 0.6
# What a further quote is worth more that holds something asked for which none before it has. This
# and the two below were chosen on the questions of 2022, like the weights in `model`.
_NEW = 0.3
# The sentence beside a quote is quoted with it when it is at most so much below it, has this share
# of its words of the question, and both together are not longer than so many words. News breaks a
# paragraph after every other sentence, so that a break between them says nothing. Quotes have 34
# words on average; those that take in more hold more answers merely by being longer.
_NEAR, _AS_MUCH, _LONGEST = 1.0, 0.5, 65
# The share of the threshold that is enough where words say little, chosen on 22 questions in
# Chinese and Arabic with multilingual-e5-small; `tests/benchmarks/languages.py` has others.
_MEANING = 0.3
# The share of the threshold that is enough for a topic.
_TOPIC = 0.4
# A further quote without a word of the question has to be this similar to it.
_SIMILAR = 0.3
# Hits that the confidence looks at, as many as an answer is made from.
_HITS = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates with their scores, best first, and the probability that the first one answers.

    It is 0 where nothing that was found holds a name of the question, one of those `missing`.
    """

    scored: Sequence[tuple[Candidate, float]]
    confidence: float
    threshold: float
    missing: Sequence[str] = ()


def quote(
    question: Question, hits: Sequence[Hit], embedder: Embedder | None
) -> tuple[list[SentenceReady], Answer]:
    """Answers with up to three quotes from the hits, best first, or abstains.

    Args:
        question: What was asked.
        hits: What was found, best first.
        embedder: Compares sentences with the question; None compares words only.
    """
    return quote_ranked(question, hits, weigh(question.text, hits, embedder, question.time))


def quote_ranked(
    question: Question, hits: Sequence[Hit], ranked: Ranked, *, caution: float = 1.0
) -> tuple[list[SentenceReady], Answer]:
    """`quote`, of sentences that are ranked already.

    Args:
        question: What was asked.
        hits: What was found, best first.
        ranked: The sentences of the hits.
        caution: The share of the threshold that the confidence has to reach.
    """
    citations = CitationList.of(hits)
    answers = ranked.confidence >= caution * ranked.threshold
    chosen = _choose(question.text, ranked.scored, _QUOTES, _WORTH) if answers else ()
    ready = quotes_of(chosen, citations)
    quoted = {source.passage.article for source in chosen}
    cited = [hit for hit in hits if hit.passage.article in quoted]
    missing = unmentioned(question.text, cited, question.time) if cited else ranked.missing
    said = "what is quoted does not mention" if cited else "nothing that was found mentions"
    if not cited and missing and not nowhere(question.text, hits, question.time):
        said = "what was found does not say this of"
    speakers = asked_speaker(question.text) if cited else ()
    told = tuple(_told(chosen, ranked.scored)) if speakers else ()
    unheard = tuple(
        f"nothing that is quoted is said by “{each}”"
        for each in speakers
        if not any(name in each for name in missing)
        and not any(speaks(text, each) for text in told)
    )
    return ready, answer_of(
        question,
        ready,
        citations.citations,
        hits,
        warnings=(*(f"{said} “{name}”" for name in missing), *unheard),
        confidence=ranked.confidence,
    )


def answerable(question: str, hits: Sequence[Hit], embedder: Embedder | None) -> tuple[bool, float]:
    """Whether the hits tell of a topic, and the probability that they answer it as a question.

    A topic asks for nothing in particular, so that less confidence than for an answer is enough.
    """
    ranked = weigh(question, hits[:_HITS], embedder)
    return ranked.confidence >= _TOPIC * ranked.threshold, ranked.confidence


def best_quotes(
    question: Question, hits: Sequence[Hit], embedder: Embedder | None, count: int
) -> list[str]:
    """The best quotes as `quote` would choose them, if it had to give so many."""
    ranked = weigh(question.text, hits, embedder, question.time)
    return [source.text for source in _choose(question.text, ranked.scored, count, math.inf)]


def weigh(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder | None,
    time: QuestionTime | None = None,
) -> Ranked:
    """The sentences of the hits, ranked, with how probable it is that the first one answers."""
    fitted = _fitted(question, embedder)
    by_score = rank(question, hits, embedder, time)
    signs = result_signs(by_score, hits, fitted.final) if by_score else None
    scored = preferred(question, hits, by_score, time)
    least = scored[0][1] - _WORTH if scored else 0.0
    best = [hits[one.hit] for one, score in scored[:_QUOTES] if score >= least]
    missing = nowhere(question, hits, time) or passed_by(question, best, time)
    confidence = fitted.probability(signs) if signs and not missing else 0.0
    share = _MEANING if leans_on_meaning(question, embedder) else 1.0
    return Ranked(scored, confidence, share * fitted.threshold, missing)


def rank(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder | None,
    time: QuestionTime | None = None,
) -> list[tuple[Candidate, float]]:
    """The sentences of the hits that may answer with their scores, best first.

    Captions and the headlines of other articles bear witness to what is asked for, as the others
    do, and then are left out.

    Args:
        question: The words of the question.
        hits: What was found, best first.
        embedder: Compares sentences with the question; None compares words only.
        time: When it asks about.
    """
    found = _by_score(candidates(question, hits, time), BY_WORDS.first)[:_COMPARED]
    fitted = _fitted(question, embedder)
    if embedder is not None:
        compared = with_similarity(question, [one for one, _ in found], embedder)
        if reads(embedder, question):
            compared = with_reading(question, compared, embedder)
        found = _by_score(compared, fitted.first)
    agreed = with_agreement(question, [one for one, _ in found], [score for _, score in found])
    return quotable(question, _by_score(agreed, fitted.final))


def quotable(
    question: str, ranked: Sequence[tuple[Candidate, float]]
) -> list[tuple[Candidate, float]]:
    """Those that are sentences of a story, into which nothing was put."""
    return [
        pair
        for pair in ranked
        if not is_furniture(pair[0].source.text) and not holds_stray(pair[0].source, question)
    ]


def _fitted(question: str, embedder: Embedder | None) -> Fitted:
    if embedder is None:
        return BY_WORDS
    return BY_READING if reads(embedder, question) else BY_MEANING


def _by_score(
    found: Sequence[Candidate], weights: Mapping[str, float]
) -> list[tuple[Candidate, float]]:
    scored = [(one, weighed(one.signs, weights)) for one in found]
    return sorted(scored, key=lambda pair: -pair[1])


def _choose(
    question: str, ranked: Sequence[tuple[Candidate, float]], count: int, worth: float
) -> list[SourceRange]:
    """The best candidate and others that are nearly as good and say something else."""
    chosen: list[SourceRange] = []
    told: set[str] = set()
    left = [*ranked[:1], *(pair for pair in ranked[1:] if _is_about(pair[0]))]
    while left and len(chosen) < count:
        one, score = max(left, key=lambda pair: pair[1] + _NEW * bool(pair[0].things - told))
        if score < ranked[0][1] - worth:
            break
        source, used = whole(question, one.source), [one]
        if any(_overlap(source, other) for other in chosen) and not is_cut(one.source):
            source = one.source  # what it needs is quoted already
        if any(_overlap(source, other) for other in chosen):
            left = [pair for pair in left if pair[0] is not one]
            continue
        beside = _beside(one, score, left) if source == one.source else None
        if beside is not None:
            used.append(beside)
            source = _with(source, beside.source)
        chosen.append(source)
        told.update(*(each.things for each in used))
        left = [
            pair
            for pair in left
            if not _overlap(pair[0].source, source)
            and not any(_alike(pair[0].stems, each.stems) for each in used)
        ]
    return chosen


def _told(
    chosen: Sequence[SourceRange], scored: Sequence[tuple[Candidate, float]]
) -> Iterator[str]:
    """What is quoted, as it stands and with names for “he” and “she”."""
    for source in chosen:
        yield source.text
        yield from (one.told for one, _ in scored if _overlap(one.source, source))


def _overlap(one: SourceRange, other: SourceRange) -> bool:
    return one.passage == other.passage and one.start < other.end and other.start < one.end


def _is_about(one: Candidate) -> bool:
    """Whether a sentence has to do with the question itself, not with its surroundings alone."""
    return one.signs["words"] > 0 or one.signs.get("similarity", 0.0) >= _SIMILAR


def _beside(
    one: Candidate, score: float, left: Sequence[tuple[Candidate, float]]
) -> Candidate | None:
    """The sentence before or after that is worth quoting too, the better of them.

    It has to say about as much of what was asked, so that nothing comes into an answer merely by
    standing beside one.
    """
    room = _LONGEST - len(one.source.text.split())
    near = [
        pair
        for pair in left
        if pair[0].hit == one.hit
        and abs(pair[0].place - one.place) == 1
        and pair[1] >= score - _NEAR
        and pair[0].signs["words"] >= _AS_MUCH * one.signs["words"]
        and len(pair[0].source.text.split()) <= room
        and reads_on(one.source, pair[0].source)
    ]
    return max(near, key=lambda pair: pair[1])[0] if near else None


def _with(one: SourceRange, other: SourceRange) -> SourceRange:
    return SourceRange(one.passage, min(one.start, other.start), max(one.end, other.end))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))
