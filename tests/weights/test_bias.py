"""J-shaped samples: noticed where they are, and not where one peak or chance explains them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from verbatim.weights.bias import Scale, _stands_out, is_j_shaped, j_shape, scale_of

FIVE = np.arange(1.0, 6.0)

J_SHAPED = {
    "stars of an online shop": [0.10, 0.04, 0.07, 0.19, 0.60],
    "J": [0.20, 0.06, 0.08, 0.18, 0.48],
    "reverse J": [0.60, 0.08, 0.05, 0.07, 0.20],
    "U": [0.45, 0.04, 0.02, 0.04, 0.45],
}
NOT = {
    "asked, pleased": [0.02, 0.04, 0.10, 0.30, 0.54],
    "asked, all but pleased": [0.01, 0.01, 0.02, 0.06, 0.90],
    "asked, angry": [0.50, 0.25, 0.13, 0.08, 0.04],
    "one peak inside": [0.05, 0.15, 0.40, 0.30, 0.10],
    "even": [0.2, 0.2, 0.2, 0.2, 0.2],
    "two peaks, one inside": [0.20, 0.05, 0.10, 0.35, 0.30],
}
NPS = [0.05, 0.01, 0.015, 0.015, 0.02, 0.08, 0.06, 0.13, 0.20, 0.17, 0.25]


def scale(shares: list[float], n: int) -> Scale:
    return Scale(np.arange(float(len(shares))), np.array(shares) / sum(shares), n, float(n))


@pytest.mark.parametrize("shares", J_SHAPED.values(), ids=J_SHAPED)
def test_ends_that_hold_more_are_noticed(shares: list[float]) -> None:
    assert is_j_shaped(scale(shares, 2000))


@pytest.mark.parametrize("shares", NOT.values(), ids=NOT)
def test_one_peak_is_no_j_however_many_reviews(shares: list[float]) -> None:
    assert not is_j_shaped(scale(shares, 10_000_000))


def test_a_recommendation_score_with_its_usual_heaps_is_no_j() -> None:
    assert not is_j_shaped(scale(NPS, 1_000_000))
    assert is_j_shaped(scale([0.3, *NPS[1:]], 1000))


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10_000), min_size=3, max_size=6),
    st.lists(st.integers(0, 10_000), max_size=5),
)
def test_no_sample_with_one_peak_is_ever_one(rising: list[int], falling: list[int]) -> None:
    counts = np.array([*sorted(rising), *sorted(falling, reverse=True)], dtype=float) + 1
    assert not is_j_shaped(scale(counts.tolist(), int(counts.sum())))


def test_chance_is_no_j_more_often_than_the_level_says() -> None:
    rng = np.random.default_rng(0)
    # The worst case: ends and neighbours are equal, and nothing else decides.
    hits = [
        is_j_shaped(scale((rng.multinomial(n, [0.1, 0.1, 0.02, 0.18, 0.6]) + 1e-12).tolist(), n))
        for n in (30, 100, 300, 1000)
        for _ in range(500)
    ]
    assert np.mean(hits) < 0.05


@pytest.mark.parametrize(("end", "other"), [(5, 0), (4, 0), (12, 4), (21, 10), (30, 18), (40, 27)])
def test_beyond_chance_is_the_sign_test(end: int, other: int) -> None:
    p = binomtest(end, end + other, alternative="greater").pvalue
    assert _stands_out(np.array([end, other])) == (p < 0.05)


def test_a_sure_but_small_difference_is_none() -> None:
    assert not _stands_out(np.array([120_000.0, 100_000.0]))
    assert _stands_out(np.array([126_000.0, 100_000.0]))


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([1, 2, 3, 4, 5], 5),
        ([1, 1.5, 3, 5], 9),
        ([0, 1, 10], 11),
        ([0, 0.25, 1], 5),
        ([-1, 0, 1], 3),
        ([2, 4, 10], 5),
    ],
)
def test_few_even_steps_are_a_scale(values: list[float], points: int) -> None:
    found = scale_of(np.array(values), np.ones(len(values)))
    assert found is not None and len(found.points) == points
    assert set(values) <= set(found.points)
    assert found.mean == pytest.approx(np.mean(values))


@pytest.mark.parametrize(
    "values",
    [[], [1], [0, 1, 1], [1, 5], list(range(12)), [0, 1, 11], [1, 2.2, 5], [0, 1e-300, 5]],
    ids=str,
)
def test_other_outcomes_have_no_scale(values: list[float]) -> None:
    assert scale_of(np.array(values, dtype=float), np.ones(len(values))) is None


def test_numbers_are_told_and_the_fix() -> None:
    values = FIVE.repeat([200, 60, 80, 180, 480])
    found = j_shape(values, np.ones(1000), "stars")
    assert found is not None
    assert found["shares"] == pytest.approx([0.2, 0.06, 0.08, 0.18, 0.48])
    assert (found["values"], found["n"]) == ([1, 2, 3, 4, 5], 1000)
    assert found["mean"] == pytest.approx(3.68)
    said = found["message"]
    assert "the 1,000 reviews with 'stars' are J-shaped" in said
    assert "1: 20.0%, 2: 6.0%, 3: 8.0%, 4: 18.0%, 5: 48.0%; mean 3.68" in said
    assert "Nothing was corrected" in said and "post_stratify(analysis, to={'stars': {1: " in said


def test_weights_decide_the_shape_and_nothing_weighs_nothing() -> None:
    values = FIVE.repeat([200, 60, 80, 180, 480])
    known = dict(zip(FIVE, [0.02, 0.04, 0.10, 0.30, 0.54], strict=True))
    found = dict(zip(*np.unique(values, return_counts=True), strict=True))
    weights = np.array([known[v] / found[v] for v in values])
    assert j_shape(values, weights, "stars") is None
    assert j_shape(values, np.where(values == 1, 0.0, 1.0), "stars") is None
    slight = np.where(values == 3, 1.1, 1.0)
    found = j_shape(values, slight, "stars")
    assert found is not None and "J-shaped, weighted as they are" in found["message"]
    few = np.append(values, FIVE), np.append(1e-6 * np.ones(1000), np.ones(5))
    assert j_shape(*few, "stars") is None
