"""The vector store: the embeddings of passages in a Chroma folder.

Each passage carries its offsets and what articles are filtered by; its text stays in the catalog,
where Chroma's own full-text index would triple the time and the disk that a passage takes.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.disk import disk_full, is_full, is_writable
from index.errors import StoreDamaged, UsageError
from index.graph import GraphDamaged, check_graph, check_sizes
from index.lock import reading_vectors, writing_vectors
from index.panics import RustPanic, panics_as_errors
from index.rows import as_number
from index.types import Filters, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["VectorStore", "Vectors", "conditions"]

_COLLECTION = "passages"

# How long a search waits for an indexing process that is just writing a batch; after that it
# goes on without vectors.
_PATIENCE = 0.5

# Room that a batch takes: its vectors in Chroma's log and in the graph, and per passage what else
# Chroma notes. A graph that is cut short by a full disk would not be noticed by Chroma.
_BYTES_PER_PASSAGE = 2_000
_ROOM_TO_SPARE = 1_000_000

# Chroma's defaults but for the threshold below which additions only live in its log: one batch of
# ours is more than that, so a committed batch is always in the graph on disk. `ef` is how far the
# graph is searched: 200 finds what an exact search finds for 99 % of the nearest fifty.
_CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 128,
        "ef_search": 200,
        "max_neighbors": 16,
        "batch_size": 100,
        "sync_threshold": 1000,
    }
}


class Vectors(Protocol):
    """What keeps the vectors of a library, in its folder or on a server."""

    @property
    def exists(self) -> bool: ...

    @property
    def is_writable(self) -> bool: ...

    def close(self) -> None: ...

    def apply(
        self, gone: Sequence[str], held: Sequence[tuple[Passage, NDArray[np.float32]]]
    ) -> None: ...

    def search(
        self, vector: NDArray[np.float32], limit: int, filters: Filters | None = None
    ) -> list[tuple[str, float]] | None: ...

    def embeddings(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]: ...


# The stores of this process that may have the same folder open: Chroma's client goes on with the
# files that it has open when the folder is removed, and then nothing can be written any more.
_STORES: weakref.WeakSet[VectorStore] = weakref.WeakSet()
# Chroma counts the clients of a folder, which threads that open and close it at once upset.
_CLIENTS = threading.Lock()


class VectorStore:
    """The Chroma folder of a library; it is made at the first change.

    A search holds the vector store's lock for reading, a change holds it for writing, and a
    client is only kept as long as no other process has changed the folder: Chroma does not see
    another process's changes by itself.

    Args:
        library: The folder of the library; Chroma's is `vectors` in it.

    Raises:
        StoreDamaged: From every method, when the folder cannot be read.
        DiskFull: From every method that writes, and so from a search, when there is no room.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self._folder = library / "vectors"
        self._generation_file = library / "vectors.generation"
        self._client: Any = None
        self._collection: Any = None
        self._generation = ""
        self._closed = False
        self._thread_lock = threading.Lock()
        _STORES.add(self)

    @property
    def exists(self) -> bool:
        file = self._folder / "chroma.sqlite3"
        return file.is_file() and file.stat().st_size > 0

    @property
    def is_writable(self) -> bool:
        """Whether Chroma, which writes even to read, and the lock can work here."""
        lock = self._library / "vectors.lock"
        return is_writable(
            lock if lock.exists() else self._library, self._folder, self._folder / "chroma.sqlite3"
        )

    def close(self) -> None:
        """Lets go of the folder, when what is being done there is done, and for good."""
        with self._thread_lock:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        if self._client is not None:
            with _CLIENTS:
                self._client.close()
        self._client = self._collection = None

    def _open(self, *, make: bool = False) -> Any:
        """The collection as the folder holds it now; the caller holds the lock."""
        if self._closed:
            raise UsageError(
                f"the library {self._library} is closed",
                help="open it again, and close it when all has been asked",
            )
        generation = ""
        if self._generation_file.exists():
            generation = self._generation_file.read_text(encoding="ascii", errors="replace")
        if self._collection is not None and generation == self._generation:
            return self._collection
        from index.chroma import Settings, chromadb  # noqa: PLC0415 - it takes half a second

        self._let_go()
        if self.exists:
            check_graph(self._folder)
        settings = Settings(anonymized_telemetry=False)
        with _CLIENTS, _forgetting_failure(str(self._folder)):
            self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
        if make:
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration=_CONFIGURATION
            )
        else:
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        self._generation = generation
        return self._collection

    @contextmanager
    def _translating(self) -> Iterator[None]:
        from index.chroma import ChromaError  # noqa: PLC0415 - see above

        try:
            with panics_as_errors():
                yield
        except (
            ChromaError,
            GraphDamaged,
            OSError,
            RustPanic,
            ValueError,
            sqlite3.DatabaseError,
        ) as error:
            self._close_quietly()
            if is_full(error):
                raise disk_full() from error
            raise StoreDamaged(
                f"the vector store {self._folder} cannot be used: {error}",
                help="`dateline repair` rebuilds it from the catalog, embedding nothing again",
            ) from error

    def _close_quietly(self) -> None:
        """Lets go of a client that is in trouble."""
        try:
            with panics_as_errors():
                self._let_go()
        except (RuntimeError, RustPanic, ValueError):
            self._client = self._collection = None

    def clear(self) -> None:
        """Removes the folder, damaged or not, or what stands in its place."""
        with self._thread_lock, writing_vectors(self._library):
            self._close_quietly()
            self._new_generation()
            for store in list(_STORES):
                if store is not self and store._library.absolute() == self._library.absolute():  # noqa: SLF001 - one of its own kind
                    with store._thread_lock:  # noqa: SLF001 - likewise
                        store._close_quietly()  # noqa: SLF001 - likewise
            if self._folder.is_dir():
                shutil.rmtree(self._folder, ignore_errors=True)
            else:
                self._folder.unlink(missing_ok=True)

    def count(self) -> int:
        """How many passages it holds."""
        if not self.exists:
            return 0
        with self._thread_lock, writing_vectors(self._library), self._translating():
            return int(self._open().count())

    def _new_generation(self) -> None:
        """Tells every other client that what it has open is no longer what the folder holds."""
        self._generation = secrets.token_hex(8)
        self._generation_file.write_text(self._generation, encoding="ascii")

    def apply(
        self, gone: Sequence[str], held: Sequence[tuple[Passage, NDArray[np.float32]]]
    ) -> None:
        """Removes passages by id and adds others with their vectors, replacing those it has."""
        with self._thread_lock, writing_vectors(self._library), self._translating():
            make = not self.exists
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_sure_of_room(held)
            self._new_generation()
            collection = self._open(make=make)
            most = self._client.get_max_batch_size()
            for start in range(0, len(gone), most):
                collection.delete(ids=list(gone[start : start + most]))
            for start in range(0, len(held), most):
                batch = held[start : start + most]
                collection.upsert(
                    ids=[passage.id for passage, _ in batch],
                    embeddings=[vector for _, vector in batch],
                    metadatas=[_metadata(passage) for passage, _ in batch],
                )
            check_sizes(self._folder)

    def _make_sure_of_room(self, held: Sequence[tuple[Passage, NDArray[np.float32]]]) -> None:
        room = _ROOM_TO_SPARE + sum(2 * vector.nbytes + _BYTES_PER_PASSAGE for _, vector in held)
        if shutil.disk_usage(self._folder).free < room:
            raise disk_full()

    def embeddings(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:  # noqa: ARG002
        """None: the catalog beside it keeps them all."""
        return {}

    def search(
        self, vector: NDArray[np.float32], limit: int, filters: Filters | None = None
    ) -> list[tuple[str, float]] | None:
        """The nearest passages, nearest first, as ids with their cosine similarity.

        Args:
            vector: Of the dimension that the store was filled with.
            limit: How many at the most.
            filters: What the articles must match; Chroma applies it in time that grows with the
                number of articles that match.

        Returns:
            None when an indexing process is busy writing; the caller goes on without vectors.
        """
        if not self.exists:
            return []
        with self._thread_lock, reading_vectors(self._library, _PATIENCE) as allowed:
            if not allowed:
                return None
            with self._translating():
                found = self._open().query(
                    query_embeddings=[vector],
                    n_results=limit,
                    where=conditions(filters) if filters else None,
                    include=["distances"],
                )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(identity, 1.0 - distance) for identity, distance in pairs]


@contextmanager
def _forgetting_failure(path: str) -> Iterator[None]:
    """Keeps a folder that could not be opened from failing in this process for ever.

    Chroma keeps what is behind a client by its path, and keeps it too when it did not start; then
    every other client of that path gets what never started.
    """
    from index.chroma import SharedSystemClient  # noqa: PLC0415 - see above

    try:
        yield
    except BaseException:
        # Neither has a public name; without them the next client would fail as this one did.
        if path not in getattr(SharedSystemClient, "_identifier_to_refcount", {}):
            getattr(SharedSystemClient, "_identifier_to_system", {}).pop(path, None)
        raise


def _metadata(passage: Passage) -> Mapping[str, str | int]:
    info = passage.article
    return {
        "article": info.id,
        "version": info.version,
        "start": passage.start,
        "end": passage.end,
        "date": as_number(info.date),
        "source": info.source.lower(),
    }


def conditions(filters: Filters) -> Mapping[str, Any] | None:
    terms: list[Mapping[str, Any]] = []
    if filters.since or filters.until:
        terms.append({"date": {"$gte": as_number(filters.since) or 1}})
        terms.append({"date": {"$lte": as_number(filters.until) or 99_999_999}})
    if filters.sources:
        terms.append({"source": {"$in": [source.lower() for source in filters.sources]}})
    return {"$and": terms} if len(terms) > 1 else terms[0] if terms else None
