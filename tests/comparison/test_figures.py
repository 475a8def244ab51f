"""The figures: by hand, beside the driver scores, and beside independent programs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.comparison.made import analysis_by, drawn
from tests.drivers.conftest import Says, analysis_of, shuffled
from verbatim.analysis import Analysis
from verbatim.comparison import compare
from verbatim.comparison.permutation import SENTIMENT, log_factorials, permutation_p

TWO = {"Oslo": "+++-" + 6 * ".", "Rome": "+----0~" + 3 * "."}


def staff(analysis: Analysis, measure: str = "net_sentiment", **options) -> pd.DataFrame:
    frame = compare(analysis, "city", min_reviews=0, **options).frame
    return frame[(frame["driver"] == "staff") & (frame["measure"] == measure)].reset_index()


def test_net_sentiment_by_hand() -> None:
    oslo, rome = staff(analysis_by(TWO)).to_dict("records")
    assert (oslo["value"], oslo["reference_value"]) == (50, pytest.approx(-300 / 7))
    assert oslo["difference"] == pytest.approx(50 + 300 / 7)
    assert oslo["low"] < oslo["difference"] < oslo["high"]
    assert (oslo["n_reviews"], oslo["reference_n_reviews"]) == (4, 7)
    assert (oslo["n_read"], oslo["reference_n_read"]) == (10, 10)
    counts = np.array([3, 1, 0]), np.array([1, 4, 2])
    assert oslo["p_value"] == permutation_p(*counts, SENTIMENT, log_factorials(11))
    assert rome["difference"] == pytest.approx(-oslo["difference"])
    assert rome["p_value"] == pytest.approx(oslo["p_value"])


def test_share_by_hand_and_newcombe_as_statsmodels_has_it() -> None:
    oslo = staff(analysis_by(TWO), "share").iloc[0]
    assert (oslo["value"], oslo["reference_value"]) == (0.4, 0.7)
    ends = confint_proportions_2indep(4, 10, 7, 10, method="newcomb")
    assert (oslo["low"], oslo["high"]) == pytest.approx(ends)


def test_values_are_those_of_the_driver_scores() -> None:
    random = np.random.default_rng(0)
    groups = drawn([40, 70, 50], [(0.3, 0.2, 0.1, 0.4)] * 3)
    analysis = analysis_by(groups, stars=random.integers(1, 6, 160))
    scores = analysis.drivers(by="city", outcome="stars").frame
    for measure in ("net_sentiment", "share", "impact"):
        found = staff(analysis, measure, outcome="stars")
        expected = scores[scores["driver"] == "staff"][measure]
        assert found["value"].to_numpy() == pytest.approx(expected.to_numpy())


def test_the_rest_is_everybody_else() -> None:
    groups = drawn([40, 70, 50], [(0.3, 0.2, 0.1, 0.4)] * 3)
    stars = np.random.default_rng(0).integers(1, 6, 160)
    analysis = analysis_by(groups, stars=stars)
    city = analysis.column("city")
    merged = analysis.tables["verbatims"].assign(city=np.where(city == "g1", "g1", "others"))
    two = Analysis({**analysis.tables, "verbatims": merged}, analysis.meta)
    for measure in ("net_sentiment", "share", "impact"):
        against_rest = staff(analysis, measure, outcome="stars").iloc[1]
        against_others = staff(two, measure, outcome="stars", baseline="others").iloc[0]
        columns = ["value", "reference_value", "low", "high", "p_value", "reference_n_reviews"]
        assert against_rest[columns].tolist() == against_others[columns].tolist()


def test_many_reviews_agree_with_a_regression_clustered_by_review() -> None:
    """Opinions as rows, reviews as clusters: the usual way to respect that a review holds several.

    With one opinion per review the regression on opinions is that on reviews.
    """
    groups = drawn([900, 4000], [(0.45, 0.25, 0.1, 0.2), (0.5, 0.2, 0.1, 0.2)], seed=1)
    found = staff(analysis_by(groups)).iloc[0]
    value = {"+": 1.0, "-": -1.0, "0": 0.0}
    rows = [(value[s], g == "g0", i) for g in groups for i, s in enumerate(groups[g]) if s != "."]
    y, x, _ = map(np.array, zip(*rows, strict=True))
    model = sm.GLM(y, sm.add_constant(x.astype(float)))
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": np.arange(len(y))})
    assert found["difference"] == pytest.approx(100 * fitted.params[1])
    assert found["p_value"] == pytest.approx(fitted.pvalues[1], rel=0.15)
    low, high = 100 * fitted.conf_int()[1]
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=1.0)


def test_a_review_has_one_voice_however_often_it_says_it() -> None:
    once = analysis_by(TWO)
    thrice = analysis_of(
        [
            [Says(s, v) for s, v in zip(part["driver"], part["sentiment"], strict=True)] * 3
            for part in (once.opinions[once.opinions["id"] == i] for i in range(len(once)))
        ],
        city=list(once.column("city")),
    )
    for measure in ("net_sentiment", "share"):
        pd.testing.assert_frame_equal(staff(once, measure), staff(thrice, measure))


@pytest.mark.parametrize("heavy", [1e9, 1e12, 1e16])
def test_impact_is_not_tested_where_one_review_outweighs_all_others(heavy: float) -> None:
    groups = {"a": "+." * 40, "b": "-." * 40}
    stars, weights = [5, 3, 1, 2] * 40, [heavy] + [1.0] * 159
    rows = staff(analysis_by(groups, stars=stars, w=weights), "impact", outcome="stars", weight="w")
    assert rows["value"].notna().all()
    assert rows[["low", "high", "p_value"]].isna().all(axis=None)
    assert not rows["significant"].any()


def test_impact_beside_a_bootstrap_of_reviews() -> None:
    random = np.random.default_rng(5)
    groups = drawn([250, 900], [(0.1, 0.2, 0.0, 0.7), (0.15, 0.1, 0.0, 0.75)], seed=5)
    said = np.array([s for signs in groups.values() for s in signs])
    means = pd.Series(said).map({"+": 4.5, "-": 2.0, ".": 4.0}).to_numpy()
    stars = np.clip(np.rint(means + random.standard_normal(len(means))), 1, 5)
    row = staff(analysis_by(groups, stars=stars), "impact", outcome="stars").iloc[0]

    def impact(rows: np.ndarray) -> float:
        return stars[rows].mean() - stars[rows][said[rows] == "."].mean()

    first, second = np.arange(250), np.arange(250, 1150)
    draws = [
        impact(random.choice(first, 250)) - impact(random.choice(second, 900)) for _ in range(3000)
    ]
    assert row["difference"] == pytest.approx(impact(first) - impact(second))
    assert (row["low"], row["high"]) == pytest.approx(np.quantile(draws, [0.025, 0.975]), abs=0.02)
    assert (row["p_value"] < 0.05) == (row["low"] > 0 or row["high"] < 0)


@pytest.mark.parametrize("weight", [1.0, 2.0, 0.3])
def test_equal_weights_change_nothing(weight: float) -> None:
    groups = drawn([40, 70], [(0.4, 0.2, 0.1, 0.3), (0.2, 0.4, 0.1, 0.3)])
    stars = np.random.default_rng(0).integers(1, 6, 110)
    analysis = analysis_by(groups, stars=stars, w=[weight] * 110)
    plain = compare(analysis, "city", "stars").frame
    weighted = compare(analysis, "city", "stars", weight="w").frame
    pd.testing.assert_frame_equal(plain, weighted, rtol=1e-9)


def test_weights_change_values_and_cost_certainty() -> None:
    analysis = analysis_by(
        {"Oslo": "++--" * 20, "Rome": "+-" * 40}, w=[3, 3, 1, 1] * 20 + [1, 1] * 40
    )
    row, plain = staff(analysis, weight="w").iloc[0], staff(analysis).iloc[0]
    assert row["value"] == pytest.approx(50)
    assert row["high"] - row["low"] > 0.9 * (plain["high"] - plain["low"])
    sixty_four = np.array([48, 16, 0]), np.array([40, 40, 0])
    assert row["p_value"] == permutation_p(*sixty_four, SENTIMENT, log_factorials(144))


def test_reviews_of_weight_0_are_not_there() -> None:
    groups = {"Oslo": "+++-..", "Rome": "+----0~..."}
    weights = [0, 1, 1, 1, 1, 0] + [1] * 10
    analysis = analysis_by(groups, stars=np.arange(16) % 5, w=weights)
    kept = analysis.filter(w=1)
    without = compare(kept, "city", "stars", min_reviews=0).frame
    pd.testing.assert_frame_equal(
        compare(analysis, "city", "stars", weight="w", min_reviews=0).frame, without
    )


def test_neither_order_nor_seed_of_rows_matters() -> None:
    groups = drawn([40, 70, 9], [(0.3, 0.2, 0.1, 0.4)] * 3)
    random = np.random.default_rng(2)
    analysis = analysis_by(
        groups, stars=random.normal(size=119).round(3), w=random.uniform(0.1, 3, 119)
    )
    for options in ({}, {"weight": "w"}, {"small": "flag", "baseline": "g1"}):
        frame = compare(analysis, "city", "stars", **options).frame
        other = compare(shuffled(analysis, 1), "city", "stars", **options).frame
        pd.testing.assert_frame_equal(frame, other, check_exact=True)


def test_only_intervals_of_net_sentiment_are_drawn() -> None:
    analysis = analysis_by(TWO, stars=np.arange(20) % 5)
    one, two = (compare(analysis, "city", "stars", seed=seed).frame for seed in (0, 1))
    net = one["measure"] == "net_sentiment"
    pd.testing.assert_frame_equal(one[~net], two[~net])
    drawn_columns = ["low", "high"]
    pd.testing.assert_frame_equal(one.drop(columns=drawn_columns), two.drop(columns=drawn_columns))
    staffs = net & (one["driver"] == "staff")
    assert (one[staffs]["low"] != two[staffs]["low"]).all()
