"""Which key may be sent to which endpoint: a key is only sent where it belongs."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "KEY_VARIABLES",
    "OPENAI",
    "StoredKey",
    "belongs",
    "environment_keys",
    "is_url",
    "stored_keys",
]

# Variables that hold keys, and those that say which endpoint they belong to.
KEY_VARIABLES = {"DATELINE_API_KEY": "DATELINE_BASE_URL", "OPENAI_API_KEY": "OPENAI_BASE_URL"}
OPENAI = "https://api.openai.com/v1"

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key, the endpoint it belongs to, and where it was found."""

    endpoint: str
    key: str = field(repr=False)
    origin: str


def is_url(text: str) -> bool:
    """Whether it is an address that every client reads alike, so that a key goes where it seems."""
    if not text.isprintable() or " " in text or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def stored_keys(table: object, file: Path) -> list[StoredKey]:
    """The `[keys]` of the configuration file, the most specific endpoint first.

    Raises:
        UsageError: When a name is not an address or a key is not text; neither is shown.
    """
    if not isinstance(table, dict):
        raise UsageError(
            f"keys in {file} is not a table", help='write [keys] and then "https://…" = "key"'
        )
    for endpoint, key in table.items():
        if not is_url(endpoint):
            raise UsageError(
                f"a name under [keys] in {file} is not an address",
                help='write "https://example.com/v1" = "key", with the quotation marks',
            )
        if not isinstance(key, str) or not key:
            raise UsageError(
                f"a key under [keys] in {file} is not text", help="put it in quotation marks"
            )
    origin = f"[keys] in {file}"
    return [StoredKey(e, table[e], origin) for e in sorted(table, key=len, reverse=True)]


def environment_keys(environ: Mapping[str, str], home: str) -> list[StoredKey]:
    """The keys in the environment, each with the endpoint that it was set for.

    Args:
        environ: The environment.
        home: The endpoint that the environment or the file names, which `DATELINE_API_KEY` is for.
    """
    openai_home = environ.get("OPENAI_BASE_URL") or environ.get("OPENAI_API_BASE") or _root(OPENAI)
    homes = {"DATELINE_API_KEY": home, "OPENAI_API_KEY": openai_home}
    return [
        StoredKey(endpoint, environ[variable], variable)
        for variable, endpoint in homes.items()
        if environ.get(variable) and is_url(endpoint)
    ]


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def belongs(owner: str, base_url: str) -> bool:
    """Whether `base_url` is the endpoint `owner` or lies below it, on the same host and port."""
    own, other = urlsplit(owner), urlsplit(base_url)
    if (own.scheme, own.hostname, own.port or _PORTS.get(own.scheme)) != (
        other.scheme,
        other.hostname,
        other.port or _PORTS.get(other.scheme),
    ):
        return False
    own_path, path = (posixpath.normpath(f"/{parts.path}/").lstrip("/") for parts in (own, other))
    return not own_path or path == own_path or path.startswith(f"{own_path}/")
