"""The test of a change: its arrangements, its level, its power, and restless series."""

from __future__ import annotations

from itertools import combinations, permutations
from math import isnan, sqrt

import numpy as np
import pytest

from benchmarks.comparison import false_trends, trend_errors
from verbatim.comparison.permutation import MENTION, SENTIMENT
from verbatim.trend.changes import Series, find_changes
from verbatim.trend.scan import FEWEST, scan


def counts_of(*periods: tuple[int, int, int]) -> np.ndarray:
    return np.array(periods, dtype=float)


def p_of(counts: np.ndarray, values=SENTIMENT, draws: int = 999) -> float:
    return scan(counts, values, draws, np.random.default_rng(0)).p


def test_p_is_that_of_all_orders_of_the_reviews() -> None:
    """Three periods of 5, 2 and 5 reviews, two ways to split; every order counted out."""
    sizes = np.array([5, 2, 5])
    variance = 1 - (2 / 12) ** 2

    def statistic(sums: np.ndarray) -> float:
        z2 = []
        for left in (1, 2):
            n, rest = sizes[:left].sum(), sizes[left:].sum()
            gap = sums[:left].sum() / n - sums[left:].sum() / rest
            z2.append(gap**2 / (variance * (1 / n + 1 / rest)))
        steps = np.diff(sums / sizes) ** 2 / (variance * (1 / 5 + 1 / 2))
        return max(z2) / max(1, steps.min() / 0.3685)

    found = statistic(np.array([5, 2, -5]))
    as_clear = []
    for praised in combinations(range(12), 7):
        values = np.full(12, -1)
        values[list(praised)] = 1
        sums = np.add.reduceat(values, [0, 5, 7])
        as_clear.append(statistic(sums) >= found - 1e-9)
    p = p_of(counts_of((5, 0, 0), (2, 0, 0), (0, 5, 0)), draws=50_000)
    assert p == pytest.approx(np.mean(as_clear), rel=0.3)
    assert p < 0.01


def test_the_clearest_split_is_found_over_empty_periods() -> None:
    counts = counts_of((9, 1, 0), (0, 0, 0), (8, 2, 1), (0, 0, 0), (0, 0, 0), (1, 9, 1), (2, 9, 0))
    found = scan(counts, SENTIMENT, 999, np.random.default_rng(0))
    assert found.split == 5
    assert found.p < 0.01


@pytest.mark.parametrize(
    "counts",
    [
        counts_of(),
        counts_of((0, 0, 0), (0, 0, 0)),
        counts_of((20, 9, 3)),
        counts_of((9, 0, 0), (12, 0, 0)),
        counts_of((2, 2, 0), (2, 2, 0)),
    ],
    ids=["no period", "no review", "one period", "all alike", "too few"],
)
def test_where_nothing_can_be_split_there_is_no_p(counts: np.ndarray) -> None:
    found = scan(counts.reshape(-1, 3), SENTIMENT, 99, np.random.default_rng(0))
    assert found.split == -1
    assert isnan(found.p)


def test_neither_side_has_fewer_reviews_than_five() -> None:
    counts = counts_of((0, FEWEST - 1, 0), (10, 0, 0), (10, 1, 0))
    assert scan(counts, SENTIMENT, 99, np.random.default_rng(0)).split == 2


def test_levels_that_mirror_each_other_have_the_same_p() -> None:
    counts = counts_of((9, 2, 1), (8, 3, 1), (2, 7, 0), (3, 8, 4))
    assert p_of(counts) == pytest.approx(p_of(counts[:, [1, 0, 2]]), abs=0.01)
    assert p_of(counts) == pytest.approx(p_of(counts[::-1]), abs=0.01)


def test_p_is_never_0_and_drawing_ends_early_where_it_is_large() -> None:
    clear = counts_of((500, 0, 0), (0, 500, 0))
    assert p_of(clear, draws=999) == 0.001
    calm = counts_of((50, 51, 9), (50, 49, 9), (51, 50, 8))
    assert p_of(calm, draws=10**9) > 0.1


@pytest.mark.parametrize(("periods", "mean"), [(4, 12), (12, 15), (26, 4)])
def test_calm_series_change_as_seldom_as_the_level_says(periods: int, mean: float) -> None:
    found = trend_errors(trials=200, periods=periods, mean=mean)
    assert found["rejected"] <= 0.05 + 3 * sqrt(0.05 * 0.95 / 200)


def test_restless_series_are_not_full_of_changes() -> None:
    found = trend_errors(trials=80, periods=24, mean=100, spread=0.1)
    assert found["dispersion"] > 3
    assert found["rejected"] < 0.15


def test_what_rises_and_falls_again_is_found() -> None:
    random = np.random.default_rng(0)
    k = random.binomial(60, [0.1] * 4 + [0.45] * 4 + [0.1] * 4, (20, 12))
    p = [p_of(np.column_stack([each, 60 - each, 0 * each]).astype(float), MENTION) for each in k]
    assert np.mean(np.array(p) <= 0.05) > 0.8


def test_a_planted_change_is_found_where_it_is() -> None:
    found = trend_errors(trials=60, periods=12, mean=40, change=0.3)
    assert found["rejected"] > 0.9
    assert found["within a period"] > 0.9


def test_many_calm_series_have_no_change_but_by_a_rare_chance() -> None:
    assert false_trends(trials=15, n_series=16) <= 0.05 + 3 * sqrt(0.05 * 0.95 / 15)


def one_mention(weight: float, periods: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Ten reviews in each period, of which the first one mentions a driver and has this weight."""
    counts = np.tile([0.0, 10, 0, 0, 0, 0], (periods, 1))
    counts[0] = [0, 9, 0, 1, 0, 0]
    return counts, np.array([1.0, weight])


@pytest.mark.parametrize("weight", [0.05, 0.4, 1.0, 5.0, 50.0])
def test_one_review_is_no_change_however_heavy(weight: float) -> None:
    """It is as clear in the last period, and less so in the ten between."""
    counts, weights = one_mention(weight)
    found = scan(counts, MENTION, 9999, np.random.default_rng(0), weights)
    assert found.p == pytest.approx(2 / 12, abs=0.08)


def test_reviews_of_any_one_weight_are_those_of_weight_1() -> None:
    counts = counts_of((9, 2, 1), (8, 3, 1), (2, 7, 0), (3, 8, 4))
    layers = np.hstack([counts, 0 * counts])
    alike = scan(layers, SENTIMENT, 9999, np.random.default_rng(0), np.array([1.0, 3.0]))
    found = scan(counts, SENTIMENT, 9999, np.random.default_rng(0))
    assert (alike.split, alike.p) == (found.split, pytest.approx(found.p, abs=0.01))


def test_where_all_reviews_say_the_same_weights_make_no_change() -> None:
    counts = np.tile([7.0, 0, 0, 5, 0, 0, 3, 0, 0], (6, 1))
    for values in (SENTIMENT, MENTION):
        found = scan(counts, values, 99, np.random.default_rng(0), 1.25 ** np.array([-3.0, 1, 4]))
        assert isnan(found.p)


def steps(levels: list[float], n: int = 60) -> np.ndarray:
    """Periods in which these shares of n reviews mention a driver."""
    k = np.rint(np.array(levels) * n)
    return np.column_stack([k, n - k, 0 * k])


def test_all_levels_of_a_series_are_told_apart() -> None:
    levels = [0.1, 0.12, 0.1, 0.1, 0.5, 0.52, 0.5, 0.5, 0.2, 0.2, 0.18, 0.2]
    series = [
        Series(0, "share", ("staff",), steps(levels), MENTION),
        Series(1, "share", ("room",), steps([0.3] * 12), MENTION),
        Series(2, "share", ("price",), steps([0.3] * 5 + [0.7] * 7), MENTION),
    ]
    tests, changes = find_changes(series, 0.05, 0)
    assert [test.q <= 0.05 for test in tests] == [True, False, True]
    found = [(each.series, each.start, each.at, each.stop) for each in changes]
    assert found == [(0, 0, 4, 8), (0, 4, 8, 12), (2, 0, 5, 12)]
    assert all(each.p <= each.q <= 0.05 for each in changes)


def test_changes_depend_on_the_seed_and_the_series_alone() -> None:
    one = Series(0, "share", ("staff",), steps([0.1] * 4 + [0.3] * 4), MENTION)
    other = Series(1, "share", ("room",), steps([0.2, 0.4] * 4), MENTION)
    alone = find_changes([one], 0.05, 7)[0][0].found
    for series in permutations([one, other]):
        found = find_changes(series, 0.05, 7)[0][list(series).index(one)].found
        assert found.split == alone.split
        assert found.p == pytest.approx(alone.p, abs=0.01)
    assert find_changes([], 0.05, 0) == ([], [])
