"""Raking: closed forms, another implementation, the minimum that it is, and margins at odds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from verbatim.errors import OptionError
from verbatim.weights.raking import rake, shares, trim
from verbatim.weights.targets import Margin


def margin(name: str, codes: np.ndarray, target: list[float]) -> Margin:
    return Margin(
        name, list(range(len(target))), np.asarray(codes, dtype=np.int64), np.array(target)
    )


def sample(n: int = 300, seed: int = 0) -> tuple[list[Margin], np.ndarray]:
    rng = np.random.default_rng(seed)
    margins = [
        margin("a", rng.choice(3, n, p=[0.6, 0.3, 0.1]), [0.2, 0.3, 0.5]),
        margin("b", rng.choice(2, n, p=[0.7, 0.3]), [0.4, 0.6]),
        margin("c", rng.choice(4, n), [0.1, 0.2, 0.3, 0.4]),
    ]
    return margins, rng.lognormal(0, 0.5, n)


def test_one_margin_is_the_share_known_over_the_share_found() -> None:
    codes = np.array([0] * 6 + [1] * 3 + [2])
    weights = rake([margin("a", codes, [0.3, 0.3, 0.4])], np.ones(10))
    np.testing.assert_allclose(weights, [0.5] * 6 + [1.0] * 3 + [4.0], rtol=1e-12)


def test_two_by_two_keeps_the_odds_ratio_and_solves_its_quadratic() -> None:
    counts = np.array([[40, 10], [20, 30]])
    a, b = np.indices((2, 2)).reshape(2, -1).repeat(counts.ravel(), axis=1)
    row, column = 0.3, 0.6
    weights = rake(
        [margin("a", a, [row, 1 - row]), margin("b", b, [column, 1 - column])], np.ones(100)
    )
    # p solves p (1 - row - column + p) = odds (row - p) (column - p).
    odds = 40 * 30 / (10 * 20)
    roots = np.roots([1 - odds, 1 - row - column + odds * (row + column), -odds * row * column])
    (p,) = (root for root in roots if 0 < root < min(row, column))
    expected = np.array([[p, row - p], [column - p, 1 - row - column + p]])
    found = np.zeros((2, 2))
    np.add.at(found, (a, b), weights / 100)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_shares_are_those_known_and_weights_have_mean_one() -> None:
    margins, base = sample()
    weights = rake(margins, base)
    assert weights.mean() == pytest.approx(1)
    for one in margins:
        np.testing.assert_allclose(shares(one, weights), one.target, atol=1e-9)


def test_weights_are_those_of_another_implementation() -> None:
    margins, base = sample(seed=1)
    weights = base.copy()
    for _ in range(200):  # row by row, as in the textbook
        for one in margins:
            current = np.array([weights[one.codes == k].sum() for k in range(len(one.target))])
            weights *= (one.target * weights.sum() / current)[one.codes]
    np.testing.assert_allclose(rake(margins, base), weights / weights.mean(), rtol=1e-7)


def test_weights_are_the_nearest_to_the_base_weights() -> None:
    margins, base = sample(60, seed=2)
    base = base / base.sum()
    rows = [(one.codes == k) for one in margins for k in range(len(one.target))]
    targets = np.concatenate([one.target for one in margins])
    # Constraints repeat the total, so the solver gets all but one of each later margin.
    keep = [i for i in range(len(rows)) if i not in (len(margins[0].target), len(rows) - 1)]
    constraint = {
        "type": "eq",
        "fun": lambda w: np.array([w[rows[i]].sum() for i in keep]) - targets[keep],
        "jac": lambda w: np.array([rows[i] for i in keep], dtype=float),
    }
    found = minimize(
        lambda w: (w * np.log(w / base)).sum(),
        base,
        jac=lambda w: np.log(w / base) + 1,
        bounds=[(1e-9, 1)] * len(base),
        constraints=[constraint],
        method="SLSQP",
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    assert found.success
    np.testing.assert_allclose(rake(margins, base) / len(base), found.x, rtol=2e-3, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_order_of_the_reviews_changes_no_bit(seed: int) -> None:
    margins, base = sample(80, seed=3)
    order = np.random.default_rng(seed).permutation(80)
    other = [margin(one.column, one.codes[order], one.target.tolist()) for one in margins]
    np.testing.assert_array_equal(rake(other, base[order]), rake(margins, base)[order])


def test_margins_at_odds_are_named() -> None:
    both = np.array([0] * 20 + [1] * 30)
    with pytest.raises(
        OptionError, match=r"1 of 'a' gets a share of 0\.5000 instead of 0\.8000 where 'b' has"
    ):
        rake([margin("a", both, [0.2, 0.8]), margin("b", both, [0.5, 0.5])], np.ones(50))


def test_a_value_left_out_by_one_margin_can_leave_another_without_reviews() -> None:
    a, b = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])
    with pytest.raises(OptionError, match=r"1 of 'b' gets a share of 0\.0000 instead of 0\.5"):
        rake([margin("a", a, [1.0, 0.0]), margin("b", b, [0.5, 0.5])], np.ones(4))


def test_a_share_of_nothing_leaves_reviews_out() -> None:
    weights = rake([margin("a", np.array([0, 0, 1, 1]), [1.0, 0.0])], np.ones(4))
    assert weights.tolist() == [1, 1, 0, 0]
    assert trim(weights, 1.5).tolist() == [1, 1, 0, 0]


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=40), st.floats(1.05, 10))
def test_trimming_keeps_mean_bound_and_order(values: list[float], limit: float) -> None:
    weights = np.array(values) / np.mean(values)
    trimmed = trim(weights, limit)
    assert trimmed.max() <= limit * (1 + 1e-6)
    assert trimmed.mean() == pytest.approx(1)
    order = np.argsort(weights)
    assert (np.diff(trimmed[order]) >= -1e-9).all()
    low = trimmed < limit * (1 - 1e-9)
    ratios = trimmed[low] / weights[low]
    assert low.sum() < 2 or np.ptp(ratios) < 1e-6 * ratios.max()
    if weights.max() <= limit:
        np.testing.assert_array_equal(trimmed, weights)
