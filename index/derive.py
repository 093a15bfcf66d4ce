"""Keeps the lexical index and the vector store up with the catalog.

Each step asks the catalog what a store lacks, has the store take it up, and only then notes it; a
kill between the two makes the next run repeat a step, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from index.backlog import Store
from index.catalog import Catalog
from index.errors import StoreDamaged
from index.lexical import LexicalIndex
from index.types import Progress
from index.vectors import Vectors, VectorStore

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Listener", "catch_up_lexical", "embed_pending", "forget_gone", "start_over"]

Listener = Callable[[Progress], None]

# Passages that the lexical index takes in one commit.
_PASSAGES_AT_ONCE = 20_000
# Passages that are embedded before the catalog commits their vectors: seconds of work, which is
# all that a kill can cost.
_EMBEDDED_AT_ONCE = 256
# Embedded passages that the vector store takes in one batch.
_VECTORS_AT_ONCE = 2048


def catch_up_lexical(catalog: Catalog, lexical: LexicalIndex, listener: Listener) -> None:
    """Makes all live passages searchable by their words, and only those.

    An index that is damaged, or holds what the catalog does not know, is made anew.
    """
    if not lexical.exists:
        start_over(catalog, lexical, "lexical")
    try:
        done = _catch_up_lexical(catalog, lexical, listener)
        if not done or lexical.count() == catalog.backlog.count_held("lexical"):
            return
    except StoreDamaged:
        if not lexical.exists:
            raise
    start_over(catalog, lexical, "lexical")
    _catch_up_lexical(catalog, lexical, listener)


def _catch_up_lexical(catalog: Catalog, lexical: LexicalIndex, listener: Listener) -> int:
    done = 0
    while True:
        gone, held = catalog.backlog.behind("lexical", _PASSAGES_AT_ONCE)
        if not gone and not held:
            return done
        lexical.apply(gone, catalog.passages(held).items())
        catalog.backlog.caught_up("lexical", gone, held)
        done += len(gone) + len(held)
        listener(Progress("lexical", done))


def embed_pending(
    catalog: Catalog, vectors: Vectors, embedder: Embedder, listener: Listener
) -> int:
    """Embeds what has no embedding yet and brings the vector store up to date.

    A store that is damaged, or holds what the catalog does not know, is made anew; what was
    embedded stays in the catalog and is not embedded again.

    Returns:
        How many passages were embedded.
    """
    if isinstance(vectors, VectorStore) and not (
        vectors.exists and catalog.backlog.holds("vector")
    ):
        start_over(catalog, vectors, "vector")
    total = catalog.backlog.count_behind("vector")
    fingerprint = embedder.fingerprint
    embedded, waiting = 0, 0
    while texts := catalog.embeddings.missing(fingerprint, _EMBEDDED_AT_ONCE):
        found = embedder.embed_passages(list(texts.values()))
        catalog.embeddings.put(fingerprint, list(texts), found)
        embedded += len(texts)
        waiting += len(texts)
        listener(Progress("embedding", embedded, total))
        if waiting >= _VECTORS_AT_ONCE:
            _catch_up_or_rebuild(catalog, vectors, fingerprint)
            waiting = 0
    _catch_up_or_rebuild(catalog, vectors, fingerprint)
    return embedded


def start_over(catalog: Catalog, store: LexicalIndex | VectorStore, name: Store) -> None:
    """Empties a store; first of all it is noted, so that a kill in between is noticed."""
    catalog.backlog.forget(name)
    store.clear()


def _catch_up_or_rebuild(catalog: Catalog, vectors: Vectors, fingerprint: str) -> None:
    if not isinstance(vectors, VectorStore):  # what is on a server is not ours to make anew
        _catch_up_vectors(catalog, vectors, fingerprint)
        return
    try:
        if not _catch_up_vectors(catalog, vectors, fingerprint):
            return
        if vectors.count() == catalog.backlog.count_held("vector"):
            return
    except StoreDamaged:
        if not vectors.exists:
            raise
    start_over(catalog, vectors, "vector")
    _catch_up_vectors(catalog, vectors, fingerprint)


def forget_gone(catalog: Catalog, vectors: Vectors) -> None:
    """Takes out of the vector store what is no longer live; nothing is embedded.

    A damaged store keeps it until it is rebuilt; no search gives what is not live.
    """
    with suppress(StoreDamaged):
        while vectors.exists and (gone := catalog.backlog.gone("vector", _VECTORS_AT_ONCE)):
            vectors.apply(gone, [])
            catalog.backlog.caught_up("vector", gone, [])


def _catch_up_vectors(catalog: Catalog, vectors: Vectors, fingerprint: str) -> int:
    """Takes into the vector store all that is embedded, and out of it what is gone."""
    done = 0
    while True:
        gone, pending = catalog.backlog.behind("vector", _VECTORS_AT_ONCE)
        embeddings = catalog.embeddings.of(fingerprint, pending)
        if not gone and not embeddings:
            return done
        passages = catalog.passages(list(embeddings))
        vectors.apply(gone, [(passages[n], embeddings[n]) for n in embeddings])
        catalog.backlog.caught_up("vector", gone, list(embeddings))
        done += len(gone) + len(embeddings)
