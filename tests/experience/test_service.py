"""Service is split from the rest, and problems are followed to their end."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.experience.made import Told, analysis_of, right, shuffled
from verbatim.errors import OptionError

KIND = Told("Kind staff.", (("staff", "positive"),), touchpoint="in_person", emotions=("joy",))
DIRTY = Told("Dirty room.", (("room", "negative"),), touchpoint="premises", emotions=("disgust",))
BILL_BY_PHONE = Told("Wrong bill.", (("billing", "negative"),), touchpoint="phone")
BILL = Told("Wrong bill.", (("billing", "negative"),), touchpoint="billing")
HELP = Told("Slow answer.", (("waiting", "negative"),), stage="support")
BOTH = Told("Kind staff, dirty room.", (("staff", "positive"), ("room", "negative")), "in_person")
GIFT = Told("A cake!", (("service", "positive"),), interaction="proactive", emotions=("gratitude",))
SOLVED = Told("They fixed it.", (("service", "positive"),), resolution="solved")
LEFT = Told("Nobody came.", (("service", "negative"),), resolution="unsolved", emotions=("anger",))
FINE = Told("Lovely.", (("overall", "positive"),), emotions=("joy",))


@pytest.mark.parametrize(
    ("told", "service", "rest"),
    [
        (KIND, 1, 0),
        (DIRTY, 0, 1),
        (BILL_BY_PHONE, 1, 0),
        (BILL, 0, 1),
        (HELP, 1, 0),
        (BOTH, 1, 1),
    ],
)
def test_an_opinion_is_service_or_the_rest(told: Told, service: int, rest: int) -> None:
    frame = analysis_of([[told]]).service_experience().frame.set_index("part")
    assert frame.loc[["service", "rest"], "n_reviews"].tolist() == [service, rest]


def test_a_review_counts_once_and_says_one_thing() -> None:
    reviews = [[KIND, KIND], [KIND, LEFT], [DIRTY]]
    row = analysis_of(reviews).service_experience().frame.iloc[0]
    assert row["n_reviews"] == 2
    assert row[["positive", "negative", "neither"]].tolist() == [1, 0, 1]
    assert row["net_sentiment"] == 50
    assert row["share"] == pytest.approx(2 / 3)
    assert row["net_sentiment_low"] < 50 < row["net_sentiment_high"]


def test_interactions_take_the_sign_of_their_sentence() -> None:
    found = analysis_of([[GIFT, DIRTY], [DIRTY]]).service_experience()
    row = found.frame.set_index("part").loc["proactive"]
    assert row[["n_reviews", "net_sentiment", "emotion"]].tolist() == [1, 100.0, "gratitude"]
    mix = found.emotions
    assert mix[mix["part"] == "proactive"][["emotion", "n_reviews", "share"]].values.tolist() == [
        ["gratitude", 1, 1.0]
    ]


def test_service_takes_the_share_that_it_has() -> None:
    random = np.random.default_rng(0)
    staff, room = random.random((2, 400)) < 0.5
    pairs = zip(staff.tolist(), room.tolist(), strict=True)
    reviews = [[KIND] * a + [DIRTY] * b + [FINE] for a, b in pairs]
    stars = 3 + 2.0 * staff - 1.0 * room
    found = analysis_of(reviews, stars=stars).service_experience("stars").explained
    rows = found.set_index("part")
    # Independent columns: importance goes with the squared effects, 4 to 1.
    assert rows.loc["service", "importance"] == pytest.approx(80, abs=3)
    assert rows["importance"].sum() == pytest.approx(100)
    assert rows.loc["service", "importance_low"] < 80 < rows.loc["service", "importance_high"]
    assert rows.loc["service", "points"] == pytest.approx(2 * staff.mean(), abs=0.05)
    assert rows["r2"].iloc[0] == pytest.approx(1, abs=0.01)


def test_a_mixed_mention_counts_on_both_sides() -> None:
    random = np.random.default_rng(0)
    staff, room = random.integers(0, 4, 400), random.integers(0, 3, 400)
    rude = Told("Rude staff.", (("staff", "negative"),))
    fine = Told("Nice room.", (("room", "positive"),))
    signs = zip((staff % 2 > 0).tolist(), (staff > 1).tolist(), room.tolist(), strict=True)
    reviews = [
        [Told()] + [KIND] * a + [rude] * b + [fine] * (c == 1) + [DIRTY] * (c == 2)
        for a, b, c in signs
    ]
    stars = 3 + 0.2 * (staff % 2) - 2.0 * (staff > 1) + 0.5 * (room == 1) - 0.5 * (room == 2)
    analysis = analysis_of(reviews, stars=stars)
    parts = analysis.service_experience("stars").explained.set_index("part")
    assert parts.loc["service", "points"] == pytest.approx(
        0.2 * (staff % 2).mean() - 2 * (staff > 1).mean(), abs=0.01
    )
    assert parts.loc["service", "r2"] == pytest.approx(1, abs=0.01)
    # Each part is one driver here, so it is that driver of the driver scores.
    drivers = analysis.drivers(outcome="stars").frame.set_index("driver")
    for part, driver in (("service", "staff"), ("rest", "room")):
        for name in ("importance", "points"):
            assert parts.loc[part, name] == pytest.approx(drivers.loc[driver, name])


def test_a_constant_outcome_has_nothing_to_explain() -> None:
    analysis = analysis_of([[KIND], [DIRTY], [BILL]] * 20, stars=[4.0] * 60)
    found = analysis.service_experience("stars")
    figures = found.explained[["importance", "importance_low", "importance_high", "r2"]]
    assert figures.isna().all(axis=None)
    assert found.explained["points"].tolist() == [0, 0]
    assert "R2" not in " ".join(found.findings()) and "nan" not in repr(found)


def test_a_mean_outcome_is_that_of_the_driver_scores_with_its_interval() -> None:
    spend = np.exp(np.random.default_rng(0).normal(4, 2, 1200))
    analysis = analysis_of([[KIND], [DIRTY]] * 600, spend=spend)
    ours = analysis.service_experience("spend", n_resamples=10_000).frame.set_index("part")
    scores = analysis.drivers(outcome="spend", n_resamples=10_000)
    for part, driver in (("service", "staff"), ("rest", "room")):
        row, other = ours.loc[part], scores.driver(driver)
        assert row["outcome_mean"] == pytest.approx(other["outcome_mean"])
        for end in ("low", "high"):
            expected = other[f"outcome_{end}"]
            assert row[f"outcome_mean_{end}"] == pytest.approx(expected, rel=0.03)


def test_a_mean_outcome_of_few_is_marked_however_many_mention_it() -> None:
    stars = [5.0] * 9 + [np.nan] * 31
    found = analysis_of([[KIND]] * 40, stars=stars).service_experience("stars")
    row = found.frame.set_index("part").loc["service"]
    assert (row["low_support"], row["outcome_low_support"]) == (False, True)
    assert "]*" in repr(found) and "* low support" in repr(found)


def test_few_reviews_explain_nothing() -> None:
    found = analysis_of([[KIND], [DIRTY]], stars=[5, 1]).service_experience("stars")
    assert found.explained["importance"].isna().all()
    assert found.explained["n"].tolist() == [2, 2]


def test_a_problem_left_unsolved_outweighs_one_solved() -> None:
    reviews = [[SOLVED], [SOLVED, LEFT], [DIRTY], [FINE], [Told()]]
    frame = analysis_of(reviews).service_experience().recovery.set_index("problem")
    assert frame["n_reviews"].to_dict() == {"solved": 1, "unsolved": 1, "untold": 1, "none": 2}
    assert frame.loc["unsolved", "net_emotion"] == -100
    assert frame.loc["none", "net_emotion"] == 50


def test_the_paradox_is_named_only_where_the_interval_says_so() -> None:
    reviews = [[SOLVED]] * 40 + [[LEFT]] * 40 + [[FINE]] * 40
    for solved, expected in ((5, "show a recovery paradox"), (2, "no recovery paradox")):
        stars = [solved, *[solved] * 39] + [1] * 40 + [4, 3] * 20
        sentences = analysis_of(reviews, stars=stars).service_experience("stars").findings(10)
        assert any(expected in sentence for sentence in sentences)
        assert all("95% interval" in sentence for sentence in sentences)
    same = analysis_of(reviews, stars=[4, 3] * 60).service_experience("stars")
    assert any("neither a recovery paradox nor" in sentence for sentence in same.findings(10))


def test_where_lower_is_better_a_lower_outcome_is_the_paradox() -> None:
    reviews = [[SOLVED]] * 40 + [[FINE]] * 40
    analysis = analysis_of(reviews, complaints=[0] * 40 + [1, 2] * 20)
    found = analysis.service_experience("complaints", higher_is_better=False)
    assert any("show a recovery paradox" in sentence for sentence in found.findings(10))


def test_the_difference_of_solved_and_unsolved() -> None:
    reviews = [[SOLVED]] * 3 + [[LEFT]] * 2
    analysis = analysis_of(reviews, stars=[5, 4, None, 1, 2])
    rows = analysis.service_experience("stars").contrasts
    row = rows[(rows["first"] == "solved") & (rows["measure"] == "outcome")].iloc[0]
    assert row[["second", "n_first", "n_second", "difference"]].tolist() == ["unsolved", 2, 2, 3.0]
    assert row["difference_low"] < 3.0
    assert bool(row["low_support"])


def test_what_the_engine_gets_wrong_is_named_and_not_drawn() -> None:
    held = {
        "resolution": right({"solved": (9, 10), "unsolved": (10, 40)}),
        "interaction": right({"reactive": (30, 40), "proactive": (10, 40)}),
    }
    found = analysis_of([[GIFT], [SOLVED], [LEFT]], held_out=held).service_experience()
    assert not found.recovery.set_index("problem").loc["unsolved", "is_reliable"]
    assert found.recovery.set_index("problem").loc["none", "is_reliable"]
    shown = repr(found)
    assert "proactive interactions (10 of 40)" in shown.replace("\n", " ")
    assert "unsolved problems (10 of 40)" in shown.replace("\n", " ")
    assert not any(line.startswith("proactive  ") for line in shown.splitlines())
    assert not any("solved problem" in sentence for sentence in found.findings(10))


def test_groups_stand_apart() -> None:
    reviews = [[KIND], [DIRTY], [KIND]]
    found = analysis_of(reviews, city=["Oslo", "Rome", None]).service_experience(by="city")
    service = found.frame[found.frame["part"] == "service"]
    assert service["city"].fillna("none").tolist() == ["Oslo", "Rome", "none"]
    assert service["n_reviews"].tolist() == [1, 0, 1]
    alone = analysis_of([[KIND]]).service_experience().frame
    pd.testing.assert_frame_equal(found.frame.iloc[:4, 1:].reset_index(drop=True), alone)
    assert found.findings()[0].startswith("[city: Oslo] ")


def test_weights_move_figures_and_not_counts() -> None:
    reviews = [[KIND], [LEFT], [KIND]]
    analysis = analysis_of(reviews, w=[3.0, 1.0, 0.0])
    row = analysis.service_experience(weight="w").frame.iloc[0]
    assert row[["n_reviews", "n_read"]].tolist() == [2, 2]
    assert row["net_sentiment"] == pytest.approx(50)


def test_the_order_of_rows_changes_nothing() -> None:
    reviews = [[KIND, DIRTY], [LEFT], [SOLVED, GIFT], [FINE], [BILL, BILL_BY_PHONE]] * 12
    analysis = analysis_of(reviews, stars=list(range(60)), city=list("ab") * 30)
    one = analysis.service_experience("stars", by="city")
    other = shuffled(analysis, 3).service_experience("stars", by="city")
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_a_result_is_json_and_says_how_it_was_made() -> None:
    found = analysis_of([[KIND], [DIRTY]], stars=[5, 1]).service_experience("stars")
    read = json.loads(found.to_json())
    assert set(read) == {"meta", "parts", "emotions", "recovery", "contrasts", "explained"}
    assert read["meta"]["columns"]["parts"]["share"] == "n_reviews / n_read"
    assert list(read["parts"][0]) == list(found.frame.columns)
    assert "<table" in found._repr_html_()


def test_nothing_at_all_is_no_error() -> None:
    found = analysis_of([]).service_experience()
    assert found.frame["n_reviews"].tolist() == [0, 0, 0, 0]
    assert "0 reviews" in repr(found)


def test_no_rows_in_groups_are_empty_tables() -> None:
    analysis = analysis_of([], stars=pd.Series([], dtype=float), city=pd.Series([], dtype=str))
    found = analysis.service_experience("stars", by="city")
    some = analysis_of([[KIND]], stars=[5.0], city=["Oslo"]).service_experience("stars", by="city")
    for name, table in found.tables.items():
        assert table.empty
        pd.testing.assert_series_equal(table.dtypes, some.tables[name].dtypes)
    assert found.findings() == [] and "0 reviews" in repr(found)
    assert "nan" not in repr(analysis.service_experience("stars"))


@pytest.mark.parametrize("cities", [[None, "(missing)"], ["1", 1]])
def test_groups_that_look_the_same_are_told_apart(cities: list[object]) -> None:
    analysis = analysis_of([[KIND], [DIRTY]], city=pd.Series(cities, dtype=object))
    found = analysis.service_experience(by="city")
    text = str(cities[1])
    first, second = found.findings()[:2]
    told = {True: "Customer service is told of in 1 review", False: "Customer service is not told"}
    # The text comes before the missing value, the number before the text.
    assert first.startswith(f"[city: {text}] {told[False]}")
    assert second.startswith(f"[city: {text}*] {told[True]}")
    assert f"{text}*" in found._repr_html_()


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(OptionError, match="unknown column 'star'"):
        analysis_of([[KIND]], stars=[5]).service_experience("star")
