"""Groups: any column, NA a group of its own, and the order that of the values."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from tests.drivers.conftest import OF_ALL_GROUPS, Says, analysis_of
from verbatim.analysis import Analysis
from verbatim.drivers import score_drivers
from verbatim.errors import OptionError

GOOD, BAD = [Says("staff", 0.8)], [Says("staff", -0.6)]


def staff(analysis: Analysis, by) -> pd.DataFrame:
    frame = score_drivers(analysis, by=by).frame
    return frame[frame["driver"] == "staff"].reset_index(drop=True)


def test_each_group_is_scored_as_if_it_were_alone() -> None:
    rng = np.random.default_rng(5)
    reviews = [[GOOD, BAD, []][i] for i in rng.integers(0, 3, 60)]
    cities = rng.choice(["Rome", "Oslo"], 60)
    analysis = analysis_of(reviews, city=cities, stars=rng.integers(1, 6, 60))
    grouped = score_drivers(analysis, by="city", outcome="stars").frame
    for city in ("Oslo", "Rome"):
        part = grouped[grouped["city"] == city].drop(columns="city").reset_index(drop=True)
        alone = score_drivers(analysis.filter(city=city), outcome="stars").frame
        one, other = (table.drop(columns=OF_ALL_GROUPS) for table in (part, alone))
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_a_group_of_one_review_is_not_sure_of_its_outcome() -> None:
    analysis = analysis_of([GOOD, BAD], day=["a", "b"], stars=[5, 1])
    frame = score_drivers(analysis, by="day", outcome="stars").frame
    rows = frame[frame["driver"] == "staff"].reset_index(drop=True)
    assert rows["outcome_mean"].to_list() == [5, 1]
    low, high = rows["outcome_low"], rows["outcome_high"]
    assert low[0] < 2 and high[0] == 5 and low[1] == 1 and high[1] > 4
    assert rows["outcome_low_support"].all()


@pytest.mark.parametrize(
    "by", [np.array(["city", "year"]), pd.Index(["city", "year"]), pd.Series(["city", "year"])]
)
def test_any_list_of_names_is_one(by: object) -> None:
    analysis = analysis_of([GOOD, BAD], city=["a", "b"], year=[1, 2])
    found = staff(analysis, by)
    pd.testing.assert_frame_equal(found, staff(analysis, ["city", "year"]))


@pytest.mark.parametrize(
    "by", [{"city"}, {"city": 1}, (name for name in ["city"]), [["city"]], pd.DataFrame()]
)
def test_what_names_no_columns_in_an_order_is_refused(by: object) -> None:
    with pytest.raises(OptionError, match=f"by is of type {type(by).__name__}; give a name, or a"):
        staff(analysis_of([GOOD], city=["a"]), by)


def test_an_outcome_is_one_column() -> None:
    analysis = analysis_of([GOOD], stars=[5], day=["2025-01-01"])
    for asked in (analysis.drivers, analysis.trend, analysis.journey):
        with pytest.raises(OptionError, match="outcome is of type list; give the name of one col"):
            asked(outcome=["stars"])


def test_missing_values_are_a_group_of_their_own_and_the_last() -> None:
    rows = staff(analysis_of([GOOD, BAD, GOOD, []], city=["b", None, "a", np.nan]), "city")
    assert rows["city"].to_list()[:2] == ["a", "b"]
    assert pd.isna(rows["city"].iloc[2])
    assert rows["n_read"].to_list() == [1, 1, 2]
    assert rows["net_sentiment"].to_list() == [100, 100, -100]


@pytest.mark.parametrize("missing", [[None, np.nan], [np.nan, None], [pd.NA, None]])
def test_values_that_are_missing_in_several_ways_are_one_group(missing: list[object]) -> None:
    rows = staff(
        analysis_of([GOOD, GOOD, BAD], kind=pd.Series([*missing, 7], dtype=object)), "kind"
    )
    assert rows["kind"].to_list() == [7, None]
    assert rows["n_read"].to_list() == [1, 2]


def test_every_driver_stands_in_every_group() -> None:
    analysis = analysis_of([GOOD, [Says("room", 1.0)], []], city=["a", "b", "c"])
    frame = score_drivers(analysis, by="city").frame
    assert frame["city"].to_list() == ["a"] * 3 + ["b"] * 3 + ["c"] * 3
    assert frame["driver"].to_list()[:6] == ["staff", "price", "room", "room", "staff", "price"]


def test_several_columns_make_the_combinations_that_occur() -> None:
    analysis = analysis_of([GOOD, BAD, BAD, []], city=["b", "a", "b", "a"], year=[1, 2, 2, 2])
    rows = staff(analysis, ["city", "year"])
    assert rows[["city", "year"]].to_numpy().tolist() == [["a", 2], ["b", 1], ["b", 2]]
    assert rows["n_read"].to_list() == [2, 1, 1]


def test_no_columns_are_no_groups() -> None:
    analysis = analysis_of([GOOD, BAD])
    pd.testing.assert_frame_equal(
        score_drivers(analysis, by=[]).frame, score_drivers(analysis).frame
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pd.Categorical(["low", "high", "low"], ["low", "mid", "high"]), ["low", "high"]),
        (pd.to_datetime(["2024-02-01", "2023-01-01", "2024-02-01"]), None),
        ([True, False, True], [False, True]),
        ([10, 9, 10], [9, 10]),
        ([0.5, -1.0, 0.5], [-1.0, 0.5]),
        (pd.array([2, None, 2], dtype="Int64"), [2, pd.NA]),
        ([datetime.date(2024, 2, 1), datetime.date(2023, 1, 1), None], None),
        (pd.period_range("2024-01", periods=3, freq="M"), None),
    ],
    ids=["categorical", "datetime", "bool", "int", "float", "Int64", "date", "period"],
)
def test_groups_of_any_type_keep_their_type_and_order(values, expected) -> None:
    analysis = analysis_of([GOOD, BAD, GOOD], kind=values)
    scores = score_drivers(analysis, by="kind")
    kind = scores.frame["kind"]
    assert kind.dtype == analysis.verbatims["kind"].dtype
    known = kind.drop_duplicates()
    if expected is not None:
        assert [str(value) for value in known] == [str(value) for value in expected]
    assert known.dropna().is_monotonic_increasing or known.dtype == "category"
    assert "Driver scores" in repr(scores)
    scores.to_json()


def test_values_of_several_types_are_ordered_too() -> None:
    values = pd.Series([3, "b", None, "a", 1], dtype=object)
    rows = staff(analysis_of([GOOD] * 5, kind=values), "kind")
    assert rows["kind"].to_list()[:4] == [1, 3, "a", "b"]
    assert pd.isna(rows["kind"].iloc[4])


def test_columns_of_the_schema_are_columns() -> None:
    analysis = analysis_of([GOOD, BAD], status=["ok", "truncated"])
    assert staff(analysis, "language")["n_read"].to_list() == [2]
    assert staff(analysis, "status")["net_sentiment"].to_list() == [100, -100]


def test_a_column_that_the_scores_have_too_is_renamed() -> None:
    analysis = analysis_of([GOOD, BAD], name=["x", "y"])
    scores = score_drivers(analysis, by=["name", "label"])
    assert scores.frame.columns[:4].to_list() == ["by_name", "by_label", "driver", "name"]
    assert scores.quotes.columns[:4].to_list() == ["by_name", "by_label", "driver", "label"]
    assert scores.driver("staff", by_name="y", by_label="none")["net_sentiment"] == -100
    assert scores.meta["by"] == ["name", "label"]


def test_values_that_have_no_groups_are_refused() -> None:
    analysis = analysis_of([GOOD, BAD], tags=[["a"], ["b"]])
    with pytest.raises(OptionError, match="column 'tags' holds values that can't be grouped by"):
        score_drivers(analysis, by="tags")


def test_a_group_in_which_nothing_was_read_stays() -> None:
    analysis = analysis_of([GOOD, []], status=["ok", "empty"], city=["a", "b"])
    rows = staff(analysis, "city")
    assert rows["n_read"].to_list() == [1, 0]
    assert pd.isna(rows["share"].iloc[1])


def test_emotions_and_quotes_say_their_group() -> None:
    said = [Says("staff", 0.8, "The staff were a joy.", "joy")]
    scores = score_drivers(analysis_of([said, said, []], city=["b", "a", "c"]), by="city")
    assert scores.emotions[["city", "emotion", "share"]].to_numpy().tolist() == [
        ["a", "joy", 1.0],
        ["b", "joy", 1.0],
    ]
    assert scores.quotes[["city", "id"]].to_numpy().tolist() == [["a", 1], ["b", 0]]
