"""Trends: levels by period, changes, dates, edges, and how they are shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.comparison.made import analysis_by, drawn
from tests.drivers.conftest import Says, analysis_of, shuffled
from verbatim.analysis import Analysis
from verbatim.drivers.columns import DRIVER, OUTCOME_MEAN, SUBDRIVER
from verbatim.errors import OptionError
from verbatim.trend import Trend, trend
from verbatim.trend.columns import CHANGES, PERIOD, POINTS, TESTS

GOOD, BAD = [Says("staff", 0.8)], [Says("staff", -0.6)]


def monthly(*signs: str, **extra: object) -> Analysis:
    """Analysis of one group of reviews per month, from 2025-01 on."""
    groups = {f"2025-{month:02d}-15": said for month, said in enumerate(signs, 1)}
    return analysis_by(groups, column="day", **extra)


def staff(found: Trend) -> pd.DataFrame:
    frame = found.frame
    return frame[frame["driver"] == "staff"].reset_index(drop=True)


FALL = ["+++-......"] * 5 + ["+---......"] * 4


def test_levels_by_hand_with_the_months_without_reviews() -> None:
    found = staff(trend(monthly("++-.", "", "--0~..", "....")))
    assert found["period"].to_list() == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert found["start"].astype(str).to_list() == [f"2025-0{m}-01" for m in (1, 2, 3, 4)]
    assert found["n_read"].to_list() == [4, 0, 6, 4]
    assert found["n_reviews"].to_list() == [3, 0, 4, 0]
    assert found["share"].round(3).fillna(-1).to_list() == [0.75, -1, 0.667, 0]
    assert found["net_sentiment"].round(3).fillna(9).to_list() == [33.333, 9, -50, 9]
    assert found[["net_low", "net_high"]].isna().all(axis=1).to_list() == [False, True, False, True]
    assert found["low_support"].all()


def test_levels_are_those_of_the_driver_scores() -> None:
    groups = drawn([40, 70, 50], [(0.3, 0.2, 0.1, 0.4)] * 3)
    stars = np.random.default_rng(0).integers(1, 6, 160)
    days = {f"g{i}": f"2025-0{i + 1}-20" for i in range(3)}
    analysis = analysis_by(groups, stars=stars, w=stars / 2.0)
    table = analysis.tables["verbatims"]
    table = table.assign(day=table["city"].map(days).astype("str"))
    analysis = Analysis({**analysis.tables, "verbatims": table}, analysis.meta)
    for weight in (None, "w"):
        found = staff(trend(analysis, outcome="stars", weight=weight))
        scores = analysis.drivers(by="city", outcome="stars", weight=weight).frame
        scores = scores[scores["driver"] == "staff"].reset_index(drop=True)
        for name in (
            *("n_reviews", "n_read", "share", "share_low", "share_high", "net_sentiment"),
            *("net_low", "net_high", "low_support"),
            *(column.name for column in OUTCOME_MEAN),
        ):
            assert found[name].to_numpy() == pytest.approx(scores[name].to_numpy()), name


def test_the_interval_of_one_outcome_stays_among_those_there_are() -> None:
    stars = [5.0] + [np.nan] * 39 + [1.0] + [np.nan] * 39
    found = staff(trend(monthly("+" * 40, "-" * 40, stars=stars), outcome="stars"))
    assert found["outcome_n"].to_list() == [1, 1]
    assert found["low_support"].to_list() == [False, False]
    assert found["outcome_low_support"].to_list() == [True, True]
    low, high = found["outcome_low"], found["outcome_high"]
    assert 1 <= low[0] < 3 and high[0] == 5 and low[1] == 1 and 3 < high[1] <= 5


@pytest.mark.parametrize("weight", [0.1, 0.7, 1 / 3])
def test_equal_weights_make_as_many_reviews_as_there_are(weight: float) -> None:
    found = trend(monthly("+-" * 15, "+-" * 15, w=[weight] * 60), weight="w")
    assert not staff(found)["low_support"].any()


def test_a_change_is_found_with_its_size_interval_and_counts() -> None:
    found = trend(monthly(*(3 * said for said in FALL)))
    (row,) = found.changes.to_dict("records")
    assert (row["driver"], row["measure"]) == ("staff", "net_sentiment")
    assert (row["since"], row["period"], row["until"]) == ("2025-01", "2025-06", "2025-09")
    assert (row["before"], row["after"], row["difference"]) == (50, -50, -100)
    assert row["low"] < -100 < row["high"] < 0
    assert (row["n_before"], row["n_after"]) == (60, 48)
    assert row["p_value"] <= row["q_value"] <= 0.05
    assert not row["low_support"]
    marked = staff(found)
    assert marked["net_change"].to_list() == [False] * 5 + [True] + [False] * 3
    assert not marked["share_change"].any()
    tests = found.tests.set_index(["driver", "measure"])
    assert tests.loc[("staff", "net_sentiment"), "n_changes"] == 1
    assert tests.loc[("staff", "share"), "n_changes"] == 0
    assert found.meta["n_changes"] == 1


def test_a_change_of_share_has_the_interval_of_two_proportions() -> None:
    found = trend(monthly(*["+" + 19 * "."] * 4, *["+" * 12 + 8 * "."] * 4))
    (row,) = found.changes.to_dict("records")
    assert (row["measure"], row["period"]) == ("share", "2025-05")
    assert (row["before"], row["after"]) == (0.05, 0.6)
    ends = confint_proportions_2indep(48, 80, 4, 80, method="newcomb")
    assert (row["low"], row["high"]) == pytest.approx(ends)
    assert (row["n_before"], row["n_after"]) == (80, 80)


def test_calm_reviews_have_no_change() -> None:
    random = np.random.default_rng(1)
    found = trend(monthly(*("".join(random.choice(list("+-0."), 50)) for _ in range(9))))
    assert found.changes.empty
    assert found.tests["q_value"].dropna().min() > 0.05
    assert found.findings() == [
        "No change is significant: 2 series tested at a false discovery rate of 5%."
    ]
    assert "0 changes in 2 series" in repr(found).replace("\n", " ")


def test_rows_without_a_date_are_counted_and_change_nothing() -> None:
    days = ["2025-01-03", "2025-02-03", "soon", None, "2025-02-30"]
    found = trend(analysis_of([GOOD, BAD, GOOD, GOOD, GOOD], day=days), "day")
    assert staff(found)["n_read"].to_list() == [1, 1]
    meta = found.meta
    assert (meta["n_undated"], meta["n_unreadable_dates"], meta["n_read"]) == (3, 2, 2)
    assert meta["unreadable_dates"] == ["soon", "2025-02-30"]
    assert "3 rows without a date that can be read are left out" in repr(found)
    without = trend(analysis_of([GOOD, BAD], day=days[:2]), "day")
    pd.testing.assert_frame_equal(found.frame, without.frame)


def test_dates_of_any_order_type_and_zone_make_the_same_trend() -> None:
    days = ["2025-03-31 23:30", "2025-01-01 00:10", "2025-02-28 12:00"]
    expected = trend(analysis_of([GOOD, BAD, GOOD], day=days)).frame
    for column in (
        pd.to_datetime(pd.Series(days)),
        pd.to_datetime(pd.Series(days)).dt.tz_localize("America/Los_Angeles"),
        pd.Series(["31.03.2025", "01.01.2025", "28.02.2025"]),
    ):
        other = trend(analysis_of([GOOD, BAD, GOOD], day=column)).frame
        pd.testing.assert_frame_equal(other, expected)


def test_the_order_of_the_rows_changes_nothing() -> None:
    weights = np.random.default_rng(0).uniform(0.2, 3, 90)
    analysis = monthly(*FALL, stars=np.arange(90) % 7 / 3, w=weights)
    for weight in (None, "w"):
        one = trend(analysis, outcome="stars", weight=weight)
        other = trend(shuffled(analysis, 3), outcome="stars", weight=weight)
        for name, table in one.tables.items():
            pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)


def test_equal_weights_change_nothing() -> None:
    analysis = monthly(*(3 * said for said in FALL), w=[2.0] * 270)
    one, other = trend(analysis), trend(analysis, weight="w")
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_a_single_light_mention_is_no_change() -> None:
    reviews = [[*GOOD, Says("price", -0.5)], *[GOOD] * 59]
    days = [f"2025-{1 + i // 10:02d}-{1 + i % 10:02d}" for i in range(60)]
    found = trend(analysis_of(reviews, day=days, w=[0.4] + [1.0] * 59), weight="w")
    assert found.changes.empty
    tests = found.tests.set_index(["driver", "measure"])
    assert tests.loc[("price", "share"), "p_value"] > 0.1
    assert pd.isna(tests.loc[("staff", "share"), "p_value"])


def unchanging(weights: np.ndarray, rate: float, n_drivers: int = 120) -> pd.DataFrame:
    """Tests of the shares of drivers that reviews of a year mention by chance alone."""
    random = np.random.default_rng(0)
    said = random.random((len(weights), n_drivers)) < rate
    names = [f"d{i}" for i in range(n_drivers)]
    analysis = analysis_of(
        [[Says(names[i], 0.5) for i in np.flatnonzero(row)] for row in said],
        taxonomy={"name": "t", "drivers": {name: {} for name in names}},
        day=[f"2025-{month:02d}-15" for month in random.integers(1, 13, len(weights))],
        w=weights,
    )
    tests = trend(analysis, weight="w", n_resamples=100).tests
    return tests[tests["p_value"].notna() & (tests["measure"] == "share")]


@pytest.mark.parametrize("rate", [0.01, 0.03])
@pytest.mark.parametrize("kind", ["raking", "heavy tail"])
def test_rare_drivers_of_weighted_reviews_change_as_seldom_as_the_level_says(
    kind: str, rate: float
) -> None:
    random = np.random.default_rng(5)
    drawn = random.choice([0.3, 1, 3], 300) if kind == "raking" else random.lognormal(0, 1, 300)
    p = unchanging(drawn, rate)["p_value"]
    assert len(p) > 100
    for level in (0.01, 0.05):
        assert (p <= level).mean() <= level + 3 * np.sqrt(level * (1 - level) / len(p))


def test_a_change_of_weighted_reviews_is_found() -> None:
    weights = np.random.default_rng(0).choice([0.3, 1, 3], 270)
    (row,) = trend(monthly(*(3 * said for said in FALL), w=weights), weight="w").changes.to_dict(
        "records"
    )
    assert (row["measure"], row["period"]) == ("net_sentiment", "2025-06")


@pytest.mark.parametrize("freq", ["D", "W", "M", "Q", "Y"])
def test_every_frequency_adds_up(freq: str) -> None:
    analysis = monthly("++-.", "+.", "--0~..")
    found = staff(trend(analysis, freq=freq))
    assert found["n_read"].sum() == 12
    assert found["n_reviews"].sum() == 8
    assert found["period"].is_monotonic_increasing
    assert found["start"].is_monotonic_increasing


EDGES = {
    "one review": monthly("+"),
    "one period": monthly("++--.."),
    "no opinions": monthly("..", "", ".."),
    "no review": analysis_of([], day=pd.Series([], dtype="str")),
    "no date": analysis_of([GOOD, BAD], day=[None, None]),
    "in every review": monthly("++-" * 5, "+-0" * 5, "+" * 9),
    "all alike": monthly("+" * 9, "+" * 9),
    "unread": analysis_of([GOOD, []], status=["ok", "empty"], day=["2025-01-01", "2025-02-01"]),
}


@pytest.mark.parametrize("analysis", EDGES.values(), ids=EDGES)
@pytest.mark.parametrize("outcome", ["nothing", "constant", "number"])
def test_edges_give_figures_or_none_and_never_fail(analysis: Analysis, outcome: str) -> None:
    n = len(analysis)
    stars = {"nothing": [np.nan] * n, "constant": [4.0] * n, "number": np.arange(n) % 3}[outcome]
    table = analysis.tables["verbatims"].assign(stars=pd.Series(stars, dtype="float64"))
    analysis = Analysis({**analysis.tables, "verbatims": table}, analysis.meta)
    for level in ("driver", "subdriver"):
        found = trend(analysis, "day", "stars", level=level)
        frame = found.frame.dropna(subset="net_sentiment")
        assert (frame["net_low"] <= frame["net_sentiment"]).all()
        assert (frame["net_sentiment"] <= frame["net_high"]).all()
        judged = found.frame[found.frame["outcome_n"] > 0]
        assert (judged["outcome_low"] <= judged["outcome_mean"]).all()
        assert found.changes.empty
        assert repr(found) and found._repr_html_() and found.to_json()


def test_a_constant_outcome_has_that_mean() -> None:
    found = trend(monthly("+-", "+.", stars=[3.3] * 4), outcome="stars").frame
    mean = found[found["driver"] == "staff"]["outcome_mean"]
    assert mean.to_list() == [3.3, 3.3]


def test_columns_and_dtypes_are_those_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "comparison.md").read_text("utf-8")
    for analysis in (monthly(*FALL, stars=[1] * 90), EDGES["no review"]):
        outcome = "stars" if "stars" in analysis.columns else None
        found = trend(analysis, "day", outcome)
        columns = (*PERIOD, *DRIVER, *POINTS, *(OUTCOME_MEAN if outcome else ()))
        for table, expected in (
            (found.frame, columns),
            (found.changes, (*DRIVER, *CHANGES)),
            (found.tests, (*DRIVER, *TESTS)),
        ):
            assert table.columns.to_list() == [column.name for column in expected]
            assert [str(dtype) for dtype in table.dtypes] == [column.dtype for column in expected]
            for column in expected:
                assert f"| `{column.name}` | {column.dtype} | {column.meaning} |" in page
                values = table[column.name].dropna()
                assert column.low is None or (values >= column.low).all()
                assert column.high is None or (values <= column.high).all()
    deep = trend(monthly(*FALL), level="subdriver").frame
    assert deep.columns.to_list() == [c.name for c in (*PERIOD, *SUBDRIVER, *POINTS)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"date": "dya"}, "unknown column 'dya'; did you mean 'day'"),
        ({"date": "city"}, "column 'city' holds no dates but 'Oslo'"),
        ({"date": "day", "outcome": "day"}, "given as date and as outcome"),
        (
            {"date": pd.Series(["2025-01-01"], name="day")},
            "date is of type Series; .* such as 'day'",
        ),
        ({"freq": "month"}, "unknown freq 'month'.*There are: D, W, M, Q, Y"),
        ({"fdr": 0}, "fdr=0 is not between 0 and 1"),
        ({"level": "topic"}, "unknown level 'topic'"),
        ({"weight": "w"}, "unknown column 'w'"),
        ({"outcome": "city"}, "outcome 'city' holds values that are not finite numbers"),
    ],
)
def test_what_cannot_be_meant_is_named(options: dict[str, object], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        monthly("+-", city=["Oslo", "Oslo"]).trend(**options)


def test_without_a_date_the_choices_are_named() -> None:
    with pytest.raises(OptionError, match=r"no column holds dates; .*There are: city"):
        analysis_of([GOOD], city=["Oslo"]).trend()
    with pytest.raises(OptionError, match="day, paid hold dates; say which one: date='day'"):
        monthly("+-", paid=["2025-01-01"] * 2).trend()


def shown() -> Trend:
    return trend(monthly(*(3 * said for said in FALL)))


def test_sentences_carry_size_interval_q_and_n() -> None:
    (line,) = shown().findings()
    minus = "\N{MINUS SIGN}"
    assert line.startswith(
        f"People: net sentiment fell from +50 to {minus}50 from 2025-06 on "
        f"({minus}100 points, 95% interval {minus}"
    )
    assert re.search(r", q = \.\d{3}, 60 reviews before and 48 after\)\.$", line)
    assert shown().findings(0) == []
    rise = trend(monthly("+" + 19 * ".", "+" + 19 * ".", *["+" * 12 + 8 * "."] * 2)).findings()
    assert rise[0].startswith("People: share rose from 5% to 60% from 2025-03 on (+55 percentage")


def test_text_shows_the_changes() -> None:
    lines = repr(shown()).splitlines()
    assert lines[0].startswith(
        "Trend by month of day: 270 reviews in 9 months from 2025-01 to 2025-09; 1 change in 2"
    )
    assert max(map(len, lines)) <= 100
    heads = ["driver", "measure", "from", "before", "after", "difference", "q", "reviews"]
    assert lines[3].split() == heads
    assert lines[4].split()[:4] == ["People", "net", "sentiment", "2025-06"]
    assert lines[4].endswith("60 / 48")


def test_html_has_a_line_per_driver_and_nothing_unescaped() -> None:
    hostile = {"name": "t", "drivers": {"staff": {"name": "<script>alert(1)</script>"}}}
    table = monthly(*(3 * said for said in FALL))
    page = trend(Analysis(table.tables, {**table.meta, "taxonomy": hostile}))._repr_html_()
    assert "<script" not in page
    assert page.count("<tr>") == 2
    assert page.count("<svg") == 2
    assert page.count("<line") == 1
    assert "nan" not in page.lower().replace("nance", "")


def test_json_holds_everything_and_no_nan() -> None:
    found = trend(monthly("++", "", "-"))
    parsed = json.loads(found.to_json(), parse_constant=pytest.fail)
    assert parsed == found.to_dict()
    assert set(parsed) == {"meta", "periods", "changes", "tests"}
    assert parsed["periods"][1]["net_sentiment"] is None
    assert parsed["periods"][0]["start"] == "2025-01-01T00:00:00"
    assert parsed["meta"]["periods"] == {"2025-01": 2, "2025-02": 0, "2025-03": 1}
    assert parsed["meta"]["date"] == "day"


def test_trends_are_immutable() -> None:
    found = shown()
    with pytest.raises(AttributeError):
        found.meta = {}
    frame = found.frame
    frame["share"] = 0.0
    assert (found.frame["share"] > 0).any()
    assert len(found) == len(frame) == 27
