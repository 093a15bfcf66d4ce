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
from index.embed.many import Ceiling, embedded
from index.errors import EndpointError, SpendCeiling, StoreDamaged
from index.lexical import LexicalIndex
from index.types import Progress
from index.vectors import Vectors, VectorStore

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = [
    "Listener",
    "catch_up_lexical",
    "catch_up_vectors",
    "embed_pending",
    "forget_gone",
    "silent",
    "start_over",
]

Listener = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """The listener of those who want no progress."""


# Passages that the lexical index takes in one commit.
_PASSAGES_AT_ONCE = 20_000
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
    catalog: Catalog,
    vectors: Vectors,
    embedder: Embedder,
    listener: Listener,
    ceiling: Ceiling | None = None,
    *,
    most: int | None = None,
) -> int:
    """Embeds what has no embedding yet and brings the vector store up to date.

    What was added last comes first, so that it does not wait for what was left behind before. A
    store that is damaged, or holds what the catalog does not know, is made anew; what was
    embedded stays in the catalog and is not embedded again.

    Args:
        catalog: What has passages, and keeps embeddings.
        vectors: The vector store.
        embedder: The library's.
        listener: Is told after each part that the catalog has committed.
        ceiling: What embedding may cost.
        most: How many passages are embedded at the most; None for all.

    Returns:
        How many passages were embedded.

    Raises:
        SpendCeiling: When embedding stopped there; what came before can be searched.
        EndpointError: Likewise, when the embedder's endpoint goes on failing.
    """
    if isinstance(vectors, VectorStore) and not (
        vectors.exists and catalog.backlog.holds("vector")
    ):
        start_over(catalog, vectors, "vector")
    total = catalog.backlog.count_behind("vector")
    total = total if most is None else min(total, most)
    fingerprint = embedder.fingerprint
    done = 0

    def waiting(seconds: float, error: EndpointError) -> None:
        note = f"waiting {seconds:.0f} s: {error.message}"
        listener(Progress("embedding", done, total, note))

    while most is None or done < most:
        limit = _VECTORS_AT_ONCE if most is None else min(_VECTORS_AT_ONCE, most - done)
        missing = catalog.embeddings.missing(fingerprint, limit)
        if not missing.texts:
            catch_up_vectors(catalog, vectors, fingerprint)
            break
        listener(Progress("embedding", done, total))
        keys = list(missing.texts)
        try:
            for part, found in embedded(embedder, list(missing.texts.values()), ceiling, waiting):
                catalog.embeddings.put(fingerprint, keys[part], found)
                done += len(found)
                listener(Progress("embedding", done, total))
        except SpendCeiling as error:
            catch_up_vectors(catalog, vectors, fingerprint, missing.since)
            raise SpendCeiling(
                f"{error.message}; {done:,} of {total:,} passages were embedded",
                help="the same command goes on; until then the rest is searched by words",
            ) from error
        except EndpointError:
            catch_up_vectors(catalog, vectors, fingerprint, missing.since)
            raise
        catch_up_vectors(catalog, vectors, fingerprint, missing.since)
    return done


def start_over(catalog: Catalog, store: LexicalIndex | VectorStore, name: Store) -> None:
    """Empties a store; first of all it is noted, so that a kill in between is noticed."""
    catalog.backlog.forget(name)
    store.clear()


def catch_up_vectors(catalog: Catalog, vectors: Vectors, fingerprint: str, since: int = 0) -> None:
    """Brings the vector store up with what is embedded; a damaged one is made anew.

    With `since`, only what has that number or a higher one is looked at.
    """
    if not isinstance(vectors, VectorStore):  # what is on a server is not ours to make anew
        _take_up(catalog, vectors, fingerprint, since)
        return
    try:
        if not _take_up(catalog, vectors, fingerprint, since):
            return
        if vectors.count() == catalog.backlog.count_held("vector"):
            return
    except StoreDamaged:
        if not vectors.exists:
            raise
    start_over(catalog, vectors, "vector")
    _take_up(catalog, vectors, fingerprint)


def forget_gone(catalog: Catalog, vectors: Vectors) -> None:
    """Takes out of the vector store what is no longer live; nothing is embedded.

    A damaged store keeps it until it is rebuilt; no search gives what is not live.
    """
    with suppress(StoreDamaged):
        while vectors.exists and (gone := catalog.backlog.gone("vector", _VECTORS_AT_ONCE)):
            vectors.apply(gone, [])
            catalog.backlog.caught_up("vector", gone, [])


def _take_up(catalog: Catalog, vectors: Vectors, fingerprint: str, since: int = 0) -> int:
    """Takes into the vector store all that is embedded, and out of it what is gone."""
    done = 0
    while True:
        gone, pending = catalog.backlog.behind("vector", _VECTORS_AT_ONCE, since)
        if not gone and not pending:
            return done
        embeddings = catalog.embeddings.of(fingerprint, pending)
        if not gone and not embeddings:
            since = pending[-1] + 1
            continue
        passages = catalog.passages(list(embeddings))
        vectors.apply(gone, [(passages[n], embeddings[n]) for n in embeddings])
        catalog.backlog.caught_up("vector", gone, list(embeddings))
        done += len(gone) + len(embeddings)
