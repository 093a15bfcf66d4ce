"""Figures from flags: checked by hand, and against what is known of the methods."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate.measures import (
    curve,
    difference,
    estimate,
    hit,
    ndcg,
    reciprocal_rank,
)


def test_ranks():
    """Rank three counts a third; what lies beyond the cut counts nothing."""
    flags = [False, False, True, True]
    assert reciprocal_rank(flags, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(flags, 2) == 0
    assert (hit(flags, 2), hit(flags, 3)) == (0, 1)


def test_ndcg():
    """One of two relevant results, at rank two: 0.631 of 1 + 0.631."""
    assert ndcg([False, True], 2, 10) == pytest.approx(0.6309 / 1.6309, abs=1e-4)
    assert ndcg([True, True], 2, 10) == 1
    assert ndcg([False], 0, 10) == 0


def test_interval_covers_the_mean():
    """Of 200 samples of a coin, about 95 % of the intervals hold one half."""
    pick = random.Random(1)
    held = 0
    for _ in range(60):
        known = estimate([float(pick.random() < 0.5) for _ in range(100)])
        held += known.low <= 0.5 <= known.high
    assert 52 <= held <= 60
    assert estimate([]) is None


def test_difference_between_runs():
    """A steady gain is seen although the questions differ widely; none is seen in noise."""
    pick = random.Random(2)
    before = [pick.random() for _ in range(200)]
    better = [value + 0.05 + pick.gauss(0, 0.05) for value in before]
    noise = [value + pick.gauss(0, 0.05) for value in before]
    gained, same = difference(before, better), difference(before, noise)
    assert gained.low > 0
    assert gained.chance < 0.001
    assert same.low < 0 < same.high
    assert same.chance > 0.05
    assert difference(before, before).chance == 1


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30),
    st.lists(st.floats(0, 1), min_size=1, max_size=30),
)
def test_curve_runs_from_strict_to_lax(retrieved, unanswerable):
    """The laxer the threshold, the more is answered, rightly and wrongly; at last everything."""
    points = curve(retrieved, unanswerable)
    for strict, lax in pairwise(points):
        assert strict.threshold > lax.threshold
        assert strict.answered <= lax.answered
        assert strict.refused >= lax.refused
        assert strict.coverage < lax.coverage
    assert (points[-1].answered, points[-1].refused, points[-1].coverage) == (1, 0, 1)
    wrong = sum(not right for _, right in retrieved) + len(unanswerable)
    assert points[-1].risk == pytest.approx(wrong / (len(retrieved) + len(unanswerable)))
