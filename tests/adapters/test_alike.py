"""Reviews that say alike things are counted, and score as if each were there."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import verbatim
from tests.drivers.conftest import Says, analysis_of
from verbatim import Analysis
from verbatim.adapters.alike import kinds, lay_out

GROUPS = ["city", "stars", "weight"]


def _counted(analysis: Analysis) -> Analysis:
    """Count the kinds of reviews and lay them out again, in another order."""
    rows = analysis.verbatims[GROUPS].assign(said=kinds(analysis))
    counts = rows.groupby([*GROUPS, "said"], dropna=False, sort=False).size()
    table = counts.reset_index(name="times").iloc[::-1]
    return lay_out(table["said"], table["times"], table[GROUPS], analysis.meta)


def _assert_same_scores(analysis: Analysis, **options: Any) -> None:
    expected = analysis.drivers(n_quotes=0, n_resamples=100, **options)
    found = _counted(analysis).drivers(n_quotes=0, n_resamples=100, **options)
    for name, table in expected.tables.items():
        assert_frame_equal(found.tables[name], table, check_exact=True)
    assert found.meta == expected.meta


says = st.builds(
    Says,
    driver=st.sampled_from(["staff", "room", None]),
    sentiment=st.sampled_from([0.7, 0.1, 0.0, -0.3, -0.9]),
    sentence=st.sampled_from(["", "One.", "Two."]),
    emotion=st.sampled_from([None, "joy", "anger"]),
    intensity=st.integers(1, 3),
    subdriver=st.sampled_from([None, "manner"]),
)
reviews = st.tuples(
    st.lists(says, max_size=4),
    st.sampled_from(["ok", "ok", "truncated"]),
    st.sampled_from(["a", "b", None]),
    st.sampled_from([1.0, 4.0, 5.0, None]),
    st.sampled_from([1.0, 0.0, 0.3]),
)


asked = st.sampled_from(
    [
        {},
        {"level": "subdriver", "by": "city"},
        {"by": "city", "outcome": "stars"},
        {"outcome": "stars", "weight": "weight"},
    ]
)


@settings(deadline=None, max_examples=25)
@given(st.lists(reviews, min_size=1, max_size=12), asked)
def test_scores_are_the_same_to_the_last_digit(rows: list[Any], options: dict[str, Any]) -> None:
    said, status, city, stars, weight = map(list, zip(*rows, strict=True))
    weight[0], status[0] = 1.0, "ok"
    own = {"city": pd.array(city, "str"), "stars": pd.array(stars, "Float64"), "weight": weight}
    analysis = analysis_of(said, status=status, **own)
    _assert_same_scores(analysis, **options)


def test_unread_reviews_are_counted_but_not_read() -> None:
    texts = ["Lovely staff", "", None, "Lovely staff", "Das Zimmer war sehr schmutzig."]
    frame = pd.DataFrame({"review": texts, "city": "a", "stars": 3.0, "weight": 1.0})
    analysis = verbatim.analyze(frame, text="review", engine="lexicon")
    assert len(set(kinds(analysis))) == 2
    scores = _counted(analysis).drivers(n_quotes=0)
    assert (scores.meta["n_verbatims"], scores.meta["n_read"]) == (5, 2)
    assert scores.driver("staff")["n_reviews"] == 2


@pytest.mark.parametrize("engine", ["lexicon", "neural"])
def test_a_real_analysis_with_all_there_is_to_score(engine: str) -> None:
    frame = pd.read_csv("data/samples/hotel_reviews.csv").head(120)
    frame = frame.assign(city=frame["hotel"], stars=frame["rating"], weight=1.0)
    analysis = verbatim.analyze(frame, text="review", taxonomy="hospitality", engine=engine)
    _assert_same_scores(analysis, outcome="stars", by="city")


def test_no_reviews_score_as_no_reviews() -> None:
    empty = pd.DataFrame({"review": [], "city": [], "stars": [], "weight": []})
    analysis = verbatim.analyze(empty, text="review", engine="lexicon")
    assert len(_counted(analysis)) == 0
    _assert_same_scores(analysis)
