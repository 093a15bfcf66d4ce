"""The connection to a Chroma server: two collections, retries, time-outs, and errors.

This is the only file that talks to Chroma's HTTP client.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from index.address import ServerAddress
from index.errors import (
    AuthenticationFailed,
    DatelineError,
    LibraryDamaged,
    NoLibrary,
    RateLimited,
    ServerFailed,
    TimedOut,
    Unreachable,
    UsageError,
)

__all__ = ["Connection"]

_T = TypeVar("_T")

# Seconds: to connect, and to answer.
_CONNECT, _ANSWER = 5.0, 60.0
# A call that fails because the server is away or busy is made again after so many seconds; all
# calls replace by id, so repeating one changes nothing. A writer bridges a restart of the server,
# a reader has its replica to go on with.
_WRITING = (0.3, 0.6, 1.2, 2.4, 4.8)
_READING = (0.2,)

_SPACE = {"hnsw": {"space": "cosine", "ef_search": 200}}


class Connection:
    """Reaches the collections of one library; connects at the first call.

    Args:
        address: Where the library is.
        token: What the server lets one in by, or empty.

    Attributes:
        address: Where the library is.
        patient: Whether to wait for a server that is away for some seconds.

    Raises:
        UsageError: When a token would be sent so that others can read it.
        AuthenticationFailed: From every method, when the server refuses the token.
        Unreachable: From every method, when the server cannot be reached.
        TimedOut: From every method, when it does not answer in time.
        RateLimited: From every method, when it asks to slow down, again and again.
        ServerFailed: From every method, when it fails.
        LibraryDamaged: From every method, when a collection is gone.
    """

    def __init__(self, address: ServerAddress, token: str = "") -> None:
        if token and not address.is_private:
            raise UsageError(
                f"the token for {address} would be sent unencrypted",
                help="use an address that begins with https://",
            )
        self.address = address
        self.patient = False
        self._token = token
        self._client: Any = None
        self._opened: dict[str, Any] = {}

    def close(self) -> None:
        """Ends the connection; the next call makes another."""
        if self._client is not None:
            for session in _sessions(self._client):
                session.close()
            self._client.close()
        self._client = None
        self._opened = {}

    def passages(self, method: str, **arguments: Any) -> Any:
        """Calls a method of the collection of passages."""
        return self._call(lambda: getattr(self._collection(""), method)(**arguments))

    def articles(self, method: str, **arguments: Any) -> Any:
        """Calls a method of the collection of articles."""
        return self._call(lambda: getattr(self._collection(".articles"), method)(**arguments))

    def create(self) -> None:
        """Makes both collections where there are none."""
        for ending in ("", ".articles"):
            self._call(
                lambda ending=ending: self._connected().get_or_create_collection(  # type: ignore[misc]
                    self.address.name + ending, embedding_function=None, configuration=_SPACE
                )
            )

    def described(self) -> tuple[str, dict[str, Any]]:
        """The id of the collection of articles, and its metadata as they are now.

        Raises:
            NoLibrary: When there is none.
        """

        def look() -> tuple[str, dict[str, Any]]:
            self._opened.clear()
            try:
                collection = self._collection(".articles")
            except LibraryDamaged as error:
                raise NoLibrary(
                    f"there is no library at {self.address}",
                    help="`dateline index PATH` makes one; `--library` names another place",
                ) from error
            return str(collection.id), collection.metadata or {}

        return self._call(look)

    def now(self) -> int:
        """The server's clock, in nanoseconds: the writers' own may differ."""
        return self._call(lambda: int(self._connected().heartbeat()))

    def _connected(self) -> Any:
        if self._client is None:
            import httpx  # noqa: PLC0415 - it takes a while

            from index.chroma import Settings, chromadb  # noqa: PLC0415 - likewise

            bearer = {"Authorization": f"Bearer {self._token}", "X-Chroma-Token": self._token}
            headers = bearer if self._token else None
            timeout = httpx.Timeout(_ANSWER, connect=_CONNECT)
            # Chroma's client would wait for ever for a server that does not answer.
            url = f"{self.address.origin}/api/v2/heartbeat"
            httpx.get(url, headers=headers, timeout=timeout).raise_for_status()
            client: Any = chromadb.HttpClient(
                host=self.address.host,
                port=self.address.port,
                ssl=self.address.scheme == "https",
                headers=headers,
                tenant=self.address.tenant,
                database=self.address.database,
                settings=Settings(anonymized_telemetry=False),
            )
            for session in _sessions(client):
                session.timeout = timeout
            self._client = client
        return self._client

    def _collection(self, ending: str) -> Any:
        if ending not in self._opened:
            with self._translating():
                self._opened[ending] = self._connected().get_collection(
                    self.address.name + ending, embedding_function=None
                )
        return self._opened[ending]

    def _call(self, what: Callable[[], _T]) -> _T:
        for pause in _WRITING if self.patient else _READING:
            try:
                with self._translating():
                    return what()
            except (Unreachable, TimedOut, RateLimited, ServerFailed):
                time.sleep(pause)
        with self._translating():
            return what()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except DatelineError:
            raise
        # Chroma's client raises a bare Exception for an answer that is not Chroma's.
        except Exception as error:
            translated = _translated(error, self.address)
            if translated is None:
                raise
            raise translated from error


def _sessions(client: Any) -> tuple[Any, Any]:
    """The two HTTP sessions of a Chroma client, which has no settings of its own for them."""
    return client._server._session, client._admin_client._server._session  # noqa: SLF001


def _translated(  # noqa: PLR0911 - one for each kind
    error: Exception, address: ServerAddress
) -> DatelineError | None:
    import httpx  # noqa: PLC0415 - see `Connection._connected`

    from index.chroma import errors  # noqa: PLC0415 - likewise

    said = " ".join(str(error).split())[:200]
    check = "check the address, the network, and that `chroma run` is running there"
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(f"{address.origin} does not answer in time", help="try again later")
    if isinstance(error, httpx.TransportError) or "Could not connect to a Chroma" in said:
        return Unreachable(f"the server {address.origin} cannot be reached", help=check)
    refused = isinstance(error, httpx.HTTPStatusError) and error.response.status_code in {401, 403}
    if refused or isinstance(error, errors.ChromaAuthError | errors.AuthorizationError):
        return AuthenticationFailed(
            f"{address.origin} refuses the token",
            help="set DATELINE_LIBRARY_TOKEN, or the key of this server under [keys]",
        )
    if isinstance(error, errors.RateLimitError):
        return RateLimited(f"{address.origin} asks to slow down: {said}", help="try again later")
    if isinstance(error, errors.NotFoundError):
        return LibraryDamaged(
            f"the library {address} is no longer whole: {said}",
            help="somebody removed a part of it; `dateline index` makes it again",
        )
    if isinstance(error, errors.ChromaError | httpx.HTTPError | ValueError) or (
        type(error) is Exception
    ):
        return ServerFailed(f"{address.origin} failed: {said or 'without a word'}", help=check)
    return None
