"""Sees what LlamaIndex hides of one HTTP exchange with a model, and sets its limits.

LlamaIndex passes on the chunks of a stream but not the response they come in. Some things are only
to be had there: whether the stream was ended by its `[DONE]` mark, what came instead of a stream,
and the means to hang up at once when nobody reads on. The clients made here report each response to
the exchange that is watching.

They are also stricter than openai's own: they follow no redirect, since a question with its
passages would go where nobody sent it; they do not ask twice what took too long once; and they read
no more than a reply can have.
"""

from __future__ import annotations

import re
import ssl
import time
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
import openai

from index.endpoint import retry_after
from index.errors import ServerFailed, TimedOut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from index.endpoint import Endpoint
    from index.errors import EndpointError

__all__ = ["Abandoned", "Exchange", "async_http_client", "http_client"]

END_MARK = b"[DONE]"
STREAM = "text/event-stream"
TAIL = 1024
# A compressed stream would come in lumps.
UNCOMPRESSED = {"Accept-Encoding": "identity"}
# Nothing that answers at all takes longer to connect to.
CONNECT = 10.0
# Connections that are kept for the next question.
IDLE = 2
# Longer waits are for the person to decide.
LONGEST_WAIT = 30.0
# A chunk of a stream has some hundred bytes, and a reasoning model may send a hundred thousand.
MOST_OF_A_LINE = 1 << 20
MOST_OF_A_STREAM = 1 << 26
# How the lines of a stream begin, with or without a byte order mark.
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:data|event|id|retry|[a-z]+)?:")


class Abandoned(openai.OpenAIError):
    """Reading on makes no sense; of openai's own kind, so that its client does not try again."""

    def __init__(self, reason: EndpointError) -> None:
        super().__init__(reason.message)
        self.reason = reason


@dataclass(slots=True)
class Exchange:
    """One request and its response, the last one where the client tried again.

    Attributes:
        who: The endpoint, as messages call it.
        deadline: When the reply has to be complete, in seconds of the monotonic clock.
        allowed: How many seconds that were, for the message.
        response: The response, or None before there is one.
        streamed: Whether the reply is to be a stream.
        tail: The last that came of a stream.
        body: What came instead of a stream.
    """

    who: str = "the model's endpoint"
    deadline: float = float("inf")
    allowed: float = float("inf")
    response: httpx.Response | None = None
    streamed: bool = False
    tail: bytes = b""
    body: bytes = b""

    @classmethod
    def to(cls, endpoint: Endpoint | None) -> Exchange:
        """One that begins now."""
        if endpoint is None:
            return cls()
        return cls(endpoint.label, time.monotonic() + endpoint.deadline, endpoint.deadline)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have the responses that arrive inside the block reported to this exchange."""
        token = _watching.set(self)
        try:
            yield
        finally:
            _watching.reset(token)

    @property
    def ended(self) -> bool:
        """Whether the end mark of a stream has come by.

        It stands alone at the very end; the words of a reply are inside of JSON before it.
        """
        return self.tail.rstrip().endswith(END_MARK)

    @property
    def content_type(self) -> str:
        """What the response says it is, without parameters."""
        header = self.response.headers.get("content-type", "") if self.response else ""
        return header.partition(";")[0].strip().lower()

    def begin(self, response: httpx.Response) -> _Watched:
        """Note a response that begins; its bytes are to be read through what is returned."""
        self.response, self.tail, self.body = response, b"", b""
        self.streamed = response.is_success and b'"stream":true' in response.request.content
        stream = _Watched(response.stream, self, _decoder(response, self.who))
        # What is read through it is not compressed any more.
        response.headers.pop("content-encoding", None)
        return stream

    def hang_up(self) -> None:
        """Close the response, and with it the connection if the reply is not all read."""
        if self.response is not None:
            self.response.close()

    async def ahang_up(self) -> None:
        """`hang_up` for a response of the asynchronous client."""
        if self.response is not None:
            await self.response.aclose()


_watching: ContextVar[Exchange | None] = ContextVar("dateline_exchange", default=None)


@dataclass
class _Watched(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of a response, passed on within limits while the end mark is looked for."""

    _stream: httpx.SyncByteStream | httpx.AsyncByteStream
    _by: Exchange
    _decoder: Any = None
    _line: int = field(default=0, init=False)
    _total: int = field(default=0, init=False)
    _is_stream: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)
        for chunk in self._stream:
            yield from self._looked_at(chunk)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        async for chunk in self._stream:
            for part in self._looked_at(chunk):
                yield part

    def close(self) -> None:
        assert isinstance(self._stream, httpx.SyncByteStream)
        self._stream.close()

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        await self._stream.aclose()

    def _looked_at(self, chunk: bytes) -> Iterator[bytes]:
        if time.monotonic() > self._by.deadline:
            raise Abandoned(
                TimedOut(
                    f"{self._by.who} was not done after {self._by.allowed:g} s",
                    help="ask again, or allow more time with --deadline",
                )
            )
        for part in self._unpacked(chunk):
            if not self._total:
                self._is_stream = self._by.streamed and bool(_LINE.match(part) or self._is_typed)
            self._measure(part)
            self._by.tail = (self._by.tail + part)[-TAIL:]
            if self._is_stream or not self._by.streamed:
                yield part
            else:  # openai's client would look for a stream in it, and take long over that
                self._by.body += part

    @property
    def _is_typed(self) -> bool:
        return self._by.content_type == STREAM

    def _unpacked(self, chunk: bytes) -> Iterator[bytes]:
        """The chunk as it was before a server compressed it that was asked not to."""
        if self._decoder is None:
            yield chunk
            return
        try:
            while chunk:
                yield self._decoder.decompress(chunk, MOST_OF_A_LINE)
                chunk = self._decoder.unconsumed_tail
        except zlib.error as error:
            raise Abandoned(
                ServerFailed(
                    f"{self._by.who} sent a reply that cannot be unpacked", help="ask again"
                )
            ) from error

    def _measure(self, part: bytes) -> None:
        self._total += len(part)
        before, end, after = part.rpartition(b"\n")
        longest = max(self._line + len(before), len(after)) if end else self._line + len(after)
        self._line = len(after) if end else longest
        most = MOST_OF_A_STREAM if self._is_stream else MOST_OF_A_LINE
        if longest > MOST_OF_A_LINE or self._total > most:
            raise Abandoned(
                ServerFailed(
                    f"{self._by.who} sent more than a reply can have ({self._total:,} bytes)",
                    help="check that the address is that of an OpenAI-compatible service",
                )
            )


def _decoder(response: httpx.Response, who: str) -> Any:
    """What undoes the compression that nobody asked for, or None."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise Abandoned(
        ServerFailed(
            f"{who} sent a reply packed as {encoding[:20]!r}, which was not asked for",
            help="check what stands between here and the endpoint",
        )
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes 10 ms, which no question waits for."""
    return httpx.create_ssl_context()


class _Client(openai.DefaultHttpxClient):
    """Does not ask a second time what nobody answered in time."""

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        try:
            return super().send(request, **how)
        except httpx.ReadTimeout as error:
            raise openai.APITimeoutError(request) from error


class _AsyncClient(openai.DefaultAsyncHttpxClient):
    """The same for callers that await."""

    async def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        try:
            return await super().send(request, **how)
        except httpx.ReadTimeout as error:
            raise openai.APITimeoutError(request) from error


def http_client(timeout: float) -> httpx.Client:
    """A client whose responses are reported, and read within limits."""
    return _Client(
        headers=UNCOMPRESSED,
        event_hooks={"response": [_report]},
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=IDLE),
        timeout=_patience(timeout),
        verify=_trusted(),
    )


def async_http_client(timeout: float) -> httpx.AsyncClient:
    """The asynchronous one.

    It keeps no idle connections: they would belong to the event loop that opened them, and be
    left open when that ends.
    """
    return _AsyncClient(
        headers=UNCOMPRESSED,
        event_hooks={"response": [_areport]},
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=0),
        timeout=_patience(timeout),
        verify=_trusted(),
    )


def _patience(timeout: float) -> httpx.Timeout:
    return httpx.Timeout(timeout, connect=min(timeout, CONNECT))


def _report(response: httpx.Response) -> None:
    wait = retry_after(response)
    if wait is not None and wait > LONGEST_WAIT:
        response.headers["x-should-retry"] = "false"  # what openai's client goes by
    exchange = _watching.get() or Exchange()
    response.stream = exchange.begin(response)


async def _areport(response: httpx.Response) -> None:
    _report(response)
