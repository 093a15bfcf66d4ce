"""Which articles a person means: by words of their titles, or of what they are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.types import ArticleInfo

__all__ = ["Named", "with_title"]

# Letters that have to be there before a word may be the beginning of another one.
_BEGINNING = 3


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


def with_title(typed: str, articles: Iterable[ArticleInfo]) -> tuple[ArticleInfo, ...]:
    """The articles whose titles have all the words, in their order.

    Where none has them as they were typed, words may be the beginnings of longer ones.
    """
    wanted = _words(typed)
    if not wanted:
        return ()
    whole: list[ArticleInfo] = []
    begun: list[ArticleInfo] = []
    for info in articles:
        words = _words(info.title)
        if wanted <= words:
            whole.append(info)
        elif not whole and all(_begins_one(word, words) for word in wanted):
            begun.append(info)
    return tuple(whole or begun)


def _words(text: str) -> frozenset[str]:
    """The words of a text without case and accents: people seldom type the latter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _begins_one(word: str, words: Iterable[str]) -> bool:
    if len(word) < _BEGINNING:
        return word in words
    return any(other.startswith(word) for other in words)
