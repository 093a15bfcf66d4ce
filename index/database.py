"""One SQLite file: connections, transactions, errors, and its schema."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import LibraryDamaged
from index.schema import CURRENT, back_up, migrate, version

__all__ = ["Database"]


class Database:
    """The SQLite file of a catalog.

    Readers may use it from any thread and any process while one process writes.

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
        """Brings the file to the current schema; an older one is copied and checked first."""
        with self._translating():
            if self.schema:
                back_up(self._connection, self._file.with_suffix(f".schema{self.schema}.sqlite3"))
            migrate(self._connection)
            self.schema = CURRENT

    def close(self) -> None:
        """Closes the connections of all threads."""
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

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._translating():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
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
