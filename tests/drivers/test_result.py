"""The result: its text and HTML, its JSON, and one driver's row."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from tests.drivers.conftest import Says, analysis_of
from verbatim.drivers import DriverScores, score_drivers
from verbatim.errors import OptionError

GOOD, BAD = [Says("staff", 0.8, "Kind staff there.", "joy")], [Says("staff", -0.6)]


def scores_of(city: list[object] | None = None, **options) -> DriverScores:
    reviews = [GOOD, BAD, GOOD, [Says("room", 0.5)]]
    analysis = analysis_of(reviews, city=city or ["a", "a", "b", "b"], stars=[5, 1, 4, 3])
    return score_drivers(analysis, **options)


class Cells(HTMLParser):
    """Text of each cell, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag != "br":
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "tr" in self.open:
            self.rows[-1][-1] += data


def cells(scores: DriverScores) -> list[list[str]]:
    parser = Cells()
    parser.feed(scores._repr_html_())
    assert not parser.open
    return [[cell.strip() for cell in row] for row in parser.rows]


def test_text_is_an_aligned_table_that_marks_low_support() -> None:
    lines = repr(scores_of(outcome="stars", min_reviews=2)).splitlines()
    assert lines[0] == "Driver scores: 4 of 4 verbatims read, 3 rows, 95% intervals"
    head, staff, room, price = lines[2:6]
    assert head.split() == [
        "driver",
        "reviews",
        "share",
        "net",
        "sentiment",
        "emotion",
        "stars",
        "gap",
    ]
    assert staff.split()[:4] == ["People", "3", "75%", "+33"]
    assert staff.split()[-4:] == ["joy", "67%", "3.33", "+0.33"]
    assert room.split()[:3] == ["Room", "1*", "25%"]
    assert price.split() == ["price", "0*", "0%"]
    assert lines[-1] == "* low support: fewer than 2 reviews"
    assert len({len(line) for line in (head, staff, room)}) == 1


def test_text_keeps_to_100_columns_with_long_and_wide_names() -> None:
    city = ["San Pedro de Atacama and surroundings " * 3, "東京都" * 20, None, "two\nlines"]
    by = ["city", "language", "status"]
    lines = repr(scores_of(city, by=by, outcome="stars")).splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[2].split()[-2:] == ["stars", "gap"]
    assert "emotion" in repr(scores_of(city, by="city", outcome="stars"))
    assert "emotion" not in lines[2]
    assert any("…" in line for line in lines)
    assert any(line.startswith("NA ") for line in lines)
    assert any(line.startswith("two lines") for line in lines)


def test_long_tables_say_how_much_they_leave_out() -> None:
    analysis = analysis_of([GOOD] * 40, shop=list(range(40)))
    scores = score_drivers(analysis, by="shop")
    assert len(scores) == 120
    assert "60 more rows in .frame" in repr(scores)
    assert "60 more rows in .frame" in scores._repr_html_()
    assert len(cells(scores)) == 61


def test_html_shows_each_driver_and_nothing_unescaped() -> None:
    hostile = "<script>alert('x')</script>"
    scores = scores_of([hostile, hostile, "b", "b"], by="city", outcome="stars", min_reviews=2)
    page = scores._repr_html_()
    assert "<script" not in page
    rows = cells(scores)
    assert rows[0] == [
        *("city", "driver", "reviews", "share", "mentioned as", "net sentiment", "emotion"),
        *("stars", "gap"),
    ]
    assert rows[1][:2] == [hostile, "People"]
    assert len(rows) == 7
    assert {len(row) for row in rows} == {9}
    assert rows[2][2] == "0*"


def test_html_brings_its_own_bars_and_leaves_the_ground_to_the_page() -> None:
    page = scores_of()._repr_html_()
    assert "width:75.0%" in page
    assert "2 positive, 0 mixed, 0 neutral, 1 negative" in page
    assert "flex:2 0 0" in page
    assert "color:inherit" in page
    assert "<style" not in page
    assert "http" not in page


def test_json_holds_everything_and_no_nan() -> None:
    city = [pd.Timestamp("2024-05-01"), pd.NaT, pd.NaT, pd.NaT]
    scores = scores_of(city, by="city", outcome="stars")
    found = json.loads(scores.to_json(), parse_constant=pytest.fail)
    assert set(found) == {"meta", "drivers", "emotions", "quotes"}
    first = found["drivers"][0]
    assert first["city"] == "2024-05-01T00:00:00"
    assert first["driver"] == "staff"
    assert first["low_support"] is True
    assert first["outcome_without"] is None
    assert [row["city"] for row in found["drivers"]].count(None) == 3
    assert len(found["drivers"]) == len(scores)
    assert found["quotes"][0]["text"] == "Kind staff there."
    assert found == scores.to_dict()


@pytest.mark.parametrize("value", [np.float32(1.5), pd.Interval(0, 1), pd.Period("2024-01"), b"x"])
def test_groups_of_any_value_are_json(value: object) -> None:
    column = pd.Series([value] * 4, dtype=object)
    analysis = analysis_of([GOOD] * 4, kind=column)
    row = json.loads(score_drivers(analysis, by="kind").to_json())["drivers"][0]
    assert row["kind"] == (1.5 if isinstance(value, np.float32) else str(value))


def test_driver_gives_its_row() -> None:
    row = scores_of().driver("staff")
    assert (row["name"], row["n_reviews"]) == ("People", 3)
    grouped = scores_of(["a", "a", None, None], by="city")
    assert grouped.driver("staff", city="a")["n_reviews"] == 2
    assert grouped.driver("staff", city=None)["n_reviews"] == 1


@pytest.mark.parametrize(
    ("driver", "group", "said"),
    [
        ("stff", {}, "unknown driver 'stff'; did you mean 'staff'.*There are: staff, price, room"),
        ("staff", {}, "that is 2 rows; say which one, such as city='a'"),
        ("staff", {"city": "c"}, "unknown city 'c'.*There are: a, b"),
        ("staff", {"town": "a"}, "unknown column 'town'"),
    ],
)
def test_driver_says_what_there_is(driver: str, group: dict[str, str], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        scores_of(by="city").driver(driver, **group)


def test_scores_are_immutable() -> None:
    scores = scores_of()
    with pytest.raises(AttributeError):
        scores.meta = {}


def test_a_driver_is_found_by_its_printed_name() -> None:
    scores = scores_of(by="city")
    assert scores.driver("people", city="a").equals(scores.driver("staff", city="a"))
    with pytest.raises(OptionError, match="unknown driver 'Crew'"):
        scores.driver("Crew")
