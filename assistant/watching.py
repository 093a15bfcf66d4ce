"""Waits until something that is watched has changed."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.intake import is_address
from index.readers.place import place_of
from index.readers.walk import walk
from index.types import Skipped

__all__ = ["Round", "rounds"]

# Milliseconds of quiet after which a change is taken for complete, and the longest wait for it.
_QUIET, _LONGEST = 500, 3_000
# Milliseconds after which it looks around even when nothing was reported.
_LOOK = 2_000


@dataclass(frozen=True, slots=True)
class Round:
    """What has to be looked at again.

    Attributes:
        changed: Files that are new or changed, and addresses that are due.
        gone: Files and folders that are no longer there.
        lost: Of what is watched, what has gone away as a whole since the last look, or holds no
            file any more; nothing of it is in `gone`.
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def rounds(
    paths: Sequence[str],
    ignore: Sequence[str],
    minutes: float,
    failed: Callable[[], Round],
) -> Iterator[Round]:
    """Yields what has changed, whenever something has, for ever; first of all everything.

    What changed between the last look and the moment from which the system reports changes is
    thus not missed.

    Args:
        paths: Files, folders and addresses.
        ignore: Patterns of what to leave out of folders.
        minutes: After how long addresses are looked at again.
        failed: Gives what has to be tried again from the round before.
    """
    addresses = tuple(path for path in paths if is_address(path))
    roots = {Path(place_of(path)): path for path in paths if not is_address(path)}
    due = time.monotonic() + minutes * 60
    if not roots:
        while True:
            time.sleep(max(0.0, due - time.monotonic()))
            due = time.monotonic() + minutes * 60
            yield Round(addresses)
    # A file that is replaced is another file: its folder has to be watched.
    folders = {root: root if root.is_dir() else root.parent for root in roots}
    before = {root for root, folder in folders.items() if _is_there(root, folder, ignore)}
    for touched, anew in _touched(set(folders.values())):
        again = failed()
        there = {root for root, folder in folders.items() if _is_there(root, folder, ignore)}
        # Nobody told what happened meanwhile to what is there again: it is looked at as a whole.
        back = there if anew else there - before
        gone = {str(path) for path in touched if not path.exists()} | set(again.gone)
        asked = {roots[root] for root in back} | set(again.changed)
        asked |= {str(path) for path in _wanted(roots, ignore, touched)}
        if addresses and time.monotonic() >= due:
            due = time.monotonic() + minutes * 60
            asked |= set(addresses)
        found = Round(
            tuple(sorted(asked)),
            tuple(sorted(path for path in gone if _is_below(path, there, roots))),
            tuple(sorted(map(str, before - there))),
        )
        before = there
        if found != Round():
            yield found


def _touched(folders: Collection[Path]) -> Iterator[tuple[set[Path], bool]]:
    """Yields for ever what was touched below some folders, or nothing after a while.

    When a folder has become another, as when a drive comes back, watching begins anew. Beside
    what was touched stands whether it has begun since the last time.
    """
    from watchfiles import watch  # noqa: PLC0415 - only watching needs it

    while True:
        known = {folder: _folder(folder) for folder in folders}
        there = [folder for folder, known_as in known.items() if known_as]
        if not there:
            time.sleep(_LOOK / 1_000)
            yield set(), False
            continue
        anew = True
        for changes in watch(
            *there,
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            raise_interrupt=True,
            ignore_permission_denied=True,
        ):
            yield {Path(path) for _, path in changes}, anew
            anew = False
            if any(_folder(folder) != known_as for folder, known_as in known.items()):
                break


def _folder(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another in its place; None when there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None


def _is_there(root: Path, folder: Path, ignore: Sequence[str]) -> bool:
    """Whether there is a folder to look for files in; one that holds none at all is not.

    Its drive may not be connected, which is no sign that all its files were deleted.
    """
    if _folder(folder) is None:
        return False
    return root != folder or next(walk(root, ignore), None) is not None


def _wanted(
    roots: Iterable[Path], ignore: Sequence[str], touched: Collection[Path]
) -> Iterator[Path]:
    """Of the files that were touched those that are there and not ignored, each once."""
    for root in roots:
        if root.is_dir():
            below = {path for path in touched if path.is_relative_to(root)}
            if not below:
                continue
            for found in walk(root, ignore):
                if not isinstance(found, Skipped) and found in below:
                    yield found
        elif root in touched and root.exists():
            yield root


def _is_below(path: str, there: Collection[Path], roots: Iterable[Path]) -> bool:
    """Whether a path is below what is watched and there, and below nothing that is not."""
    above = [root for root in roots if Path(path).is_relative_to(root)]
    return bool(above) and all(root in there for root in above)
