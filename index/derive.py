"""Keeps the lexical index and the vector store up with the catalog.

Each step asks the catalog what a store lacks, has the store take it up, and only then notes it; a
kill between the two makes the next run repeat a step, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.lexical import LexicalIndex
from index.types import Progress
from index.vectors import Vectors

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Listener", "catch_up_lexical", "embed_pending", "forget_gone"]

Listener = Callable[[Progress], None]

# Passages that the lexical index takes in one commit.
_PASSAGES_AT_ONCE = 20_000
# Passages that are embedded before the catalog commits their vectors: seconds of work, which is
# all that a kill can cost.
_EMBEDDED_AT_ONCE = 256
# Embedded passages that the vector store takes in one batch.
_VECTORS_AT_ONCE = 2048


def catch_up_lexical(catalog: Catalog, lexical: LexicalIndex, listener: Listener) -> None:
    """Makes all live passages searchable by their words, and only those."""
    if not lexical.exists:
        catalog.backlog.forget("lexical")
    done = 0
    while True:
        gone, held = catalog.backlog.behind("lexical", _PASSAGES_AT_ONCE)
        if not gone and not held:
            return
        lexical.apply(gone, catalog.passages(held).items())
        catalog.backlog.caught_up("lexical", gone, held)
        done += len(held)
        listener(Progress("lexical", done))


def embed_pending(
    catalog: Catalog, vectors: Vectors, embedder: Embedder, listener: Listener
) -> int:
    """Embeds what has no embedding yet and brings the vector store up to date.

    Returns:
        How many passages were embedded.
    """
    if not vectors.exists:
        catalog.backlog.forget("vector")
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
            _catch_up_vectors(catalog, vectors, fingerprint)
            waiting = 0
    _catch_up_vectors(catalog, vectors, fingerprint)
    return embedded


def forget_gone(catalog: Catalog, vectors: Vectors) -> None:
    """Takes out of the vector store what is no longer live; nothing is embedded."""
    while gone := catalog.backlog.gone("vector", _VECTORS_AT_ONCE):
        vectors.apply(gone, [])
        catalog.backlog.caught_up("vector", gone, [])


def _catch_up_vectors(catalog: Catalog, vectors: Vectors, fingerprint: str) -> None:
    """Takes into the vector store all that is embedded, and out of it what is gone."""
    while True:
        gone, pending = catalog.backlog.behind("vector", _VECTORS_AT_ONCE)
        embeddings = catalog.embeddings.of(fingerprint, pending)
        if not gone and not embeddings:
            return
        passages = catalog.passages(list(embeddings))
        vectors.apply(gone, [(passages[n], embeddings[n]) for n in embeddings])
        catalog.backlog.caught_up("vector", gone, list(embeddings))
