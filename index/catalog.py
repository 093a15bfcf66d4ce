"""The catalog: articles with all their versions, their passages and their embeddings, in SQLite.

It is the truth of a library; the lexical index and the vector store are derived from it. Readers
may use it from any thread and any process while one process writes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from index.errors import LibraryDamaged, UnknownArticle
from index.passages import split_passages
from index.schema import CURRENT, back_up, migrate, version
from index.sentences import split_sentences
from index.types import Article, ArticleInfo, Filters, Passage, Pending

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Catalog", "Change", "as_date", "as_number", "embedded_text"]

Change = Literal["added", "changed", "unchanged"]

_INFO = "v.title, v.date, v.source, v.authors, v.url, v.path, v.version, v.opening"
_STORED = "articles a JOIN versions v ON v.article = a.id AND v.version = a.version"
_CURRENT = f"{_STORED} AND NOT a.removed"


def as_number(date: dt.date | None) -> int:
    """A date as an integer that sorts like it: 20250320; 0 for none."""
    return 0 if date is None else date.year * 10_000 + date.month * 100 + date.day


def as_date(number: int) -> dt.date | None:
    """The inverse of `as_number`."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100) if number else None


def embedded_text(info: ArticleInfo, passage: str) -> str:
    """What is embedded for a passage: its article's title, then its own text.

    A passage from the middle of an article often does not say what the article is about.
    """
    return f"{info.title}\n{passage}" if info.title else passage


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _info(row: Sequence[Any]) -> ArticleInfo:
    title, date, source, authors, url, path, version, opening = row
    names = tuple(json.loads(authors))
    return ArticleInfo(title, as_date(date), source, names, url, path, version, opening)


def _where(filters: Filters) -> tuple[str, list[Any]]:
    """The condition on `versions v` that `filters` mean, with its values."""
    terms: list[str] = []
    values: list[Any] = []
    if filters.since or filters.until:
        terms.append("v.date BETWEEN ? AND ?")
        values += [as_number(filters.since) or 1, as_number(filters.until) or 99_999_999]
    if filters.sources:
        terms.append(f"lower(v.source) IN ({','.join('?' * len(filters.sources))})")
        values += [source.lower() for source in filters.sources]
    return " AND ".join(terms) or "1", values


class Catalog:
    """One library's SQLite file.

    Args:
        file: Where it is; it is made when `create` is true and it is not there.

    Attributes:
        schema: The schema that it has; below `CURRENT`, `upgrade` has to come before all else.

    Raises:
        LibraryDamaged: When the file is not a catalog or cannot be read, or is a newer one.
    """

    def __init__(self, file: Path, *, create: bool = False) -> None:
        self._file = file
        self._create = create
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        with self._translating():
            self.schema = version(self._connection)

    def upgrade(self) -> None:
        """Brings the catalog to the current schema; an older one is copied and checked first."""
        with self._translating():
            if self.schema:
                back_up(self._connection, self._file.with_suffix(f".schema{self.schema}.sqlite3"))
            migrate(self._connection)
            self.schema = CURRENT

    def close(self) -> None:
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._local = threading.local()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"the catalog {self._file} cannot be used: {error}",
                help="check the disk and the folder's permissions, or restore it from a backup",
            ) from error

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection: SQLite's are not to be shared while in use."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            mode = "rwc" if self._create else "rw"
            connection = sqlite3.connect(
                f"{self._file.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=30,
                isolation_level=None,
                check_same_thread=False,  # so that `close` may close them all
            )
            if self._create:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA cache_size=-65536")
            self._local.connection = connection
            self._all.append(connection)
        return connection

    def _rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        with self._translating():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; one writer is made sure of by the library's lock."""
        with self._translating():
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    # settings of the library

    def setting(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM settings WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def set_setting(self, name: str, value: str) -> None:
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])

    # articles

    def put(self, articles: Iterable[Article]) -> Counter[Change]:
        """Stores articles with their passages in one transaction.

        An article whose text or description differs from its current version becomes a new
        version; the old one stays, its passages are no longer live. Being read from another
        place, or coming back after a removal, makes no new version.
        """
        with self._transaction() as connection:
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
            stored = _info(known)
            same = replace(info, version=stored.version, path=stored.path)
            if text == article.text and stored == same:
                self._put_back(connection, stored, info.path)
                return "added" if removed else "unchanged"
            version = stored.version + 1
            connection.execute("UPDATE passages SET live = 0 WHERE article = ?", [identity])
        info = replace(info, version=version)
        connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, 0)", [identity, version])
        connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                identity,
                version,
                info.title,
                as_number(info.date),
                info.source,
                json.dumps(info.authors, ensure_ascii=False),
                info.url,
                info.path,
                info.opening,
                article.text,
            ],
        )
        ranges = split_passages(article.text, split_sentences(article.text))
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
                    _key(embedded_text(info, article.text[start:end])),
                )
                for ordinal, (start, end) in enumerate(ranges)
            ],
        )
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
        with self._transaction() as connection:
            removed = 0
            for identity in ids:
                done = connection.execute(
                    "UPDATE articles SET removed = 1 WHERE id = ? AND NOT removed", [identity]
                )
                removed += done.rowcount
                connection.execute("UPDATE passages SET live = 0 WHERE article = ?", [identity])
            return removed

    def read_from(self, root: str) -> dict[str, str]:
        """The ids of articles that were read from a file, or from below a folder, with paths."""
        rows = self._rows(
            f"SELECT v.article, v.path FROM {_CURRENT} WHERE v.path = :r"  # noqa: S608
            " OR substr(v.path, 1, length(:r) + 1) IN (:r || '/', :r || '#')",
            {"r": root},
        )
        return dict(rows)

    def article(self, identity: str, version: int | None = None) -> Article:
        """One article by its id, or by a version of it.

        Raises:
            UnknownArticle: When the library does not hold it.
        """
        rows = self._rows(
            f"SELECT {_INFO}, v.text FROM articles a JOIN versions v ON v.article = a.id"  # noqa: S608
            " WHERE a.id = ? AND v.version = coalesce(?, a.version)",
            [identity, version],
        )
        if not rows:
            raise UnknownArticle(
                f"the library holds no article {identity}",
                help="`dateline articles` lists them",
            )
        return Article(_info(rows[0][:-1]), rows[0][-1])

    def find(self, reference: str) -> Article:
        """An article by its id, the beginning of its id, its url, its path or its file name.

        Raises:
            UnknownArticle: When none or more than one fits.
        """
        exact = (
            "SELECT article FROM versions WHERE url = :r OR path = :r"
            " UNION SELECT id FROM articles WHERE id = :r"
        )
        near = (
            "SELECT id FROM articles WHERE length(:r) > 3 AND substr(id, 1, length(:r)) = :r"
            " UNION SELECT article FROM versions"
            " WHERE length(:r) > 3 AND substr(path, -length(:r) - 1) = '/' || :r"
        )
        for query in (exact, near):
            found = self._rows(query, {"r": reference})
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
        condition, values = _where(filters)
        rows = self._rows(
            f"SELECT {_INFO} FROM {_CURRENT} WHERE {condition} ORDER BY v.date DESC, v.article",  # noqa: S608
            values,
        )
        return map(_info, rows)

    # passages

    def numbers(self, ids: Sequence[str]) -> dict[str, int]:
        """The numbers of live passages by their ids; ids that are no longer live are left out."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, number FROM passages WHERE live AND id IN ({marks})"  # noqa: S608
        return dict(self._rows(query, ids))

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Live passages by their numbers."""
        marks = ",".join("?" * len(numbers))
        rows = self._rows(
            "SELECT p.number, p.ordinal, p.start, p.end,"  # noqa: S608
            f" substr(v.text, p.start + 1, p.end - p.start), {_INFO}"
            " FROM passages p JOIN versions v ON v.article = p.article AND v.version = p.version"
            f" WHERE p.live AND p.number IN ({marks})",
            numbers,
        )
        return {
            number: Passage(_info(info), ordinal, start, end, text)
            for number, ordinal, start, end, text, *info in rows
        }

    def matching(self, numbers: Sequence[int], filters: Filters) -> dict[int, int]:
        """Which of these live passages pass the filters, each with its date as a number."""
        condition, values = _where(filters)
        marks = ",".join("?" * len(numbers))
        rows = self._rows(
            "SELECT p.number, v.date FROM passages p"  # noqa: S608
            " JOIN versions v ON v.article = p.article AND v.version = p.version"
            f" WHERE p.live AND p.number IN ({marks}) AND {condition}",
            [*numbers, *values],
        )
        return dict(rows)

    def is_empty(self) -> bool:
        """Whether there is no article."""
        return not self._rows("SELECT 1 FROM articles WHERE NOT removed LIMIT 1")

    def undated(self) -> int:
        """How many articles carry no date."""
        return int(self._rows(f"SELECT count(*) FROM {_CURRENT} WHERE v.date = 0")[0][0])  # noqa: S608

    def counts(self) -> dict[str, int]:
        """Articles, live passages, and passages in the lexical index and with a vector."""
        rows = self._rows(
            "SELECT (SELECT count(*) FROM articles WHERE NOT removed), coalesce(sum(live), 0),"
            " coalesce(sum(live AND lexical), 0), coalesce(sum(live AND vector), 0) FROM passages"
        )
        return dict(zip(("articles", "passages", "lexical", "vectors"), rows[0], strict=True))

    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """The dates of the earliest and the latest dated article."""
        first, last = self._rows(
            f"SELECT min(v.date), max(v.date) FROM {_CURRENT} WHERE v.date > 0"  # noqa: S608
        )[0]
        return as_date(first or 0), as_date(last or 0)

    # what the derived stores lack

    def behind(
        self, store: Literal["lexical", "vector"], limit: int
    ) -> tuple[list[str], list[int]]:
        """What a store has to forget (ids) and to take up (numbers), the oldest `limit` of each."""
        query = (
            f"SELECT id, number, live FROM passages WHERE {store} <> live ORDER BY number LIMIT ?"  # noqa: S608
        )
        rows = self._rows(query, [limit])
        return [row[0] for row in rows if not row[2]], [row[1] for row in rows if row[2]]

    def gone(self, store: Literal["lexical", "vector"], limit: int) -> list[str]:
        """Ids of passages that a store holds and should not."""
        query = f"SELECT id FROM passages WHERE {store} <> live AND NOT live LIMIT ?"  # noqa: S608
        return [row[0] for row in self._rows(query, [limit])]

    def count_behind(self, store: Literal["lexical", "vector"]) -> int:
        """How many passages a store has to take up."""
        return int(
            self._rows(f"SELECT count(*) FROM passages WHERE {store} <> live AND live")[0][0]  # noqa: S608
        )

    def forget(self, store: Literal["lexical", "vector"]) -> None:
        """Notes that a store holds nothing, because it is new or was lost."""
        with self._transaction() as connection:
            connection.execute(f"UPDATE passages SET {store} = 0 WHERE {store} <> 0")  # noqa: S608

    def caught_up(
        self, store: Literal["lexical", "vector"], gone: Sequence[str], held: Sequence[int]
    ) -> None:
        """Notes that a store has committed what `behind` said it lacked."""
        with self._transaction() as connection:
            connection.executemany(
                f"UPDATE passages SET {store} = 0 WHERE id = ?",  # noqa: S608
                [(i,) for i in gone],
            )
            connection.executemany(
                f"UPDATE passages SET {store} = 1 WHERE number = ?",  # noqa: S608
                [(n,) for n in held],
            )

    def unembedded(self, fingerprint: str, limit: int) -> dict[bytes, str]:
        """The texts of live passages that have no embedding yet, by the hash of the text."""
        rows = self._rows(
            "SELECT p.key, v.title, substr(v.text, p.start + 1, p.end - p.start)"
            " FROM passages p JOIN versions v ON v.article = p.article AND v.version = p.version"
            " WHERE p.vector <> p.live AND p.live AND NOT EXISTS"
            " (SELECT 1 FROM embeddings e JOIN embedders f ON f.number = e.embedder"
            "  WHERE f.fingerprint = ? AND e.key = p.key)"
            " ORDER BY p.number LIMIT ?",
            [fingerprint, limit],
        )
        return {key: embedded_text(ArticleInfo(title=title), text) for key, title, text in rows}

    def pending(self, fingerprint: str) -> Pending:
        """How much `unembedded` would give in all."""
        rows = self._rows(
            "SELECT count(*), coalesce(sum(p.end - p.start), 0) FROM passages p"
            " WHERE p.vector <> p.live AND p.live AND NOT EXISTS"
            " (SELECT 1 FROM embeddings e JOIN embedders f ON f.number = e.embedder"
            "  WHERE f.fingerprint = ? AND e.key = p.key)",
            [fingerprint],
        )
        return Pending(*rows[0])

    def put_embeddings(
        self, fingerprint: str, keys: Sequence[bytes], vectors: NDArray[np.float32]
    ) -> None:
        """Keeps unit vectors, a row a key, in half precision: that moves a cosine by 1e-4."""
        blobs = [row.tobytes() for row in vectors.astype("<f2")]
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO embedders (fingerprint) VALUES (?)", [fingerprint]
            )
            connection.executemany(
                "INSERT OR IGNORE INTO embeddings"
                " SELECT number, ?, ? FROM embedders WHERE fingerprint = ?",
                [(key, blob, fingerprint) for key, blob in zip(keys, blobs, strict=True)],
            )

    def embeddings(
        self, fingerprint: str, numbers: Sequence[int]
    ) -> dict[int, NDArray[np.float32]]:
        """The vectors of passages by number; passages that have none yet are left out."""
        import numpy as np  # noqa: PLC0415 - only searches with vectors need it

        marks = ",".join("?" * len(numbers))
        rows = self._rows(
            "SELECT p.number, e.vector FROM passages p"  # noqa: S608
            " JOIN embedders f ON f.fingerprint = ?"
            " JOIN embeddings e ON e.embedder = f.number AND e.key = p.key"
            f" WHERE p.number IN ({marks})",
            [fingerprint, *numbers],
        )
        return {
            number: np.frombuffer(blob, dtype="<f2").astype(np.float32) for number, blob in rows
        }
