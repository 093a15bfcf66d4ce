"""Searches a library: embeds the queries and retrieves, with what is there.

Where vectors cannot be had, words alone are searched, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import DiskFull, EmptyLibrary, EndpointError, StoreDamaged, WeightsMissing
from index.retrieve import QueryVector, Stores, Weights, retrieve
from index.types import VECTORS_SO_FAR, Filters, Query, Retrieval

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.home import FolderHome

__all__ = ["Searching"]


class Searching:
    """What a library is searched with.

    Args:
        home: Where the library lives.
        embedder: Gives what embeds queries, when it is first needed.
        once: Whether one question is asked and no more; then the vector store is not loaded where
            comparing with all embeddings takes less time.
    """

    def __init__(self, home: FolderHome, embedder: Callable[[], Embedder], *, once: bool) -> None:
        self._home = home
        self._embedder = embedder
        self._scans = once and home.scans_soon()

    def retrieve_each(
        self, queries: Sequence[Query], *, k: int, weights: Weights | None
    ) -> list[Retrieval]:
        """What is found for each query; see `Library.retrieve_each`."""
        home = self._home
        warnings = home.follow()
        if home.catalog.is_empty():
            raise EmptyLibrary(
                f"the library {home.place} is empty", help="`dateline index PATH` fills it"
            )
        vectors: list[QueryVector | None] = [None] * len(queries)
        share = home.share_with_vectors()
        if share == 0:
            warnings.append("searched by words only: no passage is embedded yet")
        else:
            try:
                vectors = self._embedded([query.text for query in queries])
            except WeightsMissing as error:
                warnings.append(f"searched by words only: {error.message}; {error.help}")
            except EndpointError as error:
                warnings.append(f"searched by words only: {error.message}")
            if share < 1:
                warnings.append(f"{share:.0%} {VECTORS_SO_FAR}")
        found = [
            self._find(query, vector, warnings, k=k, weights=weights)
            for query, vector in zip(queries, vectors, strict=True)
        ]
        first = Retrieval(found[0].hits, tuple(dict.fromkeys((*warnings, *found[0].warnings))))
        return [first, *found[1:]]

    def _embedded(self, texts: Sequence[str]) -> list[QueryVector | None]:
        embedder = self._embedder()
        rows = embedder.embed_queries(texts) if len(texts) > 1 else [embedder.embed_query(texts[0])]
        return [QueryVector(row, embedder.fingerprint) for row in rows]

    def _find(
        self,
        query: Query,
        vector: QueryVector | None,
        warnings: list[str],
        *,
        k: int,
        weights: Weights | None,
    ) -> Retrieval:
        home = self._home
        stores = Stores(home.catalog, home.lexical, home.vectors, home.copies, self._scans)

        def find(vector: QueryVector | None) -> Retrieval:
            return retrieve(
                stores,
                query.text,
                vector,
                k=k,
                filters=query.filters,
                near=query.near,
                weights=weights,
                without=query.without,
                only=query.only,
            )

        try:
            return find(vector)
        except EndpointError as error:  # only a library on a server has one to ask
            warnings.append(f"searched by words only: {error.message}")
            return find(None)

    def warm_up(self) -> None:
        """Opens and loads what the first search needs; see `Library.warm_up`."""
        with suppress(StoreDamaged):  # the first search says so, and goes on without it
            self._home.lexical.search("warm up", 1, Filters())
        self.warm_up_vectors()
        if self._home.binding.bound.name == "local":
            self._embedder().embed_query("warm up")

    def warm_up_vectors(self) -> None:
        """Opens and loads the vectors; see `Library.warm_up_vectors`."""
        import numpy as np  # noqa: PLC0415 - searching needs it, looking does not

        dimension, vectors = self._home.binding.bound.dimension, self._home.vectors
        with suppress(DiskFull, StoreDamaged):  # as above
            if dimension and vectors.is_writable and not self._scans:
                vectors.search(np.ones(dimension, dtype=np.float32), 1)
