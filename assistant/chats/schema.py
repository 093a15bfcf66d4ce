"""The schema of the file that chats are kept in, and the steps from older ones to it."""

from __future__ import annotations

import sqlite3

__all__ = ["APPLICATION", "CURRENT", "migrate"]

# Tells the file from other SQLite files: “Dlct”.
APPLICATION = 0x446C6374

# Times are in UTC. An answer is the JSON of `ask --json`, and is there as far as it has come; what
# it was made from stands beside it, as is what a question was asked with beside the chat.
_FIRST = """
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL DEFAULT '',
    begun TEXT NOT NULL,
    used TEXT NOT NULL,
    scope TEXT NOT NULL
);

CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    begun TEXT NOT NULL,
    answer TEXT,                  -- NULL until there is a part of one
    made TEXT,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX turns_by_chat ON turns (chat);

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    given TEXT NOT NULL,
    good INTEGER NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX feedback_by_turn ON feedback (turn)
"""

_MIGRATIONS = (_FIRST,)

CURRENT = len(_MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to the current schema, each step in a transaction of its own."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, script in enumerate(_MIGRATIONS[version:], version + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;{script};PRAGMA application_id={APPLICATION};"
                f"PRAGMA user_version={number};COMMIT;"
            )
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
