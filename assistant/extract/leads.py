"""Answers without a model to questions that name nothing but a time: how its articles begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from assistant.citations import CitationList
from assistant.extract.quoting import answer_of, quotes_of
from assistant.extract.strays import belongs, holds_stray
from assistant.furniture import is_furniture
from assistant.shown import Shown, SourceRange
from assistant.types import Answer, Question, SentenceReady
from index.types import Hit

__all__ = ["quote_leads"]

# Articles that are quoted.
_QUOTES = 4
# A first sentence of fewer words is a place, a byline or a heading.
_SHORT = 5


def quote_leads(question: Question, hits: Sequence[Hit]) -> tuple[list[SentenceReady], Answer]:
    """Quotes the first sentence of each article found, newest first; none when no hit begins one.

    Args:
        question: Such as “What happened last week?”.
        hits: What was found of that time.
    """
    opening = [hit for hit in hits if hit.passage.ordinal == 0]
    opening.sort(key=lambda hit: str(hit.passage.article.date), reverse=True)
    shown, citations = Shown.of(opening), CitationList.of(opening)
    firsts = (
        next((s for s in shown.sentences(place) if _tells(s, question.text)), None)
        for place in range(1, len(opening) + 1)
    )
    ready = quotes_of(islice(filter(None, firsts), _QUOTES), citations)
    return ready, answer_of(question, ready, citations.citations, hits)


def _tells(source: SourceRange, question: str) -> bool:
    return (
        len(source.text.split()) >= _SHORT
        and not is_furniture(source.text)
        and not holds_stray(source, question)
        and belongs(source, question)
    )
