"""One SQLite file: connections, transactions, errors, and its schema.

A file that cannot be written to is read as it stands, and again whenever it has changed.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.disk import disk_full, is_full, is_writable, read_only
from index.errors import LibraryDamaged, LibraryLocked, UsageError
from index.schema import CURRENT, back_up, migrate, version

__all__ = ["Database"]

# How SQLite says that it may not write, or cannot make the files beside the catalog that even
# reading it in WAL mode needs; the rest of an extended code is above the lowest byte.
_NO_WRITING = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
# Less than this is no room for a transaction.
_FULL_BELOW = 1 << 18


class _Held:
    """A thread's connection, which is closed when the thread has ended.

    Attributes:
        connection: The connection.
        stamp: What the file stands at that it reads as it is; None where it follows the file.
        lock: Held while it is in use, so that it is not closed then.
    """

    def __init__(self, connection: sqlite3.Connection, stamp: object) -> None:
        self.connection = connection
        self.stamp = stamp
        self.lock = threading.RLock()
        self.close = weakref.finalize(self, connection.close)


class Database:
    """The SQLite file of a catalog.

    Readers may use it from any thread and any process while one process writes.

    Args:
        file: Where it is; it is made when `create` is true and it is not there.

    Attributes:
        schema: The schema that it has; below `CURRENT`, `upgrade` has to come before all else.

    Raises:
        LibraryDamaged: When the file is not a catalog or cannot be read, or is a newer one.
        UsageError: From every method, when it has been closed.
    """

    def __init__(self, file: Path, *, create: bool = False) -> None:
        self._file = file
        self._create = create
        self._local = threading.local()
        self._all: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._closed = False
        with self._connected() as connection:
            self.schema = version(connection)

    def upgrade(self) -> None:
        """Brings the file to the current schema; an older one is copied and checked first."""
        with self._connected() as connection:
            if self.schema:
                back_up(connection, self._file.with_suffix(f".schema{self.schema}.sqlite3"))
            migrate(connection)
            self.schema = CURRENT

    def close(self) -> None:
        """Closes the connections of all threads, each when what it is doing is done."""
        with self._lock:
            self._closed = True
            held = list(self._all)
        for each in held:
            with each.lock:
                each.close()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a slip of who calls, such as a value that SQLite has no type for; no damage
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            folder = self._file.parent
            if code in _NO_WRITING and self._file.exists():
                full = shutil.disk_usage(folder).free < _FULL_BELOW
                raise (disk_full() if full else read_only(folder)) from error
            if is_full(error):
                raise disk_full() from error
            if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise LibraryLocked(
                    f"another process keeps the catalog {self._file} locked",
                    help="wait until it has finished, and run the same command again",
                ) from error
            raise LibraryDamaged(
                f"the catalog {self._file} cannot be used: {error}",
                help="`dateline repair` saves what can still be read of it;"
                " a backup, if there is one, holds more",
            ) from error

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, in use: SQLite's are not to be shared while they are."""
        with self._translating():
            held = self._held()
            with held.lock:
                if self._closed:
                    raise self._closed_error()
                yield held.connection

    def _held(self) -> _Held:
        held: _Held | None = getattr(self._local, "held", None)
        if held is not None and held.stamp is not None and held.stamp != self._stamp():
            held.close()
            held = None
        if held is None:
            held = _Held(*self._connect())
            with self._lock:
                if self._closed:
                    held.close()
                    raise self._closed_error()
                self._all.add(held)
            self._local.held = held
        return held

    def _closed_error(self) -> UsageError:
        return UsageError(
            f"the library {self._file.parent} is closed",
            help="open it again, and close it when all has been asked",
        )

    def _connect(self) -> tuple[sqlite3.Connection, object]:
        """A connection and, when it only reads the file as it stands, what it stands at."""
        if not self._file.exists() or is_writable(self._file, self._file.parent):
            try:
                return self._opened(self._file, "mode=rwc" if self._create else "mode=rw"), None
            except sqlite3.OperationalError as error:
                # A full disk has no room for the files beside the catalog.
                known = error.sqlite_errorcode & 0xFF in _NO_WRITING or is_full(error)
                if not known or not self._file.exists():
                    raise
        stamp = self._stamp()
        if stamp[1] is None:
            return self._opened(self._file, "mode=ro&immutable=1"), stamp
        try:
            return self._opened(self._file, "mode=ro"), stamp
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NO_WRITING:
                raise
        return self._opened(self._copied(), "mode=rw"), stamp

    def _stamp(self) -> tuple[object, object]:
        """Changes when the file does; the second part is None when all of it is in the file."""
        states: list[object] = []
        for file in (self._file, self._log):
            stat = file.stat() if file.exists() else None
            states.append((stat.st_mtime_ns, stat.st_size) if stat and stat.st_size else None)
        return states[0], states[1]

    @property
    def _log(self) -> Path:
        """SQLite's own name for what is committed and not in the file yet."""
        return self._file.with_name(f"{self._file.name}-wal")

    def _copied(self) -> Path:
        """A copy with its log, for when the log cannot be read in place."""
        folder = Path(tempfile.mkdtemp(prefix="dateline-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        for file in (self._file, self._log):
            shutil.copyfile(file, folder / file.name)
        return folder / self._file.name

    def _opened(self, file: Path, how: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?{how}",
            uri=True,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,  # so that `close` may close them all
        )
        try:
            if "mode=rwc" in how:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA cache_size=-65536")
            connection.execute("PRAGMA schema_version").fetchone()  # the first that really reads
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._connected() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; one writer is made sure of by the library's lock."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    connection.execute("ROLLBACK")
                raise
