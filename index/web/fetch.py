"""Fetches pages: politely, within limits, and again only when they have changed."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.errors import ReadError

if TYPE_CHECKING:
    import httpx
    from protego import Protego

__all__ = ["Fetcher", "Page", "WebOptions"]

_REDIRECTS = 5
_LARGEST = 20 * 2**20  # bytes, unpacked
_LARGEST_ROBOTS = 512 * 2**10  # what RFC 9309 asks a reader to take at least
_CONNECT, _SILENCE, _WHOLE = 10.0, 20.0, 120.0  # seconds
# Seconds between two requests to one host, and the longest that a host may ask for.
_PAUSE, _LONGEST_WAIT = 0.5, 60.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the web is read.

    Attributes:
        allow_private: Whether addresses of this machine and network may be fetched.
        ignore_robots: Whether to fetch what a site's robots.txt keeps programs from.
        contact: An address under which a site's owner reaches who fetches, or empty.
        pages: Whether the page behind a feed's entry is fetched where the entry is an excerpt.
    """

    allow_private: bool = False
    ignore_robots: bool = False
    contact: str = ""
    pages: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave.

    Attributes:
        address: Where it was found in the end.
        status: 200, or 304 when it has not changed.
        content_type: The media type, lower-case, without parameters.
        charset: The encoding that the server states, or empty.
        body: The content, unpacked.
        etag: What the server calls this state of it, or empty.
        modified: When it says that it changed, as it was sent, or empty.
    """

    address: str
    status: int
    content_type: str = ""
    charset: str = ""
    body: bytes = field(default=b"", repr=False)
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches one page after another.

    Args:
        options: How.
        sleep: Waits for seconds.
    """

    def __init__(self, options: WebOptions, *, sleep: Callable[[float], None] = time.sleep) -> None:
        import httpx  # noqa: PLC0415 - only addresses need it

        from index.web.guard import GuardedTransport  # noqa: PLC0415 - likewise

        self._options = options
        self._sleep = sleep
        self.name = f"Dateline/{version('dateline')}"
        contact = f" (+{options.contact})" if options.contact else ""
        self._client = httpx.Client(
            transport=httpx.HTTPTransport() if options.allow_private else GuardedTransport(),
            headers={"User-Agent": self.name + contact, "Accept": "*/*;q=0.8"},
            timeout=httpx.Timeout(_SILENCE, connect=_CONNECT),
            follow_redirects=False,
            trust_env=False,
        )
        self._robots: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def close(self) -> None:
        """Closes all connections."""
        self._client.close()

    def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Page:
        """What an address gives, redirects followed.

        Args:
            address: The address.
            etag: What the server called the state of it that is known.
            modified: When that state was from, as the server sent it.

        Raises:
            ReadError: When it cannot or may not be fetched, or is too large.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in known.items() if value}
        seen: set[str] = set()
        for _ in range(_REDIRECTS + 1):
            self._check(address)
            if address in seen:
                raise ReadError("redirects in a circle")
            seen.add(address)
            page, target = self._get(address, headers, _LARGEST)
            if target is None:
                return page
            address = urljoin(address, target)
        raise ReadError(f"redirects more than {_REDIRECTS} times")

    def _check(self, address: str) -> None:
        """Raises unless the address may be asked for."""
        try:
            parts = urlsplit(address)
            port_is_one = parts.port != 0
        except ValueError as error:
            raise ReadError("not an address") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_one:
            raise ReadError("not an address of the web", help="it begins with http:// or https://")
        if "@" in parts.netloc:
            raise ReadError("an address with a password in it", help="leave the password out")
        if not self._options.ignore_robots and not self._may(address):
            raise ReadError(
                f"{parts.hostname} asks programs not to read this (robots.txt)",
                help="`--ignore-robots` reads it all the same; make sure that you may",
            )

    def _may(self, address: str) -> bool:
        """Whether the site's robots.txt lets us; after RFC 9309.

        No file means yes; a server that fails means no.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        rules = self._robots[site]
        return rules is not None and rules.can_fetch(address, self.name)

    def _read_robots(self, site: str) -> Protego | None:
        from protego import Protego  # noqa: PLC0415 - only addresses need it

        address = f"{site}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            page, target = self._get(address, {}, _LARGEST_ROBOTS, robots=True)
            if target is None:
                break
            address = urljoin(address, target)
        if page.status >= 500 or page.status == 429:
            return None
        text = page.body.decode(errors="replace") if page.status == 200 else ""
        return Protego.parse(text)

    def _get(
        self, address: str, headers: Mapping[str, str], largest: int, *, robots: bool = False
    ) -> tuple[Page, str | None]:
        """One answer, and where it redirects to.

        For a robots.txt a failure is an answer, too, and what is too long is cut.
        """
        import httpx  # noqa: PLC0415 - see above

        host = urlsplit(address).netloc
        for last_try in (False, True):
            self._wait_for(host)
            try:
                with self._client.stream("GET", address, headers=headers) as got:
                    self._last[host] = time.monotonic()
                    if got.status_code in _MOVED and "location" in got.headers:
                        return Page(address, got.status_code), got.headers["location"]
                    if got.status_code in _BUSY and not last_try and self._waits(got):
                        continue
                    if got.status_code not in {200, 304} and not robots:
                        raise ReadError(_refusal(got.status_code))
                    return self._page(address, got, largest, cut=robots), None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ReadError(_failure(error)) from error
        raise AssertionError("the second try returns or raises")

    def _page(self, address: str, got: httpx.Response, largest: int, *, cut: bool) -> Page:
        kind, _, parameters = got.headers.get("content-type", "").partition(";")
        began, parts, size = time.monotonic(), [], 0
        for part in got.iter_bytes() if got.status_code == 200 else ():
            size += len(part)
            if size > largest and cut:
                break
            if size > largest:
                raise ReadError(f"larger than {largest >> 20} MB")
            if time.monotonic() - began > _WHOLE:
                raise ReadError(f"takes longer than {_WHOLE:.0f} seconds")
            parts.append(part)
        return Page(
            address,
            got.status_code,
            kind.strip().lower(),
            got.charset_encoding or "" if parameters else "",
            b"".join(parts),
            got.headers.get("etag", ""),
            got.headers.get("last-modified", ""),
        )

    def _wait_for(self, host: str) -> None:
        """Leaves a pause between two requests to one host."""
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < _PAUSE:
            self._sleep(_PAUSE - since)

    def _waits(self, got: httpx.Response) -> bool:
        """Waits as long as a busy server asks for, if that is not too long."""
        asked = got.headers.get("retry-after", "")
        if asked.isdecimal():
            seconds = float(asked)
        else:
            try:
                seconds = email.utils.parsedate_to_datetime(asked).timestamp() - time.time()
            except ValueError:
                return False
        if seconds > _LONGEST_WAIT:
            return False
        self._sleep(max(seconds, 0.0))
        return True


def _refusal(status: int) -> str:
    match status:
        case 401 | 402 | 403 | 451:
            return f"the server refuses it (status {status}); it may want a subscription"
        case 404 | 410:
            return f"there is no such page (status {status})"
        case 429:
            return "the server asks to come back later (status 429)"
    return f"the server {'fails' if status >= 500 else 'answers'} (status {status})"


def _failure(error: Exception) -> str:
    import httpx  # noqa: PLC0415 - see above

    said = " ".join(str(error).split())
    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.ConnectError):
        if "CERTIFICATE" in said.upper():
            return f"its certificate is not valid: {said}"
        if said.startswith("no such host") or "Name or service" in said:
            return "there is no such host"
        return f"the server cannot be reached: {said}"
    if isinstance(error, httpx.DecodingError):
        return "its content is packed in a way that cannot be unpacked"
    return f"the connection failed: {said or type(error).__name__}"
