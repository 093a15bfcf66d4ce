"""Puts the hits of several searches together, so that each search has its share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from index.types import Hit

__all__ = ["merged", "shares"]


def merged(found: Sequence[Sequence[Hit]], k: int) -> tuple[Hit, ...]:
    """The hits of each search by turns, best first; a passage that several found stands once.

    Args:
        found: The hits of each search, best first.
        k: How many hits at the most; when it is smaller than the number of searches, the last
            ones go without.
    """
    chosen: dict[str, Hit] = {}
    for row in zip_longest(*found):
        for hit in row:
            if hit is not None and len(chosen) < k:
                chosen.setdefault(hit.passage.id, hit)
    return tuple(chosen.values())


def shares(found: Sequence[Sequence[Hit]], hits: Sequence[Hit]) -> tuple[tuple[Hit, ...], ...]:
    """Which of the merged hits each search had found among its first ones."""
    each = -(-len(hits) // max(1, len(found)))
    chosen = {hit.passage.id for hit in hits}
    return tuple(tuple([hit for hit in row if hit.passage.id in chosen][:each]) for row in found)
