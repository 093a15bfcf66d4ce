"""The sentences of hits, each with signs of whether it answers the question.

A sign is a number, mostly between 0 and 1; `model` weighs them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.extract.scale import scaled
from assistant.extract.things import (
    Kind,
    asked_for,
    asking_sentence,
    asks_for_known,
    names,
    new_things,
)
from assistant.extract.whom import with_name
from assistant.question.matter import matter
from assistant.question.times import is_of_time
from assistant.shown import Shown, SourceRange
from index.lexical import query_words, stems
from index.types import Hit
from index.variants import wordings

if TYPE_CHECKING:
    from assistant.types import QuestionTime
    from index.embed import Embedder, Reads

__all__ = ["Candidate", "candidates", "with_agreement", "with_reading", "with_similarity"]

# Sentences of fewer words are headings and bylines.
_SHORT = 4
_LONG = 40
# The sentences of a first passage that sum up an article.
_LEAD = 2
# What a reader gives to a plain answer; it makes 1 of it.
_PLAIN = 5
# So many new things are as good as any more.
_MANY = 3

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What a number answers; no word that an answer holds.
_HOW_MANY = re.compile(r"\bhow (?:many|much|often)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        source: Where it stands.
        hit: The number of its hit, from 0.
        place: The number of the sentence in its passage, from 0.
        told: Its text, with a name for the first “he” or “she” where it is clear whom that means.
        stems: The distinct word stems of that.
        things: What it holds of the kind that is asked for, and the question does not.
        signs: What speaks for it and against it, by name.
    """

    source: SourceRange
    hit: int
    place: int
    told: str
    stems: frozenset[str]
    things: frozenset[str]
    signs: Mapping[str, float]


def candidates(
    question: str, hits: Sequence[Hit], time: QuestionTime | None = None
) -> list[Candidate]:
    """The sentences of the hits with the signs that each has by itself.

    Articles of the time asked about count as if they said the words for it: they rarely do.

    Args:
        question: What was asked.
        hits: What was found, best first.
        time: When it asks about.
    """
    asked = _telling(question)
    dated = frozenset(stems(time.words)) if time else frozenset()
    of_time = [
        dated if time and is_of_time(hit.passage.article.date, time) else frozenset()
        for hit in hits
    ]
    others = _other_wordings(question)
    found = _sentences(question, hits, frozenset().union(*(theirs for theirs, _ in others)))
    said = [one.stems | _meant(one.stems, others) | of_time[one.hit] for one in found]
    seen = Counter(stem for stems_of in said for stem in stems_of if stem in asked)
    rarity = {stem: math.log(1 + len(found) / (1 + seen[stem])) for stem in asked}
    total = sum(rarity.values()) or 1.0

    def share(held: frozenset[str] | set[str]) -> float:
        return sum(weight for stem, weight in rarity.items() if stem in held) / total

    titles = [frozenset(stems(hit.passage.article.title)) for hit in hits]
    titles = [title | _meant(title, others) for title in titles]
    around = [set(title) for title in titles]
    for one, own in zip(found, said, strict=True):
        around[one.hit] |= own
    covered = [share(held) for held in around]
    titled = [share(title) for title in titles]
    clause = _telling(asking_sentence(question))
    known = asks_for_known(question)
    years = set(_YEAR.findall(question))
    best = (hits[0].score if hits else 0.0) or 1.0
    signed = []
    for one, own in zip(found, said, strict=True):
        hit = hits[one.hit]
        theirs = set(_YEAR.findall(one.source.text)) if years else set()
        lead = hit.passage.ordinal == 0 and one.place < _LEAD
        signs = {
            "words": share(own),
            "clause": len(clause & own) / len(clause) if clause else 0.0,
            "around": covered[one.hit],
            "title": titled[one.hit],
            "hit": hit.score / best,
            "date": hit.parts.get("date", 0.0),
            "lead": float(lead),
            "holds": float(known and bool(one.things)),
            "things": min(len(one.things), _MANY) / _MANY if known else 0.0,
            "length": min(len(one.stems), _LONG) / _LONG,
            "other_year": float(bool(theirs) and not theirs & years),
        }
        signed.append(replace(one, signs=signs))
    return signed


def _other_wordings(question: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The stems of other names and spellings, each with those that it stands for."""
    return [(frozenset(stems(other)), frozenset(stems(own))) for own, other in wordings(question)]


def _meant(
    held: frozenset[str], others: Sequence[tuple[frozenset[str], frozenset[str]]]
) -> frozenset[str]:
    """The question's stems that some stems stand for in other words."""
    return frozenset(stem for theirs, own in others if theirs <= held for stem in own)


def _telling(text: str) -> frozenset[str]:
    words = query_words(_HOW_MANY.sub("how", matter(text)))
    return frozenset(stem for word in words for stem in stems(word))


def _sentences(question: str, hits: Sequence[Hit], also: frozenset[str]) -> list[Candidate]:
    """The sentences of the hits; `also` are stems that the question says in other words."""
    shown = Shown.of(hits)
    kind: Kind = asked_for(question)
    asked = also | frozenset(stems(question))
    known = frozenset(name.lower() for hit in hits for name in names(hit.passage.text))
    found = []
    for number in range(len(hits)):
        sources = list(shown.sentences(number + 1))
        texts = [source.text for source in sources]
        for place, (source, text) in enumerate(zip(sources, texts, strict=True)):
            if text.isascii() and len(text.split()) < _SHORT:
                continue
            if text.rstrip("”\"'’ ").endswith(("?", "？", "؟")):  # it asks, and does not answer
                continue
            things = frozenset(new_things(kind, text, asked, known))
            told = with_name(texts, place)
            found.append(Candidate(source, number, place, told, frozenset(stems(told)), things, {}))
    return found


def with_similarity(
    question: str, chosen: Sequence[Candidate], embedder: Embedder
) -> list[Candidate]:
    """The candidates with one more sign, `similarity`: the scaled cosine with the question."""
    if not chosen:
        return []
    vectors = embedder.embed_passages([one.told for one in chosen])
    similar = scaled(vectors @ embedder.embed_query(question), question, embedder)
    return [
        replace(one, signs={**one.signs, "similarity": float(cosine)})
        for one, cosine in zip(chosen, similar, strict=True)
    ]


def with_reading(question: str, chosen: Sequence[Candidate], reader: Reads) -> list[Candidate]:
    """The candidates with one more sign, `read`: how far a reader takes each for the answer."""
    if not chosen:
        return []
    texts = [one.told for one in chosen]
    titles = [one.source.passage.article.title for one in chosen]
    scores = reader.read(question, texts, titles) / _PLAIN
    return [
        replace(one, signs={**one.signs, "read": float(score)})
        for one, score in zip(chosen, scores, strict=True)
    ]


def with_agreement(
    question: str, chosen: Sequence[Candidate], scores: Sequence[float]
) -> list[Candidate]:
    """The candidates with two more signs of how well articles agree on what each holds.

    It is `agreed` where it is known what kind of thing is asked for, and `vaguely` where not: then
    it counts only as far as the sentence holds the question's words.

    What is asked for is named beside the question's words again and again. Each article votes
    for the things of its sentences, with the exponential of the best score of these.

    Args:
        question: What was asked.
        chosen: The candidates.
        scores: What each is worth by its other signs.
    """
    best = max(scores, default=0.0)
    votes: dict[tuple[str, str], float] = defaultdict(float)
    for one, score in zip(chosen, scores, strict=True):
        article = one.source.passage.article.id
        for thing in one.things:
            votes[thing, article] = max(votes[thing, article], math.exp(score - best))
    total: dict[str, float] = defaultdict(float)
    for (thing, _), vote in votes.items():
        total[thing] += vote
    most = max(total.values(), default=0.0) or 1.0
    known = asks_for_known(question)
    agreed = [max((total[thing] / most for thing in one.things), default=0.0) for one in chosen]
    return [
        replace(
            one,
            signs={
                **one.signs,
                "agreed": known * share,
                "vaguely": (not known) * share * one.signs["words"],
            },
        )
        for one, share in zip(chosen, agreed, strict=True)
    ]
