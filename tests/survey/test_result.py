"""The result: documented columns, plain JSON, and a table that can be read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from verbatim import survey
from verbatim.survey.columns import CES, CSAT, NPS

ANSWERS = pd.DataFrame(
    {"s": [5, 4, 1, None], "city": ["Rome", "Rome", "<b>", "Nowhere"], "w": [1.0, 2.0, 1.0, 1.0]}
)
MEASURES = {
    "nps": (NPS, lambda data, **options: survey.nps(data, "s", **options)),
    "csat": (CSAT, lambda data, **options: survey.csat(data, "s", **options)),
    "ces": (
        CES,
        lambda data, **options: survey.ces(data, "s", direction="lower_is_easier", **options),
    ),
}


@pytest.fixture(params=MEASURES)
def measured(request: pytest.FixtureRequest):
    return MEASURES[request.param]


def test_columns_and_dtypes_are_those_documented(measured) -> None:
    columns, measure = measured
    for data in (ANSWERS, ANSWERS.iloc[:0]):
        frame = measure(data, by=["city"], weight="w").frame
        assert frame.columns.tolist() == ["city", *(column.name for column in columns)]
        dtypes = [str(dtype) for dtype in frame.dtypes]
        assert dtypes == ["str", *(column.dtype for column in columns)]


def test_figures_stay_within_their_documented_range(measured) -> None:
    columns, measure = measured
    frame = measure(ANSWERS, by="city", weight="w").frame
    for column in columns:
        values = frame[column.name]
        assert column.nullable or values.notna().all()
        assert column.low is None or (values.dropna() >= column.low).all()
        assert column.high is None or (values.dropna() <= column.high).all()


def test_docs_list_every_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "survey.md").read_text("utf-8")
    for columns in (NPS, CSAT, CES):
        for column in columns:
            assert f"| `{column.name}` | {column.dtype} | {column.meaning} |" in page


@pytest.mark.parametrize("name", ["n", "weight", "score", "low_support"])
def test_a_group_named_like_a_column_is_told_apart(name: str) -> None:
    table = ANSWERS.rename(columns={"city": name, "w": "x"})
    frame = survey.csat(table, "s", by=name).frame
    assert frame.columns[:2].tolist() == [f"by_{name}", "n"]
    both = survey.csat(table.assign(**{f"by_{name}": 1}), "s", by=[f"by_{name}", name]).frame
    assert both.columns[:2].tolist() == [f"by_{name}", f"by_by_{name}"]


def test_a_frame_that_is_taken_out_is_a_copy() -> None:
    scores = survey.csat(ANSWERS, "s")
    frame = scores.frame
    frame["score"] = 0.0
    assert scores.frame["score"].iloc[0] > 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        scores.meta = {}


def test_meta_says_how_the_scores_were_made() -> None:
    meta = survey.ces(
        ANSWERS, "s", direction="lower_is_easier", by="city", weight="w", seed=3, confidence=0.9
    ).meta
    expected = {
        "measure": "ces",
        "scale": [1, 7],
        "boxes": {"easy": [1, 3]},
        "direction": "lower_is_easier",
        "score": "s",
        "by": ["city"],
        "weight": "w",
        "confidence": 0.9,
        "n_resamples": 1000,
        "seed": 3,
        "min_responses": 30,
        "n_rows": 4,
        "n": 3,
        "n_missing": 1,
        "n_zero_weight": 0,
    }
    assert {name: meta[name] for name in expected} == expected
    assert "Agresti" in meta["formulae"]["low, high"]
    assert "Kish" in meta["formulae"]["n_effective"]
    assert meta["columns"]["mean"] == "weighted mean of the responses, on the scale as asked"
    assert set(meta["versions"]) == {"verbatim", "numpy", "pandas"}


def test_every_figure_has_a_formula_or_is_a_count() -> None:
    meta = survey.nps([9]).meta
    named = {name for names in meta["formulae"] for name in names.split(", ")}
    assert {"score", "low", "high", "boot_low", "boot_high", "n_effective"} == named


@pytest.mark.parametrize(
    ("groups", "plain"),
    [
        (pd.to_datetime(["2024-01-02", None, "2024-01-02", None]), "2024-01-02T00:00:00"),
        ([1.5, np.nan, 1.5, None], 1.5),
        ([-np.inf, np.nan, -np.inf, None], "-inf"),
        ([np.int8(3), None, np.int8(3), None], 3),
        ([("a", 1), None, ("a", 1), None], "('a', 1)"),
        (pd.period_range("2024-01", periods=4, freq="M").where([True, False, False, False]), None),
    ],
)
def test_json_is_plain(groups, plain: object) -> None:
    scores = survey.csat(ANSWERS.assign(city=groups), "s", by="city")
    text = scores.to_json(indent=2)
    read = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
    assert read == scores.to_dict()
    assert [record["city"] for record in read["scores"]] == [plain or "2024-01", None]
    assert read["meta"]["n"] == 3


def test_json_has_none_where_there_is_no_figure() -> None:
    (record,) = json.loads(survey.nps([]).to_json())["scores"]
    assert record["score"] is None
    assert record["n"] == 0
    assert record["low_support"] is True


def test_text_shows_score_interval_and_support() -> None:
    table = pd.DataFrame({"s": [10] * 30 + [8] * 10 + [2, None], "g": ["big"] * 40 + ["small"] * 2})
    assert repr(survey.nps(table, "s", by="g")).splitlines() == [
        "NPS on a scale of 0 to 10: 41 responses, 1 more without a score, 95% intervals",
        "",
        "g       n   promoters  passives  detractors               NPS",
        "big    40         75%       25%          0%    +75 [+55, +85]",
        "small   1*         0%        0%        100%  -100 [-100, +48]",
        "* low support: fewer than 30 responses",
    ]


def test_text_names_the_easy_points_and_the_effective_n() -> None:
    text = repr(survey.ces(ANSWERS, "s", direction="lower_is_easier", weight="w", top=1))
    assert "CES on a scale of 1 to 7, lower is easier: 3 responses" in text
    assert "easy (1)" in text
    assert "effective n" in text
    assert "* low support: fewer than 30 effective responses" in text


def test_long_tables_are_cut_and_say_so() -> None:
    table = pd.DataFrame({"s": 5, "g": range(70)})
    text = repr(survey.csat(table, "s", by="g", n_resamples=100))
    assert "10 more rows in .frame" in text
    assert len(text.splitlines()) == 3 + 60 + 2


def test_groups_without_a_score_leave_their_cells_empty() -> None:
    line = repr(survey.csat(ANSWERS, "s", by="city")).splitlines()[4]
    assert line == "Nowhere  0*"


def test_names_stand_in_line_whatever_their_width() -> None:
    table = pd.DataFrame({"s": [5, 5, 5], "g": ["東京", "Oslo", "x" * 50]})
    lines = repr(survey.csat(table, "s", by="g")).splitlines()[3:6]
    assert [line.split("1*")[0].strip() for line in lines] == ["Oslo", f"{'x' * 29}…", "東京"]
    assert lines[0].index("1*") == lines[2].index("1*") + 2


def test_notebook_view_is_escaped_and_whole(measured) -> None:
    _, measure = measured
    html = measure(ANSWERS, by="city", weight="w")._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert html.count("<tr") == html.count("</tr>") == 4
    assert "low support" in html
