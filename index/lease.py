"""Who may write to a library on a server: one writer at a time, wherever it runs.

The library's record on the server names the writer and says until when it may write. Chroma cannot
compare and set, so a writer puts its name there, waits, and looks whether it still stands.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from index.errors import EndpointError, LibraryLocked
from index.server import Server, State

__all__ = ["leased"]

# A writer that was killed is forgotten after so many seconds; one that lives says so more often.
_TERM, _RENEWAL = 120, 30
# Seconds after which of two writers that came at the same moment the later one has won.
_SETTLING = 0.3
_BETWEEN_LOOKS = 1.0
_NANOSECONDS = 1_000_000_000


@contextmanager
def leased(server: Server, wait: float = 0) -> Iterator[Callable[[], None]]:
    """Holds the right to write to the library on a server.

    Args:
        server: The library's.
        wait: Seconds to wait for another writer.

    Yields:
        What has to be called between batches: it says that the writer lives.

    Raises:
        LibraryLocked: When another writer holds the right, or, from what is yielded, has it now.
    """
    token = secrets.token_hex(8)
    server.connection.patient = True
    try:
        _take(server, token, time.monotonic() + wait)
        renewed = time.monotonic()

        def renew() -> None:
            nonlocal renewed
            if time.monotonic() - renewed < _RENEWAL:
                return
            state = server.state()
            if state.token != token:
                raise _locked(server, state)
            server.set_state(replace(state, until=_end(server)))
            renewed = time.monotonic()

        try:
            yield renew
        finally:
            # What cannot be given back now runs out by itself.
            with suppress(EndpointError):
                state = server.state()
                if state.token == token:
                    server.set_state(replace(state, writer="", token="", until=0))
    finally:
        server.connection.patient = False


def _take(server: Server, token: str, deadline: float) -> None:
    name = f"process {os.getpid()} on {socket.gethostname()}"
    while True:
        state = server.state()
        if not state.token or state.until < server.connection.now():
            server.set_state(replace(state, writer=name, token=token, until=_end(server)))
            time.sleep(_SETTLING)
            state = server.state()
            if state.token == token:
                return
        if time.monotonic() >= deadline:
            raise _locked(server, state)
        time.sleep(_BETWEEN_LOOKS)


def _end(server: Server) -> int:
    return server.connection.now() + _TERM * _NANOSECONDS


def _locked(server: Server, state: State) -> LibraryLocked:
    return LibraryLocked(
        f"{state.writer or 'another process'} is writing to the library {server.address}",
        help="wait until it has finished; searching and asking work meanwhile; a writer that was"
        f" killed is forgotten after {_TERM} seconds",
    )
