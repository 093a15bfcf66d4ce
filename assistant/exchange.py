"""Sees what LlamaIndex hides of one HTTP exchange with a model.

LlamaIndex passes on the chunks of a stream but not the response they come in. Two things are only
to be had there: whether the stream was ended by its `[DONE]` mark, and the means to hang up at once
when nobody reads on. The clients made here report each response to the exchange that is watching.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import openai

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["Exchange", "async_http_client", "http_client"]

END_MARK = b"[DONE]"
# A compressed stream would hide the mark, and come in lumps.
UNCOMPRESSED = {"Accept-Encoding": "identity"}


@dataclass(slots=True)
class Exchange:
    """One request and its response, the last one where the client tried again.

    Attributes:
        response: The response, or None before there is one.
        ended: Whether the end mark of a stream has come by.
    """

    response: httpx.Response | None = None
    ended: bool = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have the responses that arrive inside the block reported to this exchange."""
        token = _watching.set(self)
        try:
            yield
        finally:
            _watching.reset(token)

    @property
    def content_type(self) -> str:
        """What the response says it is, without parameters."""
        header = self.response.headers.get("content-type", "") if self.response else ""
        return header.partition(";")[0].strip().lower()

    def hang_up(self) -> None:
        """Close the response, and with it the connection if the reply is not all read."""
        if self.response is not None:
            self.response.close()

    async def ahang_up(self) -> None:
        """`hang_up` for a response of the asynchronous client."""
        if self.response is not None:
            await self.response.aclose()


_watching: ContextVar[Exchange | None] = ContextVar("dateline_exchange", default=None)


class _Watched(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of a response, passed on while the end mark is looked for."""

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, by: Exchange) -> None:
        self._stream = stream
        self._by = by
        self._tail = b""

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)
        for chunk in self._stream:
            self._look_at(chunk)
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        async for chunk in self._stream:
            self._look_at(chunk)
            yield chunk

    def close(self) -> None:
        assert isinstance(self._stream, httpx.SyncByteStream)
        self._stream.close()

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        await self._stream.aclose()

    def _look_at(self, chunk: bytes) -> None:
        # The mark stands alone at the very end; the words of a reply are inside of JSON before it.
        self._tail = (self._tail + chunk)[-32:]
        self._by.ended = self._tail.rstrip().endswith(END_MARK)


def http_client() -> httpx.Client:
    """A client with openai's own defaults whose responses are reported."""
    return openai.DefaultHttpxClient(headers=UNCOMPRESSED, event_hooks={"response": [_report]})


def async_http_client() -> httpx.AsyncClient:
    """The asynchronous one.

    It keeps no idle connections: they would belong to the event loop that opened them, and fail
    in the next one when a program calls `asyncio.run` for each question.
    """
    return openai.DefaultAsyncHttpxClient(
        headers=UNCOMPRESSED,
        limits=httpx.Limits(max_keepalive_connections=0),
        event_hooks={"response": [_areport]},
    )


def _report(response: httpx.Response) -> None:
    exchange = _watching.get()
    if exchange is not None:
        exchange.response = response
        exchange.ended = False
        response.stream = _Watched(response.stream, exchange)


async def _areport(response: httpx.Response) -> None:
    _report(response)
