"""Volume, net sentiment, feelings and activities of each place."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.journey.made import Says, analysis_of, bad, good, shuffled
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.journey import Journey
from verbatim.labels import STAGES, TOUCHPOINTS


def stage(found: Journey, name: str) -> pd.Series:
    return found.stages.set_index("stage").loc[name]


def test_a_review_counts_once_per_stage_and_cell() -> None:
    reviews = [
        [good("use", touchpoint="premises"), good("use", touchpoint="in_person"), bad("support")],
        [bad("use", touchpoint="premises"), good("use", touchpoint="premises")],
        [bad("use"), Says(stage="use")],
        [Says(stage="use", touchpoint="premises"), Says()],
    ]
    found = analysis_of(reviews).journey()
    use = stage(found, "use")
    assert (use["n_reviews"], use["n_sentences"], use["n_read"], use["share"]) == (4, 7, 4, 1.0)
    assert tuple(use[["positive", "negative", "mixed", "neutral", "n_judged"]]) == (1, 1, 1, 0, 3)
    assert use["net_sentiment"] == 0
    cells = found.frame.set_index(["stage", "touchpoint"])
    assert cells["n_reviews"].to_dict() == {
        ("use", "in_person"): 1,
        ("use", "premises"): 3,
        ("use", "other"): 1,
        ("support", "other"): 1,
    }
    assert cells.loc[("use", "premises"), "net_sentiment"] == 50


def test_the_interval_holds_the_net_sentiment_and_narrows() -> None:
    few, many = (analysis_of([[good("use")], [bad("use")]] * n).journey() for n in (5, 200))
    widths = []
    for found in (few, many):
        row = stage(found, "use")
        assert row["net_low"] < row["net_sentiment"] == 0 < row["net_high"]
        widths.append(row["net_high"] - row["net_low"])
    assert widths[1] < widths[0] / 3
    assert stage(few, "use")["low_support"] and not stage(many, "use")["low_support"]


def test_where_nobody_judges_there_is_no_net_sentiment() -> None:
    row = stage(analysis_of([[Says(stage="arrival")]]).journey(), "arrival")
    assert row["n_judged"] == 0 and row["low_support"]
    assert row[["net_sentiment", "net_low", "net_high", "emotion"]].isna().all()


def test_feelings_count_reviews_by_their_strongest_sentence_and_quote_it() -> None:
    reviews = [
        [bad("support", text="Nobody rang back.", emotions={"anger": 1}),
         bad("support", text="I was furious.", emotions={"anger": 3})],
        [bad("support", text="Annoying all in all.", emotions={"anger": 1, "sadness": 2})],
        [Says(stage="support")],
    ]  # fmt: skip
    found = analysis_of(reviews).journey()
    whole = found.feelings[found.feelings["touchpoint"].isna()].set_index("emotion")
    assert whole["n_reviews"].to_dict() == {"anger": 2, "sadness": 1}
    assert whole.loc["anger", ["share", "intensity"]].tolist() == [pytest.approx(2 / 3), 2.0]
    assert whole.loc["anger", "text"] == "I was furious."
    assert whole.loc["sadness", "text"] == "Annoying all in all."
    assert stage(found, "support")["emotion"] == "anger"


def test_activities_count_reviews_of_their_stage() -> None:
    reviews = [
        [
            Says("We waited at check-in.", "arrival"),
            Says("I waited in line at check-in.", "arrival"),
        ],
        [Says("Waited an hour at check-in!", "arrival")],
        [Says("We waited at check-in.", "use")],
    ]
    found = analysis_of(reviews).journey().activities
    whole = found[found["touchpoint"].isna()].set_index("stage")
    assert whole["activity"].to_dict() == {
        "arrival": "waited at check-in",
        "use": "waited at check-in",
    }
    assert whole["n_reviews"].to_dict() == {"arrival": 2, "use": 1}
    assert whole.loc["arrival", "share"] == 1.0


def test_rows_that_were_not_read_and_weights_of_0_count_nowhere() -> None:
    reviews = [[good("use")], [bad("use")], [bad("use")]]
    analysis = analysis_of(reviews, status=["ok", "ok", "not_english"], w=[2.0, 0.0, 1.0])
    assert stage(analysis.journey(), "use")["n_reviews"] == 2
    weighted = stage(analysis.journey(weight="w"), "use")
    assert (weighted["n_reviews"], weighted["net_sentiment"]) == (1, 100)


def test_whole_numbers_as_weights_give_what_copies_would() -> None:
    reviews = [[good("use")], [bad("use")], [good("loyalty"), bad("use")]]
    weighted = analysis_of(reviews, w=[3, 1, 2]).journey(weight="w").stages
    copied = analysis_of([r for r, n in zip(reviews, (3, 1, 2), strict=True) for _ in range(n)])
    for name in ("share", "net_sentiment"):
        assert weighted[name].tolist() == pytest.approx(copied.journey().stages[name].tolist())


def test_each_group_has_the_map_that_it_would_have_alone() -> None:
    reviews = [[good("use")], [bad("use"), bad("arrival")], [good("use")], [bad("loyalty")]]
    analysis = analysis_of(reviews, city=["Rome", "Oslo", "Rome", None])
    both = analysis.journey(by="city").stages
    rome = analysis.filter(city="Rome").journey().stages
    columns = ["stage", "n_reviews", "n_read", "share", "net_sentiment"]
    assert (
        both.loc[both["city"] == "Rome", columns].values.tolist() == rome[columns].values.tolist()
    )
    assert both["city"].isna().sum() == 1
    with pytest.raises(OptionError, match="unknown column 'town'"):
        analysis.journey(by="town")


sentence = st.builds(
    Says,
    text=st.sampled_from(["We waited at check-in.", "I called twice.", "So it was, all in all."]),
    stage=st.sampled_from([None, *STAGES]),
    touchpoint=st.sampled_from([None, *TOUCHPOINTS]),
    label=st.sampled_from(["positive", "negative", "neutral", "mixed", "none"]),
    opinions=st.sampled_from([(), (("staff", 1),), (("waiting", -1), ("staff", 0))]),
    emotions=st.dictionaries(st.sampled_from(["joy", "anger"]), st.integers(1, 3)),
    intents=st.sampled_from([(), ("suggestion",), ("request", "suggestion")]),
    resolution=st.sampled_from([None, "solved", "unsolved"]),
)


def as_json(analysis: Analysis) -> str:
    return analysis.journey(outcome="stars", n_resamples=100).to_json()


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.lists(sentence, min_size=1, max_size=3), min_size=1, max_size=12), st.data())
def test_the_order_of_the_rows_changes_nothing(
    reviews: list[list[Says]], data: st.DataObject
) -> None:
    stars = [float(len(review)) for review in reviews]
    analysis = analysis_of(reviews, stars=stars)
    found = analysis.journey(n_resamples=100)
    assert as_json(shuffled(analysis, data.draw(st.integers(0, 9)))) == as_json(analysis)
    cells = found.frame
    assert (cells["n_reviews"] <= cells["n_sentences"]).all()
    assert cells["n_sentences"].sum() == found.stages["n_sentences"].sum() == found.meta["n_drawn"]
    for row in cells.itertuples():
        assert row.n_reviews <= stage(found, row.stage)["n_reviews"]
