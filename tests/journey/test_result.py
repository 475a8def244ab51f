"""The journey as a value: what it says of itself, in a terminal, a notebook and as JSON."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import verbatim
from tests.journey.made import Says, analysis_of, bad, good, held_out
from verbatim.errors import OptionError
from verbatim.journey.columns import ACTIVITIES, DISCOVERIES, FIGURES, OPPORTUNITIES, RELIABILITY

HOTEL = [
    [bad("arrival", text="We waited an hour at check-in.", touchpoint="in_person"), good("use")],
    [good("use", text="Lovely <b>room</b>.", emotions={"joy": 2})],
]


def test_tables_have_the_columns_that_are_documented() -> None:
    found = analysis_of(HOTEL * 20).journey()
    for table, columns in (
        ("cells", FIGURES),
        ("activities", ACTIVITIES),
        ("discoveries", DISCOVERIES),
        ("opportunities", OPPORTUNITIES),
        ("reliability", RELIABILITY),
    ):
        frame = found.tables[table]
        names = [column.name for column in columns]
        assert list(frame)[-len(names) :] == names
        for column in columns:
            if column.dtype != "id":
                assert str(frame[column.name].dtype) == column.dtype, column.name
            assert column.nullable or frame[column.name].notna().all(), column.name


def test_json_holds_everything() -> None:
    found = analysis_of(HOTEL * 20, stars=[1, 5] * 20).journey(outcome="stars")
    said = json.loads(found.to_json())
    assert set(said) == {"meta", *found.tables}
    assert said["stages"][0]["stage"] == "arrival"
    assert said["meta"]["stages"]["arrival"] == ["arrival"]
    assert len(found) == len(said["cells"])


def test_the_terminal_shows_the_curve_in_a_hundred_columns() -> None:
    shown = repr(analysis_of(HOTEL * 20).journey())
    assert "Arrival" in shown and "Use" in shown and "Journey: 40 reviews" in shown
    assert max(map(len, shown.splitlines())) <= 100
    assert "isn't known" in shown  # the engine made by hand carries no accuracy


def test_what_is_not_told_reliably_is_named_instead_of_drawn() -> None:
    counts = held_out(stage={"use": (100, 90), "arrival": (66, 38)}, touchpoint={})
    found = analysis_of(HOTEL * 20, counts).journey()
    assert found.stages["stage"].tolist() == ["use"]
    shown = " ".join(repr(found).split())
    assert "Arrival (58% right of 66; 20 sentences here)" in shown
    rows = found.reliability.set_index("name")
    assert rows["is_drawn"][["use", "arrival"]].tolist() == [True, False]
    assert found.meta["n_unreliable"] == 20
    assert "In person (never found" in shown


def test_the_lexicon_engine_tells_no_stages_and_the_journey_says_what_to_do() -> None:
    found = verbatim.analyze(["We waited.", "Lovely room"], engine="lexicon").journey()
    assert len(found) == 0 and found.stages.empty
    assert "engine='neural'" in " ".join(repr(found).split())
    assert "engine=&#x27;neural&#x27;" in found._repr_html_()


def test_an_empty_analysis_has_an_empty_map() -> None:
    analysis = analysis_of([[Says()], [Says()]], status=["empty", "not_text"], stars=[1, 2])
    found = analysis.journey(outcome="stars")
    assert len(found) == 0 and found.meta["n_read"] == 0
    assert json.loads(found.to_json())["stages"] == []
    assert isinstance(repr(found), str) and found.findings() == []


def test_the_notebook_escapes_what_customers_wrote() -> None:
    reviews = [[Says("I called <b>twice</b> about it.", "use", emotions={"joy": 1})]] * 3
    html = analysis_of(reviews, city=["<i>Rome</i>"] * 3).journey(by="city")._repr_html_()
    assert "<b>twice" not in html and "<i>Rome" not in html and "&lt;i&gt;Rome" in html


def test_findings_take_turns_and_carry_their_n() -> None:
    found = analysis_of([[bad("arrival"), good("use")]] * 40, stars=[1, 2] * 20).journey(
        outcome="stars"
    )
    said = found.findings(4)
    assert len(said) == len(set(said)) > 1
    assert all("review" in line for line in said)
    assert found.findings(0) == []


def test_a_chart_draws_the_curve() -> None:
    pytest.importorskip("altair")
    chart = analysis_of(HOTEL * 20, city=["a", "b"] * 20).journey(by="city").plot().to_dict()
    assert "Arrival" in json.dumps(chart)
    assert analysis_of([[Says()]]).journey().plot().to_dict()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_reviews": -1}, "min_reviews"),
        ({"fdr": 5}, "fdr"),
        ({"confidence": 95}, "confidence"),
        ({"higher_is_better": "no"}, "higher_is_better"),
        ({"outcome": "sta"}, "did you mean 'stars'"),
        ({"by": "stars", "outcome": "stars"}, "outcome and in by"),
    ],
)
def test_options_are_checked(options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        analysis_of(HOTEL, stars=[1, 5]).journey(**options)


def test_a_table_taken_out_is_ones_own() -> None:
    found = analysis_of(HOTEL).journey()
    frame = found.frame
    frame["n_reviews"] = 0
    assert (found.frame["n_reviews"] > 0).all()
    assert isinstance(found.opportunities, pd.DataFrame)
