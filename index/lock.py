"""Who may write to a library, and who may touch its Chroma folder.

Two locks, both released by the operating system when a process dies:

- the writer's lock: one process at a time may change a library;
- the vector store's lock: any number of processes may search the Chroma folder, or one may write
  it. Chroma's local mode is not made for several processes, and even opening a folder writes to
  it, so no process touches the folder without this lock.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.disk import disk_full, is_full, read_only
from index.errors import LibraryLocked

__all__ = ["reading_vectors", "writing", "writing_vectors"]


@contextmanager
def writing(folder: Path, wait: float = 0) -> Iterator[None]:
    """Holds the writer's lock of the library in `folder`.

    Args:
        folder: The library.
        wait: Seconds to wait for another writer.

    Raises:
        LibraryLocked: When another process still holds it; the message says which.
        LibraryReadOnly: When nothing may be written to the folder.
        DiskFull: When not even the lock can be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - readers never need it

    holder = folder / "writer.json"
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as timeout:
        raise LibraryLocked(
            f"{_describe(holder)} is writing to the library {folder}",
            help="wait until it has finished; searching and asking work meanwhile",
        ) from timeout
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        if folder.is_dir():
            raise read_only(folder) from error
        raise
    try:
        _sign(holder)
        yield
    finally:
        with suppress(OSError):  # it only describes; the lock is what holds
            holder.unlink(missing_ok=True)
        lock.release()


def _sign(holder: Path) -> None:
    """Says who is writing, for others to read; where there is no room for that, it is left out."""
    who = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "since": time.strftime("%H:%M:%S"),
    }
    with suppress(OSError):
        holder.write_text(json.dumps(who), encoding="utf-8")


def _describe(holder: Path) -> str:
    """Who holds the lock: what was left by a process that has ended here is not about that."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        who = json.loads(holder.read_text(encoding="utf-8"))
        if who["host"] != socket.gethostname() or _runs(int(who["pid"])):
            return (
                f"process {who['pid']} on {who['host']} (`{who['command']}`, since {who['since']})"
            )
    return "another process"


def _runs(process: int) -> bool:
    """Whether a process of this machine is there; where that cannot be told, it is."""
    if os.name == "nt":  # there, signal 0 is not a question
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


@contextmanager
def reading_vectors(folder: Path, wait: float) -> Iterator[bool]:
    """Holds the vector store's lock for searching; yields False when a writer has it.

    Args:
        folder: The library.
        wait: Seconds to wait for the writer's current batch.
    """
    from filelock import ReadWriteLock, Timeout  # noqa: PLC0415 - see `writing`

    lock = ReadWriteLock(folder / "vectors.lock", is_singleton=False)
    try:
        lock.acquire_read(timeout=wait)
    except Timeout:
        lock.close()
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
        lock.close()


@contextmanager
def writing_vectors(folder: Path) -> Iterator[None]:
    """Holds the vector store's lock for one batch of changes, waiting for searches to end."""
    from filelock import ReadWriteLock  # noqa: PLC0415 - see `writing`

    lock = ReadWriteLock(folder / "vectors.lock", is_singleton=False)
    lock.acquire_write()
    try:
        yield
    finally:
        lock.release()
        lock.close()
