"""Vector search without a vector store: the query is compared with every embedding in the catalog.

It finds what an exact search finds, in time that grows with the library. It serves where Chroma
cannot: in a folder that must not be written to, and where Chroma's files are damaged. And it serves
who asks once: that is over before Chroma would be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.types import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["is_soon_scanned", "nearest_by_scan"]

# Embeddings that are in memory at a time: 6 MB of the local embedder's.
_AT_ONCE = 8192
# Numbers in all embeddings up to which comparing with them is over before Chroma has answered:
# 89,249 of the local embedder take 0.3 s, where importing Chroma takes 0.7 s and its first answer
# 0.6 s.
_SOON = 150_000 * 384


def is_soon_scanned(catalog: Catalog, dimension: int) -> bool:
    """Whether one question is answered sooner by scanning than by loading a vector store."""
    [(last,)] = catalog.database.rows("SELECT coalesce(max(number), 0) FROM passages", [])
    return bool(last * dimension <= _SOON)


def nearest_by_scan(
    catalog: Catalog,
    query: NDArray[np.float32],
    fingerprint: str,
    limit: int,
    filters: Filters,
) -> dict[int, float]:
    """The nearest live passages by number, with their cosine similarities.

    Args:
        catalog: Whose passages.
        query: A unit vector.
        fingerprint: The embedder's, whose vectors it may be compared with.
        limit: How many at the most.
        filters: What the articles must match.

    Raises:
        LibraryDamaged: When the catalog cannot be read.
    """
    import numpy as np  # noqa: PLC0415 - only searches with vectors need it

    best: list[tuple[float, int]] = []
    last = 0
    while rows := catalog.database.rows(
        "SELECT p.number, e.vector FROM passages p JOIN embedders f ON f.fingerprint = ?"
        " JOIN embeddings e ON e.embedder = f.number AND e.key = p.key"
        " WHERE p.live AND p.number > ? ORDER BY p.number LIMIT ?",
        [fingerprint, last, _AT_ONCE],
    ):
        last = rows[-1][0]
        if filters != Filters():
            passing = catalog.matching([number for number, _ in rows], filters)
            rows = [row for row in rows if row[0] in passing]
            if not rows:
                continue
        content = b"".join(blob for _, blob in rows)
        matrix = np.frombuffer(content, dtype="<f2").reshape(len(rows), -1).astype(np.float32)
        similarities = matrix @ query
        nearest = np.argsort(-similarities)[:limit]
        best += [(float(similarities[place]), rows[place][0]) for place in nearest]
        best = sorted(best, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return {number: similarity for similarity, number in best}
