"""The classifier: the optimum that scikit-learn finds, and thresholds that are learnt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from verbatim.taxonomy import head


def _points(n: int, k: int, apart: float, seed: int = 0) -> tuple[head.Floats, head.Ints]:
    random = np.random.default_rng(seed)
    y = np.arange(n) % k
    x = apart * random.normal(size=(k, 16))[y] + random.normal(size=(n, 16))
    return x / np.linalg.norm(x, axis=1, keepdims=True), y


@pytest.mark.parametrize(("n", "k"), [(9, 3), (40, 8), (300, 5)])
def test_it_finds_what_scikit_learn_finds(n: int, k: int) -> None:
    x, y = _points(n, k, 0.5)
    y = np.concatenate([y[: n // 2], np.minimum(y[n // 2 :], k - 2)])  # not all of one size
    weights, bias = head.logistic(x, y, k)
    theirs = LogisticRegression(C=head.PENALTY, class_weight="balanced", tol=1e-9, max_iter=9999)
    theirs.fit(x, y)
    np.testing.assert_allclose(weights, theirs.coef_, atol=5e-3)
    np.testing.assert_allclose(
        head.softmax(x @ weights.T + bias), theirs.predict_proba(x), atol=1e-3
    )


def test_one_driver_is_taken_if_the_vector_is_near() -> None:
    x = np.eye(16)[:2]
    fitted = head.fit_head(x, [0, 0], [False, False], 1)
    assert fitted.choose([x[0], np.eye(16)[9]]).tolist() == [0, -1]


def test_without_examples_the_defaults_hold() -> None:
    x, y = _points(60, 3, 2.0)
    fitted = head.fit_head(x, y, np.zeros(60, bool), 3)
    assert (fitted.sharpness, fitted.likely) == (head.SHARPNESS, head.LIKELY)


def test_probabilities_of_separate_drivers_become_sharper_than_those_of_noise() -> None:
    every = np.ones(90, bool)
    sharp, dull = (head.fit_head(*_points(90, 3, apart), every, 3) for apart in (3.0, 0.0))
    assert sharp.sharpness > dull.sharpness


def test_the_threshold_is_that_of_the_best_f1() -> None:
    chances, right = np.array([0.9, 0.8, 0.6, 0.5]), np.array([True, True, False, False])
    f1 = [2 * right[:n].sum() / (n + 4) for n in (1, 2, 3, 4)]
    assert head._least(chances, right, 4) == chances[int(np.argmax(f1))] == 0.8


@pytest.mark.parametrize("seed", range(5))
def test_no_threshold_is_learnt_that_leaves_less_open_than_the_fixed_one(seed: int) -> None:
    x, y = _points(90, 3, 0.8, seed)
    every = np.ones(90, bool)
    scores = head._crossed(x, y, np.arange(90), 3)
    fitted = head.fit_head(x, y, every, 3)
    fixed = (head.softmax(head.SHARPNESS * scores).max(axis=1) >= head.LIKELY).sum()
    learnt = head.softmax(fitted.sharpness * scores).max(axis=1) >= fitted.likely
    assert 0 < learnt.sum() <= max(fixed, 1)


def test_drivers_that_may_not_be_are_not() -> None:
    x, y = _points(60, 3, 2.0)
    fitted = head.fit_head(x, y, np.zeros(60, bool), 3)
    chances = fitted.chances(x, np.tile([True, False, True], (60, 1)))
    assert not chances[:, 1].any()
    np.testing.assert_allclose(chances.sum(axis=1), 1)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.integers(0, 3))
def test_a_row_depends_on_itself_alone(n: int, seed: int) -> None:
    x, y = _points(40, 4, 1.0, seed)
    fitted = head.fit_head(x, y, np.zeros(40, bool), 4)
    np.testing.assert_array_equal(fitted.chances(x[:n]), fitted.chances(x)[:n])
    assert fitted.choose(x[:n]).tolist() == fitted.choose(x).tolist()[:n]
