"""Weighted driver scores: copies of reviews, other software, no weights at all, and the edges."""

from __future__ import annotations

import json
import warnings
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.conftest import OF_ALL_GROUPS, Says, analysis_of, shuffled
from tests.drivers.test_impact import DRIVERS, reviews_of
from verbatim.analysis import Analysis
from verbatim.drivers import score_drivers
from verbatim.drivers.bootstrap import SIDES, generator, net_interval, resampled_means
from verbatim.drivers.columns import IMPACT, OUTCOME, SCORES
from verbatim.drivers.design import lay_out_design
from verbatim.drivers.evidence import Candidate, best
from verbatim.drivers.impact import fit
from verbatim.drivers.moments import indicators, moments
from verbatim.drivers.regression import centre, coefficients
from verbatim.drivers.units import units
from verbatim.errors import BiasWarning, OptionError
from verbatim.weights import post_stratify

GOOD, BAD, NOTHING = [Says("staff", 0.8)], [Says("staff", -0.6)], []
WEIGHTED = [
    *("share", "net_sentiment", "mean_sentiment", "emotion_share"),
    *("outcome_mean", "outcome_without", "outcome_gap", "impact"),
]
JOINT = ["reward", "penalty", "points", "baseline", "importance"]


def scored(analysis: Analysis, weight: str | None = "w", **options) -> pd.DataFrame:
    options = {"outcome": "stars", "n_resamples": 100, "min_reviews": 0, **options}
    with warnings.catch_warnings(action="ignore", category=BiasWarning):
        return score_drivers(analysis, weight=weight, **options).frame


def said(n: int, seed: int = 0) -> tuple[list[list[Says]], np.ndarray]:
    """Reviews with emotions, of which some have no outcome."""
    rng = np.random.default_rng(seed)
    reviews, stars = reviews_of(n, seed)
    feelings = [None, "joy", "anger"]
    felt = [
        [Says(s.driver, s.sentiment, emotion=feelings[rng.integers(3)]) for s in review]
        for review in reviews
    ]
    return felt, np.where(rng.random(n) < 0.1, np.nan, stars)


# --- copies of reviews ---------------------------------------------------------------------


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_whole_weights_give_what_copies_of_the_reviews_give(seed: int) -> None:
    reviews, stars = said(60, seed)
    weights = np.random.default_rng(seed).integers(0, 5, 60)
    copies = [review for review, n in zip(reviews, weights, strict=True) for _ in range(n)]
    one = scored(analysis_of(reviews, stars=stars, w=weights))
    other = scored(analysis_of(copies, stars=stars.repeat(weights)), weight=None)
    assert one["driver"].tolist() == other["driver"].tolist()
    assert one["emotion"].equals(other["emotion"])
    for name in WEIGHTED:
        np.testing.assert_allclose(one[name], other[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_whole_weights_give_the_emotions_of_copies() -> None:
    reviews, _ = said(80, 3)
    weights = np.random.default_rng(3).integers(0, 4, 80)
    copies = [review for review, n in zip(reviews, weights, strict=True) for _ in range(n)]
    one = score_drivers(analysis_of(reviews, w=weights), weight="w").emotions
    other = score_drivers(analysis_of(copies)).emotions
    columns = ["driver", "emotion", "share", "intensity"]
    pd.testing.assert_frame_equal(one[columns], other[columns])
    assert one["n_reviews"].sum() < other["n_reviews"].sum()


def test_effects_of_copies_are_the_same_up_to_the_ridge_that_counts_reviews() -> None:
    rng = np.random.default_rng(5)
    states = rng.choice(5, size=(150, 3), p=[0.5, 0.2, 0.15, 0.05, 0.1]).astype(np.int8)
    outcome, weights = rng.integers(1, 6, 150).astype(float), rng.integers(1, 5, 150)
    one = lay_out_design(states, outcome, 0, weights.astype(float))
    other = lay_out_design(states.repeat(weights, axis=0), outcome.repeat(weights), 0)
    columns = indicators(one)
    first, second = (centre(moments(each, columns).gram) for each in (one, other))
    times = float(second.n[0] / first.n[0])
    assert first.n[0] == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    for strength in (0.0, 0.3):
        np.testing.assert_allclose(
            coefficients(first, strength), coefficients(second, times * strength), rtol=1e-9
        )


def test_effects_of_copies_are_the_same_where_the_outcome_has_no_noise() -> None:
    rng = np.random.default_rng(1)
    reviews = [[Says(d, s) for d in DRIVERS for s in rng.choice([0.8, -0.7], 1)
                if rng.random() < 0.6] for _ in range(120)]  # fmt: skip
    value = {("staff", 0.8): 1.0, ("room", -0.7): -2.0, ("price", -0.7): -0.5}
    stars = [5 + sum(value.get((s.driver, s.sentiment), 0) for s in review) for review in reviews]
    weights = rng.integers(1, 6, 120)
    copies = [review for review, n in zip(reviews, weights, strict=True) for _ in range(n)]
    one = scored(analysis_of(reviews, stars=stars, w=weights))
    other = scored(analysis_of(copies, stars=np.repeat(stars, weights)), weight=None)
    for name in JOINT:
        np.testing.assert_allclose(one[name], other[name], rtol=1e-7, atol=1e-9, err_msg=name)
    assert one["quadrant"].tolist() == other["quadrant"].tolist()


# --- no weights ----------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [1, 3, 0.1, 1e-200])
def test_equal_weights_are_no_weights_to_the_bit(weight: float) -> None:
    reviews, stars = said(90)
    city = np.repeat(["a", "b", "c"], [50, 35, 5])
    analysis = analysis_of(reviews, stars=stars, city=city, w=[weight] * 90)
    for by in (None, "city"):
        one = score_drivers(analysis, by, "stars", weight="w", n_resamples=100)
        other = score_drivers(analysis, by, "stars", n_resamples=100)
        for name in ("frame", "emotions", "quotes"):
            pd.testing.assert_frame_equal(
                getattr(one, name), getattr(other, name), check_exact=True
            )
        placed, expected = (each.priorities().frame for each in (one, other))
        advice = placed.pop("advice").str.replace("effective reviews", "reviews")
        assert advice.tolist() == expected.pop("advice").tolist()
        pd.testing.assert_frame_equal(placed, expected, check_exact=True)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-3, 1e3))
def test_the_scale_of_the_weights_does_not_matter(seed: int, scale: float) -> None:
    reviews, stars = said(50, seed)
    weights = np.random.default_rng(seed).lognormal(0, 1, 50)
    one = scored(analysis_of(reviews, stars=stars, w=weights))
    other = scored(analysis_of(reviews, stars=stars, w=scale * weights))
    pd.testing.assert_frame_equal(one, other, rtol=1e-7, atol=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 100), st.integers(0, 3))
def test_row_order_changes_nothing(seed: int, order: int) -> None:
    reviews, stars = said(70, seed)
    weights = np.random.default_rng(seed).lognormal(0, 1, 70)
    analysis = analysis_of(reviews, stars=stars, w=weights)
    one, other = (
        score_drivers(each, weight="w", outcome="stars", n_resamples=100).to_json()
        for each in (analysis, shuffled(analysis, order))
    )
    assert one == other


# --- sums, and other software --------------------------------------------------------------


def test_figures_are_those_worked_out_by_hand() -> None:
    joy, anger = Says("staff", 0.8, "Joy.", "joy", 3), Says("staff", -0.6, "No.", "anger", 1)
    reviews = [[joy], [anger], [joy, anger], [], [Says("room", 0.5)]]
    weights, stars = np.array([4.0, 1.0, 2.0, 2.0, 1.0]), [5, 1, 4, 2, 3]
    analysis = analysis_of(reviews, stars=stars, w=weights)
    scores = score_drivers(analysis, outcome="stars", weight="w", min_reviews=3)
    row = scores.driver("staff")
    counts = ["n_reviews", "n_read", "positive", "negative", "neutral", "mixed", "outcome_n"]
    assert row[counts].to_list() == [3, 5, 1, 1, 0, 1, 3]
    assert row["share"] == pytest.approx(0.7)
    assert row["net_sentiment"] == pytest.approx(100 * (4 - 1) / 7)
    assert row["mean_sentiment"] == pytest.approx((4 * 0.8 - 0.6 + 2 * 0.1) / 7)
    assert (row["emotion"], row["emotion_share"]) == ("joy", pytest.approx(6 / 7))
    assert row["n_effective"] == pytest.approx(49 / 21)
    assert row["low_support"] and row["n_reviews"] == 3
    assert row["outcome_mean"] == pytest.approx((20 + 1 + 8) / 7)
    assert row["outcome_without"] == pytest.approx((4 + 3) / 3)
    assert row["impact"] == pytest.approx(0.7 * row["outcome_gap"])
    mix = scores.emotions.set_index("emotion")
    assert mix["n_reviews"].to_list() == [2, 2]
    assert mix.loc["anger", "share"] == pytest.approx(3 / 7)
    assert mix["intensity"].to_list() == [3, 1]
    assert scores.meta["n_effective"] == pytest.approx(100 / 26)
    assert (scores.meta["weight"], scores.meta["n_zero_weight"]) == ("w", 0)


def test_points_and_baseline_sum_to_the_weighted_mean() -> None:
    reviews, stars = reviews_of(300, 2)
    weights = np.random.default_rng(2).lognormal(0, 1, 300)
    frame = scored(analysis_of(reviews, stars=stars, w=weights))
    mean = np.average(stars, weights=weights)
    assert frame["points"].sum() + frame["baseline"].iloc[0] == pytest.approx(mean, abs=1e-12)
    assert frame["importance"].sum() == pytest.approx(100)


def weighted_sample(n: int, seed: int = 0) -> tuple[Analysis, np.ndarray, np.ndarray, np.ndarray]:
    reviews, stars = reviews_of(n, seed)
    weights = np.random.default_rng(seed).lognormal(0, 0.8, n)
    x = np.array(
        [[any(s.driver == d and g * s.sentiment > 0 for s in r) for d in DRIVERS for g in (1, -1)]
         for r in reviews], dtype=float
    )  # fmt: skip
    return analysis_of(reviews, stars=stars, w=weights), x, stars, weights


def test_effects_are_those_of_weighted_least_squares() -> None:
    _, x, stars, weights = weighted_sample(400)
    states = np.stack(
        [np.where(p & m, 4, np.where(p, 1, np.where(m, 2, 0))) for p, m in
         zip(x.T[::2].astype(bool), x.T[1::2].astype(bool), strict=True)], axis=1
    ).astype(np.int8)  # fmt: skip
    design = lay_out_design(states, stars, 0, weights)
    sums = centre(moments(design, indicators(design)).gram)
    fitted = sm.WLS(stars, sm.add_constant(x), weights=weights).fit()
    effects = coefficients(sums, 0.0)[0] * design.range
    np.testing.assert_allclose(effects, fitted.params[1:], atol=1e-9)


def test_scores_and_intervals_are_those_of_weighted_least_squares() -> None:
    analysis, x, stars, weights = weighted_sample(3000)
    frame = scored(analysis, n_resamples=1500).set_index("driver")
    fitted = sm.WLS(stars, sm.add_constant(x), weights=weights).fit(cov_type="HC0")
    for i, driver in enumerate(DRIVERS):
        for j, name in enumerate(("reward", "penalty")):
            row, k = frame.loc[driver], 1 + 2 * i + j
            # One review of ridge among hundreds takes less than 1% off.
            assert row[name] == pytest.approx(fitted.params[k], abs=0.01)
            width = row[f"{name}_high"] - row[f"{name}_low"]
            assert width == pytest.approx(2 * 1.96 * fitted.bse[k], rel=0.1)


def test_importance_is_that_of_the_weighted_moments() -> None:
    analysis, x, stars, weights = weighted_sample(500, 4)
    found = scored(analysis, importance_method="lmg").set_index("driver")["importance"]

    def explained(players: tuple[int, ...]) -> float:
        columns = x[:, [c for p in players for c in (2 * p, 2 * p + 1)]]
        return sm.WLS(stars, sm.add_constant(columns), weights=weights).fit().rsquared

    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    values = np.zeros(3)
    for order in orders:
        for place, player in enumerate(order):
            before = explained(order[:place]) if place else 0.0
            values[player] += (explained(order[: place + 1]) - before) / len(orders)
    expected = dict(zip(DRIVERS, 100 * values / values.sum(), strict=True))
    for driver, value in expected.items():
        assert found[driver] == pytest.approx(value, abs=0.5)


def test_shares_have_wilsons_interval_of_the_effective_number() -> None:
    reviews = [GOOD, GOOD, NOTHING, NOTHING, NOTHING, BAD]
    weights = np.array([3.0, 1, 1, 2, 1, 1])
    row = score_drivers(analysis_of(reviews, w=weights), weight="w").driver("staff")
    p, n, z = 5 / 9, 81 / 17, 1.959964
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    assert (row["share_low"], row["share_high"]) == pytest.approx((middle - half, middle + half))


def test_net_cut_is_that_of_all_weighted_mentions() -> None:
    analysis, *_ = weighted_sample(100)
    frame = scored(analysis)
    cut = score_drivers(analysis, outcome="stars", weight="w").priorities().frame["net_cut"]
    mass, net = frame["share"], frame["net_sentiment"]
    assert cut.tolist() == pytest.approx([(mass * net).sum() / mass.sum()] * 3)


# --- intervals -----------------------------------------------------------------------------


@pytest.mark.parametrize("spread", [0.3, 1.0])
def test_intervals_are_those_of_resampling_each_weighted_review(spread: float) -> None:
    rng = np.random.default_rng(0)
    side, weights = rng.choice(3, 150, p=[0.6, 0.3, 0.1]), rng.lognormal(0, spread, 150)
    masses, squares = np.bincount(side, weights, 3), np.bincount(side, weights**2, 3)
    ours = resampled_means(SIDES, masses, SIDES, 20_000, generator(0, "x"), squares=squares)
    draws = rng.standard_exponential((20_000, 150)) * weights
    extra = rng.standard_exponential(20_000) * (weights**2).sum() / weights.sum()
    total = (draws * SIDES[side]).sum(axis=1) + extra * rng.choice(SIDES, 20_000)
    theirs = total / (draws.sum(axis=1) + extra)
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.005)
    ends = [np.quantile(each, [0.025, 0.975]) for each in (ours, theirs)]
    assert np.ptp(ends[0]) == pytest.approx(np.ptp(ends[1]), rel=0.06)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    chance = lambda w: 1 / (1 + np.exp(-0.5 - 0.7 * np.log(w)))  # noqa: E731
    people = rng.lognormal(0, 0.7, 1_000_000)
    truth = 100 * np.average(2 * chance(people) - 1, weights=people)
    held = []
    for n in (10, 40):
        for _ in range(300):
            weights = rng.lognormal(0, 0.7, n)
            side = np.where(rng.random(n) < chance(weights), 0, 1)
            sums = [np.bincount(side, each, 3) for each in (weights, weights**2)]
            low, high = net_interval(sums[0], 200, 0.95, rng, sums[1])
            held.append(low <= truth <= high)
    assert 0.91 < np.mean(held) < 0.985


def test_unequal_weights_make_figures_less_sure() -> None:
    reviews, stars = reviews_of(400)
    weights = np.random.default_rng(0).permutation(np.repeat([1.0, 12.0], 200))
    one, other = (
        scored(analysis_of(reviews, stars=stars, w=w), n_resamples=500).set_index("driver")
        for w in (weights, np.ones(400))
    )
    for name in ("net", "share", "outcome", "impact", "reward", "penalty", "points"):
        wider = (one[f"{name}_high"] - one[f"{name}_low"]).mean()
        assert wider > 1.15 * (other[f"{name}_high"] - other[f"{name}_low"]).mean(), name


def test_three_heavy_reviews_that_agree_are_no_surer_than_three() -> None:
    reviews = [GOOD] * 3 + [[Says("room", 0.5)]] * 3 + [NOTHING] * 60
    weights = [50.0] * 3 + [1.0] * 63
    frame = score_drivers(analysis_of(reviews, w=weights), weight="w").frame.set_index("driver")
    assert frame.loc["staff", "n_effective"] == pytest.approx(3)
    assert frame.loc["staff", "net_low"] == pytest.approx(frame.loc["room", "net_low"], abs=15)
    assert frame.loc["staff", "net_low"] < 50


def test_units_are_squared_weights_over_weights() -> None:
    rng = np.random.default_rng(0)
    states = rng.choice(5, size=(100, 2)).astype(np.int8)
    outcome = np.where(rng.random(100) < 0.2, np.nan, rng.integers(1, 6, 100))
    design = lay_out_design(states, outcome, 0, rng.lognormal(0, 1, 100))
    found = fit(design, "lmg")
    unit = units(design, found.columns, found.sums)
    known, w = ~np.isnan(design.outcome), design.weight
    for driver in range(2):
        has = design.states[:, driver] > 0
        for name, rows in (("mentions", has & known), ("others", ~has & known), ("reviews", has)):
            expected = (w[rows] ** 2).sum() / w[rows].sum()
            assert getattr(unit, name)[driver] == pytest.approx(expected)


# --- edges ---------------------------------------------------------------------------------


def test_reviews_of_no_weight_are_as_if_they_were_not_there() -> None:
    reviews, stars = said(80)
    city = np.where(np.arange(80) % 2, "a", "b")
    weights = np.where(np.arange(80) < 60, 1.0 + np.arange(80) % 3, 0.0)
    full = analysis_of(reviews, stars=stars, w=weights, city=city)
    part = full.filter(lambda rows: rows["w"] > 0)
    for by in (None, "city"):
        one = score_drivers(full, by, "stars", weight="w", n_resamples=100)
        other = score_drivers(part, by, "stars", weight="w", n_resamples=100)
        for name in ("frame", "emotions", "quotes"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
        assert (one.meta["n_zero_weight"], other.meta["n_zero_weight"]) == (20, 0)
        assert one.meta["n_read"] == other.meta["n_read"] == 60


def test_a_driver_only_in_reviews_of_no_weight_is_not_mentioned() -> None:
    reviews = [[Says("pool", 1.0, emotion="joy")], GOOD, BAD, NOTHING]
    analysis = analysis_of(reviews, stars=[5, 4, 1, 3], w=[0, 1, 2, 1])
    scores = score_drivers(analysis, outcome="stars", weight="w")
    row = scores.driver("pool")
    assert row[["n_reviews", "share", "n_effective", "outcome_n"]].to_list() == [0, 0, 0, 0]
    assert row[["net_sentiment", "outcome_mean", "impact", "emotion"]].isna().all()
    assert row["low_support"]
    assert "pool" not in set(scores.quotes["driver"]) | set(scores.emotions["driver"])
    assert "joy" not in scores.to_json().split('"emotions"')[1]


def test_a_group_without_weight_has_no_figures() -> None:
    analysis = analysis_of(
        [GOOD, BAD, GOOD, BAD], stars=[5, 1, 4, 2], w=[1, 2, 0, 0], city=list("aabb")
    )
    scores = score_drivers(analysis, "city", "stars", weight="w", min_reviews=1)
    row = scores.driver("staff", city="b")
    assert row[["n_reviews", "n_read", "n_effective"]].to_list() == [0, 0, 0]
    assert row[["share", "share_low", "net_sentiment", "outcome_mean"]].isna().all()
    assert row["low_support"]
    assert scores.driver("staff", city="a")["net_sentiment"] == pytest.approx(-100 / 3)
    scores.to_json()
    repr(scores), scores._repr_html_(), repr(scores.priorities())


def test_groups_are_weighted_as_if_they_were_alone() -> None:
    reviews, stars = said(160)
    weights = np.random.default_rng(1).lognormal(0, 1, 160)
    city = np.repeat(["a", "b"], 80)
    analysis = analysis_of(
        reviews, stars=stars, w=np.where(city == "a", 1, 1e6) * weights, city=city
    )
    frame = scored(analysis, by="city")
    for name in ("a", "b"):
        part = frame[frame["city"] == name].drop(columns=["city", *OF_ALL_GROUPS])
        alone = scored(analysis.filter(city=name)).drop(columns=OF_ALL_GROUPS)
        pd.testing.assert_frame_equal(part.reset_index(drop=True), alone, check_exact=True)


def test_constant_outcome_and_one_review_with_weights() -> None:
    reviews, _ = reviews_of(100)
    weights = np.random.default_rng(0).lognormal(0, 1, 100)
    frame = scored(analysis_of(reviews, stars=[0.1] * 100, w=weights))
    for name in ("impact", "reward", "penalty", "points"):
        ends = frame[[name, f"{name}_low", f"{name}_high"]].to_numpy()
        np.testing.assert_allclose(ends, 0, atol=1e-12)
    np.testing.assert_allclose(frame[["baseline", "outcome_mean"]], 0.1, atol=1e-12)
    assert frame["importance"].isna().all()
    one = score_drivers(analysis_of([GOOD], stars=[4], w=[0.25]), outcome="stars", weight="w")
    row = one.driver("staff")
    assert row[["n_effective", "share", "net_sentiment", "outcome_mean"]].to_list() == [
        1,
        1,
        100,
        4,
    ]
    assert row["net_low"] < 50


@pytest.mark.parametrize("ratio", [1e6, 1e15, 1e150, 1e300])
def test_weights_far_apart_give_sound_figures(ratio: float) -> None:
    reviews, stars = reviews_of(120)
    heavy = [[Says("zoo", 1.0), *review] if i < 40 else review for i, review in enumerate(reviews)]
    weights = np.where(np.arange(120) < 40, ratio, 1.0)
    frame = scored(analysis_of(heavy, stars=stars, w=weights)).set_index("driver")
    for column in (*SCORES, *OUTCOME, *IMPACT):
        if column.dtype == "float64":
            values = frame[column.name].dropna()
            assert np.isfinite(values).all(), column.name
            assert column.low is None or (values >= column.low - 1e-9).all(), column.name
            assert column.high is None or (values <= column.high + 1e-9).all(), column.name
    row = frame.loc["zoo"]
    assert row["outcome_mean"] == pytest.approx(stars[:40].mean())
    assert row["n_effective"] == pytest.approx(40)
    if ratio < 1e100:  # beyond, the light ones count as nothing
        assert row["outcome_without"] == pytest.approx(stars[40:].mean())
        assert row["impact"] == pytest.approx(0, abs=1) and row["share"] < 1 + 1e-12


@pytest.mark.parametrize(
    "weights",
    [
        [1, 2, 3],
        pd.array([1, 2, 3], dtype="Int64"),
        pd.array([1, 2, 3], dtype="Float32"),
        pd.Series([Decimal(1), Decimal(2), Decimal(3)], dtype=object),
    ],
)
def test_weights_of_any_number_type(weights: object) -> None:
    row = score_drivers(analysis_of([GOOD, BAD, NOTHING], w=weights), weight="w").driver("staff")
    assert row["net_sentiment"] == pytest.approx(-100 / 3)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, -1, 1], "-1; give each review .* row 1, id 1"),
        ([1, np.nan, 1], "nan; give each review .* 0 to leave it out; .* row 1"),
        ([0, 0, 0], "sums to 0 over 3 reviews"),
        (["a", 1, 1], "'a'; .* row 0"),
        ([True, False, True], "True, False"),
    ],
)
def test_weights_that_cannot_be_are_named(weights: list[object], said: str) -> None:
    with pytest.raises(OptionError, match=f"weight 'w' .*{said}"):
        score_drivers(analysis_of([GOOD, BAD, NOTHING], w=weights), weight="w")


def test_weights_that_are_no_column_are_refused() -> None:
    with pytest.raises(OptionError, match="weight is of type ndarray, not the name of a column"):
        analysis_of([GOOD, BAD]).drivers(weight=np.ones(2))


def test_support_is_that_of_the_effective_number_whatever_the_rounding() -> None:
    reviews = [GOOD] * 3 + [NOTHING] * 2
    for weight in np.linspace(0.1, 0.9, 30):
        scores = score_drivers(
            analysis_of(reviews, w=[weight] * 3 + [0.7, 2.1]), weight="w", min_reviews=3
        )
        assert not scores.driver("staff")["low_support"]
        everybody = score_drivers(analysis_of([GOOD] * 3, w=[weight, 0.3, 0.7]), weight="w")
        assert everybody.driver("staff")["share"] == 1


def test_the_weighted_are_the_typical() -> None:
    words = [frozenset(["kind", "staff"]), frozenset(["rude", "porter"])]
    one, other = (Candidate(i, i, " ".join(sorted(w)), w, 1.0) for i, w in enumerate(words))
    heavier = Candidate(other.row, other.verbatim, other.text, other.words, 1.0, 2.0)
    assert best([one, other], 1) == [one]
    assert best([one, heavier], 1) == [heavier]


# --- what is shown, and the warning --------------------------------------------------------


def test_weights_are_named_where_scores_are_shown() -> None:
    analysis = analysis_of([GOOD, BAD, NOTHING], stars=[5, 1, 3], w=[1, 2, 1])
    scores = analysis.drivers(outcome="stars", weight="w")
    lines = repr(scores).splitlines()
    assert "3 of 3 verbatims read, weighted by w (effective n 2.7), 3 rows" in lines[0]
    assert lines[-1] == "* low support: fewer than 30 effective reviews"
    assert json.loads(scores.to_json())["meta"]["weight"] == "w"
    assert scores.meta["warnings"] == []


J = [1] * 40 + [2] * 10 + [3] * 12 + [4] * 30 + [5] * 90


def test_a_j_shaped_outcome_warns_with_numbers_and_changes_nothing() -> None:
    analysis = analysis_of([GOOD if star > 3 else BAD for star in J], stars=J)
    with pytest.warns(
        BiasWarning, match=r"182 reviews with 'stars' are J-shaped: .*1: 22\.0%"
    ) as w:
        scores = analysis.drivers(outcome="stars")
    assert len(w) == 1 and w[0].filename == __file__
    (entry,) = scores.meta["warnings"]
    assert entry["message"] == str(w[0].message)
    assert (entry["kind"], entry["outcome"], entry["n"]) == ("j_shape", "stars", 182)
    assert json.loads(scores.to_json())["meta"]["warnings"] == [entry]
    assert scores.driver("staff")["outcome_mean"] == pytest.approx(np.mean(J))
    assert issubclass(BiasWarning, UserWarning)


def test_weighting_to_the_known_outcome_answers_the_warning() -> None:
    analysis = analysis_of([GOOD if star > 3 else BAD for star in J], stars=J, w=[1.0] * len(J))
    known = {1: 0.22, 2: 0.05, 3: 0.07, 4: 0.16, 5: 0.5}
    made = post_stratify(analysis, to={"stars": known})
    assert made.drivers(outcome="stars", weight="weight").meta["warnings"] == []
    with pytest.warns(BiasWarning):
        made.drivers(outcome="stars")
    with pytest.warns(BiasWarning):
        analysis.drivers(outcome="stars", weight="w")


def test_other_samples_do_not_warn() -> None:
    asked = [1] * 4 + [2] * 8 + [3] * 20 + [4] * 60 + [5] * 108
    assert analysis_of([GOOD] * 200, stars=asked).drivers(outcome="stars").meta["warnings"] == []
    spent = [0, 100] * 91
    assert analysis_of([GOOD] * 182, stars=spent).drivers(outcome="stars").meta["warnings"] == []
    unread = analysis_of([GOOD] * 182, stars=J, status=["empty"] * 182)
    assert unread.drivers(outcome="stars").meta["warnings"] == []
    assert analysis_of([GOOD] * 182, stars=J).drivers().meta["warnings"] == []
