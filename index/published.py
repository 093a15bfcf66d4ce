"""What of a catalog its library on a server knows, and what the server knows and it does not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.catalog import Catalog
from index.rows import info_from, info_row, store_version
from index.server import Head
from index.types import Article

__all__ = ["Outgoing", "forget", "outgoing", "published", "read_version", "take", "version_text"]


_SET_STEP = "INSERT OR REPLACE INTO settings VALUES ('step', ?)"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An article that the server does not hold as the catalog does."""

    article: str
    version: int
    removed: bool


def outgoing(catalog: Catalog, limit: int) -> list[Outgoing]:
    """The first `limit` articles that have to be published."""
    rows = catalog.database.rows(
        "SELECT a.id, a.version, a.removed FROM articles a LEFT JOIN heads h ON h.article = a.id"
        " WHERE CASE WHEN h.article IS NULL THEN NOT a.removed"
        "  ELSE h.version <> a.version OR h.removed <> a.removed END LIMIT ?",
        [limit],
    )
    return [Outgoing(article, version, bool(removed)) for article, version, removed in rows]


def published(catalog: Catalog, articles: Sequence[Outgoing], step: int) -> None:
    """Notes that the server holds these, and that the replica is up with it."""
    with catalog.database.transaction() as connection:
        connection.execute(_SET_STEP, [str(step)])
        connection.executemany(
            "INSERT OR REPLACE INTO heads VALUES (?, ?, ?)",
            [(one.article, one.version, one.removed) for one in articles],
        )


def forget(catalog: Catalog) -> None:
    """Empties the replica but for the embeddings, which any library may use."""
    with catalog.database.transaction() as connection:
        for table in ("heads", "passages", "versions", "articles"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - own words
        connection.execute("DELETE FROM settings WHERE name IN ('server', 'step', 'embedder')")


def version_text(catalog: Catalog, article: str, version: int) -> str:
    """A version with its description and the ranges of its passages, as one text."""
    stored = catalog.article(article, version)
    ranges = catalog.database.rows(
        "SELECT start, end FROM passages WHERE article = ? AND version = ? ORDER BY ordinal",
        [article, version],
    )
    form = {"article": info_row(stored.info), "text": stored.text, "passages": ranges}
    return json.dumps(form, ensure_ascii=False)


def read_version(text: str) -> Article:
    """The inverse of `version_text`, without the passages."""
    form = json.loads(text)
    return Article(info_from(form["article"]), form["text"])


def take(catalog: Catalog, heads: Sequence[tuple[Head, str]], step: int) -> None:
    """Takes what the server holds into the catalog, and notes the step, all or nothing.

    Args:
        catalog: The replica's.
        heads: Heads, each with what `version_text` made of its version.
        step: The step up to which the replica then is.
    """
    with catalog.database.transaction() as connection:
        for head, text in heads:
            _take(connection, head, text)
        connection.execute(_SET_STEP, [str(step)])


def _take(connection: sqlite3.Connection, head: Head, text: str) -> None:
    form = json.loads(text)
    key = [head.article, head.version]
    # A version of that number which was never published from here gives way.
    connection.execute("DELETE FROM passages WHERE article = ? AND version = ?", key)
    connection.execute("DELETE FROM versions WHERE article = ? AND version = ?", key)
    connection.execute(
        "INSERT OR REPLACE INTO articles (id, version, removed) VALUES (?, ?, ?)",
        [*key, head.removed],
    )
    store_version(connection, read_version(text), [(start, end) for start, end in form["passages"]])
    # The server answers for its vectors; what it lacks is found by counting.
    connection.execute(
        "UPDATE passages SET live = (version = :v AND NOT :r), vector = (version = :v AND NOT :r)"
        " WHERE article = :a",
        {"v": head.version, "r": head.removed, "a": head.article},
    )
    connection.execute("INSERT OR REPLACE INTO heads VALUES (?, ?, ?)", [*key, head.removed])
