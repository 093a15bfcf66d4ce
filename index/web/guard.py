"""Keeps requests away from addresses that are not public.

A page or a feed names addresses that nobody here has chosen. What they resolve to is looked at
when the connection is made, and the connection is made to just that number, so that a name cannot
resolve to something else in between. No proxy is used: it would resolve names out of sight.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from index.errors import ReadError

__all__ = ["GuardedTransport", "is_public"]

# IPv6 prefixes whose addresses stand for an IPv4 address, which is in their last four bytes.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")

_ERRORS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
    (httpcore.NetworkError, httpx.ReadError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
)


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, whatever form it has."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and (address in _NAT64 or address in _COMPATIBLE):
            inner = ipaddress.IPv4Address(address.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host: {host}") from error
        numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
        # One that is not public is enough: a name that mixes them is up to something.
        if not all(map(is_public, numbers)):
            raise ReadError(
                f"{host} is not on the public internet ({numbers[0]})",
                help="`--allow-private` admits addresses of this machine and network",
            )
        failure: Exception | None = None
        for number in numbers:
            try:
                return self._backend.connect_tcp(
                    number, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"no such host: {host}")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _translated(error) from error

    def close(self) -> None:
        self._stream.close()


class GuardedTransport(httpx.BaseTransport):
    """Carries requests to public addresses, and to no others."""

    def __init__(self) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=_GuardedBackend()
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request; raises `ReadError` when its host is not public."""
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            got = self._pool.handle_request(sent)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _translated(error) from error
        return httpx.Response(
            got.status, headers=got.headers, stream=_Body(got.stream), extensions=got.extensions
        )

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


def _translated(error: Exception) -> httpx.TransportError:
    """The same error as httpx calls it."""
    for kind, same in _ERRORS:
        if isinstance(error, kind):
            return same(str(error))
    return httpx.TransportError(str(error))
