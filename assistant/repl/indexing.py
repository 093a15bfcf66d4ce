"""Indexes while a chat goes on, or before its next line where nothing can go on beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.render.library import embedded_text, progress_text, report_text
from assistant.render.messages import error_text
from index.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from assistant.cost import Tariff
    from index.library import Library
    from index.types import Progress
    from index.web.fetch import WebOptions

__all__ = ["Indexer"]

# Seconds that another writer is waited for.
_PATIENCE = 5.0
# Passages that are embedded while a person waits; before more, it is said what was added.
_SOON = 250


class _Stopped(Exception):
    """Indexing was told to end; what is indexed already stays."""


class Indexer:
    """Indexes one thing at a time, in the background.

    Args:
        library: The library; waits until it is open.
        web: How addresses are fetched.
        tariff: What embedding costs, or None where it costs nothing; it is asked for once the
            articles can be searched by their words.
        tell: Is told, in the background, what was added, where embedding then takes long, and how
            it ended.
        moved: Is told, in the background, whenever it got further.
        shown: Where nothing can go on in the background: is told how far it is, and `begin`
            returns when all is done.
    """

    def __init__(
        self,
        library: Callable[[], Library],
        web: Callable[[], WebOptions],
        tariff: Callable[[Library], Tariff | None],
        *,
        tell: Callable[[str], None] = lambda _: None,
        moved: Callable[[], None] = lambda: None,
        shown: Callable[[Progress], None] | None = None,
    ) -> None:
        self._library, self._web, self._tariff = library, web, tariff
        self._tell, self._moved, self._shown = tell, moved, shown
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._progress: Progress | None = None

    @property
    def goes_on(self) -> bool:
        """Whether something is being indexed."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, paths: Sequence[str], *, agreed: bool) -> str:
        """Begins, or does it all; returns what is to be said of it.

        Raises:
            UsageError: When something is being indexed already.
            DatelineError: When it is done at once, and cannot be done.
        """
        if self._shown is not None:
            return self._index(paths, self._shown, agreed=agreed)
        if self.goes_on:
            raise UsageError("something is being indexed", help="/index stop ends it")
        self._stop.clear()
        self._progress = None
        self._thread = threading.Thread(target=self._work, args=(paths, agreed), daemon=True)
        self._thread.start()
        return "Indexing; questions can be asked meanwhile.\n"

    def _index(
        self, paths: Sequence[str], listener: Callable[[Progress], None], *, agreed: bool
    ) -> str:
        library = self._library()
        left = library.pending().passages
        report = library.add(
            *paths, embed=False, web=self._web(), wait=_PATIENCE, listener=listener
        )
        tariff, pending = self._tariff(library), library.pending()
        if tariff is not None and pending.passages and not agreed:
            return (
                f"{report_text(report)}{tariff.asks(pending)}\n  /index --yes PATH agrees to that\n"
            )
        told = self._shown is None and pending.passages > _SOON
        if told:
            self._tell(report_text(report, waiting=pending.passages))
        ceiling, before = tariff.ceiling if tariff else None, library.embedder.tokens
        new = pending.passages - left
        embedded = 0
        try:
            # In two steps: what is new can be found by its vectors before all else is embedded.
            for most in (new, None) if 0 < new < pending.passages else (None,):
                embedded += library.embed(
                    listener=listener, ceiling=ceiling, wait=_PATIENCE, most=most
                )
        except DatelineError:
            if not told and self._shown is None:
                self._tell(report_text(report))
            raise
        tokens = library.embedder.tokens - before
        cost = tariff.spent(tokens) if tariff and tokens else ""
        report = replace(report, embedded=embedded, tokens=tokens)
        return embedded_text(report, cost) if told else report_text(report, cost)

    def _work(self, paths: Sequence[str], agreed: bool) -> None:
        try:
            said = self._index(paths, self._listen, agreed=agreed)
        except _Stopped:
            return
        except DatelineError as error:
            said = error_text(error)
        except OSError as error:
            said = error_text(DatelineError(str(error)))
        finally:
            self._progress = None
        self._tell(said)

    def _listen(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._progress = progress
        self._moved()

    def so_far(self) -> str:
        """How far it is; empty when nothing is being indexed."""
        if not self.goes_on:
            return ""
        return progress_text(self._progress, 0) if self._progress else "looking for articles"

    def stop(self) -> bool:
        """Ends what goes on at the next step; whether there was anything."""
        goes_on = self.goes_on and not self._stop.is_set()
        self._stop.set()
        return goes_on

    def close(self, patience: float) -> bool:
        """Ends what goes on; whether it has ended within that many seconds."""
        self.stop()
        if self._thread is not None:
            self._thread.join(patience)
        return not self.goes_on
