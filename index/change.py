"""How a library is changed: by one process at a time, and saying what is safe when it stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.disk import disk_full
from index.errors import DatelineError, DiskFull
from index.lock import writing

__all__ = ["changing"]


@contextmanager
def changing(catalog: Catalog, folder: Path, wait: float = 0) -> Iterator[None]:
    """Holds the writer's lock; when the disk is full, says how much is stored.

    Args:
        catalog: The library's.
        folder: The library.
        wait: Seconds to wait for another writer.

    Raises:
        LibraryLocked: When another process holds the lock.
        LibraryReadOnly: When nothing may be written to the folder.
        DiskFull: When there is no room for the change, with the number of articles stored.
    """
    try:
        with writing(folder, wait):
            yield
    except DiskFull as error:
        raise disk_full(_stored(catalog)) from error


def _stored(catalog: Catalog) -> int | None:
    try:
        return catalog.counts()["articles"]
    except DatelineError:  # on some systems not even reading works on a full disk
        return None
