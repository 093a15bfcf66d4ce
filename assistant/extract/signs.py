"""The sentences of hits, each with signs of whether it answers the question.

A sign is a number, mostly between 0 and 1; `extract` weighs them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.extract.things import Kind, asked_for, new_things
from assistant.shown import Shown, SourceRange
from index.lexical import query_words, stems
from index.sentences import split_sentences
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Candidate", "candidates", "with_similarity"]

# Sentences of fewer words are captions, bylines and headings.
_SHORT = 4
_LONG = 40

_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POINTING = re.compile(
    r"[“\"‘']?(?:he|she|it|they|his|her|its|their|this|that|these|those|but|and|so)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        source: Where it stands.
        hit: The number of its hit, from 0.
        stems: Its distinct word stems.
        signs: What speaks for it and against it, by name.
    """

    source: SourceRange
    hit: int
    stems: frozenset[str]
    signs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sentence:
    source: SourceRange
    hit: int
    place: int
    stems: tuple[str, ...]
    distinct: frozenset[str]
    things: frozenset[str]


def candidates(question: str, hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the hits with all signs but their similarity.

    Args:
        question: What was asked.
        hits: What was found, best first.
    """
    asked = list(dict.fromkeys(stem for word in query_words(question) for stem in stems(word)))
    kind = asked_for(question)
    sentences = _sentences(hits, kind, frozenset(stems(question)))
    seen = Counter(stem for s in sentences for stem in s.distinct if stem in set(asked))
    rarity = {stem: math.log(1 + len(sentences) / (1 + seen[stem])) for stem in asked}
    total = sum(rarity.values()) or 1.0

    def share(held: frozenset[str] | set[str]) -> float:
        return sum(rarity[stem] for stem in asked if stem in held) / total

    titles = [frozenset(stems(hit.passage.article.title)) for hit in hits]
    bodies: dict[int, set[str]] = defaultdict(set)
    places: dict[tuple[int, int], frozenset[str]] = {}
    for s in sentences:
        bodies[s.hit] |= s.distinct
        places[s.hit, s.place] = s.distinct
    pairs = {pair for pair in pairwise(stems(question)) if set(pair) <= set(asked)}
    clause = _asking(question)
    years = set(_YEAR.findall(question))
    best = hits[0].score if hits else 1.0
    words = [share(s.distinct) for s in sentences]
    agreed = _agreement(sentences, words, hits)
    found = []
    for s, held in zip(sentences, words, strict=True):
        text = s.source.text
        near = s.distinct.union(
            places.get((s.hit, s.place - 1), ()), places.get((s.hit, s.place + 1), ())
        )
        around = titles[s.hit] | bodies[s.hit]
        theirs = set(_YEAR.findall(text)) if years else set()
        signs = {
            "words": held,
            "clause": len(clause & s.distinct) / len(clause) if clause else 0.0,
            "beside": share(near),
            "around": share(around),
            "phrases": len(pairs & set(pairwise(s.stems))) / len(pairs) if pairs else 0.0,
            "hit": hits[s.hit].score / best if best else 0.0,
            "rank": 1 / (1 + s.hit),
            "things": min(len(s.things), 3) / 3,
            "agreed": max((agreed[thing] for thing in s.things), default=0.0),
            "length": min(len(s.stems), _LONG) / _LONG,
            "points": float(bool(_POINTING.match(text))),
            "other_year": float(bool(theirs) and not theirs & years),
        }
        found.append(Candidate(s.source, s.hit, s.distinct, signs))
    return found


def _asking(question: str) -> set[str]:
    """The telling stems of the sentence that asks; others only tell what led to the question."""
    parts = [question[s.start : s.end] for s in split_sentences(question)]
    asking = [part for part in parts if _ASKING.search(part)] or parts
    return {stem for word in query_words(asking[-1]) for stem in stems(word)} if asking else set()


def _sentences(hits: Sequence[Hit], kind: Kind, asked: frozenset[str]) -> list[_Sentence]:
    shown = Shown.of(hits)
    found = []
    for number in range(len(hits)):
        for place, source in enumerate(shown.sentences(number + 1)):
            text = source.text
            if text.isascii() and len(text.split()) < _SHORT:
                continue
            if text.rstrip("”\"'’ ").endswith(("?", "？", "؟")):  # it asks, and does not answer
                continue
            own = tuple(stems(text))
            things = frozenset(new_things(kind, text, asked))
            found.append(_Sentence(source, number, place, own, frozenset(own), things))
    return found


def _agreement(
    sentences: Sequence[_Sentence], words: Sequence[float], hits: Sequence[Hit]
) -> Mapping[str, float]:
    """How well articles agree on each thing: the best sentence of each that names it, added up.

    What the question asks for is named beside the question's words again and again.
    """
    best: dict[tuple[str, str], float] = defaultdict(float)
    for sentence, held in zip(sentences, words, strict=True):
        hit = hits[sentence.hit]
        for thing in sentence.things:
            key = thing, hit.passage.article.id
            best[key] = max(best[key], held * hit.score)
    total: dict[str, float] = defaultdict(float)
    for (thing, _), value in best.items():
        total[thing] += value
    most = max(total.values(), default=0.0) or 1.0
    return defaultdict(float, {thing: value / most for thing, value in total.items()})


def with_similarity(
    question: str, chosen: Sequence[Candidate], embedder: Embedder
) -> list[Candidate]:
    """The candidates with one more sign, `similarity`: the cosine of sentence and question."""
    if not chosen:
        return []
    vectors = embedder.embed_passages([one.source.text for one in chosen])
    similar = vectors @ embedder.embed_query(question)
    return [
        Candidate(one.source, one.hit, one.stems, {**one.signs, "similarity": float(cosine)})
        for one, cosine in zip(chosen, similar, strict=True)
    ]
