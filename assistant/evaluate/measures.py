"""Figures from flags and scores: ranking, intervals, paired tests, and coverage against risk.

Everything here is pure; random draws are seeded, so that the same run gives the same figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Difference",
    "Estimate",
    "Operating",
    "curve",
    "difference",
    "estimate",
    "hit",
    "ndcg",
    "reciprocal_rank",
]

# Draws of the bootstrap and of the permutation test: the ends of an interval then move by about
# a hundredth of its width from seed to seed.
_DRAWS = 5_000
_SEED = 20250320
_INSIDE = 0.95


def reciprocal_rank(relevant: Sequence[bool], k: int) -> float:
    """One over the rank of the first relevant result, or 0 when none is among the first `k`."""
    return next((1 / rank for rank, flag in enumerate(relevant[:k], 1) if flag), 0.0)


def hit(relevant: Sequence[bool], k: int) -> float:
    """1 when a relevant result is among the first `k`, else 0."""
    return float(any(relevant[:k]))


def ndcg(relevant: Sequence[bool], total: int, k: int) -> float:
    """Discounted gain of the first `k` results over that of the best order (Järvelin 2002).

    Args:
        relevant: Whether each result is relevant, best first.
        total: How many relevant results there are to find.
        k: How many results count.
    """
    gains = sum(1 / math.log2(rank + 1) for rank, flag in enumerate(relevant[:k], 1) if flag)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(total, k) + 1))
    return gains / best if best else 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference between two runs over the same questions, with its 95 % interval.

    Attributes:
        chance: How often a difference as large comes about when it is by chance which run a
            question's value is from; two-sided.
    """

    mean: float
    low: float
    high: float
    chance: float
    count: int


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean with a percentile bootstrap interval over questions (Efron 1979); None of none."""
    if not values:
        return None
    import numpy as np  # noqa: PLC0415 - only evaluations need it

    measured = np.asarray(values, dtype=float)
    low, high = _interval(measured)
    return Estimate(float(measured.mean()), low, high, len(values))


def difference(first: Sequence[float], second: Sequence[float]) -> Difference | None:
    """How much more the second of two paired measurements is; None of none.

    The interval is a paired bootstrap; the chance comes from a permutation test that flips signs.
    """
    if not first:
        return None
    import numpy as np  # noqa: PLC0415 - only evaluations need it

    moved = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    low, high = _interval(moved)
    observed = abs(moved.mean())
    random = np.random.default_rng(_SEED)
    as_large = 0
    for _ in range(0, _DRAWS, 500):
        signs = random.integers(0, 2, size=(500, len(moved))) * 2 - 1
        as_large += int((abs((signs * moved).mean(axis=1)) >= observed - 1e-12).sum())
    chance = (as_large + 1) / (_DRAWS + 1)
    return Difference(float(moved.mean()), low, high, chance, len(moved))


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415 - see above

    random = np.random.default_rng(_SEED)
    means = np.concatenate(
        [
            values[random.integers(0, len(values), size=(500, len(values)))].mean(axis=1)
            for _ in range(0, _DRAWS, 500)
        ]
    )
    outside = (1 - _INSIDE) / 2
    low, high = np.quantile(means, [outside, 1 - outside])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Operating:
    """What a threshold on confidence comes to.

    Attributes:
        threshold: Questions with at least this confidence are answered.
        answered: The share answered of the questions whose answer was retrieved.
        refused: The share not answered of the questions that nothing answers.
        risk: The share of wrong answers among all answers.
        coverage: The share of all questions that is answered.
    """

    threshold: float
    answered: float
    refused: float
    risk: float
    coverage: float


def curve(
    retrieved: Sequence[tuple[float, bool]], unanswerable: Sequence[float]
) -> list[Operating]:
    """Coverage against risk, for every threshold that changes anything, the strictest first.

    Args:
        retrieved: Of each question whose answer was retrieved, the confidence, and whether what
            would be said holds the answer.
        unanswerable: The confidence for each question that nothing answers.
    """
    if not retrieved or not unanswerable:
        return []
    thresholds = sorted({c for c, _ in retrieved} | set(unanswerable), reverse=True)
    points = []
    for threshold in thresholds:
        said = [right for confidence, right in retrieved if confidence >= threshold]
        wrongly = sum(confidence >= threshold for confidence in unanswerable)
        answers = len(said) + wrongly
        points.append(
            Operating(
                threshold,
                len(said) / len(retrieved),
                1 - wrongly / len(unanswerable),
                (said.count(False) + wrongly) / answers,
                answers / (len(retrieved) + len(unanswerable)),
            )
        )
    return points
