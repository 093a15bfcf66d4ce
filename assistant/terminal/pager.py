"""Long texts at a terminal, and texts that are edited: the programs that people chose for that."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import UsageError

__all__ = ["edited", "paged"]

_PAGERS = ("less", "more")
_EDITORS = ("sensible-editor", "nano", "vim", "vi", "emacs", "notepad")
# less: colours and links as they are; leave when all fits.
_LESS = ("-R", "-F")


@contextmanager
def _left_alone() -> Iterator[None]:
    """Ctrl-C is the other program's while it has the terminal."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _command(chosen: str, usual: Sequence[str]) -> list[str]:
    """The words of the command that was chosen, or of the first usual one that there is."""
    try:
        words = shlex.split(chosen)
    except ValueError:  # a quotation mark is not closed
        words = []
    if words and shutil.which(words[0]):
        return words
    return next(([name] for name in usual if shutil.which(name)), [])


def paged(text: str, line: int, chosen: str = "") -> bool:
    """Shows a text in a pager; whether there is one.

    Args:
        text: The text.
        line: The line, counted from 0, that is to be seen; 0 begins at the top.
        chosen: The pager that its user prefers.
    """
    words = _command(chosen, _PAGERS)
    if not words:
        return False
    # The line is shown a third down, so that it is seen what stands before it.
    first = line - shutil.get_terminal_size().lines // 3
    name = Path(words[0]).name
    words += _LESS if name == "less" else ()
    words += [f"+{first + 1}"] if first > 0 and name in _PAGERS else []
    with _left_alone(), subprocess.Popen(words, stdin=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - what its user chose
        try:
            process.communicate(text)
        except BrokenPipeError:
            process.wait()
    return process.returncode not in {126, 127}


def edited(text: str, chosen: str = "") -> str:
    """What becomes of a text in an editor.

    Raises:
        UsageError: When there is no editor, or it failed.
    """
    words = _command(chosen, _EDITORS)
    if not words:
        raise UsageError("there is no editor", help="name one in EDITOR")
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        file = Path(folder) / "question.txt"
        file.write_text(text, "utf-8")
        with _left_alone():
            code = subprocess.run([*words, file], check=False).returncode  # noqa: S603 - likewise
        if code:
            raise UsageError(f"the editor {words[0]} ended with {code}", help="try EDITOR=nano")
        return file.read_text("utf-8", errors="replace")
