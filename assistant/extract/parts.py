"""Answers without a model to questions that are made of parts: the quotes of each part together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.extract.quotes import quote_ranked, weigh
from assistant.extract.quoting import answer_of
from assistant.types import Answer, Citation, Question, SentenceReady
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["quote_parts"]

# Quotes in an answer, over all parts.
_QUOTES = 4
# The share of the usual confidence that is enough for a part beside one that is answered.
_CAUTION = 0.5
# Where the first or the last of something is asked for, so many hits of that end are quoted from,
# of those that score this share of the best.
_ENDS, _FITTING = 2, 0.6


def quote_parts(
    question: Question, shares: Sequence[Sequence[Hit]], embedder: Embedder | None
) -> tuple[list[SentenceReady], Answer]:
    """Quotes what answers each part, or abstains when nothing answers any.

    Args:
        question: One that has parts.
        shares: The hits of each part, best first.
        embedder: Compares sentences with the parts; None compares words only.
    """
    told: list[Citation] = []
    ready: list[SentenceReady] = []
    warnings: list[str] = []
    most = max(1, _QUOTES // len(question.parts))
    asked = [(p, _in_order(p, hits)) for p, hits in zip(question.parts, shares, strict=True)]
    ranked = [weigh(part.text, hits, embedder, part.time) for part, hits in asked]
    found = [quote_ranked(*each, rank) for each, rank in zip(asked, ranked, strict=True)]
    answered = any(not answer.abstained for _, answer in found)
    for (part, hits), rank, own in zip(asked, ranked, found, strict=True):
        # Where another part is answered, this one is likely to be: they are about alike things.
        again = answered and own[1].abstained
        each = quote_ranked(part, hits, rank, caution=_CAUTION) if again else own
        quoted = _new(each, told, most)
        warnings += each[1].warnings if quoted else [f"nothing answers “{part.asked}”"]
        for sentence, citation in quoted:
            told += [citation] if citation not in told else []
            ready.append(
                SentenceReady(
                    replace(sentence.sentence, citations=(citation.number,)),
                    "\n" if ready else "",
                    (citation,),
                )
            )
    return ready, answer_of(
        question,
        ready,
        told,
        [hit for hits in shares for hit in hits[:2]],
        warnings=tuple(dict.fromkeys(warnings)) if ready else (),
        confidence=max(rank.confidence for rank in ranked),
    )


def _in_order(part: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, or the oldest or newest of them that fit well when the part asks for those."""
    order = part.time.order if part.time else ""
    if not order or not hits:
        return list(hits)
    best = max(hit.score for hit in hits)
    dated = [hit for hit in hits if hit.passage.article.date and hit.score >= _FITTING * best]
    dated.sort(key=lambda hit: str(hit.passage.article.date), reverse=order == "newest")
    kept = dated[:_ENDS] or hits[:_ENDS]
    return sorted(kept, key=lambda hit: -hit.score)


def _new(
    found: tuple[list[SentenceReady], Answer], told: Sequence[Citation], most: int
) -> list[tuple[SentenceReady, Citation]]:
    """The quotes of one part with citations that go on counting.

    What an earlier part quoted is only quoted again when nothing else answers this one.
    """
    ready, answer = found
    cited = {citation.number: citation for citation in answer.citations}
    pairs = [(each, cited[each.sentence.citations[0]]) for each in ready]
    before = [next((one for one in told if _overlap(one, citation)), None) for _, citation in pairs]
    fresh = [pair for pair, earlier in zip(pairs, before, strict=True) if not earlier][:most]
    if fresh:
        return [
            (each, replace(citation, number=len(told) + place))
            for place, (each, citation) in enumerate(fresh, 1)
        ]
    return [
        (
            replace(each, sentence=replace(each.sentence, text=" ".join(earlier.quote.split()))),
            earlier,
        )
        for each, earlier in zip(ready[:1], before, strict=False)
        if earlier
    ]


def _overlap(one: Citation, other: Citation) -> bool:
    same = (one.article.id, one.article.version) == (other.article.id, other.article.version)
    return same and one.start < other.end and other.start < one.end
