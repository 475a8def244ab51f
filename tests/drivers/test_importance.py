"""Shares of R2: brute force over all orders and subsets, closed forms, and what always holds."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.drivers.importance import relative_weights, roots, shapley, shares
from verbatim.drivers.regression import Centred, centre


def sums_of(x: np.ndarray, y: np.ndarray) -> Centred:
    table = np.column_stack([np.ones(len(y)), x, y])
    return centre((table.T @ table)[None])


def data(seed: int, n: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    common = rng.random((n, 1))
    x = (rng.random((n, k)) < 0.2 + 0.5 * common).astype(float)
    return x, x @ rng.normal(size=k) + rng.normal(size=n)


def explained(x: np.ndarray, y: np.ndarray, members: set[int], players: np.ndarray) -> float:
    columns = np.flatnonzero(np.isin(players, list(members)))
    fitted = sm.OLS(y, sm.add_constant(x[:, columns])).fit()
    return float(fitted.ess)


@pytest.mark.parametrize("players", [[0, 0, 1, 2, 2], [0, 1, 2, 3], [0, 0, 1, 1]])
def test_shapley_is_the_mean_over_all_orders(players: list[int]) -> None:
    player = np.array(players)
    x, y = data(1, 120, len(player))
    names = sorted(set(players))
    orders = list(permutations(names))
    expected = np.zeros(len(names))
    for order in orders:
        for place, name in enumerate(order):
            before, after = set(order[:place]), set(order[: place + 1])
            expected[name] += explained(x, y, after, player) - explained(x, y, before, player)
    found = shapley(sums_of(x, y), 0.0, player)[0]
    np.testing.assert_allclose(found, expected / len(orders), rtol=1e-8)


def test_relative_weights_are_those_of_the_eigendecomposition() -> None:
    x, y = data(2, 150, 4)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    target = (y - y.mean()) / y.std()
    left, _, right = np.linalg.svd(z, full_matrices=False)
    nearest = left @ right * np.sqrt(len(y))
    loading, slope = nearest.T @ z / len(y), nearest.T @ target / len(y)
    expected = (loading.T**2 @ slope**2) * len(y) * y.var()
    found = relative_weights(sums_of(x, y), 0.0, np.arange(4))[0]
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_both_are_squared_correlations_where_columns_do_not_correlate() -> None:
    grid = np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).reshape(3, -1).T.astype(float)
    y = grid @ [1.0, 2.0, 3.0] + np.array([1, -1, -1, 1, -1, 1, 1, -1]) * 0.1
    for method in ("lmg", "johnson"):
        found = shares(sums_of(grid, y), 0.0, np.arange(3), method)[0]
        np.testing.assert_allclose(found, 100 * np.array([1, 4, 9]) / 14, rtol=1e-9)


def test_both_agree_for_two_columns() -> None:
    x, y = data(3, 200, 2)
    sums = sums_of(x, y)
    np.testing.assert_allclose(
        shapley(sums, 0.0, np.arange(2)), relative_weights(sums, 0.0, np.arange(2)), rtol=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.sampled_from([0.0, 1.0]))
def test_shares_sum_to_100_and_none_is_negative(seed: int, k: int, strength: float) -> None:
    x, y = data(seed, 90, k)
    player = np.sort(np.random.default_rng(seed).integers(0, k, k))
    player = np.unique(player, return_inverse=True)[1]
    sums = sums_of(x, y)
    explained_squares = sums.with_outcome[0] @ np.linalg.solve(
        sums.products[0] + strength * np.eye(k), sums.with_outcome[0]
    )
    for method, values in (("lmg", shapley), ("johnson", relative_weights)):
        found = shares(sums, strength, player, method)[0]
        assert found.sum() == pytest.approx(100)
        assert (found >= -1e-9).all()
        assert values(sums, strength, player).sum() == pytest.approx(explained_squares)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.permutations(range(4)))
def test_the_order_of_the_drivers_is_no_matter(seed: int, order: list[int]) -> None:
    x, y = data(seed, 80, 4)
    for method in ("lmg", "johnson"):
        one = shares(sums_of(x, y), 0.3, np.arange(4), method)[0]
        other = shares(sums_of(x[:, order], y), 0.3, np.arange(4), method)[0]
        np.testing.assert_allclose(one[order], other, atol=1e-7)


def test_resamples_are_each_as_if_alone() -> None:
    samples = [data(seed, 70, 5) for seed in range(40)]
    player = np.array([0, 0, 1, 2, 2])
    tables = [np.column_stack([np.ones(70), x, y]) for x, y in samples]
    many = centre(np.array([table.T @ table for table in tables]))
    for method in ("lmg", "johnson"):
        alone = np.vstack([shares(sums_of(x, y), 0.1, player, method) for x, y in samples])
        np.testing.assert_allclose(shares(many, 0.1, player, method), alone, rtol=1e-7)


def test_nothing_explained_is_not_known() -> None:
    x, _ = data(0, 50, 3)
    assert np.isnan(shares(sums_of(x, np.zeros(50)), 0.1, np.arange(3), "lmg")).all()


def test_collinear_columns_are_equals() -> None:
    x, y = data(0, 100, 2)
    double = x[:, [0, 0, 1]]
    for method in ("lmg", "johnson"):
        found = shares(sums_of(double, y), 0.1, np.arange(3), method)[0]
        assert found[0] == pytest.approx(found[1])
    lmg = shares(sums_of(double, y), 0.0, np.arange(3), "lmg")[0]
    assert lmg[0] == pytest.approx(lmg[1])
    assert lmg.sum() == pytest.approx(100)


def test_roots_of_nearly_singular_matrices() -> None:
    rng = np.random.default_rng(0)
    x = rng.random((50, 300, 6))
    x[:, :, 1] = x[:, :, 0] + 1e-3 * rng.random((50, 300))
    matrix = np.array([np.corrcoef(part.T) for part in x])
    root, inverse = roots(matrix)
    np.testing.assert_allclose(root @ root, matrix, atol=1e-9)
    np.testing.assert_allclose(inverse @ matrix @ inverse, np.eye(6)[None].repeat(50, 0), atol=1e-6)
