"""Opens and loads what answers in the background, while a person already types."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import DatelineError

if TYPE_CHECKING:
    from assistant.app import Assistant

__all__ = ["Opening"]

# Seconds that leaving waits for something that is being loaded.
_PATIENCE = 0.2


class Opening:
    """An assistant that is there as soon as it is needed, and earlier where there is time.

    Args:
        make: Opens it.
        steps: What is done with it afterwards, in the order in which it is of use.
        failed: Is told, in the background, why it could not be opened.
    """

    def __init__(
        self,
        make: Callable[[], Assistant],
        steps: Sequence[Callable[[Assistant], None]] = (),
        failed: Callable[[DatelineError], None] = lambda _: None,
    ) -> None:
        self._make, self._steps, self._failed = make, steps, failed
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self._error: DatelineError | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begins to open it in the background."""
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            opened = self.assistant()
        except DatelineError as error:
            self._failed(error)
            return
        for step in self._steps:
            with suppress(DatelineError):  # the first question meets it too, and says it
                step(opened)

    def assistant(self) -> Assistant:
        """The assistant; waits until it is open.

        Raises:
            DatelineError: When it cannot be opened.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            if self._assistant is None:
                try:
                    self._assistant = self._make()
                except DatelineError as error:
                    self._error = error
                    raise
            return self._assistant

    @property
    def opened(self) -> Assistant | None:
        """The assistant, when it is open already."""
        return self._assistant

    def close(self) -> bool:
        """Closes it; whether that could be done.

        It must not be closed below a thread that still loads, which is not waited for.
        """
        if self._thread is not None:
            self._thread.join(_PATIENCE)
            if self._thread.is_alive():
                return False
        if self._assistant is not None:
            self._assistant.close()
        return True
