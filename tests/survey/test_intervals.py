"""Intervals against independent implementations, and by how often they hold the truth."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, multinomial, norm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from verbatim import survey
from verbatim.survey.intervals import net_interval, share_interval
from verbatim.survey.samples import MAX_BINS, make_sample, resampled_masses, weight_bins

QUICK = settings(deadline=None, max_examples=50)
COUNTS = st.tuples(*[st.integers(0, 60)] * 3).filter(any)
ENDS = [("low", "high"), ("boot_low", "boot_high"), ("mean_low", "mean_high")]


@QUICK
@given(COUNTS, st.floats(0.01, 0.99))
def test_net_interval_is_walds_with_three_respondents_added(
    counts: tuple[int, int, int], level: float
) -> None:
    n = sum(counts)
    added = DescrStatsW([1.0, 0.0, -1.0], np.add(counts, [0.75, 1.5, 0.75]), ddof=0)
    half = norm.ppf((1 + level) / 2) * added.std / np.sqrt(n + 3)
    low, high = net_interval(counts[0] / n, counts[2] / n, n, level)
    assert low == pytest.approx(max(-1, added.mean - half))
    assert high == pytest.approx(min(1, added.mean + half))


def test_net_interval_by_hand() -> None:
    # 7 promoters, 1 passive, 2 detractors: 7.75 and 2.75 of 13, variance .65976 / 13
    found = survey.nps([10] * 7 + [8] + [0] * 2).frame.iloc[0]
    assert found[["score", "low", "high"]].tolist() == pytest.approx([50, -5.69, 82.62], abs=0.005)


@QUICK
@given(st.integers(0, 80), st.integers(1, 80), st.floats(0.01, 0.99))
def test_share_interval_is_that_of_statsmodels(count: int, more: int, level: float) -> None:
    n = count + more
    theirs = proportion_confint(count, n, alpha=1 - level, method="agresti_coull")
    assert share_interval(count / n, n, level) == pytest.approx(np.clip(theirs, 0, 1))


@QUICK
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.floats(0.05, 0.99))
def test_intervals_hold_the_estimate_and_stay_on_the_scale(answers: list[int], level: float):
    found = survey.csat(answers, confidence=level, n_resamples=100).frame.iloc[0]
    for low, high in ENDS[:2]:
        assert 0 <= found[low] <= found["score"] <= found[high] <= 100
    assert 1 <= found["mean_low"] <= found["mean"] <= found["mean_high"] <= 5
    net = survey.nps(answers, confidence=level, n_resamples=100).frame.iloc[0]
    for low, high in ENDS[:2]:
        assert -100 <= net[low] <= net["score"] <= net[high] <= 100


@pytest.mark.parametrize("measure", [survey.nps, survey.csat])
def test_constant_scores_have_an_interval_with_a_width(measure) -> None:
    found = measure([5] * 12).frame.iloc[0]
    assert found["high"] - found["low"] > 5
    assert found["boot_low"] == found["boot_high"] == found["score"]


def test_one_respondent_is_hardly_known() -> None:
    found = survey.nps([10]).frame.iloc[0]
    assert found["score"] == found["high"] == 100
    assert found["low"] < -40
    assert found["low_support"]


def test_more_confidence_is_wider_and_more_respondents_narrower() -> None:
    answers = [1, 2, 4, 4, 5, 5, 3, 5]
    for low, high in ENDS:
        widths = [
            float((frame[high] - frame[low]).iloc[0])
            for frame in (
                survey.csat(answers, confidence=0.99).frame,
                survey.csat(answers, confidence=0.8).frame,
                survey.csat(answers * 9, confidence=0.8).frame,
            )
        ]
        assert widths == sorted(widths, reverse=True)
        assert len(set(widths)) == 3


def test_resampled_share_is_binomial() -> None:
    found = survey.csat([5] * 13 + [1] * 27, n_resamples=100_000, confidence=0.9).frame.iloc[0]
    exact = binom.ppf([0.05, 0.95], 40, 13 / 40) / 40
    assert found[["boot_low", "boot_high"]].tolist() == pytest.approx(100 * exact)


def test_resampled_net_score_is_that_of_all_possible_resamples() -> None:
    n, shares = 20, [0.5, 0.2, 0.3]
    chances = np.zeros(2 * n + 1)
    for promoters, detractors in product(range(n + 1), repeat=2):
        if promoters + detractors <= n:
            counts = [promoters, n - promoters - detractors, detractors]
            chances[promoters - detractors + n] += multinomial.pmf(counts, n, shares)
    exact = [np.searchsorted(chances.cumsum(), q) - n for q in (0.05, 0.95)]
    answers = [9, 10] * 5 + [7, 8] * 2 + [0, 1, 2, 3, 4, 5]
    found = survey.nps(answers, n_resamples=50_000, confidence=0.9).frame.iloc[0]
    assert found[["boot_low", "boot_high"]].tolist() == pytest.approx([100 * e / n for e in exact])


def _resampled_one_by_one(scores: np.ndarray, weights: np.ndarray, draws: int) -> np.ndarray:
    rows = np.random.default_rng(8).integers(0, len(scores), (draws, len(scores)))
    return (scores[rows] * weights[rows]).sum(axis=1) / weights[rows].sum(axis=1)


@pytest.mark.parametrize("different", [3, 400])
def test_weighted_resamples_are_those_of_respondents(different: int) -> None:
    random = np.random.default_rng(4)
    scores = random.integers(1, 6, 400).astype(float)
    levels = random.lognormal(0, 1, different) * np.linspace(1, 4, different)
    weights = levels[random.integers(0, different, 400)] * scores
    table = pd.DataFrame({"s": scores, "w": weights})
    found = survey.csat(table, "s", weight="w", n_resamples=20_000).frame.iloc[0]
    draws = _resampled_one_by_one(scores, weights, 20_000)
    low, high = np.quantile(draws, [0.025, 0.975])
    assert found["mean"] == pytest.approx(np.average(scores, weights=weights))
    assert found["mean_low"] == pytest.approx(low, abs=0.02 * (high - low))
    assert found["mean_high"] == pytest.approx(high, abs=0.02 * (high - low))


@QUICK
@given(st.lists(st.floats(1e-200, 1), min_size=1, max_size=200).map(sorted))
def test_bins_of_weights_hide_next_to_no_variance(weights: list[float]) -> None:
    given_weights = np.array(weights)
    bins = weight_bins(given_weights)
    assert (np.diff(bins) >= 0).all()
    assert bins.max() < MAX_BINS
    means = np.bincount(bins, given_weights)[bins] / np.bincount(bins)[bins]
    hidden = ((given_weights - means) ** 2).sum()
    assert hidden <= (given_weights**2).sum() / MAX_BINS + 1e-12


def test_a_weight_of_0_is_never_drawn() -> None:
    sample = make_sample(np.array([1.0, 5.0, 5.0]), np.array([0.0, 1.0, 2.0]))
    masses = resampled_masses(sample, 200, np.random.default_rng(0))
    assert (masses[:, 0] == 0).all()
    assert (masses[:, 1] > 0).all()


def test_seed_decides_the_resamples_and_nothing_else() -> None:
    answers = list(range(11)) * 5
    first, again, other = (survey.nps(answers, seed=seed).frame for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    boot = ["boot_low", "boot_high"]
    assert first[boot].iloc[0].tolist() != other[boot].iloc[0].tolist()
    pd.testing.assert_frame_equal(first.drop(columns=boot), other.drop(columns=boot))


def _surveys(shares: list[float], n: int, times: int, **columns: np.ndarray) -> pd.DataFrame:
    random = np.random.default_rng(2024)
    answers = random.choice([0, 7, 10], size=(times, n), p=shares)
    return pd.DataFrame({"s": answers.ravel(), "g": np.repeat(np.arange(times), n), **columns})


def _coverage(frame: pd.DataFrame, low: str, high: str, truth: float) -> float:
    return float(((frame[low] <= truth) & (truth <= frame[high])).mean())


@pytest.mark.parametrize(
    ("shares", "n"),
    [
        ([0.25, 0.3, 0.45], 10),
        ([0.25, 0.3, 0.45], 30),
        ([0.25, 0.3, 0.45], 200),
        ([0.05, 0.1, 0.85], 30),
    ],
)
def test_adjusted_wald_holds_the_truth_as_often_as_it_says(shares: list[float], n: int) -> None:
    frame = survey.nps(_surveys(shares, n, 1500), "s", by="g", n_resamples=100).frame
    assert 0.93 <= _coverage(frame, "low", "high", 100 * (shares[2] - shares[0])) <= 0.98


def test_resampled_intervals_hold_the_truth_about_as_often() -> None:
    frame = survey.nps(_surveys([0.25, 0.3, 0.45], 100, 500), "s", by="g").frame
    assert 0.92 <= _coverage(frame, "boot_low", "boot_high", 20) <= 0.98


def test_effective_n_keeps_the_promise_of_weighted_intervals() -> None:
    weights = np.random.default_rng(5).choice([0.2, 1.0, 5.0], 1500 * 150)
    table = _surveys([0.25, 0.3, 0.45], 150, 1500, w=weights)
    frame = survey.nps(table, "s", by="g", weight="w", n_resamples=100).frame
    assert 0.935 <= _coverage(frame, "low", "high", 20) <= 0.97
    unweighted = 100 * np.diff(net_interval(0.45, 0.25, 150, 0.95))[0]
    assert (frame["high"] - frame["low"]).mean() > 1.3 * unweighted
