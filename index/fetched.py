"""What servers said of pages that were fetched, so that they can be asked what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.database import Database

__all__ = ["Fetched", "State"]


@dataclass(frozen=True, slots=True)
class State:
    """How a page or a feed's entry was when it was read.

    Attributes:
        address: Its address.
        etag: What the server calls that state, or empty.
        modified: When it was from, as the server or the feed wrote it, or empty.
    """

    address: str
    etag: str = ""
    modified: str = ""


class Fetched:
    """The states that one catalog keeps.

    Args:
        database: The catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, address: str) -> State:
        """How it was when it was read; without etag and date where it never was."""
        rows = self._database.rows(
            "SELECT etag, modified FROM fetched WHERE address = ?", [address]
        )
        return State(address, *rows[0]) if rows else State(address)

    def note(self, states: Iterable[State]) -> None:
        """Keeps states; what they are states of has to be stored before."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?)",
                [(state.address, state.etag, state.modified) for state in states],
            )
