"""Loads what reads while passages are still searched for: a tenth of a second less to wait."""

from __future__ import annotations

import threading
from contextlib import suppress

from index.embed import Reads
from index.errors import DatelineError

__all__ = ["load_ahead"]


def load_ahead(embedder: object) -> None:
    """Begins to load what reads, if the embedder does; what fails, the first answer meets too."""
    if isinstance(embedder, Reads):
        # No daemon: a program that ends while a graph is being loaded would be aborted.
        threading.Thread(target=_load, args=(embedder,)).start()


def _load(reader: Reads) -> None:
    with suppress(DatelineError):
        reader.load_reader()
