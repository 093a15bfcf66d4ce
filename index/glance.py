"""A quick look into a library's folder, for those who cannot wait until it is opened.

Shells ask for names whenever Tab is pressed. Only SQLite is read here; a folder that is no library,
is damaged or belongs to another version has no names.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

__all__ = ["glance_articles", "glance_outlets"]

# Seconds that a writer is waited for.
_PATIENCE = 1

_OUTLETS = (
    "SELECT source, count(*) FROM versions WHERE source != '' GROUP BY source ORDER BY 2 DESC"
)
_ARTICLES = (
    "SELECT a.id, v.title FROM articles a"
    " JOIN versions v ON v.article = a.id AND v.version = a.version"
    " WHERE NOT a.removed AND a.id >= ? AND a.id < ? ORDER BY a.id LIMIT ?"
)


def glance_outlets(folder: Path) -> list[tuple[str, int]]:
    """The outlets with how many texts each has, those with most first."""
    return _rows(folder, _OUTLETS)


def glance_articles(folder: Path, start: str, most: int) -> list[tuple[str, str]]:
    """The ids that begin with something, each with the title of its article.

    Args:
        folder: The library.
        start: How the ids begin.
        most: How many are wanted at the most.
    """
    return _rows(folder, _ARTICLES, start, f"{start}\U0010ffff", most)


def _rows(folder: Path, query: str, *values: object) -> list[Any]:
    address = f"{(folder / 'catalog.sqlite3').absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            return connection.execute(query, values).fetchall()
    except sqlite3.Error:
        return []
