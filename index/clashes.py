"""Articles that give one address or id in one run of indexing: the one with the later date stays.

Else each would be a change of the other, and every run would make new versions of both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from index.types import Article, Skipped

__all__ = ["Clashes"]

Dates = Callable[[Collection[str]], Mapping[str, dt.date | None]]
"""Gives the dates of those of some articles, named by their ids, that are stored."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What is kept of an article that was read, for as long as the run goes on."""

    date: dt.date
    text: int
    path: str
    heading: str

    @classmethod
    def of(cls, article: Article) -> Self:
        info = article.info
        return cls(_sortable(info.date), hash(article.text), info.path or info.url, info.heading)


class Clashes:
    """Lets through what may be stored, in one run of indexing.

    An article that is older than what is stored under its id waits until the end of the run: what
    is stored may be another one of this run, which then comes yet, and is unchanged.

    Args:
        dates: Gives the dates of articles that are stored.

    Attributes:
        skipped: What was not stored, or not for long, since a newer one has its id.
        repeated: How many had the text of another one.
    """

    def __init__(self, dates: Dates) -> None:
        self.skipped: list[Skipped] = []
        self.repeated = 0
        self._dates = dates
        self._read: dict[str, _Read] = {}
        self._waiting: dict[str, Article] = {}

    def sift(self, batch: Iterable[Article]) -> list[Article]:
        """Those of the articles that are to be stored now, one of each id."""
        articles = list(batch)
        stored = self._dates({article.info.id for article in articles})
        kept: dict[str, Article] = {}
        for article in articles:
            identity = article.info.id
            if _sortable(article.info.date) < _sortable(stored.get(identity)):
                waiting = self._waiting.get(identity)
                if waiting is None or self._replaces(article, _Read.of(waiting)):
                    self._waiting[identity] = article
                continue
            before = self._read.get(identity)
            if before is None or self._replaces(article, before):
                self._read[identity] = _Read.of(article)
                kept[identity] = article
        return list(kept.values())

    def left(self) -> list[Article]:
        """Those that waited, where no newer one came."""
        return [
            article
            for identity, article in self._waiting.items()
            if (read := self._read.get(identity)) is None or self._replaces(article, read)
        ]

    def _replaces(self, article: Article, before: _Read) -> bool:
        """Whether an article is newer than the one of its id before; notes the one that loses."""
        new = _Read.of(article)
        replaces = new.date > before.date
        if new.text == before.text:
            self.repeated += 1
            return replaces
        stays, goes = (new, before) if replaces else (before, new)
        what = "address" if article.info.url else "id"
        why = "is newer" if stays.date > goes.date else "was read first"
        if stays.path == goes.path:  # lines of one file
            reason = (
                f"the {what} of “{goes.heading}” is that of “{stays.heading}” in it, which {why}"
            )
        else:
            reason = f"its {what} is that of {stays.path}, which {why}"
        self.skipped.append(Skipped(goes.path, reason))
        return replaces


def _sortable(date: dt.date | None) -> dt.date:
    return date or dt.date.min
