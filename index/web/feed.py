"""Feeds: RSS and Atom, and JSON Feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.errors import ReadError
from index.readers.decode import fold

__all__ = ["Entry", "Feed", "is_feed", "read_feed"]

_BEGINNING = 1024  # bytes within which a feed says that it is one
_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.IGNORECASE)
_JSON_FEED = b"https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        link: The address of the article.
        title: Its headline, or empty.
        date: When it was published, as the feed writes it, or empty.
        authors: Names as the feed writes them.
        html: The whole article where the feed carries it, else an excerpt.
        whole: Whether it is the whole.
        stamp: What changes when the entry does.
    """

    link: str
    title: str
    date: str
    authors: tuple[str, ...]
    html: str
    whole: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the outlet's name for it, and its entries."""

    title: str
    entries: tuple[Entry, ...]


def is_feed(content_type: str, body: bytes) -> bool:
    """Whether what was fetched is a feed, whatever the server calls it."""
    start = body[:_BEGINNING]
    if content_type == "application/feed+json" or _JSON_FEED in start.replace(b"\\/", b"/"):
        return True
    if b"<html" in start.lower():
        return False
    return bool(_ROOT.search(start)) or "rss" in content_type or "atom" in content_type


def read_feed(body: bytes, address: str, content_type: str = "", charset: str = "") -> Feed:
    """The feed that was fetched.

    Args:
        body: What the server sent.
        address: Where it was found; links are read from there.
        content_type: The media type that the server states.
        charset: The encoding that the server states, or empty.

    Raises:
        ReadError: When it cannot be read as one.
    """
    if body.lstrip()[:1] == b"{":
        return _json_feed(body, address)
    import feedparser  # noqa: PLC0415 - only feeds need it

    stated = f"{content_type or 'application/xml'}; charset={charset}" if charset else content_type
    parsed: Any = feedparser.parse(
        body,
        response_headers={"content-type": stated or "application/xml", "content-location": address},
    )
    if not parsed.version and not parsed.entries:
        raise ReadError("a feed that cannot be read", help="check that the address is a feed's")
    entries = (_entry(entry, address) for entry in parsed.entries)
    return Feed(fold(parsed.feed.get("title", "")), tuple(e for e in entries if e.link))


def _entry(entry: Any, address: str) -> Entry:
    whole = max((part.get("value", "") for part in entry.get("content", ())), key=len, default="")
    # Without looking first, feedparser would give one for the other, with a warning.
    updated = entry["updated"] if "updated" in entry else ""  # noqa: SIM401
    published = entry.get("published", "")
    names = [author.get("name", "") for author in entry.get("authors", ())]
    return Entry(
        link=_link(entry.get("link", ""), address),
        title=fold(entry.get("title", "")),
        date=published or updated,
        authors=tuple(name for name in names if name),
        html=whole or entry.get("summary", ""),
        whole=bool(whole),
        stamp=updated or published or entry.get("id", ""),
    )


def _json_feed(body: bytes, address: str) -> Feed:
    """After version 1.1 of the specification at jsonfeed.org."""
    try:
        form = json.loads(body)
        entries = tuple(e for e in _json_entries(form, address) if e.link)
        return Feed(fold(str(form.get("title", ""))), entries)
    except (ValueError, TypeError, AttributeError) as error:
        raise ReadError("a JSON feed that cannot be read") from error


def _json_entries(form: Any, address: str) -> Iterator[Entry]:
    for item in form.get("items", ()):
        whole = str(item.get("content_html") or item.get("content_text") or "")
        date = str(item.get("date_published") or "")
        yield Entry(
            link=_link(str(item.get("url") or ""), address),
            title=fold(str(item.get("title") or "")),
            date=date,
            authors=tuple(str(a["name"]) for a in item.get("authors", ()) if a.get("name")),
            html=whole or str(item.get("summary") or ""),
            whole=bool(whole),
            stamp=str(item.get("date_modified") or date or item.get("id") or ""),
        )


def _link(link: str, address: str) -> str:
    """The address of an entry, or empty when it is none of the web."""
    try:
        joined = urljoin(address, link.strip()) if link.strip() else ""
        return joined if urlsplit(joined).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
