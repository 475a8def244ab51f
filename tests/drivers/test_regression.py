"""The regression from sums of products: statsmodels, ridge as rows, and its strength."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from verbatim.drivers.design import MAX_UNITS, MIXED, NEGATIVE, POSITIVE, lay_out_design
from verbatim.drivers.impact import FLOOR, fit
from verbatim.drivers.moments import indicators, moments, resampled
from verbatim.drivers.regression import STRENGTHS, centre, coefficients, ridge_strength

CHANCES = [0.5, 0.2, 0.15, 0.05, 0.1]


def drawn(n: int, p: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    states = rng.choice(5, size=(n, p), p=CHANCES).astype(np.int8)
    return states, rng.integers(1, 6, n) + 0.7 * (states[:, 0] == POSITIVE)


def matrix_of(states: np.ndarray, columns) -> np.ndarray:
    sides = zip(columns.driver, columns.side, strict=True)
    return np.column_stack([np.isin(states[:, d], (side, MIXED)) for d, side in sides]).astype(
        float
    )


def test_effects_are_those_of_statsmodels() -> None:
    states, outcome = drawn(300, 4)
    design = lay_out_design(states, outcome, 0)
    columns = indicators(design)
    effects = coefficients(centre(moments(design, columns).gram), 0.0)[0] * design.range
    expected = sm.OLS(outcome, sm.add_constant(matrix_of(states, columns))).fit().params
    np.testing.assert_allclose(effects, expected[1:], atol=1e-10)


def test_resampled_effects_are_those_of_weighted_least_squares() -> None:
    states, outcome = drawn(200, 3)
    design = lay_out_design(states, outcome, 0)
    columns = indicators(design)
    (sums,) = resampled(design, columns, 5, np.random.default_rng(1))
    weights = np.random.default_rng(1).standard_gamma(design.shape, size=(5, len(design.shape)))
    effects = coefficients(centre(sums.gram), 0.0)
    x = sm.add_constant(matrix_of(design.states, columns))
    for weight, effect in zip(weights, effects, strict=True):
        expected = sm.WLS(design.outcome, x, weights=weight).fit().params
        np.testing.assert_allclose(effect, expected[1:], atol=1e-10)


def test_the_ridge_is_so_many_reviews_without_effect() -> None:
    states, outcome = drawn(80, 3)
    design = lay_out_design(states, outcome, 0)
    columns = indicators(design)
    effects = coefficients(centre(moments(design, columns).gram), 0.3)[0]
    x = matrix_of(design.states, columns)
    weight = np.sqrt(design.shape)[:, None]
    mean = (design.shape @ x) / design.shape.sum()
    middle = (design.shape @ design.outcome) / design.shape.sum()
    rows = np.vstack([weight * (x - mean), np.sqrt(0.3) * np.eye(len(columns))])
    target = np.append(weight[:, 0] * (design.outcome - middle), np.zeros(len(columns)))
    np.testing.assert_allclose(effects, np.linalg.lstsq(rows, target)[0], atol=1e-10)


def test_strength_has_the_least_gcv_by_the_hat_matrix() -> None:
    for seed in range(6):
        states, outcome = drawn(60, 5, seed)
        design = lay_out_design(states, outcome, 0)
        columns = indicators(design)
        x = matrix_of(design.states, columns).repeat(design.shape.astype(int), axis=0)
        y = design.outcome.repeat(design.shape.astype(int))
        n = len(y)
        centring = np.eye(n) - 1 / n
        scores = []
        for strength in STRENGTHS:
            xc = centring @ x
            hat = xc @ np.linalg.inv(xc.T @ xc + strength * np.eye(x.shape[1])) @ xc.T + 1 / n
            rss = ((y - hat @ y) ** 2).sum()
            scores.append(n * rss / (n - np.trace(hat)) ** 2)
        chosen = ridge_strength(centre(moments(design, columns).gram))
        assert chosen == STRENGTHS[int(np.argmin(scores))]


def test_collinear_columns_share_their_effect_and_are_not_sure_of_it() -> None:
    from verbatim.drivers.draws import draws, intervals

    rng = np.random.default_rng(0)
    alone = rng.choice([0, POSITIVE], 400).astype(np.int8)
    other = rng.choice([0, NEGATIVE], 400).astype(np.int8)
    outcome = 3 + (alone == POSITIVE) + rng.normal(0, 0.5, 400)
    design = lay_out_design(np.column_stack([alone, alone, other]), outcome, 0)
    found = fit(design, "lmg")
    assert found.strength > 0
    together = found.effects[:2] * design.range
    assert together[0] == pytest.approx(together[1])
    assert together.sum() == pytest.approx(1, abs=0.15)
    reward = draws(design, found, 1000, 0)["reward"] * design.range
    low, high = intervals(reward, np.array([*together, np.nan]), 0.95)
    assert high[0] - low[0] > 0.8
    ends = np.quantile(reward[:, 0] + reward[:, 1], [0.025, 0.975])
    assert ends[1] - ends[0] < 0.4


def test_too_few_reviews_have_no_regression() -> None:
    states, outcome = drawn(FLOOR, 2)
    assert len(fit(lay_out_design(states, outcome, 0), "lmg").columns) == 4
    few = fit(lay_out_design(states[1:], outcome[1:], 0), "lmg")
    assert len(few.columns) == 0 and np.isnan(few.intercept)
    wide, outcome = drawn(60, 30)
    design = lay_out_design(wide, outcome, 0)
    assert len(indicators(design)) > 58
    assert len(fit(design, "johnson").columns) == 0


def test_a_mention_that_all_have_or_none_has_no_column() -> None:
    states = np.array([[POSITIVE, NEGATIVE, 0]] * 40, dtype=np.int8)
    states[:5, 1] = 0
    columns = indicators(lay_out_design(states, np.arange(40.0), 0))
    assert list(zip(columns.driver, columns.side, strict=True)) == [(1, NEGATIVE)]


def test_alike_reviews_are_one_unit_and_order_is_no_matter() -> None:
    states, outcome = drawn(500, 2)
    design = lay_out_design(states, outcome, 0)
    assert len(design.shape) < 250 and design.shape.sum() == 500
    order = np.random.default_rng(3).permutation(500)
    other = lay_out_design(states[order], outcome[order], 0)
    for name in ("states", "outcome", "shape"):
        np.testing.assert_array_equal(getattr(design, name), getattr(other, name))


def test_random_parts_vary_as_the_reviews_do() -> None:
    n = 3 * MAX_UNITS + 5
    states, outcome = drawn(n, 4, seed=2)
    outcome = outcome + np.random.default_rng(0).random(n)
    design = lay_out_design(states, outcome, 0)
    assert len(design.shape) <= MAX_UNITS and design.per_unit == 4
    columns = indicators(design)
    x = sm.add_constant(matrix_of(states, columns))
    fitted = sm.OLS(outcome, x).fit(cov_type="HC0")
    estimate = coefficients(centre(moments(design, columns).gram), 0.0)[0] * design.range
    np.testing.assert_allclose(estimate, fitted.params[1:], atol=1e-9)
    parts = resampled(design, columns, 2000, np.random.default_rng(0))
    effects = np.concatenate([coefficients(centre(part.gram), 0.0) for part in parts])
    np.testing.assert_allclose(effects.std(axis=0) * design.range, fitted.bse[1:], rtol=0.08)


def test_many_drivers_do_not_overflow_the_numbers_of_patterns() -> None:
    rng = np.random.default_rng(0)
    states = rng.integers(0, 5, (200, 70)).astype(np.int8)
    states[100:] = states[:100]
    design = lay_out_design(states, np.zeros(200), 0)
    assert len(design.shape) == 100
    assert set(design.shape) == {2.0}
