"""Effective numbers: closed forms, equal weights to the bit, order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.weights.effective import effective_number, in_units, sum_by, unit_of

WEIGHTS = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=30).map(np.array)
ONE = np.zeros(30, dtype=np.int64)


@settings(deadline=None)
@given(WEIGHTS)
def test_effective_number_is_kishs(weights: np.ndarray) -> None:
    number = effective_number(weights)
    assert number == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert 1 - 1e-9 <= number <= len(weights) + 1e-9
    deviation = weights.std() / weights.mean()
    assert len(weights) / number == pytest.approx(1 + deviation**2)
    assert unit_of(weights) == pytest.approx((weights**2).sum() / weights.sum())


@settings(deadline=None)
@given(st.floats(1e-200, 1e200), st.integers(1, 30))
def test_equal_weights_are_one_each_to_the_bit(weight: float, n: int) -> None:
    assert set(in_units(np.full(n, weight), ONE[:n], 1)) == {1.0}
    assert effective_number(np.full(n, weight)) == n


@settings(deadline=None)
@given(WEIGHTS, st.randoms(use_true_random=False))
def test_order_and_other_groups_change_no_bit(weights: np.ndarray, random) -> None:
    order = np.array(random.sample(range(len(weights)), len(weights)))
    scaled = in_units(weights, ONE[: len(weights)], 1)
    np.testing.assert_array_equal(in_units(weights[order], ONE[: len(weights)], 1), scaled[order])
    twice = in_units(np.append(weights, 7 * weights), np.repeat([0, 1], len(weights)), 2)
    np.testing.assert_array_equal(twice[: len(weights)], scaled)


def test_weights_far_apart_neither_overflow_nor_vanish() -> None:
    assert effective_number(np.array([1e300, 1e300, 1e-300])) == 2
    assert effective_number(np.array([])) == effective_number(np.zeros(3)) == 0


def test_sums_do_not_depend_on_the_order() -> None:
    values = np.array([0.1, 0.2, 0.3, 0.7, -0.6])
    orders = [np.random.default_rng(seed).permutation(5) for seed in range(20)]
    assert len({float(np.cumsum(values[order])[-1]) for order in orders}) > 1
    assert len({float(sum_by(ONE[:5], values[order], 1)[0]) for order in orders}) == 1
