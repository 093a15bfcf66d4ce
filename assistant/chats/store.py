"""The file that the chats of one library are kept in.

Every sentence is written when it comes, so that a kill loses at most the one that is being written.
Several chats may be kept in it at the same time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from assistant.chats.forms import answer_text, made_text, parse_scope, parse_turn, scope_text
from assistant.chats.schema import APPLICATION, CURRENT, migrate
from assistant.chats.values import ChatInfo, KeptChat, Rating
from assistant.repl.scope import Scope
from assistant.types import Turn
from index.errors import DatelineError, ReadError, UsageError

__all__ = ["ChatStore", "ChatsUnusable", "chats_file"]

# Seconds that another chat's writing is waited for.
_PATIENCE = 10

_HEAD = (
    "SELECT c.id, c.title, c.used, count(t.id),"
    " (SELECT asked FROM turns WHERE chat = c.id ORDER BY id LIMIT 1)"
)
_FROM = "FROM chats c JOIN turns t ON t.chat = c.id AND NOT t.undone"
_LIST = f"{_HEAD} {_FROM} GROUP BY c.id ORDER BY c.used DESC, c.id DESC"
_ONE = f"{_HEAD}, c.scope {_FROM} WHERE c.id = ? GROUP BY c.id"
_TURNS = (
    "SELECT id, asked, answer, made FROM turns"
    " WHERE chat = ? AND NOT undone AND answer IS NOT NULL ORDER BY id"
)
_LAST = (
    "SELECT asked, answer IS NOT NULL FROM turns"
    " WHERE chat = ? AND NOT undone ORDER BY id DESC LIMIT 1"
)
_RATINGS = (
    "SELECT f.good, f.note, f.given, t.asked, t.answer"
    " FROM feedback f JOIN turns t ON t.id = f.turn"
    " WHERE f.id IN (SELECT max(id) FROM feedback GROUP BY turn) AND t.answer IS NOT NULL"
    " ORDER BY f.id"
)


class ChatsUnusable(DatelineError):
    """The file of the chats cannot be used."""


def chats_file(library: Path | str, state: Path) -> Path:
    """Where the chats of a library are kept.

    Args:
        library: The library's folder, or its address on a server.
        state: The folder for what belongs to the person, for libraries that cannot be written to.
    """
    place = Path(library) if isinstance(library, Path) else None
    if place is not None:
        file = place / "chats.sqlite3"
        writable = os.access(place, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
        if writable or not place.exists():
            return file
        library = str(place.absolute())
    return state / "chats" / f"{hashlib.sha256(str(library).encode()).hexdigest()[:16]}.sqlite3"


class ChatStore:
    """The chats of one library.

    Args:
        file: Where they are kept; it is made when something is kept.

    Raises:
        ChatsUnusable: Every method does when the file is damaged, of a newer version, or cannot
            be written to.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    @contextmanager
    def _open(self, *, make: bool = False) -> Iterator[sqlite3.Connection | None]:
        """A connection, or None where nothing was kept yet; what is done with it is kept whole."""
        if not make and not self.file.exists():
            yield None
            return
        try:
            if make and not self.file.exists():
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.touch(0o600)
            with closing(sqlite3.connect(self.file, timeout=_PATIENCE)) as connection:
                connection.execute("PRAGMA foreign_keys=ON")
                connection.execute("PRAGMA secure_delete=ON")  # what is removed is gone
                self._check(connection)
                with connection:
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise ChatsUnusable(
                f"the chats in {self.file} cannot be used: {error}",
                help="move that file away, and a new one is made",
            ) from error

    def _check(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if version > CURRENT or (version and application != APPLICATION):
            raise ChatsUnusable(
                f"the chats in {self.file} have schema {version}; this Dateline knows schemas up to"
                f" {CURRENT}",
                help="upgrade Dateline",
            )
        if version < CURRENT:
            migrate(connection)

    # keeping

    def begin(self, scope: Scope) -> int:
        """Makes a chat; returns the number that names it."""
        with self._open(make=True) as connection:
            assert connection is not None
            now = _now()
            row = connection.execute(
                "INSERT INTO chats (begun, used, scope) VALUES (?, ?, ?) RETURNING id",
                (now, now, scope_text(scope)),
            ).fetchone()
            return int(row[0])

    def ask(self, chat: int, question: str, scope: Scope) -> int:
        """Keeps a question; returns the number of its turn."""
        with self._open(make=True) as connection:
            assert connection is not None
            now = _now()
            connection.execute(
                "UPDATE chats SET used = ?, scope = ? WHERE id = ?", (now, scope_text(scope), chat)
            )
            row = connection.execute(
                "INSERT INTO turns (chat, asked, begun) VALUES (?, ?, ?) RETURNING id",
                (chat, question, now),
            ).fetchone()
            return int(row[0])

    def answer(self, number: int, turn: Turn, instead_of: int | None = None) -> None:
        """Keeps an answer as far as it has come.

        Args:
            number: The number of the turn.
            turn: The turn.
            instead_of: The number of a turn that this one takes the place of.
        """
        with self._open(make=True) as connection:
            assert connection is not None
            connection.execute(
                "UPDATE turns SET answer = ?, made = ? WHERE id = ?",
                (answer_text(turn.answer), made_text(turn), number),
            )
            connection.execute("UPDATE turns SET undone = 1 WHERE id = ?", (instead_of,))

    def undo(self, number: int) -> None:
        """Notes that a turn was taken back."""
        with self._open(make=True) as connection:
            assert connection is not None
            connection.execute("UPDATE turns SET undone = 1 WHERE id = ?", (number,))

    def rename(self, chat: int, title: str) -> None:
        """Gives a chat a title."""
        with self._open(make=True) as connection:
            assert connection is not None
            connection.execute("UPDATE chats SET title = ? WHERE id = ?", (title, chat))

    def rate(self, number: int, *, good: bool, note: str) -> None:
        """Keeps what somebody thinks of an answer."""
        with self._open(make=True) as connection:
            assert connection is not None
            connection.execute(
                "INSERT INTO feedback (turn, given, good, note) VALUES (?, ?, ?, ?)",
                (number, _now(), good, note),
            )

    def remove(self, chat: int) -> None:
        """Removes a chat with all that was said and thought of it."""
        with self._open() as connection:
            if connection is not None:
                connection.execute("DELETE FROM chats WHERE id = ?", (chat,))

    # looking

    def chats(self) -> list[ChatInfo]:
        """The chats that have a question, those used last first."""
        with self._open() as connection:
            rows = connection.execute(_LIST).fetchall() if connection is not None else []
        return [_info(row) for row in rows]

    def find(self, reference: str) -> ChatInfo:
        """A chat by its number or words of its title; the one used last where nothing names it.

        Raises:
            UsageError: When none or more than one fits.
        """
        chats = self.chats()
        if not reference.strip() and chats:
            return chats[0]
        exact = [chat for chat in chats if str(chat.number) == reference.strip()]
        words = reference.strip().lower()
        fitting = exact or [chat for chat in chats if words and words in chat.title.lower()]
        if len(fitting) == 1:
            return fitting[0]
        which = ", ".join(str(chat.number) for chat in fitting)
        raise UsageError(
            f"several chats fit “{reference}”: {which}" if fitting else "there is no such chat",
            help="name one by its number; `dateline chats` or /sessions lists them",
        )

    def load(self, chat: int) -> KeptChat:
        """A chat with all that was said and not taken back.

        Raises:
            UsageError: When there is no such chat.
        """
        with self._open() as connection:
            row = None if connection is None else connection.execute(_ONE, (chat,)).fetchone()
            if connection is None or row is None:
                raise UsageError(f"there is no chat {chat}", help="/sessions lists them")
            *head, scope = row
            kept = connection.execute(_TURNS, (chat,)).fetchall()
            last, answered = connection.execute(_LAST, (chat,)).fetchone()
        turns: dict[int, Turn] = {}
        for number, asked, answer, made in kept:
            try:
                turns[number] = parse_turn(asked, answer, made)
            except ReadError:  # one answer that cannot be read leaves the others
                continue
        lost = len(kept) - len(turns)
        return KeptChat(
            _info(head), parse_scope(scope), turns, lost, unanswered="" if answered else last
        )

    def ratings(self) -> Iterator[Rating]:
        """What was thought of answers, oldest first; the last thought about each counts."""
        with self._open() as connection:
            rows = connection.execute(_RATINGS).fetchall() if connection is not None else []
        for good, note, given, asked, answer in rows:
            try:
                turn = parse_turn(asked, answer, None)
            except ReadError:
                continue
            yield Rating(bool(good), note, dt.datetime.fromisoformat(given), turn.answer)


def _info(row: Sequence[Any]) -> ChatInfo:
    number, title, used, questions, first = row
    heading = title or " ".join((first or "").split())
    return ChatInfo(number, heading, dt.datetime.fromisoformat(used), questions)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
