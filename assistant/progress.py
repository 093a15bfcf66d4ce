"""How far indexing is, on standard error: one line that changes, or a line a stage in a log."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, TextIO

from assistant.render.library import progress_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Progress

__all__ = ["CountLine", "ProgressLine"]

# Seconds between two changes of the line.
_EVERY = 0.1
# Seconds after which a log gets another line of the same stage: embedding takes hours.
_LOGGED = 300.0
# Seconds between two counts on a terminal, and in a log.
_COUNTED, _COUNTED_LOG = 0.2, 30.0
_CLEAR = "\r\x1b[K"


class _Line:
    """A line that changes on a terminal, and is written anew now and then in a log.

    Args:
        stream: Where it is shown.
        live: Whether that is a terminal, on which a line can change.
        quiet: Whether nothing is shown at all.
        clock: Seconds from any beginning.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        live: bool,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream, self._live, self._quiet, self._clock = stream, live, quiet, clock
        self._shown = -math.inf

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class ProgressLine(_Line):
    """Listens to indexing and shows it; its arguments are those of every line."""

    _stage = ""
    _began = 0.0

    def __call__(self, progress: Progress) -> None:
        """Shows how far it is."""
        if self._quiet:
            return
        now = self._clock()
        new = progress.stage != self._stage
        if new:
            self.end()
            self._stage, self._began = progress.stage, now
        urgent = new or bool(progress.note) or (self._live and progress.done == progress.total)
        if not urgent and now - self._shown < (_EVERY if self._live else _LOGGED):
            return
        self._shown = now
        text = progress_text(progress, now - self._began)
        self._write(_CLEAR + text if self._live else f"{text} …\n")

    def say(self, what: str) -> None:
        """Shows a clause about something that takes long, on a line of its own."""
        if not self._quiet:
            self._write(f"{_CLEAR if self._live and self._stage else ''}{what}\n")

    def end(self) -> None:
        """Leaves the line of the last stage as it is."""
        if self._live and self._stage:
            self._write("\n")
        self._stage = ""


class CountLine(_Line):
    """How much of something is done; its arguments are those of every line."""

    _stands = False

    def show(self, text: str) -> None:
        """Shows how far it is, unless that was done just now."""
        now = self._clock()
        if self._quiet or now - self._shown < (_COUNTED if self._live else _COUNTED_LOG):
            return
        self._shown = now
        self._stands = self._live
        self._write(f"{_CLEAR}{text}" if self._live else f"{text}\n")

    def clear(self) -> None:
        """Takes the line away, where something else is printed."""
        if self._stands:
            self._write(_CLEAR)
            self._stands, self._shown = False, -math.inf

    def end(self) -> None:
        """Leaves the line as it is."""
        if self._stands:
            self._write("\n")
        self._stands, self._shown = False, -math.inf
