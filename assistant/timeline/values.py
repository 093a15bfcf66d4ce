"""The values of a timeline; all of them are frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from assistant.types import Answer, Citation

__all__ = ["DatedBy", "Entry", "Timeline"]

DatedBy = Literal["sentence", "article"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of an article, and when what it says happened.

    Attributes:
        first: The first day that may be meant.
        last: The last one; the same where a day is known.
        dated_by: `sentence` where it says itself when that was, else `article`, whose date it is.
        words: What of the sentence says when, such as “Tuesday”; empty where the article does.
        citation: Where the sentence stands; its quote is the sentence.
        also: Other outlets that say the same of that day.
    """

    first: dt.date
    last: dt.date
    dated_by: DatedBy
    words: str
    citation: Citation
    also: tuple[str, ...] = ()

    @property
    def ahead(self) -> bool:
        """Whether it was still to come when the article was published."""
        published = self.citation.article.date
        return published is not None and self.first > published


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the articles say of a topic, in the order in which it happened.

    Attributes:
        answer: The same as an answer: its question is the topic, its sentences are the entries'
            and cite one source each; an abstention when no article is about the topic.
        entries: One for each sentence of the answer, the earliest first.
    """

    answer: Answer
    entries: tuple[Entry, ...]
