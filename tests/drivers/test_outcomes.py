"""Outcomes: hand-counted means and gaps, what is no number, and bins that lose no variance."""

from __future__ import annotations

import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.conftest import Says, analysis_of
from verbatim.drivers import score_drivers
from verbatim.drivers.outcomes import MAX_BINS, value_bins
from verbatim.errors import OptionError

GOOD, BAD, NOTHING = [Says("staff", 0.8)], [Says("staff", -0.6)], []
NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=400)


def outcome_of(reviews, values, **options) -> pd.Series:
    analysis = analysis_of(reviews, stars=values)
    return score_drivers(analysis, outcome="stars", **options).driver("staff")


def test_means_and_gap_are_those_of_the_reviews() -> None:
    row = outcome_of([GOOD, GOOD, BAD, NOTHING, NOTHING], [5, 4, 1, 2, np.nan])
    assert row[["outcome_n", "outcome_n_without"]].to_list() == [3, 1]
    assert row["outcome_mean"] == pytest.approx(10 / 3)
    assert row["outcome_without"] == 2
    assert row["outcome_gap"] == pytest.approx(4 / 3)
    assert row["outcome_low"] < row["outcome_mean"] < row["outcome_high"]
    assert row["outcome_gap_low"] < row["outcome_gap"] < row["outcome_gap_high"]


def test_nobody_mentions_it_or_everybody_does() -> None:
    nobody = outcome_of([NOTHING, NOTHING], [1, 4])
    assert (nobody["outcome_n"], nobody["outcome_without"]) == (0, 2.5)
    assert nobody[["outcome_mean", "outcome_low", "outcome_gap", "outcome_gap_low"]].isna().all()
    everybody = outcome_of([GOOD, GOOD], [1, 4])
    assert (everybody["outcome_mean"], everybody["outcome_n_without"]) == (2.5, 0)
    assert everybody[["outcome_without", "outcome_gap", "outcome_gap_high"]].isna().all()


def test_one_review_is_not_taken_for_certain() -> None:
    row = outcome_of([GOOD, NOTHING, NOTHING, NOTHING], [5, 1, 2, 3])
    assert row["outcome_mean"] == row["outcome_high"] == 5
    assert row["outcome_low"] < 4


def test_the_support_of_an_outcome_is_that_of_the_reviews_that_have_one() -> None:
    stars = [5.0] * 29 + [np.nan] * 20 + [3.0] * 40
    reviews = [GOOD] * 49 + [BAD] * 40
    analysis = analysis_of(reviews[:49] + [NOTHING] * 40, stars=stars)
    row = score_drivers(analysis, outcome="stars").driver("staff")
    assert row[["n_reviews", "outcome_n"]].to_list() == [49, 29]
    assert (row["low_support"], row["outcome_low_support"]) == (False, True)
    everybody = outcome_of(reviews, stars, min_reviews=69)
    assert not everybody["outcome_low_support"]


def test_an_outcome_of_low_support_is_marked_in_the_views() -> None:
    analysis = analysis_of([GOOD] * 40 + [NOTHING] * 40, stars=[4.0] * 9 + [np.nan] * 31 + [2] * 40)
    scores = score_drivers(analysis, outcome="stars")
    assert "4.00*" in repr(scores) and "* low support: fewer than 30 reviews" in repr(scores)
    assert "4.00</span>*" in scores._repr_html_()
    advice = scores.priorities().frame.set_index("driver").loc["staff", "advice"]
    assert "40 reviews, 9 with an outcome" in advice
    assert "fewer than 30 reviews with an outcome, so gather more" in advice


def test_constant_outcome_has_no_spread() -> None:
    row = outcome_of([GOOD, BAD, BAD, NOTHING], [0.1] * 4)
    assert row[["outcome_mean", "outcome_low", "outcome_high"]].to_list() == [0.1] * 3
    assert row[["outcome_gap", "outcome_gap_low", "outcome_gap_high"]].to_list() == [0] * 3


def test_outcome_that_nobody_has_is_not_known() -> None:
    row = outcome_of([GOOD, NOTHING], [np.nan, np.nan])
    assert row[["outcome_n", "outcome_n_without"]].to_list() == [0, 0]
    assert row[["outcome_mean", "outcome_without", "outcome_gap"]].isna().all()
    assert row["net_sentiment"] == 100


def test_unread_reviews_have_no_outcome() -> None:
    analysis = analysis_of([GOOD, NOTHING, NOTHING], status=["ok", "ok", "empty"], stars=[5, 3, 1])
    row = score_drivers(analysis, outcome="stars").driver("staff")
    assert (row["outcome_without"], row["outcome_n_without"]) == (3, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["good", "bad", "5"], "'good', 'bad'"),
        ([1.0, np.inf, 2.0], "inf"),
        (pd.to_datetime(["2024-01-01"] * 3), "Timestamp"),
        (pd.to_timedelta([1, 2, 3], unit="D"), "Timedelta"),
        ([[5], [4], None], r"\[5\], \[4\]"),
        ([1j, 2.0, None], "1j"),
        (np.array([1j, 2, 3]), "1j"),
        (pd.Categorical(["lo", "hi", "lo"]), "'lo', 'hi'"),
        (["", "3", "4"], "''"),
        (
            ["The room was cold, so was breakfast", "3", "4"],
            r"'The room was\.\.\.was breakfast'",
        ),
    ],
)
def test_outcome_that_is_no_number_is_named(values, said: str) -> None:
    with pytest.raises(OptionError, match=f"outcome 'stars' holds values .*: .*{said}.*; give"):
        outcome_of([GOOD, BAD, NOTHING], values)


@pytest.mark.parametrize(
    "values",
    [
        pd.array([5, None, 1], dtype="Int64"),
        ["5", None, "1"],
        pd.Series([5, None, True], dtype=object),
        pd.Series([decimal.Decimal(5), None, 1], dtype=object),
        pd.Categorical([5, None, 1]),
        pd.array([5, None, 1], dtype="float32"),
    ],
)
def test_numbers_of_any_type_are_an_outcome(values) -> None:
    row = outcome_of([GOOD, BAD, NOTHING], values)
    assert row[["outcome_n", "outcome_mean", "outcome_without"]].to_list() == [1, 5, 1]


def test_yes_or_no_is_an_outcome() -> None:
    row = outcome_of([GOOD, BAD, BAD, NOTHING], [True, False, False, True])
    assert row["outcome_mean"] == pytest.approx(1 / 3)
    assert row["outcome_without"] == 1


def test_gap_interval_of_many_reviews_is_welchs() -> None:
    rng = np.random.default_rng(4)
    inside, outside = rng.lognormal(3, 1, 2000), rng.lognormal(3.2, 1, 6000)
    row = outcome_of(
        [GOOD] * 2000 + [NOTHING] * 6000, np.append(inside, outside), n_resamples=20_000
    )
    error = np.sqrt(inside.var() / 2000 + outside.var() / 6000)
    assert row["outcome_gap"] == pytest.approx(inside.mean() - outside.mean())
    ends = (row["outcome_gap_high"] - row["outcome_gap_low"]) / (2 * 1.959964)
    assert ends == pytest.approx(error, rel=0.03)


@given(NUMBERS)
def test_bins_follow_the_values(numbers: list[float]) -> None:
    values = np.array(numbers)
    bins = value_bins(values, np.zeros(len(values), dtype=np.int64))
    assert 0 <= bins.min() <= bins.max() < MAX_BINS
    for one, other in zip(np.argsort(values)[:-1], np.argsort(values)[1:], strict=True):
        assert bins[one] <= bins[other]
        if values[one] == values[other] or len(set(numbers)) <= MAX_BINS:
            assert (bins[one] == bins[other]) == (values[one] == values[other])


@given(NUMBERS, NUMBERS)
def test_bins_of_a_group_are_its_own(first: list[float], second: list[float]) -> None:
    values = np.array(first + second)
    groups = np.repeat([0, 1], [len(first), len(second)])
    bins = value_bins(values, groups)
    alone = value_bins(np.array(first), np.zeros(len(first), dtype=np.int64))
    np.testing.assert_array_equal(bins[: len(first)], alone)


@pytest.mark.parametrize("draw", ["normal", "lognormal", "pareto", "uniform"])
def test_bins_lose_next_to_nothing_of_the_variance(draw: str) -> None:
    rng = np.random.default_rng(0)
    shape = {"normal": (), "lognormal": (3, 1.5), "pareto": (3,), "uniform": ()}[draw]
    values = getattr(rng, draw)(*shape, size=50_000)
    bins = value_bins(values, np.zeros(len(values), dtype=np.int64))
    within = pd.Series(values).groupby(bins).transform("var", ddof=0).mean()
    assert within < 0.002 * values.var()
