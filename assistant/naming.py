"""Which articles a person means: by words of their titles, or of what they are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnknownArticle

if TYPE_CHECKING:
    from index.library import Library
    from index.types import Article, ArticleInfo

__all__ = ["Named", "article_named", "with_title"]

# Letters that have to be there before a word may be the beginning of another one.
_BEGINNING = 3
# Articles that are listed where several may be meant.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Named:
    """The articles that may be meant.

    Attributes:
        articles: They; the newest first, where they were found by their titles, or the nearest.
        by_title: Whether all that was typed stands in their titles, or names them; else their
            text is about it.
    """

    articles: tuple[ArticleInfo, ...]
    by_title: bool = True

    @property
    def only(self) -> ArticleInfo | None:
        """The article, when no other may be meant."""
        return self.articles[0] if self.by_title and len(self.articles) == 1 else None


def article_named(library: Library, name: str) -> Article:
    """The one article that is named by its id, address, path or file, or by words of its title.

    Raises:
        UnknownArticle: When none or more than one fits.
    """
    try:
        return library.article(name)
    except UnknownArticle:
        found = with_title(name, library.articles())
        if not found:
            raise
    if len(found) > 1:
        ids = ", ".join(f"{info.id} ({info.date or 'no date'})" for info in found[:_LISTED])
        raise UnknownArticle(
            f"the titles of {len(found):,} articles have the words “{name}”",
            help=f"give one id: {ids}{', …' if len(found) > _LISTED else ''}",
        )
    return library.article(found[0].id)


def with_title(typed: str, articles: Iterable[ArticleInfo]) -> tuple[ArticleInfo, ...]:
    """The articles with a title or, where none has it, whose titles have all its words.

    Where none has these as they were typed, they may be the beginnings of longer ones.
    """
    wanted = _words(typed)
    if not wanted:
        return ()
    same: list[ArticleInfo] = []
    whole: list[ArticleInfo] = []
    begun: list[ArticleInfo] = []
    for info in articles:
        words = _words(info.title)
        if info.title.casefold() == typed.casefold():
            same.append(info)
        elif wanted <= words:
            whole.append(info)
        elif not whole and all(_begins_one(word, words) for word in wanted):
            begun.append(info)
    return tuple(same or whole or begun)


def _words(text: str) -> frozenset[str]:
    """The words of a text without case and accents: people seldom type the latter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _begins_one(word: str, words: Iterable[str]) -> bool:
    if len(word) < _BEGINNING:
        return word in words
    return any(other.startswith(word) for other in words)
