"""Waits until something that is watched has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.intake import is_address
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
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


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
    from watchfiles import watch  # noqa: PLC0415 - only watching needs it

    addresses = tuple(path for path in paths if is_address(path))
    roots = [Path(path) for path in paths if not is_address(path)]
    due = time.monotonic() + minutes * 60
    if not roots:
        while True:
            time.sleep(max(0.0, due - time.monotonic()))
            due = time.monotonic() + minutes * 60
            yield Round(addresses)
    # A file that is replaced is another file: its folder has to be watched.
    folders = {root if root.is_dir() else root.absolute().parent for root in roots}
    unseen = {str(root) for root in roots}
    for changes in watch(
        *folders,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        raise_interrupt=True,
        ignore_permission_denied=True,
    ):
        touched = {Path(path) for _, path in changes}
        again = failed()
        asked = unseen | set(again.changed)
        asked |= {str(path) for path in _wanted(roots, ignore, touched)}
        unseen = set()
        gone = {str(p) for p in touched if not p.exists() and _is_below(p, roots)}
        if addresses and time.monotonic() >= due:
            due = time.monotonic() + minutes * 60
            asked |= set(addresses)
        if asked or gone or again.gone:
            yield Round(tuple(sorted(asked)), tuple(sorted(gone | set(again.gone))))


def _wanted(roots: Sequence[Path], ignore: Sequence[str], touched: set[Path]) -> Iterator[Path]:
    """Of the files that were touched those that are there and not ignored, each once."""
    for root in roots:
        if root.is_dir():
            below = {path for path in touched if path.is_relative_to(root.absolute())}
            if not below:
                continue
            for found in walk(root.absolute(), ignore):
                if not isinstance(found, Skipped) and found in below:
                    yield found
        elif root.absolute() in touched and root.exists():
            yield root.absolute()


def _is_below(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.is_relative_to(root.absolute()) for root in roots)
