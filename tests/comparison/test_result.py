"""The result: documented columns, plain JSON, tables and sentences that can be read."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tests.comparison.made import analysis_by
from tests.drivers.conftest import Says, analysis_of
from verbatim.comparison import Comparison, compare
from verbatim.comparison.columns import DIFFERENCES, REFERENCE
from verbatim.drivers.columns import DRIVER, SUBDRIVER
from verbatim.errors import OptionError

CITIES = {"Oslo": "+" * 40 + "." * 20, "Rome": "-" * 35 + "+" * 5 + "." * 60}
STARS = [5] * 40 + [4] * 20 + [1] * 35 + [5] * 5 + [4] * 60


def compared(**options) -> Comparison:
    return compare(analysis_by(CITIES, stars=STARS), "city", "stars", **options)


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_columns_and_dtypes_are_those_documented() -> None:
    for cities in (CITIES, {"Oslo": "+"}, {None: "+"}):
        n = sum(map(len, cities.values()))
        for outcome in (None, "stars"):
            frame = compare(analysis_by(cities, stars=[1.5] * n), "city", outcome).frame
            columns = (*REFERENCE, *DRIVER, *DIFFERENCES)
            assert frame.columns.to_list() == ["city", *(column.name for column in columns)]
            expected = ["str", *(column.dtype for column in columns)]
            assert [str(dtype) for dtype in frame.dtypes] == expected
    deep = compare(analysis_by(CITIES), "city", level="subdriver").frame
    columns = (*REFERENCE, *SUBDRIVER, *DIFFERENCES)
    assert [str(dtype) for dtype in deep.dtypes[1:]] == [column.dtype for column in columns]


def test_figures_stay_within_their_documented_range() -> None:
    frame = compared().frame
    for column in DIFFERENCES:
        values = frame[column.name].dropna()
        assert column.low is None or (values >= column.low).all()
        assert column.high is None or (values <= column.high).all()
        assert column.values is None or values.isin(column.values).all()


def test_docs_and_meta_say_what_each_column_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "comparison.md").read_text("utf-8")
    meanings = compared().meta["columns"]
    for column in (*REFERENCE, *DIFFERENCES):
        assert f"| `{column.name}` | {column.dtype} | {column.meaning} |" in page
        assert meanings[column.name] == column.meaning


def test_a_column_that_the_table_has_too_is_renamed() -> None:
    analysis = analysis_of([[Says("staff", 1.0)], []], value=["x", "y"])
    found = compare(analysis, "value", min_reviews=0)
    assert found.frame.columns[0] == "by_value"
    assert found.row("staff", "share", by_value="x")["value"] == 1
    assert found.meta["by"] == ["value"]


def test_sentences_carry_difference_interval_q_and_n() -> None:
    impact, net, share = compared().findings()
    assert impact.startswith("People (city: Oslo): impact on stars +0.67 against")
    assert net.startswith(
        "People (city: Oslo): net sentiment +100 against \N{MINUS SIGN}75 of the rest, "
        "175 points higher (95% interval +"
    )
    assert net.endswith(", q < .001, 40 reviews).")
    assert share.startswith(
        "People (city: Oslo): in 67% of reviews against 40% of the rest, 27 percentage points more"
    )
    assert not any("Rome" in said for said in compared().findings(99))


def test_sentences_about_impact_a_baseline_and_low_support() -> None:
    found = compared(baseline="Oslo", min_reviews=41)
    said = {line.split(":")[2].split()[0]: line for line in found.findings(3)}
    assert "of Oslo, 175 points lower" in said["net"]
    assert said["net"].endswith("40 reviews; low support).")
    assert "percentage points less" in said["in"]
    assert "impact on stars \N{MINUS SIGN}1.00 against +0.67 of Oslo, 1.67 lower" in said["impact"]
    assert found.findings(0) == []
    assert len(found.findings(1)) == 1


def test_periods_and_the_missing_have_their_names_in_sentences() -> None:
    days = ["2025-01-05"] * 60 + ["2025-02-05"] * 100
    analysis = analysis_by(CITIES, day=days)
    line = compare(analysis, "day", freq="M").findings(1)[0]
    assert "(day: 2025-02): net sentiment" in line
    assert "of 2025-01, 175 points lower" in line
    nobody = analysis_by({None: CITIES["Oslo"], "Rome": CITIES["Rome"]})
    assert "People (city: (missing)): net" in compare(nobody, "city").findings(1)[0]


def test_text_shows_what_is_significant_the_surest_first() -> None:
    lines = repr(compared(baseline="Rome")).splitlines()
    assert lines[0] == (
        "Comparison by city: 160 reviews in 2 groups, each against Rome; 3 of 3 differences "
        "significant at a"
    )
    assert lines[1] == "false discovery rate of 5%"
    assert lines[3].split() == [
        *("city", "driver", "measure", "value", "against", "difference", "q", "reviews"),
    ]
    assert [line.split()[2] for line in lines[4:7]] == ["impact", "net", "share"]
    assert lines[5].split()[-3:] == ["<", ".001", "40"]
    assert lines[-1] == "18 rows in .frame, significant or not"


def test_long_tables_say_how_much_they_leave_out() -> None:
    cities = {f"c{i:02d}": ("+" if i % 2 else "-") * 40 for i in range(30)}
    found = compare(analysis_by(cities), "city")
    assert found.meta["n_significant"] == 30
    assert "10 more are significant" in repr(found)
    assert len(repr(found).splitlines()) == 3 + 21 + 2


def test_text_keeps_to_100_columns_with_long_and_wide_names() -> None:
    cities = {"San Pedro de Atacama " * 6: CITIES["Oslo"], "東京都" * 20: CITIES["Rome"]}
    analysis = analysis_by(cities, shop=["of one more very long name " * 3] * 160)
    lines = repr(compare(analysis, ["city", "shop"])).splitlines()
    assert max(map(len, lines)) <= 100
    assert any("…" in line for line in lines)


def test_html_shows_rows_and_nothing_unescaped() -> None:
    hostile = "<script>alert('x')</script>"
    page = compare(
        analysis_by({hostile: CITIES["Oslo"], "b": CITIES["Rome"]}, column="<b>"), "<b>"
    )._repr_html_()
    assert "<script" not in page and "<b>" not in page
    parser = Cells()
    parser.feed(page)
    assert parser.rows[0][0] == "<b>"
    assert parser.rows[1][:2] == [hostile, "People"]


def test_json_holds_everything_and_no_nan() -> None:
    found = compare(analysis_by({None: "+", "b": "-"}, stars=[np.nan, 3]), "city", "stars")
    parsed = json.loads(found.to_json(), parse_constant=pytest.fail)
    assert parsed == found.to_dict()
    assert set(parsed) == {"meta", "differences"}
    assert len(parsed["differences"]) == len(found) == 18
    assert parsed["differences"][-1]["city"] is None
    assert parsed["meta"]["baseline"] == "rest"
    assert parsed["meta"]["taxonomy"] == "hotel"
    assert set(parsed["meta"]["versions"]) == {"verbatim", "schema", "numpy", "pandas"}
    assert parsed["meta"]["n_tested"] == found.frame["p_value"].notna().sum()


def test_row_gives_its_row_or_says_what_there_is() -> None:
    found = compared()
    assert found.row("staff", city="Oslo")["difference"] == 175
    assert found.row("staff", "share", city="Rome")["value"] == 0.4
    for driver, group, said in (
        ("stff", {"city": "Oslo"}, "unknown driver 'stff'; did you mean 'staff'"),
        ("staff", {}, "that is 2 rows; say which one, such as city='Oslo'"),
        ("staff", {"town": "Oslo"}, "unknown column 'town'"),
        ("staff", {"city": "Bern"}, "unknown city 'Bern'.*There are: Oslo, Rome"),
    ):
        with pytest.raises(OptionError, match=said):
            found.row(driver, **group)


def test_comparisons_are_immutable() -> None:
    found = compared()
    with pytest.raises(AttributeError):
        found.meta = {}
    frame = found.frame
    frame["value"] = 0.0
    assert (found.frame["value"] != 0).any()


def test_q_values_cover_the_whole_table() -> None:
    frame = compared().frame
    p = frame["p_value"].dropna().sort_values()
    expected = np.minimum.accumulate((p * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    found = frame["q_value"].dropna().sort_values().to_numpy()
    assert found == pytest.approx(expected.clip(upper=1).to_numpy())
    assert (frame["significant"] == (frame["q_value"] <= 0.05)).all()
    assert compared(fdr=1e-9).frame["significant"].sum() < frame["significant"].sum()
