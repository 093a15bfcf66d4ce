"""How articles and their days stand in rows of the catalog, and what filters mean there."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from index.embeddings import embedded_text, key_of
from index.types import Article, ArticleInfo, Filters

__all__ = [
    "as_date",
    "as_number",
    "condition_of",
    "info_from",
    "info_row",
    "store_version",
]


def as_number(date: dt.date | None) -> int:
    """A date as an integer that sorts like it: 20250320; 0 for none."""
    return 0 if date is None else date.year * 10_000 + date.month * 100 + date.day


def as_date(number: int) -> dt.date | None:
    """The inverse of `as_number`."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100) if number else None


def info_row(info: ArticleInfo) -> list[str | int]:
    """A description as the catalog stores it."""
    authors = json.dumps(info.authors, ensure_ascii=False)
    number = as_number(info.date)
    return [
        info.title,
        number,
        info.source,
        authors,
        info.url,
        info.path,
        info.version,
        info.opening,
    ]


def info_from(row: Sequence[Any]) -> ArticleInfo:
    """The inverse of `info_row`."""
    title, date, source, authors, url, path, version, opening = row
    names = tuple(json.loads(authors))
    return ArticleInfo(title, as_date(date), source, names, url, path, version, opening)


def condition_of(filters: Filters) -> tuple[str, list[Any]]:
    """The condition on `versions v` that `filters` mean, with its values."""
    terms: list[str] = []
    values: list[Any] = []
    if filters.since or filters.until:
        terms.append("v.date BETWEEN ? AND ?")
        values += [as_number(filters.since) or 1, as_number(filters.until) or 99_999_999]
    if filters.sources:
        terms.append(f"lower(v.source) IN ({','.join('?' * len(filters.sources))})")
        # As SQLite does, which only knows the small letters of ASCII.
        values += [source.encode(errors="replace").lower().decode() for source in filters.sources]
    return " AND ".join(terms) or "1", values


def store_version(
    connection: sqlite3.Connection, article: Article, ranges: Sequence[tuple[int, int]]
) -> None:
    """Stores one version of an article that is not stored yet, with its passages."""
    info = article.info
    identity, version = info.id, info.version
    connection.execute(
        "INSERT INTO versions (title, date, source, authors, url, path, version, opening,"
        " article, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*info_row(info), identity, article.text],
    )
    connection.executemany(
        "INSERT INTO passages (id, article, version, ordinal, start, end, key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                f"{identity}.{version}.{ordinal}",
                identity,
                version,
                ordinal,
                start,
                end,
                key_of(embedded_text(info.title, article.text[start:end])),
            )
            for ordinal, (start, end) in enumerate(ranges)
        ],
    )
