"""The catalog: articles with all their versions, their passages and their embeddings, in SQLite.

It is the truth of a library; the lexical index and the vector store are derived from it.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from index.backlog import Backlog
from index.database import Database
from index.dates import Period
from index.embeddings import Embeddings
from index.errors import UnknownArticle
from index.fetched import Fetched
from index.passages import split_passages
from index.rows import as_date, as_number, condition_of, info_from, store_version
from index.sentences import split_sentences
from index.types import OPENING, Article, ArticleInfo, Filters, Passage

__all__ = ["Catalog", "Change"]

Change = Literal["added", "changed", "unchanged"]

_INFO = "v.title, v.date, v.source, v.authors, v.url, v.path, v.version, v.opening"
_STORED = "articles a JOIN versions v ON v.article = a.id AND v.version = a.version"
_CURRENT = f"{_STORED} AND NOT a.removed"


class Catalog:
    """One library's SQLite file.

    Args:
        file: Where it is; it is made when `create` is true and it is not there.

    Attributes:
        database: The file.
        backlog: What the derived stores lack.
        embeddings: The vectors of passages.
        fetched: How pages of the web were when they were read.

    Raises:
        LibraryDamaged: When the file is not a catalog or cannot be read, or is a newer one.
    """

    def __init__(self, file: Path, *, create: bool = False) -> None:
        self.database = Database(file, create=create)
        self.backlog = Backlog(self.database)
        self.embeddings = Embeddings(self.database)
        self.fetched = Fetched(self.database)
        self._outlets: tuple[int | None, frozenset[str]] = (None, frozenset())

    def close(self) -> None:
        """Closes the file; the catalog must not be used afterwards."""
        self.database.close()

    # settings of the library

    def setting(self, name: str) -> str | None:
        rows = self.database.rows("SELECT value FROM settings WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def set_setting(self, name: str, value: str) -> None:
        with self.database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])

    # articles

    def put(self, articles: Iterable[Article]) -> Counter[Change]:
        """Stores articles with their passages in one transaction.

        An article whose text or description differs from its current version becomes a new
        version; the old one stays, its passages are no longer live. Being read from another
        place, or coming back after a removal, makes no new version.
        """
        with self.database.transaction() as connection:
            return Counter(self._put(connection, article) for article in articles)

    def _put(self, connection: sqlite3.Connection, article: Article) -> Change:
        info, identity = article.info, article.info.id
        row = connection.execute(
            f"SELECT {_INFO}, v.text, a.removed FROM {_STORED} WHERE a.id = ?",  # noqa: S608 - own words
            [identity],
        ).fetchone()
        version, removed = 1, 0
        if row is not None:
            *known, text, removed = row
            stored = info_from(known)
            same = replace(info, version=stored.version, path=stored.path)
            if text == article.text and stored == same:
                self._put_back(connection, stored, info.path)
                return "added" if removed else "unchanged"
            version = stored.version + 1
            connection.execute("UPDATE passages SET live = 0 WHERE article = ?", [identity])
        connection.execute(
            "INSERT OR REPLACE INTO articles (id, version, removed) VALUES (?, ?, 0)",
            [identity, version],
        )
        ranges = split_passages(article.text, split_sentences(article.text))
        store_version(connection, Article(replace(info, version=version), article.text), ranges)
        return "added" if row is None or removed else "changed"

    def _put_back(self, connection: sqlite3.Connection, stored: ArticleInfo, path: str) -> None:
        """Makes a stored version live again, and notes where it was read from this time."""
        key = [stored.id, stored.version]
        if path != stored.path:
            connection.execute(
                "UPDATE versions SET path = ? WHERE article = ? AND version = ?", [path, *key]
            )
        connection.execute(
            "UPDATE articles SET removed = 0 WHERE id = ? AND version = ? AND removed", key
        )
        connection.execute(
            "UPDATE passages SET live = 1 WHERE article = ? AND version = ? AND NOT live", key
        )

    def remove(self, ids: Iterable[str]) -> int:
        """Takes articles out of every search, but keeps their versions; returns how many."""
        with self.database.transaction() as connection:
            removed = 0
            for identity in ids:
                done = connection.execute(
                    "UPDATE articles SET removed = 1 WHERE id = ? AND NOT removed", [identity]
                )
                removed += done.rowcount
                connection.execute("UPDATE passages SET live = 0 WHERE article = ?", [identity])
            return removed

    def dates(self, ids: Collection[str]) -> dict[str, dt.date | None]:
        """The dates of those of these articles that are stored, removed or not."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT a.id, v.date FROM {_STORED} WHERE a.id IN ({marks})"  # noqa: S608
        return {identity: as_date(date) for identity, date in self.database.rows(query, list(ids))}

    def read_from(self, root: str) -> dict[str, str]:
        """The ids of articles that were read from a file, or from below a folder, with paths."""
        rows = self.database.rows(
            f"SELECT v.article, v.path FROM {_CURRENT} WHERE v.path = :r"  # noqa: S608
            " OR substr(v.path, 1, length(:r) + 1) IN (:r || '/', :r || '#')",
            {"r": root},
        )
        return dict(rows)

    def read_from_any(self, name: str) -> dict[str, str]:
        """Likewise of files of a name, in whatever folder."""
        rows = self.database.rows(
            f"SELECT v.article, v.path FROM {_CURRENT}"  # noqa: S608
            " WHERE instr(v.path || '#', '/' || ? || '#')",
            [name],
        )
        return dict(rows)

    def holds(self, identity: str) -> bool:
        """Whether it is the whole id of an article, removed or not."""
        return bool(self.database.rows("SELECT 1 FROM articles WHERE id = ?", [identity]))

    def article(self, identity: str, version: int | None = None) -> Article:
        """One article by its id, or by a version of it.

        Raises:
            UnknownArticle: When the library does not hold it.
        """
        rows = self.database.rows(
            f"SELECT {_INFO}, v.text FROM articles a JOIN versions v ON v.article = a.id"  # noqa: S608
            " WHERE a.id = ? AND v.version = coalesce(?, a.version)",
            [identity, version],
        )
        if not rows:
            if version is not None and self.versions(identity):
                raise UnknownArticle(
                    f"the library holds no version {version} of article {identity}",
                    help=f"`dateline show {identity}` lists its versions",
                )
            raise UnknownArticle(
                f"the library holds no article {identity}",
                help="`dateline articles` lists them",
            )
        return Article(info_from(rows[0][:-1]), rows[0][-1])

    def versions(self, identity: str) -> list[ArticleInfo]:
        """The versions of an article that are kept here, oldest first."""
        rows = self.database.rows(
            f"SELECT {_INFO} FROM versions v WHERE v.article = ? ORDER BY v.version",  # noqa: S608
            [identity],
        )
        return [info_from(row) for row in rows]

    def is_removed(self, identity: str) -> bool:
        """Whether an article was taken out of every search."""
        query = "SELECT 1 FROM articles WHERE id = ? AND removed"
        return bool(self.database.rows(query, [identity]))

    def find(self, reference: str) -> Article:
        """An article by its id, the beginning of its id, its url, its path or its file name.

        Raises:
            UnknownArticle: When none or more than one fits.
        """
        # A whole id, which is what citations are followed by, is found without looking at all.
        whole = "SELECT id FROM articles WHERE id = :r"
        exact = "SELECT DISTINCT article FROM versions WHERE url = :r OR path = :r"
        near = (
            "SELECT id FROM articles WHERE length(:r) > 3 AND substr(id, 1, length(:r)) = :r"
            " UNION SELECT article FROM versions"
            " WHERE length(:r) > 3 AND substr(path, -length(:r) - 1) = '/' || :r"
        )
        for query in (whole, exact, near):
            found = self.database.rows(query, {"r": reference})
            if len(found) == 1:
                return self.article(found[0][0])
            if found:
                ids = ", ".join(row[0] for row in found[:5])
                raise UnknownArticle(
                    f"{len(found)} articles fit “{reference}”", help=f"give one id: {ids}"
                )
        return self.article(reference)

    def articles(self, filters: Filters) -> Iterator[ArticleInfo]:
        """The current versions that pass the filters, newest first."""
        condition, values = condition_of(filters)
        rows = self.database.rows(
            f"SELECT {_INFO} FROM {_CURRENT} WHERE {condition} ORDER BY v.date DESC, v.article",  # noqa: S608
            values,
        )
        return map(info_from, rows)

    def described(self, ids: Sequence[str], filters: Filters) -> dict[str, tuple[ArticleInfo, int]]:
        """Those of these articles that pass the filters, each with the length of its text."""
        condition, values = condition_of(filters)
        marks = ",".join("?" * len(ids))
        rows = self.database.rows(
            f"SELECT a.id, length(v.text), {_INFO} FROM {_CURRENT}"  # noqa: S608
            f" WHERE a.id IN ({marks}) AND {condition}",
            [*ids, *values],
        )
        return {identity: (info_from(info), length) for identity, length, *info in rows}

    # passages

    def numbers(self, ids: Sequence[str]) -> dict[str, int]:
        """The numbers of live passages by their ids; ids that are no longer live are left out."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, number FROM passages WHERE live AND id IN ({marks})"  # noqa: S608
        return dict(self.database.rows(query, ids))

    def articles_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of the articles of passages, by number."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, article FROM passages WHERE number IN ({marks})"  # noqa: S608
        return dict(self.database.rows(query, numbers))

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Live passages by their numbers."""
        marks = ",".join("?" * len(numbers))
        rows = self.database.rows(
            "SELECT p.number, p.ordinal, p.start, p.end,"  # noqa: S608
            " substr(v.text, p.start + 1, p.end - p.start),"
            f" substr(v.text, 1, min(p.start, {OPENING})), {_INFO}"
            " FROM passages p JOIN versions v ON v.article = p.article AND v.version = p.version"
            f" WHERE p.live AND p.number IN ({marks})",
            numbers,
        )
        return {
            number: Passage(info_from(info), ordinal, start, end, text, before)
            for number, ordinal, start, end, text, before, *info in rows
        }

    def leads(self, numbers: Sequence[int]) -> set[int]:
        """Which of these passages are the first of their articles."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number FROM passages WHERE ordinal = 0 AND number IN ({marks})"  # noqa: S608
        return {number for (number,) in self.database.rows(query, numbers)}

    def before(self, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
        """What stands between the start of the passage before each of these and its own start.

        Returns:
            Where that begins, and its text, by number; first passages are left out.
        """
        marks = ",".join("?" * len(numbers))
        rows = self.database.rows(
            "SELECT p.number, b.start, substr(v.text, b.start + 1, p.start - b.start)"  # noqa: S608
            " FROM passages p JOIN versions v ON v.article = p.article AND v.version = p.version"
            " JOIN passages b ON b.article = p.article AND b.version = p.version"
            f" AND b.ordinal = p.ordinal - 1 WHERE p.number IN ({marks})",
            numbers,
        )
        return {number: (start, text) for number, start, text in rows}

    def matching(self, numbers: Sequence[int], filters: Filters) -> dict[int, int]:
        """Which of these live passages pass the filters, each with its date as a number."""
        condition, values = condition_of(filters)
        marks = ",".join("?" * len(numbers))
        rows = self.database.rows(
            "SELECT p.number, v.date FROM passages p"  # noqa: S608
            " JOIN versions v ON v.article = p.article AND v.version = p.version"
            f" WHERE p.live AND p.number IN ({marks}) AND {condition}",
            [*numbers, *values],
        )
        return dict(rows)

    def is_empty(self) -> bool:
        """Whether there is no article."""
        return not self.database.rows("SELECT 1 FROM articles WHERE NOT removed LIMIT 1")

    def undated(self) -> int:
        """How many articles carry no date."""
        return int(self.database.rows(f"SELECT count(*) FROM {_CURRENT} WHERE v.date = 0")[0][0])  # noqa: S608

    def outlets(self) -> frozenset[str]:
        """The outlets of all articles; read again when a version has been added."""
        newest = self.database.rows("SELECT max(rowid) FROM versions")[0][0]
        if self._outlets[0] != newest:
            rows = self.database.rows("SELECT DISTINCT source FROM versions WHERE source != ''")
            self._outlets = (newest, frozenset(row[0] for row in rows))
        return self._outlets[1]

    def has_outlet(self, name: str) -> bool:
        """Whether an article is from an outlet."""
        condition, values = condition_of(Filters(sources=(name,)))
        return bool(
            self.database.rows(f"SELECT 1 FROM {_CURRENT} WHERE {condition} LIMIT 1", values)  # noqa: S608
        )

    def articles_by_outlet(self) -> dict[str, int]:
        """How many articles are from each outlet, those with most first; all of them are read."""
        query = f"SELECT v.source, count(*) FROM {_CURRENT} GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
        return dict(self.database.rows(query))

    def counts(self) -> dict[str, int]:
        """Articles, live passages, and passages in the lexical index and with a vector."""
        rows = self.database.rows(
            "SELECT (SELECT count(*) FROM articles WHERE NOT removed), coalesce(sum(live), 0),"
            " coalesce(sum(live AND lexical), 0), coalesce(sum(live AND vector), 0) FROM passages"
        )
        return dict(zip(("articles", "passages", "lexical", "vectors"), rows[0], strict=True))

    def dated(self, period: Period) -> int:
        """How many versions carry a date of a period; the index on dates alone is read."""
        query = "SELECT count(*) FROM versions WHERE date BETWEEN ? AND ?"
        days = [as_number(period.first) or 1, as_number(period.last) or 99_999_999]
        return int(self.database.rows(query, days)[0][0])

    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """The dates of the earliest and the latest dated article."""
        first, last = self.database.rows(
            f"SELECT min(v.date), max(v.date) FROM {_CURRENT} WHERE v.date > 0"  # noqa: S608
        )[0]
        return as_date(first or 0), as_date(last or 0)
