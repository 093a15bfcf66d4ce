"""An embedder for tests: no model, the same everywhere, and texts that share words are near."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FakeEmbedder"]


class FakeEmbedder:
    """Hashes the words of a text into a vector.

    Args:
        dimension: How many numbers a vector has.
    """

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        return "fake"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def fingerprint(self) -> str:
        return f"fake:{self._dimension}"

    @property
    def batch(self) -> int:
        return 256

    @property
    def side_by_side(self) -> int:
        return 1

    @property
    def tokens(self) -> int:
        return 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 - only embedding needs it

        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()) or [text]:
            digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
            vector[int.from_bytes(digest, "big") % self._dimension] += 1
        return vector / np.linalg.norm(vector)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 - only embedding needs it

        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])
