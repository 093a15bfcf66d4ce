"""From the parts that a reader found to an `Article`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.errors import ReadError
from index.readers.dates import parse_date
from index.readers.decode import clean, fold
from index.types import Article, ArticleInfo

__all__ = ["build_article", "opening", "split_names"]

_OPENING = 90  # characters
_FIRST_LINE = 1000  # enough of the first line to cut an opening from
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
_BY = re.compile(r"\Aby:?\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)


def build_article(
    text: str,
    *,
    path: str,
    title: str = "",
    date: str = "",
    source: str = "",
    authors: Sequence[str] = (),
    url: str = "",
) -> Article:
    """Return the article with its text cleaned, its fields on one line and its opening set.

    Args:
        text: The article's text, as read.
        path: Where it was read from.
        title: The headline, or empty.
        date: The date as stated; one that is not understood is no date, and noted as such.
        source: The outlet, or empty.
        authors: Names as printed.
        url: The address it was published at, or empty.

    Raises:
        ReadError: There is no text.
    """
    text = clean(text)
    if not text:
        raise ReadError("no text")
    stated = fold(date)
    day = parse_date(stated)
    info = ArticleInfo(
        title=fold(title),
        date=day,
        source=fold(source),
        authors=tuple(name for name in map(fold, authors) if name),
        url=fold(url),
        path=path,
        opening=opening(text),
    )
    return Article(info, text, unread_date="" if day else stated)


def opening(text: str) -> str:
    """Return the first line of a cleaned text, cut to about 90 characters at the end of a word."""
    end = text.find("\n")
    line = fold(text[: min(_FIRST_LINE, end if end >= 0 else _FIRST_LINE)])
    if len(line) <= _OPENING:
        return line
    words = line[: _OPENING + 1].rpartition(" ")[0].rstrip(" ,;:–—-")
    return (words or line[:_OPENING]) + "…"


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a line such as "By Jane Doe, John Smith Jr. and Ana Ruiz"."""
    names: list[str] = []
    for name in _BETWEEN_NAMES.split(_BY.sub("", fold(text), count=1)):
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f", {name}"
        elif name:
            names.append(name)
    return tuple(names)
