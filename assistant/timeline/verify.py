"""Checks a timeline again, against the library as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.timeline.dating import date_of
from assistant.timeline.values import Timeline
from assistant.timeline.years import Years, years_of
from assistant.verify import Finding, Verification, stored_version, verify_answer
from index.types import ArticleInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.library import Library

__all__ = ["verify_timeline"]


def verify_timeline(timeline: Timeline, library: Library) -> Verification:
    """Checks a timeline of before: everything that is checked of an answer, and its days.

    Args:
        timeline: The timeline, which nothing is believed of.
        library: The library; it is only read.
    """
    checked = verify_answer(timeline.answer, library)
    return Verification(timeline.answer, (*checked.findings, *_check_days(timeline, library)))


def _check_days(timeline: Timeline, library: Library) -> Iterator[Finding]:
    """Whether each sentence, or else its article, really says the day; both were checked."""
    for entry, sentence in zip(timeline.entries, timeline.answer.sentences, strict=True):
        quote = " ".join(entry.citation.quote.split())
        about = entry.citation.article
        dating = date_of(quote, about.date, _years(about, library))
        said = (dating.first, dating.last, dating.by) if dating else None
        if said != (entry.first, entry.last, entry.dated_by):
            when = f"{said[0]} to {said[1]}" if said else "no day"
            message = f"the {said[2] if said else 'article'} says {when}, not {entry.first}"
            yield Finding("date", True, message, sentence, entry.citation)


def _years(about: ArticleInfo, library: Library) -> Years:
    """The years that the cited version gives; none where it is gone, which is found otherwise."""
    stored = stored_version(about, library)
    return years_of(stored.text, about.date) if stored else {}
