"""The frame: hand-counted reviews, and every way in which there may be nothing to count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.drivers.conftest import TAXONOMY, Says, analysis_of
from verbatim.drivers import score_drivers
from verbatim.drivers.columns import EMOTION_MIX, IMPACT, OUTCOME, QUOTES, SCORES

GOOD, BAD, SO_SO = Says("staff", 0.8), Says("staff", -0.6), Says("staff", 0.0)

REVIEWS = [
    [GOOD],
    [GOOD, SO_SO],
    [BAD, BAD],
    [GOOD, BAD],
    [SO_SO],
    [Says("room", -1.0)],
    [],
    [],
]


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def test_reviews_are_counted_by_how_they_mention_the_driver() -> None:
    row = score_drivers(analysis_of(REVIEWS)).driver("staff")
    assert row["name"] == "People"
    assert row[["n_reviews", "n_opinions", "n_read"]].to_list() == [5, 8, 8]
    assert row[["positive", "negative", "neutral", "mixed"]].to_list() == [2, 1, 1, 1]
    assert row["share"] == 5 / 8
    assert row["net_sentiment"] == pytest.approx(100 * (2 - 1) / 5)
    assert row["mean_sentiment"] == pytest.approx(np.mean([0.8, 0.4, -0.6, 0.1, 0.0]))


def test_many_opinions_in_one_review_are_one_voice() -> None:
    loud = score_drivers(analysis_of([[GOOD], [BAD] * 9])).driver("staff")
    calm = score_drivers(analysis_of([[GOOD], [BAD]])).driver("staff")
    same = [name for name in loud.index if name != "n_opinions"]
    pd.testing.assert_series_equal(loud[same], calm[same])


def test_rows_come_by_share_then_name_and_nobody_mentions_price() -> None:
    frame = score_drivers(analysis_of(REVIEWS)).frame
    assert frame["driver"].to_list() == ["staff", "room", "price"]
    unmentioned = frame.iloc[2]
    assert unmentioned["name"] == "price"
    assert unmentioned[["n_reviews", "positive", "negative", "neutral", "mixed"]].sum() == 0
    assert unmentioned["share"] == 0
    missing = ["net_sentiment", "net_low", "net_high", "mean_sentiment", "emotion", "emotion_share"]
    assert unmentioned[missing].isna().all()


def test_names_break_ties_whatever_their_case() -> None:
    taxonomy = {"name": "t", "drivers": {"a": {"name": "zebra"}, "b": {"name": "Ape"}, "c": {}}}
    frame = score_drivers(analysis_of([[]], taxonomy=taxonomy)).frame
    assert frame["name"].to_list() == ["Ape", "c", "zebra"]


def test_merged_and_dropped_drivers_have_no_row_and_unknown_ones_have() -> None:
    drivers = {"staff": {"name": "Staff"}, "room": {"into": "staff"}, "price": {"drop": True}}
    analysis = analysis_of([[Says("zoo", 1.0)]], taxonomy={"name": "t", "drivers": drivers})
    assert score_drivers(analysis).frame["driver"].to_list() == ["zoo", "staff"]


def test_unknown_drivers_of_any_rows_have_one_row_each() -> None:
    reviews = [[Says(name, 1.0)] for name in ("zoo", "staff", "pool", "zoo", "room", "pool")]
    frame = score_drivers(analysis_of(reviews)).frame
    assert frame["driver"].to_list() == ["pool", "zoo", "staff", "room", "price"]
    assert frame["n_reviews"].to_list() == [2, 2, 1, 1, 0]


def test_share_interval_is_wilsons() -> None:
    for level in (0.8, 0.95):
        frame = score_drivers(analysis_of(REVIEWS), confidence=level).frame
        low, high = proportion_confint(frame["n_reviews"], 8, alpha=1 - level, method="wilson")
        np.testing.assert_allclose(frame["share_low"], low, atol=1e-12)
        np.testing.assert_allclose(frame["share_high"], high, atol=1e-12)


def test_unread_verbatims_are_not_counted() -> None:
    reviews = [[GOOD], [BAD], [], [GOOD]]
    status = ["ok", "truncated", "empty", "not_english"]
    scores = score_drivers(analysis_of(reviews, status=status))
    row = scores.driver("staff")
    assert row[["n_reviews", "n_read", "n_opinions", "positive"]].to_list() == [2, 2, 2, 1]
    assert (scores.meta["n_verbatims"], scores.meta["n_read"]) == (4, 2)
    assert set(scores.quotes["id"]) == {0, 1}


def test_opinions_without_a_driver_are_counted_but_have_no_row() -> None:
    scores = score_drivers(analysis_of([[Says(None, 1.0), GOOD], [Says(None, -1.0)]]))
    assert scores.meta["n_unassigned"] == 2
    assert scores.frame["driver"].to_list() == ["staff", "price", "room"]
    assert scores.frame["n_opinions"].sum() == 1


@pytest.mark.parametrize(
    "analysis",
    [
        analysis_of([], city=[], stars=[]),
        analysis_of([[], []], city=["a", "b"], stars=[1, 2]),
        analysis_of([[], []], status=["empty", "not_text"], city=["a", "b"], stars=[1, 2]),
    ],
    ids=["no verbatims", "no opinions", "nothing read"],
)
@pytest.mark.parametrize("by", [None, "city"])
def test_nothing_to_count_gives_the_same_columns(analysis, by) -> None:
    full = score_drivers(analysis_of(REVIEWS, city=list("abababab"), stars=[1] * 8), by, "stars")
    empty = score_drivers(analysis, by, "stars")
    group = {"city"} if by else set()
    for name in ("frame", "emotions", "quotes"):
        got, expected = dtypes(getattr(empty, name)), dtypes(getattr(full, name))
        assert list(got) == list(expected)
        assert {k: v for k, v in got.items() if k not in group} == {
            k: v for k, v in expected.items() if k not in group
        }
    assert empty.frame["n_reviews"].sum() == 0
    assert empty.frame["net_sentiment"].isna().all()
    assert len(empty.quotes) == len(empty.emotions) == 0
    assert "Driver scores" in repr(empty)
    assert "<table" in empty._repr_html_()
    empty.to_json()


def test_nothing_read_has_no_share() -> None:
    frame = score_drivers(analysis_of([[]], status=["empty"])).frame
    assert frame[["share", "share_low", "share_high"]].isna().all(axis=None)


def test_one_review() -> None:
    row = score_drivers(analysis_of([[GOOD]])).driver("staff")
    assert row[["n_reviews", "share", "net_sentiment", "net_high"]].to_list() == [1, 1, 100, 100]
    assert row["net_low"] < 50
    assert row["low_support"]


def test_columns_and_dtypes_are_those_documented() -> None:
    scores = score_drivers(analysis_of(REVIEWS, stars=[1] * 8), outcome="stars")
    tables = {
        "drivers": (scores.frame, (*SCORES, *OUTCOME, *IMPACT)),
        "emotions": (scores.emotions, EMOTION_MIX),
        "quotes": (scores.quotes, QUOTES),
    }
    for name, (frame, columns) in tables.items():
        assert frame.columns[1:].to_list() == [column.name for column in columns]
        for column in columns:
            expected = "int64" if column.dtype == "id" else column.dtype
            assert str(frame[column.name].dtype) == expected
            if not column.nullable:
                assert frame[column.name].notna().all()
        assert list(scores.meta["columns"][name]) == [column.name for column in columns]


def test_emotions_are_mixed_per_review() -> None:
    joy, anger = Says("staff", 0.8, "Joy.", "joy", 3), Says("staff", -0.8, "Anger.", "anger", 1)
    more_joy = Says("staff", 0.8, "Some joy.", "joy", 1)
    reviews = [[joy, more_joy], [joy, anger], [anger], [more_joy], [GOOD], [Says("room", 0.5)]]
    scores = score_drivers(analysis_of(reviews))
    row = scores.driver("staff")
    assert (row["emotion"], row["emotion_share"]) == ("joy", 3 / 5)
    mix = scores.emotions
    assert mix["emotion"].to_list() == ["joy", "anger"]
    assert mix["n_reviews"].to_list() == [3, 2]
    assert mix["share"].to_list() == [3 / 5, 2 / 5]
    assert mix["intensity"].to_list() == [(3 + 3 + 1) / 3, 1.0]


def test_the_more_intense_of_two_equal_emotions_comes_first() -> None:
    joy, anger = Says("staff", 0.8, "Joy.", "joy", 1), Says("staff", -0.8, "Anger.", "anger", 2)
    assert score_drivers(analysis_of([[joy], [anger]])).driver("staff")["emotion"] == "anger"


def test_subdrivers_have_rows_of_their_own() -> None:
    manner, skill = Says("staff", 1.0, subdriver="manner"), Says("staff", -1.0, subdriver="skill")
    size = Says("room", 1.0, subdriver="skill")
    scores = score_drivers(
        analysis_of([[manner], [manner, skill], [GOOD], [size]]), level="subdriver"
    )
    frame = scores.frame
    assert frame[["driver", "subdriver", "name"]].to_numpy().tolist() == [
        ["staff", "manner", "Manner"],
        ["room", "skill", "skill"],
        ["staff", "skill", "skill"],
    ]
    assert frame["n_reviews"].to_list() == [2, 1, 1]
    assert scores.meta["n_unassigned"] == 1
    assert scores.driver("staff", subdriver="skill")["negative"] == 1
    assert {"driver", "subdriver"} <= set(scores.quotes) & set(scores.emotions)


def test_a_taxonomy_of_names_alone_is_enough() -> None:
    taxonomy = {"name": "bare", "drivers": {"staff": {}, "room": None}}
    frame = score_drivers(analysis_of(REVIEWS, taxonomy=taxonomy), level="driver").frame
    assert set(frame["name"]) == {"staff", "room"}
    assert len(score_drivers(analysis_of(REVIEWS, taxonomy={"name": "none"})).frame) == 2


def test_meta_says_how_they_were_made() -> None:
    scores = score_drivers(analysis_of(REVIEWS, city=["a"] * 8), "city", seed=7, n_resamples=200)
    said = scores.meta
    assert (said["by"], said["outcome"], said["seed"], said["n_resamples"]) == (
        ["city"],
        None,
        7,
        200,
    )
    assert said["confidence"] == 0.95
    assert said["engine"]["name"] == "test"
    assert said["taxonomy"] == TAXONOMY["name"]
    assert said["versions"]["numpy"] == np.__version__
    assert "100 * (positive - negative) / n_reviews" in said["columns"]["drivers"]["net_sentiment"]
