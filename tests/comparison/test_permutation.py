"""The permutation test: what other programs compute, and how often it rejects what is true."""

from __future__ import annotations

from math import erfc, isnan, sqrt

import numpy as np
import pytest
from scipy import stats

from verbatim.comparison import permutation
from verbatim.comparison.permutation import (
    MENTION,
    SENTIMENT,
    Values,
    log_factorials,
    permutation_p,
)

LOGS = log_factorials(20_000)


def p_of(first, second, values: Values = SENTIMENT) -> float:
    return permutation_p(np.array(first), np.array(second), values, LOGS)


def welch(x, y, axis, imagined):
    """The statistic, written down anew from single reviews."""

    def spread(sample):
        n = sample.shape[axis]
        second = ((sample**2).sum(axis) + (imagined**2).mean()) / (n + 1)
        return (second - ((sample.sum(axis) + imagined.mean()) / (n + 1)) ** 2) / n

    return (x.mean(axis) - y.mean(axis)) / np.sqrt(spread(x) + spread(y))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((3, 1, 1), (1, 4, 0)),
        ((2, 0, 0), (0, 5, 2)),
        ((0, 2, 2), (3, 0, 1)),
        ((2, 2, 0), (2, 2, 1)),
        ((5, 0, 0), (1, 0, 4)),
    ],
)
def test_sentiment_as_scipy_permutes_it(first, second) -> None:
    sample = [np.repeat([1.0, -1.0, 0.0], counts) for counts in (first, second)]
    imagined = np.array([1.0, -1.0, 0.0])
    found = stats.permutation_test(
        sample,
        lambda x, y, axis: welch(x, y, axis, imagined),
        vectorized=True,
        n_resamples=np.inf,
    )
    assert p_of(first, second) == pytest.approx(found.pvalue, abs=1e-9)


@pytest.mark.parametrize(("k", "n", "of", "total"), [(3, 8, 1, 9), (0, 4, 5, 7), (7, 20, 30, 400)])
def test_shares_as_fishers_exact_test_in_one_direction(k: int, n: int, of: int, total: int) -> None:
    table = [[k, n - k], [of, total - of]]
    sides = [stats.fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    found = p_of((k, n - k, 0), (of, total - of, 0), MENTION)
    assert found == pytest.approx(min(1, 2 * min(sides)))


def test_sets_may_change_places_and_signs() -> None:
    assert p_of((9, 2, 4), (20, 30, 5)) == pytest.approx(p_of((20, 30, 5), (9, 2, 4)))
    assert p_of((9, 2, 4), (20, 30, 5)) == pytest.approx(p_of((2, 9, 4), (30, 20, 5)))


@pytest.mark.parametrize(
    ("first", "second"), [((0, 0, 0), (3, 1, 0)), ((4, 0, 0), (9, 0, 0)), ((0, 0, 2), (0, 0, 5))]
)
def test_where_there_is_nothing_to_test_there_is_no_p(first, second) -> None:
    assert isnan(p_of(first, second))


def test_many_reviews_pass_over_into_the_normal_distribution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (600, 240, 160), (5500, 2600, 1900)
    approximate = p_of(first, second)
    monkeypatch.setattr(permutation, "MAX_SPLITS", 10**9)
    assert p_of(first, second) == pytest.approx(approximate, rel=0.15)


def test_rare_values_are_counted_exactly_among_many_reviews() -> None:
    # 3 of 1,000 against 3 of 100,000: the normal distribution would say 1e-30 or so.
    found = p_of((3, 997, 0), (3, 17_000, 0), MENTION)
    assert found == pytest.approx(2 * stats.hypergeom.sf(2, 18_003, 6, 1000), rel=1e-6)
    assert found > 1e-3
    assert 1e-16 <= p_of((400, 0, 0), (0, 9000, 0)) < 1e-15


CASES = [
    (5, 500, (0.9, 0.05, 0.05)),
    (10, 100, (0.5, 0.5, 0.0)),
    (30, 30, (0.34, 0.33, 0.33)),
    (30, 1000, (0.34, 0.33, 0.33)),
    (200, 2000, (0.7, 0.2, 0.1)),
]


@pytest.mark.parametrize(("n", "rest", "chances"), CASES)
def test_what_is_equal_is_rejected_as_often_as_it_says(n, rest, chances) -> None:
    random = np.random.default_rng(7)
    drawn = zip(
        random.multinomial(n, chances, 800), random.multinomial(rest, chances, 800), strict=True
    )
    p = np.nan_to_num([p_of(*pair) for pair in drawn], nan=1)
    for level in (0.05, 0.01):
        assert (p <= level).mean() <= level + 3 * sqrt(level * (1 - level) / 800)


def test_unequal_spread_is_not_taken_for_a_difference() -> None:
    random = np.random.default_rng(3)
    drawn = zip(
        random.multinomial(300, (0.5, 0.5, 0.0), 400),
        random.multinomial(3000, (0.1, 0.1, 0.8), 400),
        strict=True,
    )
    p = np.array([p_of(*pair) for pair in drawn])
    assert (p <= 0.05).mean() <= 0.05 + 3 * sqrt(0.05 * 0.95 / 400)
    plain = [  # without studentising, the pooled variance is that of the large set
        erfc(abs((a[0] - a[1]) / a.sum()) / sqrt(2 * 0.236 / a.sum()))
        for a in random.multinomial(300, (0.5, 0.5, 0.0), 400)
    ]
    assert np.mean(np.array(plain) <= 0.05) > 0.2
