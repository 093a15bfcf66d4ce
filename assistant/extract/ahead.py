"""Loads what reads while passages are still searched for: a tenth of a second less to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from index.embed import Doubts, Reads
from index.errors import DatelineError

__all__ = ["load_ahead"]


def load_ahead(embedder: object, *, writes: bool) -> None:
    """Begins to load what reads, if the embedder does; what fails, the first answer meets too.

    Args:
        embedder: What may read.
        writes: Whether a model writes the answer, so that it is checked and not put together.
    """
    if writes and isinstance(embedder, Doubts):
        load = embedder.load_doubter
    elif not writes and isinstance(embedder, Reads):
        load = embedder.load_reader
    else:
        return
    # No daemon: a program that ends while a graph is being loaded would be aborted.
    threading.Thread(target=_load, args=(load,)).start()


def _load(load: Callable[[], None]) -> None:
    with suppress(DatelineError):
        load()
