"""Medians and rank correlations agree with other implementations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from verbatim.experience.statistics import median, median_interval, spearman

NUMBERS = st.lists(st.integers(1, 9), min_size=1, max_size=30)


@given(NUMBERS)
def test_the_median_without_weights_is_that_of_numpy(values: list[int]) -> None:
    assert median(np.array(values, float), np.ones(len(values))) == np.median(values)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), min_size=1, max_size=15))
def test_a_whole_weight_is_as_many_reviews(pairs: list[tuple[int, int]]) -> None:
    values, weights = np.array(pairs, float).T
    repeated = np.repeat(values, weights.astype(int))
    assert median(values, weights) == np.median(repeated)


@pytest.mark.parametrize("n", [1, 5])
def test_too_few_values_have_no_interval_of_the_median(n: int) -> None:
    values = np.arange(1.0, n + 1)
    ends = median_interval(values, np.ones(n), values, 200, 0.95, np.random.default_rng(0))
    assert np.isnan(ends).all()


def test_the_interval_of_the_median_holds_the_true_one() -> None:
    random, held = np.random.default_rng(1), 0
    for _ in range(200):
        values = np.round(random.exponential(30, 25))
        low, high = median_interval(values, np.ones(25), values, 300, 0.95, random)
        held += low <= 30 * np.log(2) <= high
    assert held >= 180


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=3, max_size=40))
def test_spearman_agrees_with_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs).T
    weights, random = np.ones(len(one)), np.random.default_rng(0)
    value, low, high = spearman(one, other, weights, 100, 0.95, random)
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert np.isnan([value, low, high]).all()
    else:
        assert value == pytest.approx(stats.spearmanr(one, other).statistic)
        if len(pairs) < 6:
            assert np.isnan([low, high]).all()
        else:
            assert -1 - 1e-9 <= low <= value <= high <= 1


def test_the_interval_of_a_median_is_that_of_the_values_in_any_order() -> None:
    values = np.arange(6.0) ** 2
    for seed in range(6):
        found = {
            median_interval(values, np.ones(6), every, 1000, 0.95, np.random.default_rng(seed))
            for every in (values, values[::-1], np.roll(values, 3))
        }
        assert len(found) == 1


def test_spearman_with_whole_weights_is_that_of_repeated_reviews() -> None:
    one, other = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 1, 1, 3])
    weights = np.array([1.0, 2.0, 3.0, 1.0, 4.0])
    repeats = weights.astype(int)
    expected = stats.spearmanr(np.repeat(one, repeats), np.repeat(other, repeats)).statistic
    value, _, _ = spearman(one, other, weights, 100, 0.95, np.random.default_rng(0))
    assert value == pytest.approx(expected)
