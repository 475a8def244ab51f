"""Intervals against closed forms and by how often they hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from benchmarks import coverage
from verbatim.drivers.bootstrap import (
    SIDES,
    generator,
    interval,
    net_interval,
    resampled_means,
    wilson,
)

COUNTS = st.tuples(*[st.integers(0, 50)] * 3).filter(any).map(np.array)


@given(st.integers(0, 100), st.integers(1, 100), st.floats(0.01, 0.99))
def test_wilson_is_that_of_statsmodels(count: int, more: int, level: float) -> None:
    total = count + more
    ours = wilson(count, total, level)
    theirs = proportion_confint(count, total, alpha=1 - level, method="wilson")
    np.testing.assert_allclose(ours, theirs, atol=1e-9)
    assert ours[0] <= count / total <= ours[1]


def test_wilson_of_nothing_is_not_known() -> None:
    assert np.isnan(wilson(0, 0, 0.95)).all()


@given(COUNTS, st.integers(0, 5))
def test_net_interval_holds_the_net_sentiment_and_has_a_width(sides: np.ndarray, seed: int) -> None:
    low, high = net_interval(sides, 200, 0.95, generator(seed, "staff"))
    net = 100 * (float(sides[0] - sides[1]) / float(sides.sum()))
    assert -100 <= low <= net <= high <= 100
    assert low < high


def test_net_interval_of_many_reviews_is_walds() -> None:
    sides = np.array([60_000, 25_000, 15_000])
    low, high = net_interval(sides, 20_000, 0.95, generator(0, "staff"))
    p, n = sides / sides.sum(), sides.sum()
    net = p[0] - p[1]
    half = 1.959964 * np.sqrt((p[0] + p[1] - net**2) / n)
    assert low == pytest.approx(100 * (net - half), abs=0.02)
    assert high == pytest.approx(100 * (net + half), abs=0.02)


def test_resampled_means_have_the_moments_of_the_bayesian_bootstrap() -> None:
    values, counts = np.array([1.0, 2.0, 5.0]), np.array([200, 300, 500])
    means = resampled_means(values, counts, values, 40_000, generator(1, "moments"))
    n = counts.sum()
    mean = values @ counts / n
    variance = ((values - mean) ** 2 @ counts / n) / (n + 1)
    assert means.mean() == pytest.approx(mean, abs=0.003)
    assert means.std() == pytest.approx(np.sqrt(variance), rel=0.03)


def test_imagined_review_follows_its_chances() -> None:
    none, values = np.array([0, 0]), np.array([0.0, 1.0])
    means = resampled_means(values, none, values, 10_000, generator(1), np.array([0.25, 0.75]))
    assert set(means) == {0.0, 1.0}
    assert means.mean() == pytest.approx(0.75, abs=0.02)


@given(COUNTS)
def test_means_lie_among_the_values(counts: np.ndarray) -> None:
    means = resampled_means(SIDES, counts, SIDES, 100, generator(0, "x"))
    assert ((means >= -1 - 1e-12) & (means <= 1 + 1e-12)).all()


def test_more_confidence_is_wider() -> None:
    draws = resampled_means(SIDES, np.array([5, 3, 2]), SIDES, 1000, generator(0, "x"))
    narrow, wide = interval(draws, 0.2, 0.5), interval(draws, 0.2, 0.99)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_the_estimate_lies_in_its_interval_even_outside_the_draws() -> None:
    assert interval(np.array([0.4, 0.5]), 1.0, 0.9)[1] == 1.0
    assert interval(np.array([0.4, 0.5]), -1.0, 0.9)[0] == -1.0


def test_random_numbers_depend_on_seed_and_names() -> None:
    first = [generator(*key).random() for key in ((0, "a"), (0, "b"), (1, "a"), (0, "a", "b"))]
    assert len(set(first)) == 4
    assert generator(0, "a").random() == first[0]


def test_intervals_hold_the_truth_about_as_often_as_they_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coverage, "SIZES", (10, 30))
    monkeypatch.setattr(coverage, "N_RESAMPLES", 300)
    rows = coverage.measure(trials=250)
    assert len(rows) == 2 * (len(coverage.SIDES_OF) + 2 * len(coverage.STARS_OF))
    assert min(row["coverage"] for row in rows) > 0.88
    assert 0.92 < np.mean([row["coverage"] for row in rows]) < 0.98
    assert coverage.table(rows).count("\n") == 1 + len(rows) // 2
