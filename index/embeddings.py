"""The embeddings that the catalog keeps, by the text that was embedded.

The vector store can be rebuilt from them, and a text that comes back is never embedded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.database import Database
from index.types import Pending

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Embeddings", "Missing", "embedded_text", "key_of"]


def embedded_text(title: str, passage: str) -> str:
    """What is embedded for a passage: its article's title, then its own text.

    A passage from the middle of an article often does not say what the article is about.
    """
    return f"{title}\n{passage}" if title else passage


def key_of(text: str) -> bytes:
    """Sixteen bytes that stand for a text that is embedded."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Missing:
    """Passages that have no embedding yet.

    Attributes:
        texts: What has to be embedded for them, by the hash of the text.
        since: The lowest of their numbers; every passage of a higher one is among them, or has its
            embedding.
    """

    texts: Mapping[bytes, str]
    since: int


class Embeddings:
    """The embeddings in one catalog.

    Args:
        database: The catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, fingerprint: str, limit: int) -> Missing:
        """What live passages have no embedding yet, those that were added last first."""
        rows = self._database.rows(
            "SELECT p.number, p.key, v.title, substr(v.text, p.start + 1, p.end - p.start)"
            " FROM passages p JOIN versions v ON v.article = p.article AND v.version = p.version"
            " WHERE p.vector <> p.live AND p.live AND NOT EXISTS"
            " (SELECT 1 FROM embeddings e JOIN embedders f ON f.number = e.embedder"
            "  WHERE f.fingerprint = ? AND e.key = p.key)"
            " ORDER BY p.number DESC LIMIT ?",
            [fingerprint, limit],
        )
        texts = {key: embedded_text(title, text) for _, key, title, text in rows}
        return Missing(texts, rows[-1][0] if rows else 0)

    def pending(self, fingerprint: str) -> Pending:
        """How much `missing` would give in all."""
        rows = self._database.rows(
            "SELECT count(*), coalesce(sum(p.end - p.start), 0) FROM passages p"
            " WHERE p.vector <> p.live AND p.live AND NOT EXISTS"
            " (SELECT 1 FROM embeddings e JOIN embedders f ON f.number = e.embedder"
            "  WHERE f.fingerprint = ? AND e.key = p.key)",
            [fingerprint],
        )
        return Pending(*rows[0])

    def put(self, fingerprint: str, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Keeps unit vectors, a row a key, in half precision: that moves a cosine by 1e-4."""
        blobs = [row.tobytes() for row in vectors.astype("<f2")]
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO embedders (fingerprint) VALUES (?)", [fingerprint]
            )
            connection.executemany(
                "INSERT OR IGNORE INTO embeddings"
                " SELECT number, ?, ? FROM embedders WHERE fingerprint = ?",
                [(key, blob, fingerprint) for key, blob in zip(keys, blobs, strict=True)],
            )

    def of(self, fingerprint: str, numbers: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of passages by number; passages that have none yet are left out."""
        import numpy as np  # noqa: PLC0415 - only searches with vectors need it

        marks = ",".join("?" * len(numbers))
        rows = self._database.rows(
            "SELECT p.number, e.vector FROM passages p"  # noqa: S608
            " JOIN embedders f ON f.fingerprint = ?"
            " JOIN embeddings e ON e.embedder = f.number AND e.key = p.key"
            f" WHERE p.number IN ({marks})",
            [fingerprint, *numbers],
        )
        return {
            number: np.frombuffer(blob, dtype="<f2").astype(np.float32) for number, blob in rows
        }
