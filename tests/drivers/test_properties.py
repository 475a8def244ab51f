"""What holds for any analysis: counts add up, figures keep their bounds, order is no matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.conftest import Says, analysis_of, shuffled
from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores, score_drivers
from verbatim.drivers.columns import EMOTION_MIX, IMPACT, OUTCOME, SCORES

SENTIMENTS = st.sampled_from([-0.9, -0.1, 0.0, 0.3, 0.7])
OPINIONS = st.builds(
    Says,
    st.sampled_from(["staff", "room", "zoo", None]),
    SENTIMENTS,
    st.sampled_from(["The staff were kind.", "A small room for so much money!", "NO", "Hm"]),
    st.sampled_from([None, "joy", "anger"]),
    st.integers(1, 3),
    st.sampled_from([0.3, 0.9]),
)
CITIES = st.sampled_from(["Rome", "Oslo", None])
STARS = st.one_of(st.none(), st.integers(1, 5), st.floats(0, 1))
STATUSES = st.sampled_from(["ok", "ok", "truncated", "empty"])


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    rows = draw(
        st.lists(st.tuples(st.lists(OPINIONS, max_size=4), CITIES, STARS, STATUSES), max_size=12)
    )
    reviews, cities, stars, status = zip(*rows, strict=True) if rows else ((), (), (), ())
    said = [[] if state == "empty" else list(r) for r, state in zip(reviews, status, strict=True)]
    return analysis_of(
        said,
        status=status,
        city=pd.array(list(cities), dtype="str"),
        stars=np.array(stars, dtype=float),
    )


def scored(analysis: Analysis, **options) -> DriverScores:
    return score_drivers(analysis, by="city", outcome="stars", n_resamples=100, **options)


@settings(max_examples=30, deadline=None)
@given(analyses())
def test_counts_add_up_and_figures_keep_their_bounds(analysis: Analysis) -> None:
    scores = scored(analysis)
    frame, emotions = scores.frame, scores.emotions
    states = frame[["positive", "negative", "neutral", "mixed"]]
    assert (states.sum(axis=1) == frame["n_reviews"]).all()
    assert (frame["n_reviews"] <= frame["n_read"]).all()
    assert (frame["n_reviews"] <= frame["n_opinions"]).all()
    assert (frame["outcome_n"] <= frame["n_reviews"]).all()
    assert frame.drop_duplicates("city")["n_read"].sum() == scores.meta["n_read"]
    read = analysis.verbatims["status"].isin(["ok", "truncated"])
    opinions = analysis.opinions["id"].isin(analysis.verbatims.loc[read, "id"]).sum()
    assert frame["n_opinions"].sum() + scores.meta["n_unassigned"] == opinions
    for table, columns in ((frame, (*SCORES, *OUTCOME, *IMPACT)), (emotions, EMOTION_MIX)):
        for column in columns:
            values = table[column.name].dropna()
            assert column.low is None or (values >= column.low).all()
            assert column.high is None or (values <= column.high).all()
            assert column.values is None or values.isin(column.values).all()


@settings(max_examples=30, deadline=None)
@given(analyses())
def test_estimates_lie_in_their_intervals(analysis: Analysis) -> None:
    frame = scored(analysis).frame
    for figure, ends in {
        "share": "share",
        "net_sentiment": "net",
        "outcome_mean": "outcome",
        "outcome_gap": "outcome_gap",
    }.items():
        known = frame[frame[figure].notna()]
        assert (known[f"{ends}_low"] <= known[figure]).all()
        assert (known[figure] <= known[f"{ends}_high"]).all()
        assert (
            frame.loc[frame[figure].isna(), [f"{ends}_low", f"{ends}_high"]].isna().all(axis=None)
        )


@settings(max_examples=20, deadline=None)
@given(analyses(), st.integers(0, 3))
def test_row_order_changes_nothing(analysis: Analysis, seed: int) -> None:
    one, other = scored(analysis), scored(shuffled(analysis, seed))
    for name in ("frame", "emotions", "quotes"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert one.to_json() == other.to_json()


@settings(max_examples=20, deadline=None)
@given(analyses())
def test_other_ids_and_other_names_of_groups_change_no_figure(analysis: Analysis) -> None:
    ids = {key: f"review {key}" for key in analysis.verbatims["id"]}
    renamed = {
        name: table.assign(id=table["id"].map(ids).astype("str"))
        for name, table in analysis.tables.items()
    }
    cities = analysis.verbatims["city"].map({"Oslo": "A", "Rome": "B"})
    renamed["verbatims"] = renamed["verbatims"].assign(city=cities)
    one, other = scored(analysis), scored(Analysis(renamed, analysis.meta))
    for name in ("frame", "emotions"):
        pd.testing.assert_frame_equal(
            getattr(one, name).drop(columns="city"), getattr(other, name).drop(columns="city")
        )


@settings(max_examples=30, deadline=None)
@given(analyses())
def test_turning_every_sign_turns_the_net_sentiment(analysis: Analysis) -> None:
    turn = {"positive": "negative", "negative": "positive", "neutral": "neutral"}
    opinions = analysis.opinions
    opinions["sentiment"] = -opinions["sentiment"]
    opinions["label"] = opinions["label"].map(turn).astype("str")
    one = scored(analysis).frame
    other = scored(Analysis({**analysis.tables, "opinions": opinions}, analysis.meta)).frame
    pd.testing.assert_series_equal(one["net_sentiment"], -other["net_sentiment"])
    pd.testing.assert_series_equal(one["mean_sentiment"], -other["mean_sentiment"])
    pd.testing.assert_series_equal(one["positive"], other["negative"], check_names=False)
    pd.testing.assert_series_equal(one["mixed"], other["mixed"])


@settings(max_examples=30, deadline=None)
@given(analyses())
def test_the_analysis_is_left_as_it_was(analysis: Analysis) -> None:
    before = {name: table.copy() for name, table in analysis.tables.items()}
    scores = scored(analysis)
    mine = scores.frame
    mine["n_reviews"] = -1
    assert (scores.frame["n_reviews"] >= 0).all()
    for name, table in analysis.tables.items():
        pd.testing.assert_frame_equal(table, before[name])
