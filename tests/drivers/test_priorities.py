"""Quadrants and the sentences about them."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import pytest

from tests.drivers.conftest import Says, analysis_of
from tests.drivers.test_impact import reviews_of, simulated
from verbatim.drivers import score_drivers
from verbatim.drivers.columns import PRIORITIES, QUADRANTS
from verbatim.drivers.placing import placing
from verbatim.errors import OptionError


def four_corners(n: int = 800) -> tuple[list[list[Says]], np.ndarray]:
    """Two drivers that matter and two that don't; of each two one is praised, one blamed."""
    rng = np.random.default_rng(0)
    chances = {"staff": (0.3, 0.1), "room": (0.1, 0.3), "food": (0.3, 0.1), "price": (0.1, 0.3)}
    reviews, stars = [], 3 + rng.normal(0, 0.4, n)
    for i in range(n):
        said = []
        for driver, (good, bad) in chances.items():
            sign = rng.choice([1, -1, 0], p=[good, bad, 1 - good - bad])
            said += [Says(driver, 0.8 * sign)] * bool(sign)
            stars[i] += 0.8 * sign * (driver in ("staff", "room"))
        reviews.append(said)
    return reviews, stars


def corners(**options):
    reviews, stars = four_corners()
    return score_drivers(analysis_of(reviews, stars=stars), outcome="stars", **options)


def test_each_corner_has_its_driver() -> None:
    scores = corners()
    placed = scores.frame.set_index("driver")["quadrant"].dropna().to_dict()
    assert placed == {
        "room": "fix first",
        "staff": "keep up",
        "price": "low priority",
        "food": "possible overkill",
    }
    assert (scores.frame["quadrant_probability"].dropna() > 0.95).all()
    frame = scores.priorities().frame
    assert frame["quadrant"].to_list()[:4] == list(QUADRANTS)


def test_cuts_are_the_mean_importance_and_the_net_sentiment_of_all_mentions() -> None:
    scores = corners()
    table, frame = scores.priorities().frame, scores.frame
    assert table["importance_cut"].eq(25).all()
    net = 100 * (frame["positive"] - frame["negative"]).sum() / frame["n_reviews"].sum()
    np.testing.assert_allclose(table["net_cut"], net)


def test_probability_is_the_share_of_resamples_in_the_same_quadrant() -> None:
    importance, net = np.array([60.0, 40.0, np.nan]), np.array([-0.2, 0.3, 0.1])
    drawn = np.array([[70.0, 30.0, np.nan], [45.0, 55.0, np.nan], [55.0, 45.0, np.nan]])
    drawn_net = np.array([[-0.1, 0.2, 0.1], [-0.1, 0.2, 0.1], [0.1, -0.2, 0.1]])
    names, probability = placing(importance, net, drawn, drawn_net)
    assert names.tolist() == ["fix first", "possible overkill", None]
    np.testing.assert_allclose(probability, [1 / 3, 1 / 3, np.nan])


def test_a_lone_driver_is_judged_like_the_rest_whatever_the_rounding() -> None:
    nearly = np.array([[100 - 1e-13]] * 9)
    names, probability = placing(np.array([100.0]), np.array([-1e-17]), nearly, np.zeros((9, 1)))
    assert names.tolist() == [None] and np.isnan(probability).all()


def test_draws_at_a_cut_are_rounded_as_the_estimate_is() -> None:
    importance, net = np.array([50.0, 50.0]), np.array([-0.5, 0.5])
    drawn = np.array([[50 - 1e-13, 50 + 1e-13], [50.0, 50.0]])
    drawn_net = np.array([[-0.5, 0.5], [-1e-17, 1e-17]])
    names, probability = placing(importance, net, drawn, drawn_net)
    assert names.tolist() == ["fix first", "keep up"]
    assert probability.tolist() == [0.5, 0.5]


def test_drivers_that_are_judged_alike_are_not_better_than_the_rest() -> None:
    reviews = [
        [Says("staff", 0.6)] * (i % 2) + [Says("room", 0.6)] * (i % 3 == 0) or [Says(None, 0.0)]
        for i in range(120)
    ]
    stars = [3 + 0.8 * (i % 2) + 0.3 * (i % 3 == 0) + 0.01 * (i % 5) for i in range(120)]
    found = score_drivers(analysis_of(reviews, stars=stars), outcome="stars").priorities()
    judged = found.frame[:2]
    assert judged["driver"].tolist() == ["staff", "room"]
    assert judged["quadrant"].isna().all() and judged["quadrant_probability"].isna().all()
    for said in judged["advice"]:
        assert said.startswith("Not placed: it is judged like the rest; importance ")
        assert "net sentiment +100 [" in said and "against +100 overall" in said
        assert "better" not in said and "resamples" not in said
    assert f">{judged['importance'].iloc[0]:.1f} [" in found._repr_html_()


def test_columns_are_those_documented() -> None:
    table = corners().priorities().frame
    assert table.columns.to_list() == ["driver", "name", *(column.name for column in PRIORITIES)]
    for column in PRIORITIES:
        assert str(table[column.name].dtype) == column.dtype


def test_the_sentence_gives_the_evidence() -> None:
    scores = corners()
    room = scores.driver("room")
    said = scores.priorities().frame.iloc[0]["advice"]
    assert said.startswith("Fix first: it matters and is judged worse than the rest; ")
    assert f"importance {room['importance']:.1f} [" in said
    assert "of 100 against 25.0 on average" in said
    assert f"{room['n_reviews']} reviews" in said
    assert f"negative mention goes with {room['penalty']:+.2f} [" in said
    assert "% of resamples place it here" in said
    assert said.count(".  ") == 0 and said.endswith(".")
    assert "performance driver" in said
    few = corners(min_reviews=10_000).priorities().frame.iloc[0]["advice"]
    assert "fewer than 10000 reviews, so gather more" in few


def test_what_cannot_be_placed_is_kept_last_and_says_why() -> None:
    reviews, stars = reviews_of(100)
    scores = score_drivers(
        analysis_of([*reviews, [Says("pool", 0.0)]], stars=[*stars, 3]), outcome="stars"
    )
    last = scores.priorities().frame.iloc[-1]
    assert last["driver"] == "pool" and pd.isna(last["quadrant"])
    assert last["advice"] == "Not placed: no review with an outcome praises or criticises it."


@pytest.mark.parametrize(
    ("n", "judged", "stars", "weights", "why"),
    [
        (80, 17, 1.0, 1.0, "importance takes 30 reviews with an outcome and there are 17"),
        (80, 0, 1.0, 1.0, "importance takes 30 reviews with an outcome and there are 0"),
        (80, 60, 0.0, 1.0, "the outcome doesn't differ with anything said in the 60 reviews that"),
        (80, 60, 1.0, 99.0, "the 60 reviews with an outcome count for too few by their weights"),
    ],
)
def test_why_nothing_can_be_placed_is_said_once_with_its_number(
    n: int, judged: int, stars: float, weights: float, why: str
) -> None:
    outcome = np.where(np.arange(n) < judged, 3 + stars * (np.arange(n) % 3), np.nan)
    reviews, _ = reviews_of(n)
    analysis = analysis_of(reviews, stars=outcome, w=[weights] * 2 + [1.0] * (n - 2))
    found = score_drivers(analysis, outcome="stars", weight="w").priorities()
    assert found.frame["advice"].str.startswith(f"Not placed: {why}").all()
    for shown in (" ".join(repr(found).split()), found._repr_html_()):
        assert shown.count(escape(why, quote="<" in shown)) == 1


def test_reviews_that_all_judge_alike_place_nothing() -> None:
    same = analysis_of([[Says("staff", 0.8)]] * 40, stars=np.arange(40) % 5)
    advice = score_drivers(same, outcome="stars").priorities().frame["advice"]
    (said,) = set(advice)
    assert said.startswith("Not placed: none of the 40 reviews with an outcome differs in what it ")


def test_groups_have_their_own_cuts_and_order() -> None:
    city = np.repeat(["a", "b", "c"], [150, 149, 1])
    scores = score_drivers(simulated(300, city=city), by="city", outcome="stars")
    table = scores.priorities().frame
    assert table["city"].to_list() == ["a"] * 3 + ["b"] * 3 + ["c"] * 3
    assert table.groupby("city")["net_cut"].nunique().le(1).all()
    for name in ("a", "b"):
        frame = scores.frame[scores.frame["city"] == name]
        net = 100 * (frame["positive"] - frame["negative"]).sum() / frame["n_reviews"].sum()
        np.testing.assert_allclose(table.loc[table["city"] == name, "net_cut"], net)
    assert table.loc[table["city"] == "c", "quadrant"].isna().all()


def test_a_group_named_as_a_column_keeps_its_values() -> None:
    kind = np.repeat(["x", "y"], 40)
    scores = score_drivers(simulated(80, quadrant=kind), by="quadrant", outcome="stars")
    table = scores.priorities().frame
    assert table["by_quadrant"].to_list() == ["x"] * 3 + ["y"] * 3


@pytest.mark.parametrize("level", ["driver", "subdriver"])
def test_views_show_every_driver_and_nothing_unescaped(level: str) -> None:
    reviews, stars = reviews_of(60)
    bold = [[Says(s.driver, s.sentiment, subdriver="<b>") for s in r] for r in reviews]
    analysis = analysis_of(bold, stars=stars, city=["<i>"] * 60)
    found = score_drivers(analysis, by="city", outcome="stars", level=level).priorities()
    text, page = repr(found), found._repr_html_()
    assert text.startswith("Priorities by stars: importance by lmg, 3 rows, 95% intervals")
    assert max(map(len, text.splitlines())) <= 100
    assert page.count("<tr") == 4
    assert "<i>" not in page and "<b>" not in page
    for advice in found.frame["advice"]:
        assert advice.split(";")[0] in " ".join(text.split())


def test_nothing_to_place() -> None:
    found = score_drivers(analysis_of([], stars=[]), outcome="stars").priorities()
    assert len(found) == 3
    assert "there are 0" in repr(found)
    assert "there are 0" in found._repr_html_()


def test_without_an_outcome_there_are_none() -> None:
    with pytest.raises(OptionError, match="priorities need an outcome"):
        score_drivers(simulated(40)).priorities()


def test_nobody_is_told_to_wait_for_more_cases_of_harm() -> None:
    reviews, stars = four_corners()
    for said in reviews[:3]:
        said.append(Says("safety", -0.8))
    frame = score_drivers(analysis_of(reviews, stars=stars), outcome="stars").priorities().frame
    advice = frame.set_index("driver")["advice"]
    assert "read each criticism of it, whatever its place" in advice["safety"]
    assert "gather more" not in advice["safety"]
    assert not advice.drop("safety").str.contains("read each criticism").any()
