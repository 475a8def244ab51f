"""What a service desk gets: rows, offsets, order, counts."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import verbatim
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.moments import Moments, moments
from verbatim.moments.columns import COUNTS, MOMENTS
from verbatim.results import records

TEXTS = [
    "Nice room. The kettle caught fire and I burned my hand! 😡 My lawyer will be in touch.",
    "Lovely staff.",
    "They surprised us with a cake, we were so touched. Amazing!",
    "Never again.",
    None,
    "Das Zimmer war leider sehr schmutzig und viel zu laut.",
    "Never again.",
]
CITIES = ["Rome", "Rome", "Oslo", "Oslo", "Oslo", None, None]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    frame = pd.DataFrame({"text": TEXTS, "city": CITIES, "kind": list("abcdefg")})
    return verbatim.analyze(frame, text="text", engine="lexicon")


@pytest.fixture(scope="module")
def found(analysis: Analysis) -> Moments:
    return analysis.moments(by=["city", "kind"])


def test_one_row_per_verbatim_and_kind_alerts_first(found: Moments) -> None:
    rows = found.frame[["id", "kind", "rank"]].values.tolist()
    assert rows == [
        [0, "safety", 1],
        [0, "legal", 2],
        [3, "churn", 3],
        [6, "churn", 4],
        [2, "wow", 1],
    ]
    assert found.alerts["id"].tolist() == [0, 0, 3, 6]
    assert found.wows["id"].tolist() == [2]
    assert found.frame["n_triggers"].tolist()[0] == 2


def test_offsets_point_into_the_original(analysis: Analysis, found: Moments) -> None:
    texts = analysis.verbatims.set_index("id")["text"]
    for row in found.frame.to_dict("records"):
        text = texts[row["id"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        assert text[row["trigger_start"] : row["trigger_end"]] == row["trigger"]
        assert row["start"] <= row["trigger_start"] < row["trigger_end"] <= row["end"]


def test_the_callers_columns_ride_along(found: Moments) -> None:
    assert list(found.frame.columns[:3]) == ["city", "by_kind", "id"]
    assert found.frame["by_kind"].tolist() == ["a", "a", "d", "g", "c"]
    assert [column.name for column in MOMENTS] == list(found.frame.columns[3:])


def test_counts_are_of_reviews_read(analysis: Analysis) -> None:
    counts = analysis.moments(by="city", kinds=["churn", "wow"]).counts
    rows = counts[["city", "kind", "n_reviews", "n_read"]].astype(object)
    assert rows.where(rows.notna(), None).values.tolist() == [
        ["Oslo", "churn", 1, 2],
        ["Oslo", "wow", 1, 2],
        ["Rome", "churn", 0, 2],
        ["Rome", "wow", 0, 2],
        [None, "churn", 1, 1],
        [None, "wow", 0, 1],
    ]
    assert counts["low_support"].all()
    assert [column.name for column in COUNTS] == list(counts.columns[1:])
    assert (counts["share_low"] <= counts["share"]).all()


def test_the_order_of_the_rows_changes_nothing() -> None:
    frame = pd.DataFrame({"text": TEXTS, "key": list("abcdefg")})
    one = verbatim.analyze(frame, text="text", id="key", engine="lexicon").moments()
    turned = frame.iloc[::-1].reset_index(drop=True)
    other = verbatim.analyze(turned, text="text", id="key", engine="lexicon").moments()
    pd.testing.assert_frame_equal(one.frame, other.frame)


def test_sentences_in_another_order_change_nothing(analysis: Analysis) -> None:
    tables = dict(analysis.tables)
    tables["sentences"] = tables["sentences"].iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        moments(Analysis(tables, analysis.meta)).frame, analysis.moments().frame
    )


def test_the_most_urgent_trigger_stands_for_the_verbatim(analysis: Analysis) -> None:
    frame = analysis.moments(kinds="safety").frame
    assert frame["rule"].tolist() == ["safety/fire"]
    assert (np.diff(analysis.moments().alerts["urgency"]) <= 0).all()


def test_what_the_engine_says_is_shown_and_what_it_lacks_is_said(analysis: Analysis) -> None:
    missing = analysis.moments()
    assert missing.meta["without"] == ["interaction", "resolution"]
    assert "no interaction and no resolution" in repr(missing)
    whole = verbatim.analyze(["You ignore my complaint again and again, it makes me furious!"])
    row = whole.moments(kinds="unsolved").frame.iloc[0]
    assert "anger" in row["emotions"]
    assert row["label"] == "negative"
    assert "negative" in row["reason"]


def test_nothing_found_is_an_empty_table(analysis: Analysis) -> None:
    nothing = analysis.filter(lambda rows: rows["id"] == 1).moments(by="city")
    assert len(nothing) == 0
    assert nothing.counts["n_reviews"].sum() == 0
    assert "0 alerts and 0 wow moments" in repr(nothing)
    assert json.loads(nothing.to_json())["moments"] == []
    assert nothing.frame["rank"].dtype == "int64"


def test_it_goes_through_json(found: Moments) -> None:
    said = json.loads(found.to_json())
    assert said["moments"] == records(found.frame)
    assert said["meta"]["rules"]["version"] == 1
    assert said["meta"]["n_moments"]["churn"] == 2


def test_the_views_mark_the_trigger_and_escape(analysis: Analysis) -> None:
    assert "[caught fire]" in repr(analysis.moments())
    tricky = verbatim.analyze(["My phone <b>caught fire</b> & burned me."], engine="lexicon")
    page = tricky.moments()._repr_html_()
    assert "&lt;b&gt;<mark>caught fire</mark>&lt;/b&gt; &amp;" in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": "saftey"}, "did you mean 'safety'"),
        ({"kinds": []}, "asks for nothing"),
        ({"by": "town"}, "unknown column 'town'"),
        ({"confidence": 95}, "not between 0 and 1"),
    ],
)
def test_wrong_options_say_what_is_allowed(
    analysis: Analysis, options: dict[str, object], message: str
) -> None:
    with pytest.raises(OptionError, match=message):
        analysis.moments(**options)  # type: ignore[arg-type]


def test_a_crew_on_fire_is_praise_and_a_fire_in_the_cabin_an_alert() -> None:
    texts = [
        "The attendant was on fire, joking with all of us.",
        "There was a smell of smoke in the cabin and nobody told us a thing.",
        "I have reported you to Trading Standards and my bank is pulling the payment back.",
        "My order was cancelled twice, never got an explanation.",
    ]
    alerts = verbatim.analyze(texts).moments().alerts
    assert alerts[alerts["kind"] != "unsolved"][["id", "kind"]].to_numpy().tolist() == [
        [1, "safety"],
        [2, "legal"],
    ]


def test_an_engine_that_tells_the_journey_lacks_nothing_where_none_of_it_was_told() -> None:
    short = verbatim.analyze(["The showers are cold.", "Far too crowded in the evening."])
    assert short.sentences["interaction"].isna().all()
    assert short.moments().meta["without"] == []
    assert "gives no" not in repr(short.moments())


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("A weight fell off the machine on to my foot and I broke two toes.", ["safety/injury"]),
        ("The heater caught fire, thankfully nobody was hurt.", ["safety/fire_survived"]),
        ("Our payslips were sent to the wrong people again.", ["safety/exposed"]),
        ("A trainer stared at my hijab and told me to take it off.", ["discrimination/refused"]),
        ("Already joined another gym, this is my last month.", ["churn/gone"]),
        ("I used to go to another gym and cancelled there to come here.", []),
    ],
)
def test_harm_data_and_members_who_left_are_told_from_what_only_sounds_alike(
    text: str, rules: list[str]
) -> None:
    assert verbatim.analyze(text).moments().frame["rule"].tolist() == rules
