"""Effort, resolution, contacts and waits, by channel and group."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.experience.made import Told, analysis_of, right, shuffled

EASY = Told("One click and done.", touchpoint="app", effort="low")
HARD = Told("I had to chase.", touchpoint="phone", effort="high")
SOLVED = Told("They fixed it.", touchpoint="phone", resolution="solved")
LEFT = Told("Never fixed.", touchpoint="phone", resolution="unsolved")
QUIET = Told("We stayed.", touchpoint="premises")
THRICE = Told("Rang three times.", touchpoint="phone")
TWICE = Told("Emailed twice.", touchpoint="written")


def test_effort_is_of_the_reviews_that_show_any() -> None:
    found = analysis_of([[EASY, EASY], [HARD], [EASY, HARD], [QUIET], [EASY]]).effort()
    row = found.frame.iloc[0]
    assert row[["channel", "n_reviews", "n_read", "easy", "hard", "both"]].tolist() == [
        *("all", 4, 5, 2, 1, 1)
    ]
    assert row["effort_score"] == 25
    assert row["effort_score_low"] < 25 < row["effort_score_high"]


def test_a_channel_has_its_own_reviews() -> None:
    found = analysis_of([[EASY, HARD], [HARD], [QUIET]]).effort()
    rows = found.frame.set_index("channel")
    assert list(rows.index) == ["all", "app", "phone", "premises"]
    assert rows["effort_score"].fillna(0).to_dict() == {
        "all": -50,
        "app": 100,
        "phone": -100,
        "premises": 0,
    }
    assert rows.loc["phone", "n_read"] == 2
    assert pd.isna(rows.loc["premises", "effort_score"])


def test_a_review_is_resolved_only_if_nothing_is_left() -> None:
    row = analysis_of([[SOLVED], [SOLVED, LEFT], [LEFT], [QUIET]]).effort().frame.iloc[0]
    assert row[["n_problems", "solved"]].tolist() == [3, 1]
    assert row["resolution_rate"] == pytest.approx(1 / 3)
    assert row["resolution_rate_low"] < 1 / 3 < row["resolution_rate_high"]


def test_the_largest_number_of_a_review_counts() -> None:
    wait = Told("We waited 40 minutes.", touchpoint="in_person")
    long = Told("Then we waited two hours.", touchpoint="in_person")
    found = analysis_of([[THRICE, TWICE], [TWICE], [wait, long]]).effort().amounts
    every = found[found["channel"] == "all"].set_index("unit")
    assert every["median"].to_dict() == {"contacts": 2.5, "minutes": 120}
    assert every.loc["contacts", ["n_reviews", "largest"]].tolist() == [2, 3]
    written = found[found["channel"] == "written"].iloc[0]
    assert written[["n_reviews", "median"]].tolist() == [2, 2]


def test_waits_of_days_stay_apart_from_those_of_minutes() -> None:
    reviews = [[Told(f"I waited {n} minutes.")] for n in range(10, 20)]
    reviews += [[Told(f"I waited {n} weeks for a reply.")] for n in range(2, 12)]
    found = analysis_of(reviews).effort().amounts.set_index("unit")
    assert found["median"].to_dict() == {"minutes": 14.5, "days": 45.5}
    ends = found[["median_low", "median_high"]].to_numpy()
    assert (ends[:, 0] < found["median"]).all() and (found["median"] < ends[:, 1]).all()


def test_a_median_of_few_has_no_interval_and_no_sentence() -> None:
    found = analysis_of([[THRICE], [TWICE]]).effort()
    assert found.amounts["median_low"].isna().all()
    assert not any("Contacts" in sentence for sentence in found.findings(10))


def test_sentences_carry_n_and_interval() -> None:
    reviews = [[HARD]] * 40 + [[EASY]] * 5 + [[SOLVED]] * 10 + [[THRICE]] * 8
    said = analysis_of(reviews).effort().findings(10)
    assert said[0].startswith("Effort score −78 (95% interval")
    assert "45 reviews of 63" in said[0]
    assert any(one.startswith("100% of the 10 reviews") for one in said)
    assert any(one.startswith("Contacts that customers had to make: median 3 (") for one in said)
    assert any(one.startswith("Hardest channel: phone") for one in said)


def test_weak_channels_and_heads_are_named_and_not_drawn() -> None:
    held = {
        "effort": right({"low": (30, 40), "high": (30, 40)}),
        "touchpoint": right({"phone": (10, 30), "app": (30, 40)}),
        "resolution": right({"solved": (30, 40), "unsolved": (10, 40)}),
    }
    found = analysis_of([[HARD], [EASY], [SOLVED]] * 3, held_out=held).effort()
    assert found.frame.set_index("channel")["is_reliable"].to_dict() == {
        "all": True,
        "app": True,
        "phone": False,
    }
    shown = repr(found)
    assert "unsolved problems (10 of 40), phone (10 of 30)" in shown.replace("\n", " ")
    assert not any(line.startswith("phone") for line in shown.splitlines())
    assert not any("how a problem ended" in sentence for sentence in found.findings(10))


def test_groups_weights_and_order() -> None:
    reviews = [[HARD, THRICE], [EASY], [HARD, TWICE], [LEFT]] * 5
    columns = {"city": ["a", "b", "b", "a"] * 5, "w": [1.0, 2.0, 4.0, 0.5] * 5}
    analysis = analysis_of(reviews, **columns)
    one = analysis.effort(by="city", weight="w")
    rows = one.frame[one.frame["channel"] == "all"].set_index("city")
    assert rows.loc["b", "effort_score"] == pytest.approx(100 * (2 - 4) / 6)
    other = shuffled(analysis, 1).effort(by="city", weight="w")
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
    assert one.quantities["id"].tolist() == [n for n in range(20) if n % 2 == 0]


def test_groups_that_look_the_same_are_told_apart() -> None:
    rooms = pd.Series([1, 1, "1"], dtype=object)
    found = analysis_of([[HARD], [EASY], [EASY]], room=rooms).effort(by="room")
    assert [one[:25] for one in found.findings()] == [
        "[room: 1] Effort score 0 ",
        "[room: 1*] Effort score +",
    ]
    assert "\n1*    all" in repr(found)


def test_nothing_at_all_is_no_error() -> None:
    found = analysis_of([]).effort()
    assert found.frame["n_reviews"].tolist() == [0]
    assert found.amounts.empty and found.quantities.empty
    assert json.loads(found.to_json())["amounts"] == []
    assert found.findings() == ["None of 0 reviews shows any effort, low or high."]
    assert np.isnan(found.frame["effort_score"].iloc[0])
