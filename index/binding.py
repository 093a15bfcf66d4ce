"""Which embedder a library is bound to: recorded when something is first embedded."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.errors import EmbedderMismatch

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Binding", "Bound"]

_SETTING = "embedder"


@dataclass(frozen=True, slots=True)
class Bound:
    """The embedder that a library was made with.

    Attributes:
        name: What `--embedder` takes to get it; empty before there is one.
        dimension: How many numbers a vector of it has.
        fingerprint: What its vectors are kept under.
        endpoint: Where it was when something was last embedded, without a user or a password;
            empty for one that is no endpoint.
    """

    name: str = ""
    dimension: int | None = None
    fingerprint: str = ""
    endpoint: str = ""

    def facts(self) -> dict[str, str | int]:
        """What is known, by name."""
        return {name: value for name, value in asdict(self).items() if value}


class Binding:
    """What a library says of its embedder.

    Args:
        catalog: The library's.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @property
    def bound(self) -> Bound:
        """The embedder that was recorded."""
        return Bound(**json.loads(self._catalog.setting(_SETTING) or "{}"))

    def bind(self, embedder: Embedder) -> Bound:
        """Records an embedder, or where it is now; may send something to learn its dimension."""
        known = self.bound
        endpoint = getattr(embedder, "endpoint", None)
        place = endpoint.label if endpoint else ""
        bound = Bound(embedder.name, embedder.dimension, embedder.fingerprint, place)
        if bound != known:
            self._catalog.set_setting(_SETTING, json.dumps(bound.facts()))
        return bound

    def expect(self, name: str) -> None:
        """Checks a name; an embedder behind an endpoint has to send something to know more.

        Raises:
            EmbedderMismatch: When the library was made with one of another name.
        """
        if self.bound.name not in {"", name}:
            raise self._mismatch(name, name)

    def check(self, embedder: Embedder) -> None:
        """Checks that an embedder's vectors can be compared with the library's.

        Raises:
            EmbedderMismatch: When it is another one than the library was made with.
        """
        self.expect(embedder.name)
        bound = self.bound
        if bound.name and bound.fingerprint != embedder.fingerprint:
            raise self._mismatch(f"{embedder.name} ({embedder.fingerprint})", embedder.name)

    def _mismatch(self, other: str, name: str) -> EmbedderMismatch:
        bound = self.bound
        before = f"use `--embedder {bound.name}`; " if bound.name != name else ""
        return EmbedderMismatch(
            f"the library was embedded with {bound.name} ({bound.fingerprint}), not with {other}",
            help=f"{before}`dateline repair --embedder {name}` embeds everything anew",
        )
