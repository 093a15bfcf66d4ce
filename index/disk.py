"""What the disk has to say: whether it is full, and whether a folder may be written to."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from pathlib import Path

from index.errors import DiskFull, LibraryReadOnly

__all__ = ["disk_full", "is_full", "is_writable", "read_only"]

# EFBIG is a limit on the size of files (`ulimit -f`), EDQUOT one on what a person may store.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# SQLite tells only ENOSPC from other failures to write; a quota is one of those. When there is no
# room for the file that its connections share, that is where it fails.
_SQLITE_FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}

# How Chroma and tantivy, which only give a text, put the same.
_SAID = re.compile(
    r"No space left|disk is full|quota exceeded|File too large"
    rf"|os error ({errno.ENOSPC}|{errno.EDQUOT}|{errno.EFBIG})\b|\(code: (13|778)\)",
    re.IGNORECASE,
)


def is_full(error: BaseException) -> bool:
    """Whether a failure of the system, of SQLite, of Chroma or of tantivy is for want of room."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FULL
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code in _SQLITE_FULL
    return bool(_SAID.search(str(error)))


def disk_full(articles: int | None = None) -> DiskFull:
    """The error to raise.

    Args:
        articles: How many articles are safely stored, where that is known.
    """
    stored = "" if articles is None else f"; {articles} articles are stored"
    return DiskFull(f"the disk is full{stored}", help="free space and run the same command again")


def is_writable(*paths: Path) -> bool:
    """Whether all of these files and folders may be written to; what is not there may not."""
    return all(os.access(path, os.W_OK) for path in paths)


def read_only(folder: Path) -> LibraryReadOnly:
    """The error to raise when a library has to be changed and cannot be."""
    return LibraryReadOnly(
        f"the library {folder} is read-only",
        help="searching and asking work; to change it, copy it to a folder that you may write to,"
        " or ask whoever keeps it",
    )
