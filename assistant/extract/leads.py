"""Answers without a model to questions that name nothing but a time.

How the articles of that time begin; where there are none, what later ones say of that time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice

from assistant.citations import CitationList
from assistant.extract.quoting import answer_of, quotes_of
from assistant.extract.strays import belongs, holds_stray
from assistant.furniture import is_furniture
from assistant.shown import Shown, SourceRange
from assistant.types import Answer, Question, QuestionTime, SentenceReady
from index.dates import Period, find_dates
from index.types import Hit

__all__ = ["quote_leads"]

# Articles that are quoted.
_QUOTES = 4
# A first sentence of fewer words is a place, a byline or a heading.
_SHORT = 5


def quote_leads(question: Question, hits: Sequence[Hit]) -> tuple[list[SentenceReady], Answer]:
    """Quotes one sentence of each article found; none when none begins or names that time.

    Those of the time itself come first, the newest before the others; then those that follow, the
    nearest first, if they name it or are of the next day. Where there are none of these, others
    that follow are quoted.

    Args:
        question: Such as “What happened last week?”.
        hits: What was found of that time, or, where no article is of it, what may tell of it.
    """
    time = question.time or QuestionTime("", Period(), "filter")
    period, later = time.period, time.use == "context"
    looked = [hit for hit in hits if later or hit.passage.ordinal == 0]
    looked.sort(key=lambda hit: _nearness(hit, period))
    shown, citations = Shown.of(looked), CitationList.of(looked)
    chosen: dict[str, SourceRange] = {}
    others: dict[str, SourceRange] = {}
    for place, hit in enumerate(looked, 1):
        told = [each for each in shown.sentences(place) if _tells(each, question.text)]
        of_it = told
        if later or not _is_of(hit, period):
            # What was written later tells of other days, too, but for the news of the next morning.
            named = [each for each in told if _names(each, period)]
            of_it = named or (told if _is_next(hit, period) and not later else [])
        for source in of_it[:1]:
            chosen.setdefault(hit.passage.article.id, source)
        for source in told[: not later]:
            others.setdefault(hit.passage.article.id, source)
    quoted = (chosen or others).values()
    ready = quotes_of(islice(quoted, _QUOTES), citations)
    return ready, answer_of(question, ready, citations.citations, hits)


def _nearness(hit: Hit, period: Period) -> tuple[int, int]:
    day = hit.passage.article.date or dt.date.min
    return period.distance(day), -day.toordinal()


def _is_of(hit: Hit, period: Period) -> bool:
    day = hit.passage.article.date
    return day is None or period.distance(day) == 0


def _is_next(hit: Hit, period: Period) -> bool:
    """Whether an article is of the day after a time."""
    day, last = hit.passage.article.date, period.last
    return day is not None and last is not None and day - last == dt.timedelta(days=1)


def _names(source: SourceRange, period: Period) -> bool:
    """Whether a sentence names a day of a period, or days that all lie in it."""
    return any(
        Period(*days).within(period) == Period(*days)
        for mention in find_dates(source.text)
        for days in mention.days(source.passage.article.date)
    )


def _tells(source: SourceRange, question: str) -> bool:
    return (
        len(source.text.split()) >= _SHORT
        and not is_furniture(source.text)
        and not holds_stray(source, question)
        and belongs(source, question)
    )
