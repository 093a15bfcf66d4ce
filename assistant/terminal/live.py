"""Prints to a terminal or a pipe; on a terminal also what is there only for a moment.

What is there for a moment stands behind what stays: a sentence while it is written, or a line that
says what goes on. It is overwritten in place by what comes next, in one go and without being wiped
first, so that nothing flickers.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable
from typing import TextIO

from assistant.render.layout import columns

__all__ = ["Live"]

# Seconds after which it is said what goes on.
_PATIENCE = 0.5
# Seconds after which it is said how long it has been going on.
_LONG = 3.0
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x1b\x07]*(?:\x1b\\|\x07))")


def _terminal_size() -> tuple[int, int]:
    size = shutil.get_terminal_size()
    return size.columns, size.lines


class Live:
    """The two streams of a program, of which either may be a terminal.

    Args:
        out: Where answers go.
        err: Where everything else goes.
        moves: Whether the terminal's cursor can be moved.
        faint: Makes a text less important.
        size: The columns and lines of the terminal.
        clock: Seconds from any beginning.
    """

    def __init__(
        self,
        out: TextIO,
        err: TextIO,
        *,
        moves: bool = True,
        faint: Callable[[str], str] = lambda text: text,
        size: Callable[[], tuple[int, int]] = _terminal_size,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out, self._err = out, err
        terminals = [stream for stream in (out, err) if stream.isatty()] if moves else []
        self._screen = terminals[0] if terminals else None
        self._faint = faint
        self._size, self._clock = size, clock
        self._lock = threading.RLock()
        self._column = 0
        self._shown = ""
        self._shown_at = (0, 0)
        self._doing = ""
        self._since = 0.0
        self._changed = threading.Condition(self._lock)
        self._ticking: threading.Thread | None = None

    def write(self, text: str) -> None:
        """Prints a part of an answer."""
        self._stay(self._out, text)

    def warn(self, text: str) -> None:
        """Prints what is not part of an answer."""
        self._stay(self._err, text)

    def at_start(self) -> None:
        """Goes to the start of a line, where something else takes the terminal over."""
        self.doing("")
        if self._column:
            self.warn("\n")
        self._column = 0

    def preview(self, text: str) -> None:
        """Shows, until the next text comes, what the answer will go on with."""
        if self._screen is not None and self._screen is self._out:
            with self._lock:
                self._doing = ""
                self._show(text)

    def doing(self, what: str) -> None:
        """Says what goes on, once that has taken half a second; empty when it is over."""
        if self._screen is None:
            return
        with self._lock:
            if what == self._doing:
                return
            if not what:
                self._show("")
            self._doing, self._since = what, self._clock()
            if what and self._ticking is None:
                self._ticking = threading.Thread(target=self._tick, daemon=True)
                self._ticking.start()
            self._changed.notify()

    def _tick(self) -> None:
        """Shows what goes on and for how long, for as long as the program runs."""
        with self._lock:
            while True:
                if not self._doing:
                    self._changed.wait()
                    continue
                passed = self._clock() - self._since
                if passed < _PATIENCE:
                    self._changed.wait(_PATIENCE - passed)
                    continue
                took = f" {passed:.0f} s" if passed >= _LONG else ""
                line = f"{self._doing} …{took}"[: max(self._size()[0] - 1, 8)]
                self._show(("\n" if self._column else "") + self._faint(line))
                self._changed.wait(1.0)

    # the screen

    def _stay(self, stream: TextIO, text: str) -> None:
        if not text:
            return
        with self._lock:
            self._doing = ""
            if self._screen is None or not stream.isatty():
                if self._shown:
                    self._show("")
            else:
                text = self._instead(text)
                self._shown = ""
            stream.write(text)
            stream.flush()
            if self._screen is not None and stream.isatty():
                self._column = self._after(text)

    def _after(self, text: str) -> int:
        """The column where a text ends that begins where the last one ended."""
        before, newline, line = _ESCAPE.sub("", text).rpartition("\n")
        return columns(line) + (0 if newline or before else self._column)

    def _show(self, text: str) -> None:
        """Shows a text for the moment, in the place of the one shown until now."""
        assert self._screen is not None
        width, height = self._size()
        # What is taller than the terminal could not be taken back.
        if text == self._shown or text.count("\n") >= height - 1:
            return
        self._screen.write(self._instead(text))
        self._screen.flush()
        self._shown, self._shown_at = text, (width, height)

    def _instead(self, text: str) -> str:
        """What puts a text in the place of what is shown for the moment."""
        if not self._shown:
            return text
        width, height = self._size()
        rows = self._shown.count("\n")
        if width < self._shown_at[0] or rows >= height:
            # Narrower lines were broken or cut, by rules of the terminal's own: what is shown
            # cannot be found again, and so it stays.
            self._column = 0
            return f"\r\n{text.removeprefix(chr(10))}" if text else "\r\n"
        up = f"\x1b[{rows}A" if rows else ""
        text = text.replace("\n", "\x1b[K\n")
        return f"{up}\x1b[{self._column + 1}G{text}\x1b[J"
