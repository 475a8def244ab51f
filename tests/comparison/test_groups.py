"""Groups: pooled or flagged and never dropped, with what they compare, and periods."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from tests.comparison.made import analysis_by
from tests.drivers.conftest import Says, analysis_of
from verbatim.analysis import Analysis
from verbatim.comparison import Comparison, compare
from verbatim.errors import OptionError

GOOD, BAD = [Says("staff", 0.8)], [Says("staff", -0.6)]
FOUR = {"Bern": "+" * 12, "Aber": "+-" * 10, "Cork": "+--", "Down": "+"}


def rows(comparison: Comparison, driver: str = "staff") -> pd.DataFrame:
    frame = comparison.frame
    kept = (frame["driver"] == driver) & (frame["measure"] == "net_sentiment")
    return frame[kept].reset_index(drop=True)


def test_small_groups_are_pooled_last_and_named() -> None:
    compared = compare(analysis_by(FOUR), "city", min_reviews=5)
    found = rows(compared)
    assert found["city"].to_list() == ["Aber", "Bern", "(other)"]
    assert found["n_read"].to_list() == [20, 12, 4]
    assert found["reference_n_read"].to_list() == [16, 24, 32]
    assert found["low_support"].to_list() == [False, False, True]
    assert compared.meta["pooled"] == {"Cork": 3, "Down": 1}
    assert compared.meta["groups"] == {"Aber": 20, "Bern": 12, "(other)": 4}
    assert "2 groups of fewer than 5 reviews are pooled" in repr(compared)


def test_small_groups_may_be_flagged_instead() -> None:
    compared = compare(analysis_by(FOUR), "city", min_reviews=5, small="flag")
    found = rows(compared)
    assert found["city"].to_list() == ["Aber", "Bern", "Cork", "Down"]
    assert found["low_support"].to_list() == [False, False, True, True]
    assert compared.meta["pooled"] == {}


def test_one_small_group_keeps_its_name() -> None:
    found = rows(compare(analysis_by(FOUR), "city", min_reviews=2))
    assert found["city"].to_list() == ["Aber", "Bern", "Cork", "Down"]


def test_a_baseline_and_the_missing_are_not_pooled() -> None:
    analysis = analysis_by({**FOUR, "Ely": "-", None: "+-"})
    found = rows(compare(analysis, "city", min_reviews=5, baseline="Down"))
    assert found["city"].fillna("-").to_list() == ["Aber", "Bern", "Down", "-", "(other)"]
    analysis = analysis_by({**FOUR, None: "+-"})
    found = rows(compare(analysis, "city", min_reviews=5))
    assert pd.isna(found["city"].iloc[2])
    assert found["city"].iloc[3] == "(other)"
    assert found["n_read"].to_list() == [20, 12, 2, 4]


def test_a_group_that_is_called_other_stays_apart() -> None:
    compared = compare(analysis_by({**FOUR, "(other)": "+" * 9}), "city", min_reviews=5)
    assert list(compared.meta["groups"]) == ["(other)", "Aber", "Bern", "(other)*"]


def test_values_that_look_alike_are_two_groups() -> None:
    kind = pd.Series([1, "1", 1, "1"], dtype=object)
    compared = compare(analysis_of([GOOD, BAD, GOOD, BAD], kind=kind), "kind", min_reviews=0)
    assert compared.meta["groups"] == {"1": 2, "1*": 2}
    assert rows(compared)["difference"].to_list() == [200, -200]


def test_every_group_and_driver_and_measure_has_a_row() -> None:
    compared = compare(analysis_by(FOUR, stars=[3] * 36), "city", "stars", small="flag")
    frame = compared.frame
    assert len(frame) == 4 * 3 * 3
    assert frame["city"].to_list() == [c for c in ("Aber", "Bern", "Cork", "Down") for _ in "x" * 9]
    assert frame["driver"].to_list()[:9] == ["staff"] * 3 + ["price"] * 3 + ["room"] * 3
    assert frame["measure"].to_list()[:3] == ["net_sentiment", "share", "impact"]
    assert frame["name"].to_list()[:9:3] == ["People", "price", "Room"]


def test_several_columns_make_combinations() -> None:
    analysis = analysis_of(
        [GOOD, BAD, BAD, GOOD], city=["b", "a", "b", None], year=[2024.0, 2025.0, 2025.0, 2025.0]
    )
    compared = compare(analysis, ["city", "year"], min_reviews=0, baseline=("b", 2024))
    found = rows(compared)
    assert found[["city", "year"]].fillna("NA").to_numpy().tolist() == [
        ["a", "2025"],
        ["b", "2024"],
        ["b", "2025"],
        ["NA", "2025"],
    ]
    assert found["reference"].fillna("-").to_list() == ["b, 2024", "-", "b, 2024", "b, 2024"]
    assert found["difference"].fillna(9).to_list() == [-200, 9, -200, 0]


def test_a_baseline_is_found_by_its_value_or_its_name() -> None:
    analysis = analysis_of([GOOD, BAD, BAD], year=[2023, 2024, 2025])
    for baseline in (2024, "2024", np.int64(2024)):
        found = rows(compare(analysis, "year", baseline=baseline, small="flag"))
        assert found["difference"].fillna(9).to_list() == [200, 9, 0]
    with pytest.raises(
        OptionError, match=r"unknown baseline '2042'.*There are: 2023, 2024, 2025, rest"
    ):
        compare(analysis, "year", baseline=2042, small="flag")
    with pytest.raises(OptionError, match="baseline='previous' needs an order of time; give freq"):
        compare(analysis, "year", baseline="previous")


RESTS = {"rest": "+-" * 9, "spa": "+" * 12, "room": "-" * 12}


@pytest.mark.parametrize(
    ("baseline", "n"), [(1, 3), (1.0, 3), (np.int64(1), 3), ("1", 2), ("1*", 2), (2, 4), ("2", 4)]
)
def test_values_that_look_alike_are_told_apart_by_their_type(baseline: object, n: int) -> None:
    values = pd.Series([1, 1, 1, "1", "1", 2.0, 2.0, 2.0, 2.0], dtype=object)
    analysis = analysis_of([GOOD] * 9, code=values)
    found = rows(compare(analysis, "code", baseline=baseline, small="flag"))
    assert found["reference_n_read"].max() == n


def test_values_of_several_columns_are_not_joined_to_find_a_baseline() -> None:
    first, second = ["a, b"] * 2 + ["a"] * 3, ["c"] * 2 + ["b, c"] * 3
    analysis = analysis_of([GOOD] * 5, first=first, second=second)
    for baseline, n in ((("a, b", "c"), 2), (["a", "b, c"], 3)):
        compared = compare(analysis, ["first", "second"], baseline=baseline, small="flag")
        assert rows(compared)["reference_n_read"].max() == n
    with pytest.raises(OptionError, match="unknown baseline"):
        compare(analysis, ["first", "second"], baseline=("a", "b", "c"), small="flag")


def test_a_baseline_that_may_be_two_groups_is_refused() -> None:
    values = pd.Series([pd.Timestamp("2025-03-31"), "2025-03-31"] * 2, dtype=object)
    analysis = analysis_of([GOOD] * 4, day=values)
    with pytest.raises(OptionError, match=r"may be any of the groups '2025-03-31', '2025-03-31\*'"):
        compare(analysis, "day", baseline=datetime.date(2025, 3, 31), small="flag")


@pytest.mark.parametrize("weight", [0.1, 0.7, 1 / 3])
def test_equal_weights_make_as_many_reviews_as_there_are(weight: float) -> None:
    analysis = analysis_by({"a": "+-" * 15, "b": "+-" * 15}, w=[weight] * 60, stars=[1, 5] * 30)
    compared = compare(analysis, "city", "stars", weight="w")
    found = compared.frame[compared.frame["driver"] == "staff"]
    assert not found["low_support"].any()


@pytest.mark.parametrize("baseline", [None, "rest"])
def test_a_group_may_be_called_rest(baseline: str | None) -> None:
    compared = compare(analysis_by(RESTS, "area"), "area", min_reviews=5, baseline=baseline)
    found = rows(compared).set_index("area")
    line = compared.findings(1)[0]
    if baseline is None:
        assert found["reference_n_read"].to_dict() == {"rest": 24, "room": 30, "spa": 30}
        assert "of the rest" in line
        assert "each against the rest;" in repr(compared)
        assert compared.meta["baseline_kind"] == "rest"
    else:
        assert found["reference_n_read"].to_dict() == {"rest": 0, "room": 18, "spa": 18}
        assert "of rest," in line
        assert "each against rest;" in " ".join(repr(compared).split())
        assert compared.meta["baseline_kind"] == "group"


def test_a_group_called_rest_is_pooled_as_any_other() -> None:
    small = analysis_by({**RESTS, "rest": "+-", "bar": "+"}, "area")
    assert compare(small, "area", min_reviews=5).meta["pooled"] == {"bar": 1, "rest": 2}
    kept = compare(small, "area", min_reviews=5, baseline="rest").meta
    assert (list(kept["groups"]), kept["pooled"]) == (["bar", "rest", "room", "spa"], {})


def test_a_group_called_previous_is_one_among_others() -> None:
    analysis = analysis_by({"previous": "++++", "next": "----"}, "stay")
    default = rows(compare(analysis, "stay", min_reviews=2))
    assert default["reference_n_read"].to_list() == [4, 4]
    against = compare(analysis, "stay", min_reviews=2, baseline="previous")
    assert "each against previous;" in " ".join(repr(against).split())


DAYS = ["2025-03-30", "2025-01-02", None, "2025-01-31", "2025-05-02", "soon", "2025-03-01"]


def dated(**extra) -> Analysis:
    return analysis_of([GOOD, BAD, GOOD, BAD, BAD, GOOD, GOOD], day=DAYS, **extra)


def test_periods_compare_with_the_one_before_that_has_reviews() -> None:
    compared = compare(dated(), "day", freq="M")
    found = rows(compared)
    assert found["day"].to_list() == ["2025-01", "2025-03", "2025-05"]
    assert found["reference"].fillna("-").to_list() == ["-", "2025-01", "2025-03"]
    assert found["difference"].fillna(9).to_list() == [9, 200, -200]
    assert (compared.meta["n_undated"], compared.meta["unreadable_dates"]) == (2, ["soon"])
    assert (compared.meta["n_read"], compared.meta["n_verbatims"]) == (5, 7)
    assert "2 rows without a date that can be read are left out" in repr(compared)


def test_a_period_in_which_nothing_was_read_is_passed_over() -> None:
    status = ["empty", "ok", "ok", "ok", "ok", "ok", "empty"]
    reviews = [[], BAD, GOOD, BAD, BAD, GOOD, []]
    found = rows(compare(analysis_of(reviews, status=status, day=DAYS), "day", freq="M"))
    assert found["day"].to_list() == ["2025-01", "2025-03", "2025-05"]
    assert found["reference"].fillna("-").to_list() == ["-", "2025-01", "2025-01"]
    assert found["n_read"].to_list() == [2, 0, 1]


def test_periods_may_compare_with_the_rest_or_with_one() -> None:
    found = rows(compare(dated(), "day", freq="M", baseline="rest"))
    assert found["reference_n_read"].to_list() == [3, 3, 4]
    found = rows(compare(dated(), "day", freq="Q", baseline="2025-Q1"))
    assert found["reference"].fillna("-").to_list() == ["-", "2025-Q1"]


def test_periods_are_never_pooled() -> None:
    assert rows(compare(dated(), "day", freq="M", min_reviews=3))["low_support"].all()
    with pytest.raises(OptionError, match="small='pool' would take periods out of their order"):
        compare(dated(), "day", freq="M", small="pool")


def test_the_days_of_an_export_make_periods_whatever_their_type() -> None:
    expected = rows(compare(dated(), "day", freq="W"))
    stamps = pd.to_datetime(pd.Series(DAYS), errors="coerce").dt.tz_localize("Asia/Tokyo")
    analysis = analysis_of([GOOD, BAD, GOOD, BAD, BAD, GOOD, GOOD], day=stamps)
    pd.testing.assert_frame_equal(rows(compare(analysis, "day", freq="W")), expected)


EDGES = {
    "one group": analysis_by({"Oslo": "+-."}),
    "one review": analysis_by({"Oslo": "+"}),
    "no review": analysis_of([], city=pd.Series([], dtype="str")),
    "no opinions": analysis_by({"Oslo": "..", "Rome": ".."}),
    "nobody has a group": analysis_by({None: "+-"}),
    "groups of one": analysis_by({"Oslo": "+", "Rome": "-", "Bern": "0"}),
    "in every review": analysis_by({"Oslo": "++-", "Rome": "+-0"}),
    "all alike": analysis_by({"Oslo": "+++", "Rome": "+++"}),
    "unread": analysis_of([GOOD, []], status=["ok", "empty"], city=["Oslo", "Rome"]),
}


@pytest.mark.parametrize("analysis", EDGES.values(), ids=EDGES)
@pytest.mark.parametrize("outcome", ["nothing", "constant", "number"])
def test_edges_give_figures_or_none_and_never_fail(analysis: Analysis, outcome: str) -> None:
    n = len(analysis)
    stars = {"nothing": [np.nan] * n, "constant": [4.0] * n, "number": np.arange(n) % 3}[outcome]
    table = analysis.tables["verbatims"].assign(stars=pd.Series(stars, dtype="float64"))
    analysis = Analysis({**analysis.tables, "verbatims": table}, analysis.meta)
    for options in ({"small": "flag"}, {"min_reviews": 2}, {"level": "subdriver"}):
        compared = compare(analysis, "city", "stars", **options)
        frame = compared.frame
        known = frame.dropna(subset="difference")
        assert (
            (known["low"] <= known["difference"]) & (known["difference"] <= known["high"])
        ).all()
        assert (frame["p_value"].dropna().between(0, 1)).all()
        assert (frame["q_value"].isna() == frame["p_value"].isna()).all()
        assert not frame["significant"].any()
        assert compared.to_json() and repr(compared) and compared._repr_html_()
        assert compared.findings()[0].startswith("No difference is significant")


def test_a_constant_outcome_has_no_impact_to_test() -> None:
    analysis = analysis_by({"Oslo": "+-..", "Rome": "+..."}, stars=[4] * 8)
    frame = compare(analysis, "city", "stars", min_reviews=0).frame
    impact = frame[(frame["measure"] == "impact") & (frame["driver"] == "staff")]
    assert impact[["value", "difference", "low", "high"]].eq(0).all(axis=None)
    assert impact["p_value"].isna().all()


def test_a_driver_in_every_review_has_no_impact_and_a_share_of_1() -> None:
    analysis = analysis_by({"Oslo": "++-", "Rome": "+-0"}, stars=[1, 2, 3, 4, 5, 3])
    frame = compare(analysis, "city", "stars", min_reviews=0).frame
    staff = frame[frame["driver"] == "staff"].set_index(["city", "measure"])
    assert pd.isna(staff.loc[("Oslo", "impact"), "value"])
    assert staff.loc[("Oslo", "share"), ["value", "reference_value"]].tolist() == [1, 1]
    assert pd.isna(staff.loc[("Oslo", "share"), "p_value"])


def test_reviews_without_an_outcome_have_no_part_in_impact() -> None:
    stars = [5, 1, np.nan, 3, 3, np.nan, 4, 2]
    analysis = analysis_by({"Oslo": "+-+.", "Rome": "+-.."}, stars=stars)
    row = compare(analysis, "city", "stars", min_reviews=0).row("staff", "impact", city="Oslo")
    assert (row["n_reviews"], row["n_read"]) == (2, 3)
    assert row["value"] == pytest.approx(0)
    assert (row["reference_n_reviews"], row["reference_n_read"]) == (1, 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "cty"}, "unknown column 'cty'; did you mean 'city'"),
        ({"by": []}, "names no column"),
        ({"by": ["city", "city"]}, "names 'city' twice"),
        ({"by": "city", "outcome": "city"}, "as outcome and in by"),
        ({"by": "city", "outcome": "star"}, "unknown column 'star'; did you mean 'stars'"),
        ({"by": "city", "freq": "month"}, "unknown freq 'month'.*There are: D, W, M, Q, Y"),
        ({"by": ["city", "stars"], "freq": "M"}, "give the column of dates alone"),
        ({"by": "city", "freq": "M"}, "column 'city' holds no dates but 'Oslo', 'Rome'"),
        ({"by": "city", "small": "drop"}, "unknown small 'drop'.*pool, flag"),
        ({"by": "city", "fdr": 5}, "fdr=5 is not between 0 and 1"),
        ({"by": "city", "confidence": 95}, "confidence=95"),
        ({"by": "city", "min_reviews": -1}, "min_reviews=-1"),
        ({"by": "city", "n_resamples": 3}, "at least 100"),
        ({"by": "city", "seed": None}, "seed=None"),
        ({"by": "city", "level": "topic"}, "unknown level 'topic'"),
        ({"by": "city", "baseline": "Olso"}, "unknown baseline 'Olso'; did you mean 'Oslo'"),
        ({"by": "city", "weight": "w"}, "unknown column 'w'"),
        ({"by": "city", "weight": "bad"}, "weight 'bad' holds 1 values that are not weights: -1"),
    ],
)
def test_what_cannot_be_meant_is_named(options: dict[str, object], said: str) -> None:
    analysis = analysis_by({"Oslo": "+-", "Rome": "+."}, stars=[1, 2, 3, 4], bad=[1, 1, -1, 1])
    with pytest.raises(OptionError, match=said):
        analysis.compare(**options)
