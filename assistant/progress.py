"""How far indexing is, on standard error: one line that changes, or one line a stage."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, TextIO

from assistant.render.library import progress_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Progress

__all__ = ["ProgressLine"]

# Seconds between two changes of the line.
_EVERY = 0.1
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Listens to indexing and shows it.

    Args:
        stream: Where it is shown.
        live: Whether that is a terminal, on which a line can change.
        clock: Seconds from any beginning.
    """

    def __init__(
        self, stream: TextIO, *, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._live = live
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._shown = -math.inf

    def __call__(self, progress: Progress) -> None:
        """Shows how far it is."""
        now = self._clock()
        if progress.stage != self._stage:
            self.end()
            self._stage, self._began, self._shown = progress.stage, now, -math.inf
            if not self._live:
                self._stream.write(f"{progress_text(progress, 0)} …\n")
                self._stream.flush()
        if self._live and (now - self._shown >= _EVERY or progress.done == progress.total):
            self._shown = now
            self._stream.write(_CLEAR + progress_text(progress, now - self._began))
            self._stream.flush()

    def end(self) -> None:
        """Leaves the line of the last stage as it is."""
        if self._live and self._stage:
            self._stream.write("\n")
            self._stream.flush()
        self._stage = ""
