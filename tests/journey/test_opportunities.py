"""Opportunities, their evidence, and what they cost of an outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from tests.journey.made import Says, analysis_of, bad, good, held_out
from verbatim.journey import Journey
from verbatim.journey.stakes import stakes


def whole(found: Journey) -> pd.DataFrame:
    table = found.opportunities
    return table[table["touchpoint"].isna()].set_index(["stage", "kind", "name"])


def test_each_kind_has_its_driver_its_reviews_and_its_evidence() -> None:
    reviews = [
        [bad("arrival", text="The queue was endless.")],
        [bad("arrival", text="You should open a second desk.", intents=("suggestion",))],
        [bad("support", "staff", text="Nobody ever replied.", resolution="unsolved")],
        [Says("Please send me the bill.", "departure", intents=("request",))],
        [good("use", text="Maybe more of that?", intents=("suggestion",))],
    ]
    rows = whole(analysis_of(reviews).journey())
    assert rows["n_reviews"].to_dict() == {
        ("arrival", "pain", "Waiting"): 2,
        ("arrival", "suggestion", "Waiting"): 1,
        ("use", "suggestion", "People"): 1,
        ("support", "pain", "People"): 1,
        ("support", "unsolved", "People"): 1,
        ("departure", "request", "In general"): 1,
    }
    assert (
        rows.loc[("arrival", "suggestion", "Waiting"), "text"] == "You should open a second desk."
    )
    assert rows.loc[("departure", "request", "In general"), "driver"] is np.nan
    assert rows["low_support"].all()


def test_kinds_that_are_not_told_reliably_are_left_out_and_named() -> None:
    counts = held_out(
        stage={"use": (50, 40)},
        resolution={"unsolved": (50, 20)},
        intent={"suggestion": (50, 40), "request": (9, 9)},
    )
    one = bad("use", intents=("suggestion", "request"), resolution="unsolved")
    found = analysis_of([[one]] * 3, counts).journey()
    assert set(found.opportunities["kind"]) == {"pain", "suggestion"}
    assert found.meta["kinds_not_told"] == ["unsolved", "request"]
    assert "unsolved problems and requests" in repr(found)


def test_the_points_are_what_the_mean_would_gain() -> None:
    reviews = [[bad("arrival")]] * 20 + [[bad("use", "food")]] * 30 + [[good("use")]] * 50
    stars = [1.0, 3.0] * 10 + [4.0] * 30 + [5.0] * 50
    found = analysis_of(reviews, stars=stars).journey(outcome="stars")
    rows = whole(found)
    assert rows.loc[("arrival", "pain", "Waiting"), "points"] == pytest.approx(0.2 * 3, rel=0.02)
    assert rows.loc[("use", "pain", "food"), "points"] == pytest.approx(0.3 * 1, rel=0.02)
    assert rows["outcome_n"].tolist() == [20, 30]
    low, high = rows.loc[("arrival", "pain", "Waiting"), ["points_low", "points_high"]]
    assert 0.3 < low < 0.6 < high < 0.9
    turned = whole(analysis_of(reviews, stars=[-s for s in stars]).journey(
        outcome="stars", higher_is_better=False
    ))  # fmt: skip
    assert turned["points"].tolist() == pytest.approx(rows["points"].tolist())


def test_the_most_costly_comes_first_whatever_its_number() -> None:
    reviews = [[bad("use", "waiting")]] * 40 + [[bad("use", "food")]] * 20 + [[good("use")]] * 40
    stars = [4.9] * 40 + [1.0, 2.0] * 10 + [5.0] * 40
    rows = whole(analysis_of(reviews, stars=stars).journey(outcome="stars"))
    assert rows.index[0] == ("use", "pain", "food") and rows["rank"].tolist() == [1, 2]
    plain = whole(analysis_of(reviews).journey())
    assert plain.index[0] == ("use", "pain", "Waiting") and "points" not in plain


def test_low_support_follows_the_effective_number_of_reviews() -> None:
    reviews = [[bad("use")]] * 40 + [[good("use")]] * 40
    analysis = analysis_of(reviews, even=[3.0] * 80, uneven=[50.0, *[1.0] * 79])
    marks = {
        weight: whole(analysis.journey(weight=weight))["low_support"].tolist()
        for weight in (None, "even", "uneven")
    }
    assert marks == {None: [False], "even": [False], "uneven": [True]}
    exactly = [[bad("use")]] * 30 + [[good("use")]] * 50
    thirty = analysis_of(exactly, w=[0.3] * 30 + [0.7] * 50).journey(weight="w")
    assert whole(thirty)["low_support"].tolist() == [False]


def test_stakes_are_those_of_least_squares_with_the_variance_of_the_product() -> None:
    random = np.random.default_rng(5)
    x = random.random((200, 3)) < [0.5, 0.3, 0.2]
    y = 5 - x @ [1.0, 0.5, 0.0] + random.normal(size=200) * (1 + x[:, 0])
    row, column = np.nonzero(x)
    found = stakes(y, np.ones(200), row, column, 3, 0.95)
    share, b = x.mean(axis=0), least_squares(x, y)
    # Each review's influence, by leaving it out.
    without = [
        (rest := np.delete(x, i, axis=0)).mean(axis=0) * least_squares(rest, np.delete(y, i))
        for i in range(200)
    ]
    half = student.ppf(0.975, 196) * np.sqrt(199 * np.var(without, axis=0))
    # The ridge takes a little.
    assert found.points == pytest.approx(-b * share, abs=0.01)
    assert found.high - found.points == pytest.approx(half, rel=0.05)
    assert found.n.tolist() == x.sum(axis=0).tolist()


def least_squares(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(np.column_stack([np.ones(len(y)), x]), y)[0][1:]


@pytest.mark.parametrize(
    ("n", "share", "effect", "noise"), [(200, 0.1, -2, 0.7), (400, 0.2, -2, 0)]
)
def test_intervals_of_stakes_hold_the_true_points(
    n: int, share: float, effect: float, noise: float
) -> None:
    random, held = np.random.default_rng(1), []
    for _ in range(200):
        x = random.random(n) < share
        y = 4 + effect * x + noise * random.normal(size=n)
        found = stakes(y, np.ones(n), np.flatnonzero(x), np.zeros(x.sum(), np.int64), 1, 0.95)
        held.append(found.low[0] <= -effect * share <= found.high[0])
    assert 0.91 <= np.mean(held) <= 0.99


def test_too_few_reviews_have_no_points() -> None:
    y = np.arange(40.0)
    held = np.repeat([0, 1], [9, 20])
    found = stakes(y, np.ones(40), np.arange(29), held, 2, 0.95)
    assert np.isnan(found.points[0]) and np.isfinite(found.points[1])
    assert np.isnan(
        stakes(y[:20], np.ones(20), np.arange(20), np.zeros(20, int), 1, 0.95).points
    ).all()
