"""Loyalty in the texts, and how it goes with a score."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from scipy import stats

from tests.experience.made import Told, analysis_of, right, shuffled
from verbatim.errors import OptionError

BACK = Told("We will be back.", intents=("return",))
RECOMMEND = Told("Go there.", intents=("recommend",))
LEAVE = Told("Never again.", intents=("churn",))
WARN = Told("Stay away.", intents=("warn", "churn"))
QUIET = Told("We stayed.", intents=("suggestion",))


def test_loyalty_is_of_the_reviews_that_show_an_intent() -> None:
    reviews = [[BACK, RECOMMEND], [RECOMMEND], [WARN], [BACK, LEAVE], [QUIET]]
    row = analysis_of(reviews).loyalty().frame.iloc[0]
    assert row[["n_reviews", "n_read", "loyal", "disloyal", "both"]].tolist() == [4, 5, 2, 1, 1]
    assert row["loyalty"] == 25
    assert row["coverage"] == pytest.approx(4 / 5)
    assert row["loyalty_low"] < 25 < row["loyalty_high"]


def test_intents_are_counted_by_review() -> None:
    found = analysis_of([[BACK, BACK], [WARN], [QUIET]]).loyalty().intents.set_index("intent")
    assert found["n_reviews"].to_dict() == {"return": 1, "recommend": 0, "churn": 1, "warn": 1}
    assert found.loc["return", "share"] == pytest.approx(1 / 3)


def test_the_correlation_is_spearmans() -> None:
    reviews = [[BACK], [LEAVE], [BACK, LEAVE], [RECOMMEND], [WARN], [QUIET], [BACK]]
    score = [9, 3, 6, 7, 8, 1, None]
    row = analysis_of(reviews, score=score).loyalty("score").frame.iloc[0]
    expected = stats.spearmanr([1, -1, 0, 1, -1], [9, 3, 6, 7, 8]).statistic
    assert row["correlation"] == pytest.approx(expected)
    assert row[["correlation_n", "score_n"]].tolist() == [5, 6]
    assert row["score_mean"] == pytest.approx(34 / 6)


def test_each_stance_has_its_mean_score() -> None:
    reviews = [[BACK], [BACK], [LEAVE], [QUIET]]
    found = analysis_of(reviews, score=[10, 8, 2, 5]).loyalty("score").stances.set_index("stance")
    assert found["score_mean"].fillna(-1).to_dict() == {
        "loyal": 9,
        "disloyal": 2,
        "both": -1,
        "silent": 5,
    }
    assert found["score_n"].to_dict() == {"loyal": 2, "disloyal": 1, "both": 0, "silent": 1}


def test_a_score_that_does_not_vary_has_no_correlation() -> None:
    found = analysis_of([[BACK], [LEAVE]] * 5, score=[5] * 10).loyalty("score")
    assert found.frame["correlation"].isna().all()
    assert len(found.findings()) == 1


def test_few_reviews_with_a_score_are_marked_however_many_show_an_intent() -> None:
    reviews = [[BACK]] * 20 + [[LEAVE]] * 20
    for n, shown in ((2, "+1.00*"), (3, "+1.00 [")):
        score = [*[9] * n, *[None] * 20, *[2] * n, *[None] * (20 - 2 * n)]
        found = analysis_of(reviews, score=score).loyalty("score")
        row = found.frame.iloc[0]
        assert not row["low_support"] and row["correlation_low_support"]
        assert pd.isna(row["correlation_low"]) == pd.isna(row["correlation_high"]) == (n < 3)
        assert shown in repr(found) and "* low support: fewer than 30" in repr(found)
        assert [one.endswith("reviews; low support).") for one in found.findings()[1:]] == (
            [] if n < 3 else [True]
        )
    whole = analysis_of(reviews, score=[9] * 20 + [2] * 20).loyalty("score")
    assert not whole.frame["correlation_low_support"].any() and "low support" not in repr(whole)


def test_the_mark_of_a_correlation_follows_the_effective_number() -> None:
    reviews = [[BACK]] * 20 + [[LEAVE]] * 20
    analysis = analysis_of(reviews, score=[9, 2] * 20, w=[100.0] * 5 + [1.0] * 35)
    marks = [analysis.loyalty("score", weight=w).frame.iloc[0] for w in (None, "w")]
    assert [row["correlation_n"] for row in marks] == [40, 40]
    assert [bool(row["correlation_low_support"]) for row in marks] == [False, True]


def test_groups_that_look_the_same_are_told_apart() -> None:
    reviews = [[BACK]] * 8 + [[LEAVE]] * 8
    found = analysis_of(reviews, city=[None] * 8 + ["(missing)"] * 8).loyalty(by="city")
    said = found.findings()
    assert [one.split(" Loyalty is ")[0] for one in said] == [
        "[city: (missing)]",
        "[city: (missing)*]",
    ]
    assert "8 will leave" in said[0] and "8 will return" in said[1]
    lines = repr(found).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("(m")] == [
        "(missing)",
        "(missing)*",
    ]


def test_sentences_carry_n_and_interval() -> None:
    reviews = [[BACK]] * 30 + [[LEAVE]] * 10 + [[QUIET]] * 10
    score = [9] * 30 + [2] * 10 + [5] * 10
    said = analysis_of(reviews, score=score).loyalty("score").findings()
    assert said[0].startswith("Loyalty is +50 (95% interval +")
    assert "40 reviews that show an intent (80% of 50)" in said[0]
    assert "rank correlation of +1.00 (95% interval" in said[1] and "40 reviews" in said[1]
    assert analysis_of([[QUIET]]).loyalty().findings() == [
        "No review shows an intent to return, recommend, leave or warn."
    ]


def test_weak_intents_are_named() -> None:
    told = {name: (20, 25) for name in ("return", "recommend", "warn")} | {"churn": (3, 20)}
    found = analysis_of([[BACK], [LEAVE]], held_out={"intent": right(told)}).loyalty()
    assert not found.frame["is_reliable"].any()
    assert "intents to leave or warn (23 of 45)" in repr(found).replace("\n", " ")
    assert found.intents.set_index("intent")["is_reliable"].to_dict() == {
        "return": True,
        "recommend": True,
        "churn": False,
        "warn": True,
    }
    assert found.findings() == []


def test_groups_weights_and_order() -> None:
    reviews = [[BACK], [LEAVE], [QUIET], [BACK, WARN]] * 6
    columns = {"city": list("aabb") * 6, "w": [1.0, 3.0, 1.0, 2.0] * 6, "score": [*range(24)]}
    analysis = analysis_of(reviews, **columns)
    one = analysis.loyalty("score", by="city", weight="w")
    assert one.frame.set_index("city")["loyalty"].to_dict() == pytest.approx({"a": -50, "b": 0})
    other = shuffled(analysis, 5).loyalty("score", by="city", weight="w")
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_bad_input_is_named_and_nothing_is_no_error() -> None:
    analysis = analysis_of([[BACK]], score=[9])
    with pytest.raises(OptionError, match="confidence=95"):
        analysis.loyalty(confidence=95)
    with pytest.raises(OptionError, match="'score' is given as outcome and in by"):
        analysis.loyalty("score", by="score")
    found = analysis_of([]).loyalty()
    assert found.frame["n_reviews"].tolist() == [0]
    assert json.loads(found.to_json())["groups"][0]["loyalty"] is None
