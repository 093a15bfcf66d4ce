"""Opens and loads what answers in the background, while a person already types.

Where it is begun in the background, nothing is loaded anywhere else: a Ctrl-C in the middle of an
import would leave a part of the program behind that cannot be loaded again.
"""

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

Step = Callable[["Assistant"], None]


class Opening:
    """An assistant that is there as soon as it is needed, and earlier where there is time.

    Args:
        make: Opens it.
        load: Loads what an answer needs.
        then: What is done with it afterwards.
        failed: Is told, in the background, why it could not be opened.
    """

    def __init__(
        self,
        make: Callable[[], Assistant],
        load: Step,
        then: Sequence[Step] = (),
        failed: Callable[[DatelineError], None] = lambda _: None,
    ) -> None:
        self._make, self._load, self._then, self._failed = make, load, then, failed
        self._opened, self._loaded = threading.Event(), threading.Event()
        self._assistant: Assistant | None = None
        self._error: DatelineError | None = None
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Begins to open it in the background."""
        self._start(self._work)

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work, daemon=True))
        self._threads[-1].start()

    def _work(self) -> None:
        self._open()
        if self._error is not None:
            self._failed(self._error)
            return
        for step in (self._load_now, *self._then):
            with suppress(DatelineError):  # the first question meets it too, and says it
                step(self.assistant())

    def _open(self) -> None:
        try:
            self._assistant = self._assistant or self._make()
        except DatelineError as error:
            self._error = error
        self._opened.set()

    def _load_now(self, assistant: Assistant) -> None:
        try:
            self._load(assistant)
        finally:
            self._loaded.set()

    def load_again(self) -> None:
        """Loads in the background what answers need by now, after another model was named."""
        if self._threads:
            self._loaded.clear()
            self._start(lambda: self._load_again(self.assistant()))

    def _load_again(self, assistant: Assistant) -> None:
        with suppress(DatelineError):  # the next question meets it too, and says it
            self._load_now(assistant)

    def assistant(self) -> Assistant:
        """The assistant; waits until it is open.

        Raises:
            DatelineError: When it cannot be opened.
        """
        if not self._threads:
            self._open()
        self._opened.wait()
        if self._error is not None:
            raise self._error
        assert self._assistant is not None
        return self._assistant

    def ready(self) -> Assistant:
        """The assistant; waits until all is loaded that an answer needs.

        Raises:
            DatelineError: When it cannot be opened.
        """
        assistant = self.assistant()
        if self._threads:
            self._loaded.wait()
        return assistant

    @property
    def loaded(self) -> bool:
        """Whether all is loaded that an answer needs."""
        return self._loaded.is_set() if self._threads else self._assistant is not None

    @property
    def opened(self) -> Assistant | None:
        """The assistant, when it is open already."""
        return self._assistant

    def close(self) -> bool:
        """Closes it; whether that could be done.

        It must not be closed below a thread that still loads, which is not waited for.
        """
        for thread in self._threads:
            thread.join(_PATIENCE)
        if any(thread.is_alive() for thread in self._threads):
            return False
        if self._assistant is not None:
            self._assistant.close()
        return True
