"""Where a library lives: in a folder of its own, or on a server with a replica in a folder here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.address import ServerAddress, is_server, server_address
from index.binding import Binding
from index.change import changing
from index.copies import Copies
from index.derive import (
    Listener,
    catch_up_lexical,
    embed_pending,
    silent,
    start_over,
)
from index.errors import EndpointError, LibraryLocked, UsageError
from index.exact import is_soon_scanned
from index.lexical import LexicalIndex
from index.lock import writing
from index.opening import open_catalog
from index.vectors import Vectors, VectorStore

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.embed.many import Ceiling
    from index.types import Article, Progress

__all__ = ["FolderHome", "ServerHome", "open_home"]

# Seconds that a reader waits for another process here that fills an empty replica.
_FILLING = 60


def open_home(place: str | Path, *, create: bool, token: str) -> FolderHome:
    """Opens a folder, or the address of a server; see `Library`."""
    if is_server(place):
        return ServerHome(server_address(str(place)), create=create, token=token)
    return FolderHome(Path(place).expanduser(), create=create)


class FolderHome:
    """A folder by itself, where everything is.

    Args:
        folder: The folder.
        create: Whether to make the library when there is none.

    Attributes:
        place: What `--library` takes to get here.
        folder: The folder.
        catalog: The truth.
        binding: What it says of its embedder.
        copies: Which articles carry the same report.
        lexical: The lexical index.
        vectors: The vector store.
    """

    def __init__(self, folder: Path, *, create: bool) -> None:
        self.place = str(folder)
        self.folder = folder
        self.catalog = open_catalog(folder, create=create)
        self.binding = Binding(self.catalog)
        self.copies = Copies(self.catalog)
        self.lexical = LexicalIndex(folder / "lexical")
        self.vectors: Vectors = VectorStore(folder)

    def close(self) -> None:
        """Lets go of every file, when what others are doing is done."""
        self.catalog.close()
        self.vectors.close()

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Holds the right to change the library; see `changing`."""
        with changing(self.catalog, self.folder, wait):
            yield

    def publish(self) -> None:
        """Makes what the catalog holds known to others; those who read a folder see it anyway."""

    def follow(self) -> list[str]:
        """Takes up what others have made known; returns what has to be said."""
        return []

    def embed(
        self,
        embedder: Embedder,
        listener: Listener,
        ceiling: Ceiling | None,
        *,
        most: int | None = None,
    ) -> int:
        """Embeds what has no vector yet; the caller has the right to write. See `embed_pending`."""
        self.binding.bind(embedder)
        return embed_pending(self.catalog, self.vectors, embedder, listener, ceiling, most=most)

    def begin_repair(self, wait: float) -> None:
        """What comes before all else when what is derived is made anew."""

    def empty_vectors(self) -> None:
        """Empties the vector store, when it is ours to be made anew."""
        assert isinstance(self.vectors, VectorStore)
        start_over(self.catalog, self.vectors, "vector")

    def rebind(self, embedder: Embedder) -> None:
        """Takes another embedder; the caller has the right to write."""
        # In this order: a kill between the two leaves the old one, with a store to be filled again.
        self.empty_vectors()
        self.binding.bind(embedder)

    def vectors_held(self) -> int:
        """How many passages have vectors."""
        return self.catalog.counts()["vectors"]

    def share_with_vectors(self) -> float:
        """Counts nothing in a library that is all embedded, which every search would pay for."""
        if not self.catalog.backlog.count_behind("vector"):
            return 1.0
        counts = self.catalog.counts()
        return counts["vectors"] / counts["passages"]

    def scans_soon(self) -> bool:
        """Whether one question is answered sooner without loading the vector store."""
        return is_soon_scanned(self.catalog, self.binding.bound.dimension or 0)

    def older(self, identity: str, version: int) -> Article | None:  # noqa: ARG002 - see below
        """A version that is kept elsewhere and not here, or None."""
        return None


class ServerHome(FolderHome):
    """A Chroma server, with a replica of the articles and their words in a folder here.

    Args:
        address: Where the library is.
        create: Whether to make it when there is none.
        token: What the server lets one in by.

    Raises:
        EndpointError: When there is no replica here and the server cannot be reached.
    """

    def __init__(self, address: ServerAddress, *, create: bool, token: str) -> None:
        from index.replica import Replica, make_sure, replica_folder  # noqa: PLC0415 - rarely used
        from index.server import Server  # noqa: PLC0415 - likewise

        server = Server(address, token)
        folder = replica_folder(address)
        try:
            make_sure(server, folder, create=create)
            super().__init__(folder, create=True)
            self.place = str(address)
            self.vectors = server
            self._replica = Replica(self.catalog, server)
            self.follow()
        except BaseException:
            server.close()
            raise

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Holds the right to write, here and on the server; the replica is up with it then."""
        with super().writing(wait), self._replica.writing(wait):
            self._take_up()
            yield

    def _take_up(self) -> None:
        catch_up_lexical(self.catalog, self.lexical, silent)
        self.copies.catch_up(silent)

    def publish(self) -> None:
        """Sends the server what it does not hold as the catalog does."""
        self._replica.publish()

    def follow(self) -> list[str]:
        """Takes up what is new on the server, if that is due; returns what has to be said."""
        if not self._replica.is_due:
            return []
        try:
            state = self._replica.behind()
            self._replica.look_at_vectors()
            if state is not None:
                # Another process here that fills an empty replica is waited for.
                with writing(self.folder, _FILLING if self.catalog.is_empty() else 0):
                    self._replica.pull(state)
                    self._take_up()
        except LibraryLocked:
            return []
        except EndpointError as error:
            return [f"{error.message}: what was kept here at the last visit is searched"]
        return []

    def embed(
        self,
        embedder: Embedder,
        listener: Listener,
        ceiling: Ceiling | None,
        *,
        most: int | None = None,
    ) -> int:
        """Embeds what has no vector on the server yet, as long as this writer is the one."""
        replica = self._replica
        replica.record(self.binding.bind(embedder).facts())
        replica.check_vectors()

        def tell(progress: Progress) -> None:
            replica.still_ours()
            listener(progress)

        embedded = embed_pending(self.catalog, self.vectors, embedder, tell, ceiling, most=most)
        if not self.catalog.backlog.count_behind("vector"):
            replica.all_embedded()
        replica.look_at_vectors()
        return embedded

    def begin_repair(self, wait: float) -> None:
        """Empties the replica, to be filled from the server again."""
        with writing(self.folder, wait):
            self._replica.start_again()

    def empty_vectors(self) -> None:
        """What is on a server is not ours to make anew."""

    def rebind(self, embedder: Embedder) -> None:  # noqa: ARG002 - see below
        """Refuses: a collection keeps the dimension that it was made with."""
        raise UsageError(
            f"the library {self.place} keeps its embedder, {self.binding.bound.name}",
            help="index the articles into a library of another name",
        )

    def vectors_held(self) -> int:
        """How many passages had vectors when the server was last looked at."""
        return self._replica.vectors

    def share_with_vectors(self) -> float:
        """By what the server had when it was last looked at."""
        return min(1.0, self._replica.vectors / max(1, self.catalog.counts()["passages"]))

    def scans_soon(self) -> bool:
        """The embeddings are on the server."""
        return False

    def older(self, identity: str, version: int) -> Article | None:
        """A version that the server keeps and the replica never saw, or None."""
        return self._replica.older(identity, version)
