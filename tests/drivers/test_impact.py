"""Impact columns: identities, sums, edge cases, and what must not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.conftest import OF_ALL_GROUPS, Says, analysis_of, shuffled
from verbatim.analysis import Analysis
from verbatim.drivers import score_drivers
from verbatim.drivers.columns import IMPACT
from verbatim.drivers.placing import asymmetry_class, asymmetry_index, asymmetry_interval
from verbatim.errors import OptionError

FIGURES = ["impact", "reward", "penalty", "points", "importance"]
JOINT = [column.name for column in IMPACT if not column.name.startswith("impact")]
DRIVERS = ["staff", "room", "price"]
EFFECTS = {"staff": (0.9, 0.1), "room": (0.1, 1.2), "price": (0.5, 0.5)}


def reviews_of(n: int, seed: int = 0) -> tuple[list[list[Says]], np.ndarray]:
    """Reviews with rewards and penalties as in `EFFECTS`, and a little noise."""
    rng = np.random.default_rng(seed)
    reviews, stars = [], 3 + rng.normal(0, 0.5, n)
    for i in range(n):
        said = []
        for driver in DRIVERS:
            state = rng.choice(["", "+", "-", "0", "+-"], p=[0.4, 0.25, 0.2, 0.05, 0.1])
            said += [Says(driver, {"+": 0.8, "-": -0.7, "0": 0.0}[side]) for side in state]
            stars[i] += ("+" in state) * EFFECTS[driver][0] - ("-" in state) * EFFECTS[driver][1]
        reviews.append(said)
    return reviews, stars.round(1)


def simulated(n: int = 300, seed: int = 0, **extra) -> Analysis:
    reviews, stars = reviews_of(n, seed)
    return analysis_of(reviews, stars=stars, **extra)


def scored(analysis: Analysis, **options) -> pd.DataFrame:
    frame = score_drivers(analysis, outcome="stars", **{"n_resamples": 200, **options}).frame
    return frame.set_index("driver") if "by" not in options else frame


def test_leaving_a_driver_out_is_the_identity_of_the_field() -> None:
    analysis = simulated()
    frame, stars = scored(analysis), analysis.verbatims["stars"]
    for driver, row in frame.iterrows():
        ids = analysis.opinions.loc[analysis.opinions["driver"] == driver, "id"]
        having = analysis.verbatims["id"].isin(ids)
        assert row["impact"] == pytest.approx(stars.mean() - stars[~having].mean())
        n, total = having.sum(), len(stars)
        expected = n * (stars[having].mean() - stars.mean()) / (total - n)
        assert row["impact"] == pytest.approx(expected)
        assert row["impact"] == pytest.approx(n / total * row["outcome_gap"])


def test_points_and_baseline_sum_to_the_mean() -> None:
    analysis = simulated(seed=3)
    frame = scored(analysis)
    mean = analysis.verbatims["stars"].mean()
    assert frame["points"].sum() + frame["baseline"].iloc[0] == pytest.approx(mean, abs=1e-12)
    assert frame["baseline"].nunique() == 1


def test_rewards_penalties_and_points_are_those_of_statsmodels() -> None:
    analysis = simulated(2000)
    frame = scored(analysis)
    opinions = analysis.opinions[analysis.opinions["label"] != "neutral"]
    columns = opinions.assign(one=1.0).pivot_table(
        index="id", columns=["driver", "label"], values="one", aggfunc="max", fill_value=0.0
    )
    x = columns.reindex(analysis.verbatims["id"], fill_value=0.0)
    fitted = sm.OLS(analysis.verbatims["stars"].to_numpy(), sm.add_constant(x.to_numpy())).fit()
    effects = dict(zip(columns.columns, fitted.params[1:], strict=True))
    for driver, row in frame.iterrows():
        # One review of ridge among hundreds takes less than 1% off.
        assert row["reward"] == pytest.approx(effects[driver, "positive"], abs=0.01)
        assert row["penalty"] == pytest.approx(effects[driver, "negative"], abs=0.01)
        shares = x[driver].mean()
        expected = row["reward"] * shares["positive"] + row["penalty"] * shares["negative"]
        assert row["points"] == pytest.approx(expected)


def test_intervals_have_the_width_of_robust_standard_errors() -> None:
    reviews, stars = reviews_of(3000)
    analysis = analysis_of(reviews, stars=stars)
    row = scored(analysis, n_resamples=2000).loc["staff"]
    x = np.column_stack(
        [[any(s.driver == d and g * s.sentiment > 0 for s in r) for r in reviews]
         for d in DRIVERS for g in (1, -1)]
    ).astype(float)  # fmt: skip
    errors = sm.OLS(stars, sm.add_constant(x)).fit(cov_type="HC0").bse
    for name, error in (("reward", errors[1]), ("penalty", errors[2])):
        width = row[f"{name}_high"] - row[f"{name}_low"]
        assert width == pytest.approx(2 * 1.96 * error, rel=0.08)


def test_importance_sums_to_100_by_either_method() -> None:
    analysis = simulated()
    for method in ("lmg", "johnson"):
        scores = score_drivers(analysis, outcome="stars", importance_method=method)
        assert scores.meta["importance_method"] == method
        assert scores.frame["importance"].sum() == pytest.approx(100)
    assert score_drivers(analysis, outcome="stars").meta["importance_method"] == "lmg"


def test_many_drivers_are_shared_out_by_johnson() -> None:
    rng = np.random.default_rng(0)
    reviews = [[Says(f"d{i}", rng.choice([-1, 1])) for i in rng.choice(16, 3)] for _ in range(200)]
    analysis = analysis_of(reviews, stars=rng.integers(1, 6, 200))
    assert score_drivers(analysis, outcome="stars").meta["importance_method"] == "johnson"
    with pytest.raises(OptionError, match="at most 15 drivers and there are 16; give 'johnson'"):
        scored(analysis, importance_method="lmg")


@pytest.mark.parametrize(
    ("option", "value"), [("importance_method", "shap"), ("higher_is_better", 1)]
)
def test_options_not_allowed_are_named(option: str, value: object) -> None:
    with pytest.raises(OptionError, match=option):
        scored(simulated(40), **{option: value})


def test_estimates_lie_in_their_intervals() -> None:
    frame = scored(simulated(60))
    for name in [*FIGURES, "asymmetry_index"]:
        known = frame[frame[name].notna()]
        assert len(known) == 3
        assert (known[f"{name}_low"] <= known[name]).all()
        assert (known[name] <= known[f"{name}_high"]).all()


def test_asymmetry_tells_basics_from_excitement() -> None:
    frame = scored(simulated(1500))
    assert frame["asymmetry"].to_dict() == {
        "staff": "excitement",
        "room": "basic",
        "price": "performance",
    }
    reviews, stars = reviews_of(60)
    chance = scored(analysis_of(reviews, stars=np.random.default_rng(0).permutation(stars)))
    assert set(chance["asymmetry"]) == {"unclear"}


def test_a_lower_outcome_may_be_the_better_one() -> None:
    reviews, stars = reviews_of(1500)
    complaints = analysis_of(reviews, stars=-stars)
    frame = scored(complaints, higher_is_better=False)
    assert frame["asymmetry"].to_dict() == scored(simulated(1500))["asymmetry"].to_dict()
    assert (frame["penalty"] > 0).all()
    assert not set(scored(complaints)["asymmetry"]) & {"excitement", "performance", "basic"}


def test_asymmetry_of_draws_that_say_nothing() -> None:
    nothing = np.full((100, 1), np.nan)
    low, high = asymmetry_interval(nothing, np.array([0.0]), 0.95)
    assert (low[0], high[0]) == (-1, 1)
    assert asymmetry_class(low, high).tolist() == ["unclear"]
    one_sided = asymmetry_index(np.array([0.4, np.nan]), np.array([0.1, -1.0]), True)
    assert one_sided[0] == 1 and np.isnan(one_sided[1])


def test_confounded_drivers_do_not_take_the_blame() -> None:
    rng = np.random.default_rng(0)
    reviews, stars = [], []
    for _ in range(1500):
        bad = rng.random() < 0.3
        room = bad if rng.random() < 0.9 else not bad
        reviews.append([Says("staff", -0.8)] * bad + [Says("room", -0.8)] * room)
        stars.append(4 - 2 * bad + rng.normal(0, 0.5))
    frame = scored(analysis_of(reviews, stars=stars))
    assert frame.loc["room", "impact"] < -0.3
    assert frame.loc["room", "penalty_low"] < 0 < frame.loc["room", "penalty_high"]
    assert frame.loc["staff", "penalty"] == pytest.approx(-2, abs=0.15)
    assert frame.loc["staff", "importance"] > 50


def test_constant_outcome_has_no_effects_and_no_importance() -> None:
    reviews, _ = reviews_of(100)
    frame = scored(analysis_of(reviews, stars=[0.1] * 100))
    for name in ("impact", "reward", "penalty", "points"):
        assert frame[[name, f"{name}_low", f"{name}_high"]].eq(0).all(axis=None)
    assert frame["baseline"].eq(0.1).all()
    missing = [
        "importance",
        "importance_low",
        "asymmetry_index",
        "quadrant",
        "quadrant_probability",
    ]
    assert frame[missing].isna().all(axis=None)
    assert frame["asymmetry"].eq("unclear").all()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_any_review_has_no_regression(n: int) -> None:
    frame = scored(analysis_of([[Says("staff", 1.0)], []][:n], stars=[5, 2][:n]))
    assert frame[JOINT].isna().all(axis=None)
    assert frame["impact"].notna().sum() == (n == 2)


def test_impact_of_one_mention_is_not_sure() -> None:
    frame = scored(analysis_of([[Says("staff", 1.0)], [], [], []], stars=[5, 1, 2, 3]))
    row = frame.loc["staff"]
    assert row["impact"] == pytest.approx(11 / 4 - 2)
    assert row["impact_low"] < 0.5 < row["impact_high"]


def test_no_opinion_is_no_effect_known() -> None:
    frame = scored(analysis_of([[]] * 50, stars=np.arange(50) % 5))
    assert frame[[*FIGURES, "quadrant", "asymmetry"]].isna().all(axis=None)
    assert frame["baseline"].eq(2).all()


def test_only_reviews_with_an_outcome_take_part() -> None:
    reviews, stars = reviews_of(200)
    more = reviews + [[Says("staff", -1.0)]] * 50
    frame = scored(analysis_of(more, stars=np.append(stars, np.full(50, np.nan))))
    expected = scored(analysis_of(reviews, stars=stars))
    pd.testing.assert_frame_equal(frame.loc[DRIVERS, FIGURES], expected.loc[DRIVERS, FIGURES])
    assert scored(analysis_of(reviews, stars=[np.nan] * 200))[JOINT].isna().all(axis=None)


def test_a_driver_in_every_review_has_only_what_varies() -> None:
    reviews, stars = reviews_of(200)
    every = [[Says("pool", 0.5), *review] for review in reviews]
    frame = scored(analysis_of(every, stars=stars))
    assert frame.loc["pool", [*FIGURES, "quadrant"]].isna().all()
    expected = scored(analysis_of(reviews, stars=stars))
    pd.testing.assert_frame_equal(frame.loc[DRIVERS, FIGURES], expected.loc[DRIVERS, FIGURES])
    sides = [
        [Says("pool", 0.5 if star > 3 else -0.5), *r]
        for r, star in zip(reviews, stars, strict=True)
    ]
    row = scored(analysis_of(sides, stars=stars)).loc["pool"]
    assert np.isnan(row["impact"]) and row["reward"] > 0 > row["penalty"]


def test_collinear_drivers_share_and_are_not_sure() -> None:
    reviews, stars = reviews_of(300)
    twins = [r + [Says("twin", s.sentiment) for s in r if s.driver == "staff"] for r in reviews]
    frame = scored(analysis_of(twins, stars=stars))
    alone = scored(analysis_of(reviews, stars=stars))
    for name in ("reward", "penalty", "importance"):
        assert frame.loc["twin", name] == pytest.approx(frame.loc["staff", name], rel=1e-6)
    assert 2 * frame.loc["staff", "reward"] == pytest.approx(alone.loc["staff", "reward"], abs=0.03)
    width = frame["reward_high"] - frame["reward_low"]
    assert width["staff"] > 3 * (alone["reward_high"] - alone["reward_low"])["staff"]


def test_rare_drivers_are_kept_with_figures() -> None:
    reviews, stars = reviews_of(200)
    reviews[0] = [*reviews[0], Says("pool", 1.0)]
    row = scored(analysis_of(reviews, stars=stars)).loc["pool"]
    assert row["low_support"] and row["n_reviews"] == 1
    assert row[["impact", "reward", "points", "importance"]].notna().all()
    assert np.isnan(row["penalty"])
    assert row["reward_high"] - row["reward_low"] > 0.5
    assert row["asymmetry"] == "unclear"


def test_groups_are_fitted_by_themselves_and_small_ones_not() -> None:
    city = np.repeat(["a", "b", "c"], [120, 100, 1])
    analysis = simulated(221, city=city)
    frame = scored(analysis, by="city")
    for name in ("a", "b"):
        part = frame[frame["city"] == name].drop(columns="city").set_index("driver")
        alone = scored(analysis.filter(city=name)).drop(columns=OF_ALL_GROUPS)
        pd.testing.assert_frame_equal(part.drop(columns=OF_ALL_GROUPS), alone, check_exact=True)
        mean = analysis.verbatims.loc[city == name, "stars"].mean()
        assert part["points"].sum() + part["baseline"].iloc[0] == pytest.approx(mean)
    small = frame[frame["city"] == "c"]
    assert len(small) == 3 and small[JOINT].isna().all(axis=None)
    assert small["low_support"].all()


def test_subdrivers_are_players_too() -> None:
    reviews, stars = reviews_of(200)
    parts = [
        [Says(s.driver, s.sentiment, subdriver=f"{s.driver} part") for s in r] for r in reviews
    ]
    analysis = analysis_of(parts, stars=stars)
    by_part = scored(analysis, level="subdriver")
    pd.testing.assert_frame_equal(by_part[FIGURES], scored(analysis)[FIGURES])


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 100), st.integers(0, 3))
def test_row_order_changes_nothing(seed: int, order: int) -> None:
    analysis = simulated(70, seed)
    pd.testing.assert_frame_equal(
        scored(analysis, n_resamples=100),
        scored(shuffled(analysis, order), n_resamples=100),
        check_exact=True,
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 100), st.floats(0.001, 1e6), st.floats(-1e3, 1e3))
def test_scale_and_zero_of_the_outcome_only_scale_the_effects(
    seed: int, scale: float, zero: float
) -> None:
    reviews, stars = reviews_of(70, seed)
    one = scored(analysis_of(reviews, stars=stars), n_resamples=100)
    other = scored(analysis_of(reviews, stars=scale * stars + zero), n_resamples=100)
    for name in ("impact", "reward", "penalty", "points"):
        for end in ("", "_low", "_high"):
            values = scale * one[f"{name}{end}"]
            np.testing.assert_allclose(
                other[f"{name}{end}"], values, atol=1e-9 * (abs(zero) + 10 * scale)
            )
    np.testing.assert_allclose(other["importance"], one["importance"], atol=1e-5)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_sums_hold_whatever_the_reviews(seed: int) -> None:
    analysis = simulated(50, seed)
    frame = scored(analysis, n_resamples=100)
    assert frame["importance"].sum() == pytest.approx(100)
    for column in IMPACT:
        values = frame[column.name].dropna()
        assert column.low is None or values.between(column.low, column.high).all()
        assert column.values is None or values.isin(column.values).all()
    mean = analysis.verbatims["stars"].mean()
    assert frame["points"].sum() + frame["baseline"].iloc[0] == pytest.approx(mean)


def test_another_seed_moves_the_intervals_and_no_estimate() -> None:
    analysis = simulated(100)
    one, other = scored(analysis), scored(analysis, seed=1)
    pd.testing.assert_frame_equal(one[FIGURES], other[FIGURES])
    assert (one["reward_low"] != other["reward_low"]).all()
