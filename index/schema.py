"""The tables of the catalog, and how an older catalog becomes a current one.

The catalog is the truth. Each passage says whether it should be searchable (`live`) and whether
the lexical index and the vector store hold it (`lexical`, `vector`). Those two are set only after
the store has committed, so after a kill at any instant a flag may be behind its store but never
ahead of it; applying the difference again is harmless, since both stores replace by id.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import LibraryDamaged

__all__ = ["CURRENT", "back_up", "migrate", "version"]

_FIRST = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL      -- the current one
) WITHOUT ROWID;

CREATE TABLE versions (
    article TEXT NOT NULL REFERENCES articles (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    date INTEGER NOT NULL,        -- 20250320; 0 where the article states none
    source TEXT NOT NULL,
    authors TEXT NOT NULL,        -- a JSON list
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    opening TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article, version)
);
CREATE INDEX versions_by_date ON versions (date);

CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    key BLOB NOT NULL,            -- hash of the text that is embedded
    live INTEGER NOT NULL DEFAULT 1,
    lexical INTEGER NOT NULL DEFAULT 0,
    vector INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (article, version) REFERENCES versions (article, version)
);
CREATE INDEX passages_by_article ON passages (article, version);
CREATE INDEX passages_without_lexical ON passages (number) WHERE lexical <> live;
CREATE INDEX passages_without_vector ON passages (number) WHERE vector <> live;

CREATE TABLE embedders (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE
);

CREATE TABLE embeddings (
    embedder INTEGER NOT NULL REFERENCES embedders (number),
    key BLOB NOT NULL,
    vector BLOB NOT NULL,         -- float16, little-endian
    UNIQUE (embedder, key)
);
"""

# An article that was removed keeps its versions, so that what was cited can still be shown.
_REMOVAL = "ALTER TABLE articles ADD COLUMN removed INTEGER NOT NULL DEFAULT 0"

# What a server said about a page, so that the next fetch can ask whether it has changed.
_FETCHED = """
CREATE TABLE fetched (
    address TEXT PRIMARY KEY,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL        -- the Last-Modified header as it was sent
) WITHOUT ROWID
"""

# What the server of a shared library holds of each article, as far as this replica knows.
_HEADS = """
CREATE TABLE heads (
    article TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL
) WITHOUT ROWID
"""

# Which articles carry the same report, and what finds out. An article whose sketch is of another
# version than the one that stands has still to be compared.
_COPIES = """
CREATE TABLE sketches (
    article TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE bands (
    band INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);

CREATE TABLE copies (
    article TEXT NOT NULL,
    other TEXT NOT NULL,          -- each pair stands in both orders
    PRIMARY KEY (article, other)
) WITHOUT ROWID
"""

_MIGRATIONS = (_FIRST, _REMOVAL, _FETCHED, _HEADS, _COPIES)

CURRENT = len(_MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the catalog to the current schema, each step in a transaction of its own."""
    for number, script in enumerate(_MIGRATIONS[version(connection) :], version(connection) + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;{script};PRAGMA user_version={number};COMMIT;"
            )
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def version(connection: sqlite3.Connection) -> int:
    """The schema that the catalog has; 0 for one that is new.

    Raises:
        LibraryDamaged: When a newer Dateline wrote the catalog.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > CURRENT:
        raise LibraryDamaged(
            f"the library has schema {found}; this Dateline knows schemas up to {CURRENT}",
            help="upgrade Dateline, or open the library with the version that wrote it",
        )
    return int(found)


def back_up(connection: sqlite3.Connection, file: Path) -> None:
    """Copies the catalog as it stands to another file and checks the copy.

    Raises:
        LibraryDamaged: When the copy is not whole, which means that the catalog is not.
    """
    with closing(sqlite3.connect(file)) as copy:
        connection.backup(copy)
        (finding,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise LibraryDamaged(
            f"the catalog is damaged: {finding}",
            help="`dateline repair` saves what can be read of it",
        )
