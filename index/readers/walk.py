"""The files below a folder, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Skipped

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["IGNORED", "walk"]

IGNORED = "ignored"
"""The reason for what a pattern leaves out; it is counted and not listed."""

_FILE = ".datelineignore"


@dataclass(frozen=True, slots=True)
class _Rules:
    """Patterns and the folder that they count from."""

    folder: Path
    patterns: GitIgnoreSpec


def walk(folder: Path, ignore: Sequence[str] = ()) -> Iterator[Path | Skipped]:
    """Yield the regular files of a folder and of the folders in it, sorted by name.

    Names that begin with a full stop are left out. Links are followed; a folder that is reached
    twice, as in a loop of links, is entered once. What cannot be looked at is reported, and what a
    pattern leaves out as `IGNORED`, a folder once for all that is in it.

    Args:
        folder: The folder.
        ignore: Patterns as in a `.gitignore`; a file `.datelineignore` in any folder adds more
            for what is below it, and the deepest that says anything decides.
    """
    waiting: list[tuple[Path, tuple[_Rules, ...]]] = [(folder, _rules(folder, ignore))]
    entered: set[tuple[int, int]] = set()
    while waiting:
        path, rules = waiting.pop()
        try:
            found = path.stat()
            is_folder = stat.S_ISDIR(found.st_mode)
            if _is_ignored(path, rules, is_folder=is_folder):
                yield Skipped(str(path), IGNORED)
                continue
            if is_folder:
                if (found.st_dev, found.st_ino) not in entered:
                    entered.add((found.st_dev, found.st_ino))
                    names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - names sort, paths split
                    below = (*rules, *_rules_of(path)) if _FILE in names else rules
                    waiting += [(path / name, below) for name in names if not name.startswith(".")]
                continue
        except OSError as exc:
            yield Skipped(str(path), (exc.strerror or "cannot be read").lower())
            continue
        if stat.S_ISREG(found.st_mode):
            yield path
        else:
            yield Skipped(str(path), "not a regular file")


def _rules(folder: Path, patterns: Sequence[str]) -> tuple[_Rules, ...]:
    if not patterns:
        return ()
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - seldom needed

    return (_Rules(folder, GitIgnoreSpec.from_lines(patterns)),)


def _rules_of(folder: Path) -> tuple[_Rules, ...]:
    text = (folder / _FILE).read_text(encoding="utf-8", errors="replace")
    return _rules(folder, text.splitlines())


def _is_ignored(path: Path, rules: Sequence[_Rules], *, is_folder: bool) -> bool:
    for rule in reversed(rules):
        if path == rule.folder:
            continue
        inside = path.relative_to(rule.folder).as_posix() + ("/" if is_folder else "")
        decided = rule.patterns.check_file(inside).include
        if decided is not None:
            return decided
    return False
