"""A program in a pseudo-terminal whose screen can be read as text, at any size."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from prefork import Prefork

__all__ = ["Terminal"]

_PATIENCE = 60


class _Screen(pyte.HistoryScreen):
    """Answers what programs ask of terminals, such as where the cursor is."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        super().__init__(columns, lines, history=10_000)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Terminal:
    """A program that runs in a terminal of some size.

    Args:
        words: The command with its words; only the words where there is a `prefork`.
        columns: Of the terminal.
        lines: Likewise.
        prefork: What starts it; None starts it as a shell would.
        how: Environment and folder.

    Attributes:
        raw: All that the program wrote, escapes included.
    """

    def __init__(
        self,
        words: list[str],
        *,
        columns: int = 80,
        lines: int = 24,
        prefork: Prefork | None = None,
        **how,
    ) -> None:
        how.setdefault("env", os.environ)
        if prefork is not None:
            self.child = prefork.start(words, lines=lines, columns=columns, **how)
        else:
            self.child = pexpect.spawn(
                words[0], words[1:], dimensions=(lines, columns), encoding="utf-8", timeout=1, **how
            )
        self.child.delaybeforesend = None
        self.raw = ""
        self._screen = _Screen(columns, lines, self.child.send)
        self._stream = pyte.Stream(self._screen)

    # what is seen

    @property
    def lines(self) -> list[str]:
        """The lines of the screen without white space at their ends, down to the last one."""
        lines = [line.rstrip() for line in self._screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)

    @property
    def scrolled(self) -> str:
        """What has left the screen at the top, and what is on it."""
        above = (
            "".join(line[x].data for x in range(self._screen.columns)).rstrip()
            for line in self._screen.history.top
        )
        return "\n".join([*above, *self.lines])

    def faces(self, words: str) -> set[tuple[str, bool]]:
        """The colours and the reversal of the letters of words that are on the screen."""
        for y, line in enumerate(self._screen.display):
            if words in line:
                cells = [self._screen.buffer[y][line.index(words) + x] for x in range(len(words))]
                return {(cell.fg, cell.reverse) for cell in cells}
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def look(self, seconds: float = 0.1) -> None:
        """Takes up what the program writes in that time."""
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                piece = self.child.read_nonblocking(1 << 16, timeout=left)
                self.raw += piece
                self._stream.feed(piece)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return

    def wait_for(self, what: str | re.Pattern[str] | Callable[[str], bool]) -> str:
        """Waits until something is on the screen; returns what is there then."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self.look()
            if _found(what, self.text):
                return self.text
            if not self.child.isalive():
                self.look()
                if _found(what, self.text):
                    return self.text
                break
        raise AssertionError(f"{what!r} never came. The screen:\n{self.text}")

    def wait_for_prompt(self) -> str:
        """Waits until a line can be typed, and nothing stands in it."""
        return self.wait_for(lambda text: bool(re.search(r"^>$", text, re.MULTILINE)))

    def left(self) -> int:
        """Waits for the end of the program; its exit code."""
        end = time.monotonic() + _PATIENCE
        while self.child.isalive() and time.monotonic() < end:
            self.look()
        self.look()
        self.child.close()
        assert self.child.signalstatus is None, self.text
        return self.child.exitstatus

    # what is typed

    def type(self, text: str) -> None:
        """Types letters and keys."""
        self.child.send(text)

    def enter(self, text: str) -> None:
        """Types a line and sends it."""
        self.child.send(f"{text}\r")

    def interrupt(self) -> None:
        """Types Ctrl-C."""
        self.child.send("\x03")

    def resize(self, columns: int, lines: int) -> None:
        """Gives the terminal another size; unlike some, this one does not break lines anew."""
        self.look()
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def close(self) -> None:
        """Ends the program, whatever it does."""
        if not self.child.closed:
            if self.child.isalive():
                self.child.kill(signal.SIGKILL)
                self.child.wait()
            self.child.close()


def _found(what: str | re.Pattern[str] | Callable[[str], bool], text: str) -> bool:
    if isinstance(what, str):
        return what in text
    if isinstance(what, re.Pattern):
        return what.search(text) is not None
    return what(text)
