"""Addresses of libraries: a folder's path, or a name on a Chroma server."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from index.errors import UsageError

__all__ = ["ServerAddress", "is_server", "server_address"]

_PORTS = {"http": 80, "https": 443}
_TENANT = "default_tenant"
_DATABASE = "default_database"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What Chroma takes as the name of a collection, less the ending of our second one.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,500}[A-Za-z0-9]")

_HELP = "write http://HOST:PORT/NAME, with a name of at least three letters, digits, “.-_”"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a library is on a Chroma server.

    Attributes:
        scheme: `http` or `https`.
        host: The server's name or number.
        port: Its port.
        name: The name of the library there.
        tenant: Chroma's tenant.
        database: Chroma's database.
    """

    scheme: str
    host: str
    port: int
    name: str
    tenant: str = _TENANT
    database: str = _DATABASE

    @property
    def origin(self) -> str:
        """The server alone, which a key belongs to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def folder_name(self) -> str:
        """A name for the folder of a replica: readable, and another one for every address."""
        return f"{self.name[:40]}-{hashlib.sha256(str(self).encode()).hexdigest()[:12]}"

    @property
    def is_private(self) -> bool:
        """Whether what is sent there cannot be read on the way."""
        return self.scheme == "https" or self.host in _LOOPBACK

    def __str__(self) -> str:
        other = {"tenant": self.tenant, "database": self.database}
        usual = {"tenant": _TENANT, "database": _DATABASE}
        query = urlencode({key: value for key, value in other.items() if value != usual[key]})
        return f"{self.origin}/{self.name}" + (f"?{query}" if query else "")


def is_server(library: str | Path) -> bool:
    """Whether a library's address means a server and not a folder."""
    return isinstance(library, str) and library.lower().startswith(("http://", "https://"))


def server_address(text: str) -> ServerAddress:
    """Reads `http(s)://HOST[:PORT]/NAME[?tenant=…&database=…]`.

    Raises:
        UsageError: When it is not of that form, or holds a password.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"“{text}” is not the address of a library", help=_HELP) from error
    name = parts.path.strip("/")
    if "@" in parts.netloc:
        raise UsageError(
            "the address of the library holds a password",
            help="leave it out, and set DATELINE_LIBRARY_TOKEN or a key under [keys]",
        )
    query = parse_qs(parts.query)
    if (
        parts.scheme not in _PORTS
        or not host
        or not _NAME.fullmatch(name)
        or set(query) - {"tenant", "database"}
    ):
        raise UsageError(f"“{text}” is not the address of a library", help=_HELP)
    return ServerAddress(
        parts.scheme,
        host,
        port or _PORTS[parts.scheme],
        name,
        query.get("tenant", [_TENANT])[0],
        query.get("database", [_DATABASE])[0],
    )
