"""The files below a folder, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from index.types import Skipped

__all__ = ["walk"]


def walk(folder: Path) -> Iterator[Path | Skipped]:
    """Yield the regular files of a folder and of the folders in it, sorted by name.

    Names that begin with a full stop are left out. Links are followed; a folder that is reached
    twice, as in a loop of links, is entered once. What cannot be looked at is reported.
    """
    waiting = [folder]
    entered: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        try:
            found = path.stat()
            if stat.S_ISDIR(found.st_mode):
                if (found.st_dev, found.st_ino) not in entered:
                    entered.add((found.st_dev, found.st_ino))
                    names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - names sort, paths split
                    waiting += [path / name for name in names if not name.startswith(".")]
                continue
        except OSError as exc:
            yield Skipped(str(path), (exc.strerror or "cannot be read").lower())
            continue
        if stat.S_ISREG(found.st_mode):
            yield path
        else:
            yield Skipped(str(path), "not a regular file")
