"""Saves what can be read of a damaged catalog into a new one, and says what is gone.

The damaged file is kept under another name. The rows are read page by page; that a text is whole
is checked against the hashes of its passages, that an embedding is whole by its length of 1.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from index.database import Database
from index.disk import disk_full, is_full
from index.embeddings import embedded_text, key_of
from index.errors import LibraryDamaged, LibraryLocked
from index.lock import writing
from index.pages import Row, rows_of
from index.passages import split_passages
from index.schema import version
from index.sentences import split_sentences

__all__ = ["Lost", "Salvage", "refuse_without_catalog", "salvage_catalog"]

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# What an article's id looks like.
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Lost:
    """An article, or its latest version, that could not be saved.

    Attributes:
        id: The article's.
        title: Its headline, where it could be read.
        url: Its address, where it could be read.
        path: Where it was read from, where that could be read.
        source: Its outlet in lower case, where the vector store still says so.
        date: Its date, 20250320, where the vector store still says so; 0 for none.
        kept: The version that is the latest now, or 0 when none could be saved.
    """

    id: str
    title: str = ""
    url: str = ""
    path: str = ""
    source: str = ""
    date: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came of saving a catalog.

    Attributes:
        kept_as: The damaged file's new name, or None when there was no file.
        articles: Articles that are in the new catalog.
        versions: Their versions.
        embeddings: Embeddings that are in the new catalog.
        to_embed: Passages whose embedding is gone.
        lost: Articles that have to be indexed again, as far as anything still names them.
        lost_versions: Versions that something still names and that could not be saved.
    """

    kept_as: Path | None
    articles: int
    versions: int
    embeddings: int
    to_embed: int
    lost: tuple[Lost, ...]
    lost_versions: int


def refuse_without_catalog(folder: Path) -> None:
    """Keeps a library whose catalog is gone from being taken for a new one.

    Raises:
        LibraryDamaged: When the folder holds what is derived from a catalog.
    """
    if _has_stores(folder):
        raise LibraryDamaged(
            f"the catalog {folder / 'catalog.sqlite3'} is gone; only the indexes made from it are"
            " left",
            help="restore it from a backup; without one, `dateline repair` begins a new catalog,"
            " and what was in the library has to be indexed again",
        )


def _has_stores(folder: Path) -> bool:
    return any((folder / part).exists() for part in ("lexical/meta.json", "vectors/chroma.sqlite3"))


def salvage_catalog(folder: Path, wait: float = 0) -> Salvage | None:
    """Puts a new catalog in the place of a damaged one; the stores have to be rebuilt then.

    Args:
        folder: The library.
        wait: Seconds to wait for another writer.

    Returns:
        None when the catalog is whole, or there is no library.

    Raises:
        LibraryDamaged: When a newer Dateline wrote the catalog.
        LibraryLocked: When another process is writing to the library.
        LibraryReadOnly: When nothing may be written to the folder.
        DiskFull: When there is no room for the new catalog; the old one is left as it is.
    """
    file = folder / "catalog.sqlite3"
    if not file.exists() and not _has_stores(folder):
        return None
    with writing(folder, wait):
        if file.exists() and _is_whole(file):
            return None
        fresh = folder / "catalog.salvaged.sqlite3"
        _discard(fresh)
        database = Database(fresh, create=True)
        try:
            database.upgrade()
            with database.transaction() as connection:
                found = _Found()
                if file.exists():
                    _take_rows(rows_of(file), connection, found)
                lost, lost_versions = _settle(connection, found, _described(folder))
            numbers = _count(database)
        except BaseException:
            database.close()
            _discard(fresh)
            raise
        database.close()
        kept_as = _set_aside(file) if file.exists() else None
        fresh.replace(file)
    return Salvage(kept_as, *numbers, lost, lost_versions)


def _is_whole(file: Path) -> bool:
    """Whether SQLite can read all of it and every text is what was embedded."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        try:
            if version(connection) == 0:
                return not _has_stores(file.parent)
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return False
            rows = connection.execute(
                "SELECT p.key, v.title, substr(v.text, p.start + 1, p.end - p.start)"
                " FROM passages p LEFT JOIN versions v"
                " ON v.article = p.article AND v.version = p.version"
            )
            return all(
                text is not None and key_of(embedded_text(title, text)) == key
                for key, title, text in rows
            )
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                raise LibraryLocked(
                    f"another process keeps the catalog {file} locked",
                    help="wait until it has finished, and run the same command again",
                ) from error
            if is_full(error):
                raise disk_full() from error
            return False


@dataclass(slots=True)
class _Found:
    """What was found besides the rows that went straight into the new catalog.

    Attributes:
        states: Per article, its current version and whether it is removed.
        named: Versions by article that anything names.
        partial: Per article and version, title, url and path of one that is not whole.
        passages: Per article and version, ordinal, start, end and key of passages.
    """

    states: dict[str, tuple[int, int]] = field(default_factory=dict)
    named: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    partial: dict[tuple[str, int], tuple[str, str, str]] = field(default_factory=dict)
    passages: defaultdict[tuple[str, int], dict[int, tuple[int, int, bytes]]] = field(
        default_factory=lambda: defaultdict(dict)
    )


def _take_rows(rows: Iterable[Row], connection: sqlite3.Connection, found: _Found) -> None:
    """Takes each row for what its columns say it is."""
    states: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for row in rows:
        match row.values:
            case (str(article), int(number), str(title), int(), str(), str(), *rest) if (
                row.rowid is not None
            ):
                found.named[article].add(number)
                if row.whole and len(rest) >= 4 and _is_text(rest[3]):
                    connection.execute(
                        "INSERT OR IGNORE INTO versions (article, version, title, date, source,"
                        " authors, url, path, opening, text) VALUES (?,?,?,?,?,?,?,?,?,?)",
                        row.values[:10],
                    )
                else:
                    known = [part if isinstance(part, str) else "" for part in (*rest, "", "")]
                    found.partial[article, number] = (title, known[0], known[1])
            case (None, str(), str(article), int(number), int(ordinal), int(a), int(b), bytes(key),
                  *_) if row.whole:  # fmt: skip
                found.named[article].add(number)
                found.passages[article, number][ordinal] = (a, b, key)
            case (int(embedder), bytes(key), bytes(vector)) if row.whole and _is_unit(vector):
                connection.execute(
                    "INSERT OR IGNORE INTO embeddings (embedder, key, vector) VALUES (?,?,?)",
                    [embedder, key, vector],
                )
            case (None, str(fingerprint)) if row.whole and row.rowid is not None:
                connection.execute(
                    "INSERT OR IGNORE INTO embedders (number, fingerprint) VALUES (?,?)",
                    [row.rowid, fingerprint],
                )
            # Nothing else of the settings: a replica has to ask its server for all steps again.
            case ("embedder", str(value)) if row.whole and row.rowid is None:
                connection.execute(
                    "INSERT OR IGNORE INTO settings (name, value) VALUES ('embedder',?)", [value]
                )
            case (str(article), int(number), int(last)) if row.whole and row.rowid is None:
                states[row.page].append((article, number, last))
    _take_states(states.values(), found)


def _take_states(pages: Iterable[Sequence[tuple[str, int, int]]], found: _Found) -> None:
    """Tells the articles, which end with whether they are removed, from indexes.

    Those end with the number of a row, which is different in each entry and never 0.
    """
    for page in pages:
        last = [entry[2] for entry in page]
        is_articles = set(last) <= {0, 1} and (0 in last or len(last) > 1)
        for article, number, removed in page:
            if _ID.fullmatch(article):
                found.named[article].add(number)
            if is_articles:
                found.states[article] = (number, removed)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_unit(vector: bytes) -> bool:
    """Whether it is a vector of half-precision numbers whose length is 1."""
    if not vector or len(vector) % 2:
        return False
    numbers = struct.unpack(f"<{len(vector) // 2}e", vector)
    return bool(abs(sum(number * number for number in numbers) - 1) < 0.02)  # half precision


def _described(folder: Path) -> dict[str, tuple[str, int]]:
    """What Chroma's tables say of articles, outlet and date, by id; damaged ones say nothing."""
    file = folder / "vectors" / "chroma.sqlite3"
    query = (
        "SELECT a.string_value, s.string_value, d.int_value FROM embedding_metadata a"
        " JOIN embedding_metadata s ON s.id = a.id AND s.key = 'source'"
        " JOIN embedding_metadata d ON d.id = a.id AND d.key = 'date'"
        " WHERE a.key = 'article'"
    )
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            rows = opened.execute(query).fetchall()
    except sqlite3.DatabaseError:
        return {}
    return {
        article: (source or "", date if date and 10**7 < date < 10**8 else 0)
        for article, source, date in rows
        if article and _ID.fullmatch(article)
    }


def _settle(
    connection: sqlite3.Connection, found: _Found, described: Mapping[str, tuple[str, int]]
) -> tuple[tuple[Lost, ...], int]:
    """Keeps the versions that are whole, with passages, and says which articles are lost."""
    saved: defaultdict[str, list[int]] = defaultdict(list)
    versions = connection.execute("SELECT article, version FROM versions ORDER BY 1, 2").fetchall()
    for article, number in versions:
        title, url, path, text = connection.execute(
            "SELECT title, url, path, text FROM versions WHERE article = ? AND version = ?",
            [article, number],
        ).fetchone()
        known = found.passages.pop((article, number), {})
        if any(key_of(embedded_text(title, text[a:b])) != key for a, b, key in known.values()):
            connection.execute(
                "DELETE FROM versions WHERE article = ? AND version = ?", [article, number]
            )
            found.partial[article, number] = (title, url, path)
            continue
        saved[article].append(number)
        connection.executemany(
            "INSERT INTO passages (id, article, version, ordinal, start, end, key, live)"
            " VALUES (?,?,?,?,?,?,?,0)",
            [
                (f"{article}.{number}.{ordinal}", article, number, ordinal, a, b,
                 key_of(embedded_text(title, text[a:b])))
                for ordinal, (a, b) in enumerate(_ranges(text, known))
            ],
        )  # fmt: skip
    for article, numbers in saved.items():
        _, removed = found.states.get(article, (0, 0))
        connection.execute(
            "INSERT INTO articles (id, version, removed) VALUES (?,?,?)",
            [article, max(numbers), removed],
        )
    connection.execute(
        "UPDATE passages SET live = 1 WHERE EXISTS (SELECT 1 FROM articles a WHERE"
        " a.id = article AND a.version = passages.version AND NOT a.removed)"
    )
    _adopt_embeddings(connection)
    lost, lost_versions = [], 0
    for article in described:  # these were live, whatever else of them is gone
        if article not in found.named:
            found.named[article].add(1)
    for article, named in sorted(found.named.items()):
        gone = named.difference(saved[article])
        lost_versions += len(gone)
        kept = max(saved[article], default=0)
        if gone and max(gone) > kept:
            facts = found.partial.get((article, max(gone)))
            facts = facts or next(
                (found.partial[k] for k in found.partial if k[0] == article), None
            )
            source, date = described.get(article, ("", 0))
            lost.append(Lost(article, *(facts or ("", "", "")), source, date, kept))
    return tuple(lost), lost_versions


def _ranges(text: str, known: dict[int, tuple[int, int, bytes]]) -> Sequence[tuple[int, int]]:
    """The passages as they were, or cut anew when not all of them are known."""
    if sorted(known) == list(range(len(known))) and known:
        ranges = [known[ordinal][:2] for ordinal in sorted(known)]
        if not text[ranges[-1][1] :].strip():
            return ranges
    return split_passages(text, split_sentences(text))


def _adopt_embeddings(connection: sqlite3.Connection) -> None:
    """Drops the embeddings of an embedder that nothing names any more: nobody could use them."""
    connection.execute(
        "DELETE FROM embeddings WHERE embedder NOT IN (SELECT number FROM embedders)"
    )


def _count(database: Database) -> tuple[int, int, int, int]:
    row = database.rows(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions),"
        " (SELECT count(*) FROM embeddings), (SELECT count(*) FROM passages WHERE live"
        " AND key NOT IN (SELECT key FROM embeddings))"
    )[0]
    return row[0], row[1], row[2], row[3]


def _set_aside(file: Path) -> Path:
    """Keeps the damaged file with its log under another name; only then lets go of the log."""
    kept = next(
        name
        for number in count(1)
        if not (name := file.with_name(f"catalog.damaged-{number}.sqlite3")).exists()
    )
    for suffix in ("", "-wal"):
        part = file.with_name(f"{file.name}{suffix}")
        if part.exists():
            _link_or_copy(part, kept.with_name(f"{kept.name}{suffix}"))
    for suffix in ("-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
    return kept


def _link_or_copy(file: Path, other: Path) -> None:
    try:
        os.link(file, other)
    except OSError:  # not every file system has links
        shutil.copyfile(file, other)


def _discard(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
