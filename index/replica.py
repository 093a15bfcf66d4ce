"""A local replica of a library on a server: follows the server, and publishes to it.

The replica is a library like any other but for its vectors, which stay on the server. What it
takes from there comes in steps, changed and removed articles only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.address import ServerAddress
from index.catalog import Catalog
from index.errors import EndpointError, LibraryDamaged, NoLibrary
from index.lease import leased
from index.published import forget, outgoing, published, read_version, take, version_text
from index.server import Head, Server, State, pieces
from index.types import Article

__all__ = ["Replica", "make_sure", "replica_folder"]

# Seconds for which a search trusts that nothing has changed on the server.
_FRESH = 5.0
# Articles that are published in one step.
_AT_ONCE = 100


class Replica:
    """Keeps the catalog of a replica and the library on the server alike.

    Args:
        catalog: The replica's.
        server: Where the library is.

    Attributes:
        vectors: How many vectors the server had when it was last looked at.
    """

    def __init__(self, catalog: Catalog, server: Server) -> None:
        self.server = server
        self.vectors = 0
        self._catalog = catalog
        self._looked = float("-inf")
        self._renew: Callable[[], None] | None = None
        # The steps, after one and up to another, whose vectors a writer may have left undone.
        self._unsure = 0, 0

    @property
    def is_due(self) -> bool:
        """Whether the server should be asked again for what has changed."""
        return time.monotonic() - self._looked > _FRESH

    def behind(self) -> State | None:
        """What the server says, when the replica does not hold all of it; else None.

        Raises:
            LibraryDamaged: When another library is there now than the replica was made from.
        """
        self._looked = time.monotonic()
        state = self.server.state()
        known = self._catalog.setting("server")
        if known not in {None, state.identity}:
            raise LibraryDamaged(
                f"the library at {self.server.address} was made anew since it was last used here",
                help="`dateline repair` forgets what was kept of the old one",
            )
        recorded = json.loads(self._catalog.setting("embedder") or "{}")
        behind = self._step < state.step or (bool(state.embedder) and recorded != state.embedder)
        return state if behind or known is None else None

    @property
    def _step(self) -> int:
        return int(self._catalog.setting("step") or 0)

    def pull(self, state: State) -> None:
        """Takes all steps up to the one that the server has named; a stop loses only one."""
        self._catalog.set_setting("server", state.identity)
        if state.embedder:
            self._catalog.set_setting("embedder", json.dumps(dict(state.embedder)))
        for step, heads in self.server.changes(self._step, state.step):
            texts = self.server.texts(heads)
            take(self._catalog, [(head, texts[head.article]) for head in heads], step)

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Holds the right to write on the server; the replica is up with it then.

        Raises:
            LibraryLocked: When another writer holds it.
        """
        with leased(self.server, wait) as renew:
            # A writer that was stopped may have published a step and not said so.
            state = self.server.state()
            last = self.server.last_step(state.step)
            if last > state.step:
                self.server.set_state(replace(state, step=last))
            self._unsure = state.embedded, max(last, state.step)
            behind = self.behind()
            if behind:
                self.pull(behind)
            self._renew = renew
            try:
                yield
            finally:
                self._renew = None

    def still_ours(self) -> None:
        """Says between batches that this writer lives.

        Raises:
            LibraryLocked: When it took so long that another writer has begun.
        """
        if self._renew:
            self._renew()

    def publish(self) -> None:
        """Publishes every article that the server does not hold as the catalog does."""
        while articles := outgoing(self._catalog, _AT_ONCE):
            self.still_ours()
            state = self.server.state()
            step = max(state.step, self._step) + 1
            heads = []
            for one in articles:
                text = version_text(self._catalog, one.article, one.version)
                count = sum(1 for _ in pieces(text))
                heads.append((Head(one.article, one.version, one.removed, count, step), text))
            self.server.publish(heads)
            self.server.set_state(replace(state, step=step))
            published(self._catalog, articles, step)

    def record(self, embedder: Mapping[str, Any]) -> None:
        """Says on the server what embeds the library."""
        state = self.server.state()
        if state.embedder != embedder:
            self.server.set_state(replace(state, embedder=embedder))

    def check_vectors(self) -> None:
        """Notes which vectors the server lacks or should not have, as after a writer was stopped.

        What was published and not embedded to the end is looked at article by article: a version
        may have as many passages as the one before. Of the rest the count tells; only where that
        differs are all ids looked at, page by page.
        """
        backlog = self._catalog.backlog
        for _, heads in self.server.changes(*self._unsure):
            articles = [head.article for head in heads]
            held = self.server.ids_of(articles)
            self.server.apply(backlog.hold_exactly("vector", held, articles), [])
        if self.server.count() != backlog.count_held("vector"):
            everything = (identity for page in self.server.ids() for identity in page)
            self.server.apply(backlog.hold_exactly("vector", everything), [])

    def all_embedded(self) -> None:
        """Says on the server that everything published so far has its vectors."""
        state = self.server.state()
        if state.embedded != state.step:
            self.server.set_state(replace(state, embedded=state.step))

    def look_at_vectors(self) -> None:
        """Counts the vectors on the server."""
        self.vectors = self.server.count()

    def older(self, article: str, version: int) -> Article | None:
        """A version that the server keeps and the replica never saw, or None."""
        text = self.server.version(article, version)
        return read_version(text) if text else None

    def start_again(self) -> None:
        """Empties the replica, so that the next pull fills it; what only it had is published.

        Of a library that was made anew on the server since, nothing is published.
        """
        state = self.server.state()
        if self._catalog.setting("server") == state.identity:
            self.publish()
        forget(self._catalog)


def replica_folder(address: ServerAddress) -> Path:
    """Where the replica of a library is kept on this machine."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only libraries on a server need it

    return user_cache_path("dateline") / "replicas" / address.folder_name


def make_sure(server: Server, folder: Path, *, create: bool) -> None:
    """Sees that there is a library on the server, or at least a replica of it here.

    Raises:
        NoLibrary: When there is none and `create` is false.
    """
    try:
        server.state()
    except NoLibrary:
        if not create:
            raise
        server.create()
    except EndpointError:
        # What is kept here can be searched all the same.
        if not (folder / "catalog.sqlite3").exists():
            raise
