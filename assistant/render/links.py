"""Addresses behind words (OSC 8), for the terminals that know them.

Only an address that an article itself was published at becomes a link, and only one of the web.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

__all__ = ["linked", "web_address"]

# Longer ones are cut by terminals, which would lead elsewhere.
_LONGEST = 2_000
# What may stand in an address besides letters and digits, by RFC 3986.
_SAFE = "-._~:/?#[]@!$&'()*+,;=%"


def web_address(url: str) -> str:
    """The address as it can be handed to a browser or a terminal; empty when it is not safe to."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or len(url) > _LONGEST:
        return ""
    if any(ord(letter) <= 0x20 or 0x7F <= ord(letter) <= 0x9F for letter in url):
        return ""
    return quote(url, safe=_SAFE, errors="replace")


def linked(text: str, url: str) -> str:
    """The text with its address behind it; the text alone when that is no address of the web."""
    address = web_address(url)
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text
