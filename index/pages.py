"""Reads the rows of an SQLite file page by page, without trusting what joins the pages.

For files that SQLite itself refuses. A leaf page says by itself what rows it holds, so a damaged
page costs its own rows and no others; the file's header is not needed. The layout is SQLite's
documented one ("Database File Format", sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Row", "rows_of"]

Value = int | float | str | bytes | None

_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INDEX_INNER: Final = 0x02
_USUAL_PAGE: Final = 4096
_LARGEST_PAGE: Final = 65_536
_WAL_MAGIC: Final = {0x377F0682, 0x377F0683}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was found.

    Attributes:
        page: Where it stands, from 1; rows of one page are of one table or index.
        rowid: Its number in a table; None in an index or a table without row numbers.
        values: Its columns; those behind a break are missing.
        whole: Whether all columns are there.
    """

    page: int
    rowid: int | None
    values: tuple[Value, ...]
    whole: bool


class _Broken(Exception):
    """The bytes are not what they should be."""


def rows_of(file: Path) -> Iterator[Row]:
    """The rows of all tables and indexes of an SQLite file, in the order of its pages.

    Args:
        file: The file; what its write-ahead log has committed is taken in.

    Raises:
        OSError: When the file cannot be read.
    """
    pages = _Pages(file)
    for number in range(1, pages.count + 1):
        yield from _rows_on(pages, number)


class _Pages:
    """The pages of a file, those of its write-ahead log first."""

    def __init__(self, file: Path) -> None:
        self._content = _mapped(file)
        log = file.with_name(f"{file.name}-wal")
        logged = log.read_bytes() if log.exists() else b""
        self.size, reserved = _page_size(self._content, logged)
        self.usable = self.size - reserved
        self._newer = dict(_committed(logged, self.size))
        self.count = max([len(self._content) // self.size, *self._newer])

    def __getitem__(self, number: int) -> bytes:
        newer = self._newer.get(number)
        if newer is not None:
            return newer
        page = self._content[(number - 1) * self.size : number * self.size]
        if not 0 < number <= self.count or len(page) < self.size:
            raise _Broken
        return page


def _mapped(file: Path) -> bytes | mmap.mmap:
    """The bytes of a file, which may be larger than the memory."""
    with file.open("rb") as opened:
        if not file.stat().st_size:
            return b""
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def _page_size(content: bytes | mmap.mmap, log: bytes) -> tuple[int, int]:
    """The size of a page and how many bytes of it are reserved, or what is usual."""
    if content[:16] == b"SQLite format 3\0" and len(content) >= 100:
        size = int.from_bytes(content[16:18], "big")
        return (_LARGEST_PAGE if size == 1 else size) or _USUAL_PAGE, content[20]
    if len(log) >= 32 and int.from_bytes(log[:4], "big") in _WAL_MAGIC:
        return int.from_bytes(log[8:12], "big") or _USUAL_PAGE, 0
    return _USUAL_PAGE, 0


def _committed(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """The pages of a log, up to its last commit, the newest of each last."""
    if len(log) < 32 or int.from_bytes(log[:4], "big") not in _WAL_MAGIC:
        return
    salt = log[16:24]
    waiting: list[tuple[int, bytes]] = []
    for at in range(32, len(log) - size - 23, size + 24):
        number, commit = struct.unpack_from(">2I", log, at)
        if log[at + 8 : at + 16] != salt:
            break
        waiting.append((number, log[at + 24 : at + 24 + size]))
        if commit:
            yield from waiting
            waiting = []


def _rows_on(pages: _Pages, number: int) -> Iterator[Row]:
    try:
        page = pages[number]
    except _Broken:
        return
    start = 100 if number == 1 else 0
    kind = page[start]
    if kind not in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER}:
        return
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + (12 if kind == _INDEX_INNER else 8)
    for place in range(first, min(first + 2 * cells, len(page) - 1), 2):
        try:
            row = _row(pages, number, kind, int.from_bytes(page[place : place + 2], "big"))
        except (_Broken, IndexError, OverflowError, struct.error):
            continue
        yield row


def _row(pages: _Pages, number: int, kind: int, at: int) -> Row:
    page, usable = pages[number], pages.usable
    if kind == _INDEX_INNER:
        at += 4
    size, at = _varint(page, at)
    rowid = None
    most = (usable - 12) * 64 // 255 - 23
    if kind == _TABLE_LEAF:
        rowid, at = _varint(page, at)
        most = usable - 35
    local = size
    if size > most:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        local = local if local <= most else least
    payload = page[at : at + local]
    if len(payload) < local:
        raise _Broken
    if size > local:
        follows = int.from_bytes(page[at + local : at + local + 4], "big")
        payload += _overflow(pages, follows, size - local)
    values, whole = _record(payload)
    return Row(number, rowid, values, whole and len(payload) == size)


def _overflow(pages: _Pages, number: int, size: int) -> bytes:
    """What stands on further pages, as far as it can be followed."""
    parts: list[bytes] = []
    seen: set[int] = set()
    while size > 0 and number not in seen:
        seen.add(number)
        try:
            page = pages[number]
        except _Broken:
            break
        part = page[4 : min(pages.usable, 4 + size)]
        parts.append(part)
        size -= len(part)
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(at, at + 8):
        byte = content[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | content[at + 8], at + 9


def _record(payload: bytes) -> tuple[tuple[Value, ...], bool]:
    """The columns of a record, up to the first that cannot be read."""
    end, at = _varint(payload, 0)
    if not 0 < end <= len(payload):
        raise _Broken
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    at = end
    for kind in kinds:
        size = _size(kind)
        content = payload[at : at + size]
        if len(content) < size:
            return tuple(values), False
        try:
            values.append(_value(kind, content))
        except UnicodeDecodeError:
            return tuple(values), False
        at += size
    return tuple(values), True


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]


def _value(kind: int, content: bytes) -> Value:
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", content)[0])
    if kind < 7:
        return int.from_bytes(content, "big", signed=True)
    return content.decode() if kind % 2 else content
