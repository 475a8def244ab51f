"""Charts: what they draw, and that it can be drawn."""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.conftest import BAD_FOOD, GOOD_FOOD, STAFF
from tests.report.made import made, opinion
from verbatim import charts
from verbatim.analysis import Analysis
from verbatim.charts import trend_chart
from verbatim.charts.labels import place_labels
from verbatim.charts.svg import chart_svg
from verbatim.charts.theme import CHARACTER, NOTEBOOK_LOOK, Look, distinct, shortened
from verbatim.errors import OptionError

POINTS = st.tuples(st.floats(0, 300), st.floats(0, 200))


def rows_of(chart: Any, *fields: str) -> list[dict[str, Any]]:
    """Rows of data that hold these fields, wherever they stand in a chart."""
    found: list[dict[str, Any]] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            for row in part.get("values", ()) if isinstance(part.get("values"), list) else ():
                if isinstance(row, dict) and set(fields) <= set(row):
                    found.append(row)
            for value in part.values():
                look(value)
        elif isinstance(part, list):
            for value in part:
                look(value)

    look(chart.to_dict())
    return found


@given(st.lists(st.tuples(POINTS, st.text("abc", min_size=1, max_size=12)), max_size=12))
def test_labels_never_overlap(named: list[tuple[tuple[float, float], str]]) -> None:
    points, names = [point for point, _ in named], [name for _, name in named]
    placed = place_labels(points, names, 300, 200)
    boxes = [
        place.box(CHARACTER * len(name))
        for place, name in zip(placed, names, strict=True)
        if place is not None
    ]
    for i, box in enumerate(boxes):
        assert box.left >= 0 and box.right <= 300
        assert not any(box.meets(other) for other in boxes[:i])


def test_plot_draws_each_driver_with_its_interval(hotels: Analysis) -> None:
    scores = hotels.drivers()
    rows = rows_of(scores.plot(), "net", "low", "high")
    assert [row["name"] for row in rows] == ["Food", "Staff", "Price"]
    staff = scores.driver("staff")
    assert (rows[1]["net"], rows[1]["low"]) == (staff["net_sentiment"], staff["net_low"])
    assert rows[2]["fill"] == "transparent"  # few reviews
    assert rows[1]["said"].startswith("Staff: net sentiment +100 (+")


def test_a_figure_of_few_outcomes_is_hollow_however_many_mention_the_driver(
    hotels: Analysis,
) -> None:
    table = hotels.tables["verbatims"]
    is_late = table.groupby("text").cumcount() >= 12
    stars = table["stars"].mask((table["text"] == STAFF[0]) & is_late)
    tables = {**hotels.tables, "verbatims": table.assign(stars=stars)}
    scores = Analysis(tables, hotels.meta).drivers(outcome="stars")
    drawn = [scores.plot_priorities(), charts.effects_chart(scores.frame, scores.meta)]
    for rows in (rows_of(chart, "said", "fill") for chart in drawn):
        staff = next(row for row in rows if row["said"].startswith("Staff"))
        assert staff["fill"] == "transparent"
        assert "with an outcome, low support" in staff["said"]


def test_without_a_review_there_is_nothing_to_draw() -> None:
    nobody = made([STAFF], pd.DataFrame({"city": ["a"], "stars": [5]})).filter(city="b")
    scores = nobody.drivers("city", "stars")
    for plot in (scores.plot, scores.plot_priorities):
        with pytest.raises(OptionError, match="nothing to draw"):
            plot()


def test_plot_priorities_places_drivers_and_cuts(hotels: Analysis) -> None:
    scores = hotels.drivers(outcome="stars")
    chart = scores.plot_priorities()
    food = next(row for row in rows_of(chart, "said") if row["said"].startswith("Food"))
    table = scores.priorities().frame.set_index("driver")
    assert (food["x"], food["y"]) == (
        table.loc["food", "importance"],
        table.loc["food", "net_sentiment"],
    )
    cuts = [row for row in rows_of(chart, "x", "y") if set(row) == {"x", "y"}]
    assert cuts[0]["y"] == table.loc["food", "net_cut"]
    assert {row["name"] for row in rows_of(chart, "name")} >= {"Food", "FIX FIRST"}


def test_groups_have_a_chart_each(hotels: Analysis) -> None:
    chart = hotels.drivers(by="hotel").plot().to_dict()
    assert [part["title"] for part in chart["vconcat"]] == ["Sea", "Town"]


def test_plot_trend_takes_scores_by_time(year: Analysis) -> None:
    chart = year.drivers(by="day").plot_trend()
    food = [row for row in rows_of(chart, "period", "net") if row["said"].startswith("Food")]
    assert [row["period"] for row in food][:2] == ["2025-01-15", "2025-02-15"]
    assert [row["net"] for row in food] == [100.0] * 6 + [-100.0] * 6
    for scores in (year.drivers(), year.drivers(by=["day", "stars"])):
        with pytest.raises(OptionError, match=r"use analysis\.trend\(\)"):
            scores.plot_trend()


def test_a_trend_shows_the_levels_around_a_change(year: Analysis) -> None:
    trend = year.trend()
    levels = rows_of(trend_chart(trend.frame, trend.changes), "level")
    assert [(row["period"], row["level"]) for row in levels] == [
        *(("2025-01", 100.0), ("2025-06", 100.0), ("2025-07", -100.0), ("2025-12", -100.0))
    ]


def test_svg_is_one_element_whose_ids_are_its_own(hotels: Analysis) -> None:
    svg = chart_svg(hotels.drivers().plot(), 'Drivers <"&> seen', "one")
    assert svg.startswith("<svg ") and svg.endswith("</svg>")
    assert 'aria-label="Drivers &lt;&quot;&amp;&gt; seen"' in svg
    assert 'data-said="Staff: net sentiment' in svg
    assert "ns0" not in svg and "<script" not in svg
    assert chart_svg(hotels.drivers().plot(), 'Drivers <"&> seen', "one") == svg


def test_names_are_only_text_in_a_chart() -> None:
    evil = "]]><script>alert(1)</script>\u2028<img src=x onerror=alert(1)>"
    reviews = [GOOD_FOOD] * 20 + [BAD_FOOD] * 20 + [STAFF] * 5
    honest = made(reviews)
    drivers = {"food": {"name": evil}, "staff": {"name": "datum.x; alert(1)"}}
    meta = {**honest.meta, "taxonomy": {"name": "evil", "drivers": drivers}}
    svg = chart_svg(Analysis(honest.tables, meta).drivers().plot(), evil, "x")
    assert "<script" not in svg and "<img" not in svg
    assert "&lt;img src=x onerror=alert(1)&gt;" in svg
    assert "datum.x; alert(1)" in svg


def test_drivers_of_a_single_neutral_mention_can_be_drawn() -> None:
    few = made([("The food", [opinion("food", 0, "The food")])])
    assert chart_svg(few.drivers().plot(), "few", "x").startswith("<svg")


def test_without_altair_the_error_names_the_extra(
    hotels: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(OptionError, match=r'pip install "verbatim-cx\[report\]"'):
        hotels.drivers().plot()


ALIKE = {
    "staff": "Customer service and support by phone",
    "food": "Customer service and support by e-mail",
    "price": "Price",
}
SAME = {"staff": "Parking", "food": "Parking", "price": "Price"}


def renamed(analysis: Analysis, names: dict[str, str]) -> Analysis:
    """The same, with other names of its drivers; a stored one may have any."""
    drivers = {driver: {"name": name} for driver, name in names.items()}
    return Analysis(
        analysis.tables, {**analysis.meta, "taxonomy": {"name": "x", "drivers": drivers}}
    )


@pytest.mark.parametrize("look", [NOTEBOOK_LOOK, Look(width=358)], ids=["wide", "narrow"])
@pytest.mark.parametrize("names", [ALIKE, SAME], ids=["alike", "same"])
def test_each_driver_has_a_row_of_its_own_however_its_name_begins(
    hotels: Analysis, names: dict[str, str], look: Look
) -> None:
    scores = renamed(hotels, names).drivers(outcome="stars")
    frame, emotions = scores.frame, scores.emotions
    drawn = rows_of(charts.sentiment_chart(frame, scores.meta, look), "name", "net")
    assert len({row["name"] for row in drawn}) == len(drawn) == len(frame) == 3
    both = rows_of(charts.effects_chart(frame, scores.meta, look), "name", "side")
    placed = {(row["name"], row["side"]) for row in both}
    assert len(placed) == len(both) and len({name for name, _ in placed}) == 3
    drivers = list(zip(frame["driver"], frame["name"], frame["n_reviews"], strict=True))
    felt = rows_of(charts.emotions_chart(emotions, drivers, look), "name", "emotion")
    assert len({(row["name"], row["emotion"]) for row in felt}) == len(felt) == len(emotions)
    axis = charts.emotions_chart(emotions, drivers, look).to_dict()["encoding"]["y"]
    assert len(set(axis["scale"]["domain"])) == 3


@pytest.mark.parametrize("names", [ALIKE, SAME], ids=["alike", "same"])
def test_each_driver_has_a_trend_of_its_own(year: Analysis, names: dict[str, str]) -> None:
    chart = trend_chart(renamed(year, names).trend().frame, look=Look(width=400)).to_dict()
    titles = [part["title"] for part in chart["concat"]]
    assert len(set(titles)) == len(titles) == 3


def test_each_stage_has_a_place_of_its_own() -> None:
    rows = {"stage": ["check_in", "check_out"], "n_reviews": [40, 50], "net_sentiment": [5.0, 9.0]}
    felt = {"net_low": 1.0, "net_high": 12.0, "emotion": "joy", "low_support": False}
    stages = pd.DataFrame(rows).assign(**felt)
    chart = charts.journey_chart(stages, {"confidence": 0.95}, Look(width=100))
    assert chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["C…in", "C…ut"]
    assert {row["stage"] for row in rows_of(chart, "stage")} == {"C…in", "C…ut"}


@given(st.lists(st.text("ab #12-", max_size=9), max_size=8), st.integers(6, 12))
def test_labels_are_short_and_unlike_each_other(names: list[str], most: int) -> None:
    labels = distinct(names, most)
    assert len(set(labels)) == len(names) == len(labels)
    assert all(len(label) <= most for label in labels)
    if len({shortened(name, most) for name in names}) == len(names):
        assert labels == [shortened(name, most) for name in names]
