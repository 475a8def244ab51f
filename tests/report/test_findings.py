"""What is told first, and what isn't told."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tests.report.conftest import GOOD_FOOD, STAFF
from tests.report.made import made, opinion
from verbatim.analysis import Analysis
from verbatim.report.finding import Finding
from verbatim.report.findings import findings
from verbatim.report.rows import Figure, driver_rows
from verbatim.report.through_time import follow, trend_part

RUDE = ("Rude staff", [opinion("staff", -2, "Rude", "staff")])


def told(analysis: Analysis, by: str | None = None, outcome: str | None = None) -> list[Finding]:
    rows = driver_rows(analysis.drivers(outcome=outcome))
    compared = analysis.compare(by=by) if by else None
    return findings(rows, outcome or "", compared)


def test_without_an_outcome_best_worst_and_most_mentioned_are_told(hotels: Analysis) -> None:
    found = told(hotels)
    assert [(one.label, one.subject, one.tone) for one in found] == [
        ("Lowest", "Food", "neutral"),
        ("Best", "Staff", "positive"),
    ]
    assert "Of the 40 reviews that mention it, 100% only praise it" in found[1].sentence


def test_an_unsure_extreme_is_not_called_the_best_or_worst() -> None:
    (first, *_) = told(made([STAFF] * 20 + [RUDE] * 20))
    assert (first.label, first.tone) == ("Most mentioned", "neutral")


def test_groups_that_may_be_equal_are_no_finding(hotels: Analysis) -> None:
    found = told(hotels, by="hotel")
    assert not [one for one in found if one.label == "Differs by hotel"]
    assert [one.driver for one in found if one.also] == ["food"]


def test_what_is_told_says_which_group_it_is_about(hotels: Analysis) -> None:
    (food,) = [one for one in told(hotels, by="hotel") if one.driver == "food"]
    (where,) = food.also
    group = "Sea: net sentiment +90" if food.tone != "negative" else "Town: net sentiment −75"
    assert where.startswith(f"{group} against")


def test_groups_that_differ_in_what_is_not_told_yet_are_a_finding() -> None:
    dirty = ("Dirty room", [opinion("cleanliness", -2, "Dirty", "room")])
    fine = [("Kind staff", [opinion("staff", 2, "Kind", "staff")])] * 70
    cities = pd.DataFrame({"city": ["a"] * 60 + ["b"] * 60})
    food = [("Bad food", [opinion("food", -2, "Bad", "food")])] * 20
    found = told(made([dirty] * 30 + fine + food, cities), by="city")
    differs = [one.subject for one in found if one.label == "Differs by city"]
    (dirt,) = [one for one in found if one.driver == "cleanliness"]
    assert dirt.also[0].startswith("a: in 50% of reviews against 0% of the rest")
    assert differs and all("cleanliness" not in subject for subject in differs)


def test_few_reviews_are_no_priority_while_there_are_others(hotels: Analysis) -> None:
    subjects = {one.subject for one in told(hotels, outcome="stars")}
    assert "Food" in subjects and "Price" not in subjects


def test_what_surely_matters_little_is_not_said_to_matter_most_or_to_be_on_a_border() -> None:
    cold = ("Cold food", [opinion("food", -2, "Cold", "food")])
    reviews = [RUDE] * 10 + [cold] * 20 + [STAFF] * 10 + [cold] * 20 + [("Dull", [])] * 10
    stars = [1, 1, 1, 2, 2] * 2 + [3, 4] * 10 + [5, 5, 5, 4, 4] * 2 + [4, 3] * 10 + [3, 4] * 5
    (first, *_) = told(made(reviews, pd.DataFrame({"stars": stars})), outcome="stars")
    assert (first.label, first.subject) == ("Matters little", "Food")
    assert "on a border" not in first.sentence and "of resamples say low pri" in first.sentence


def test_the_whole_experience_is_never_a_finding() -> None:
    overall = ("Great stay", [opinion("overall", 2, "Great", "stay")])
    assert told(made([overall] * 50)) == []


def test_a_mended_driver_is_fixed_no_more_without_saying_so(year: Analysis) -> None:
    rows = driver_rows(year.drivers(outcome="stars"))
    turned = year.verbatims.assign(day=list(reversed(year.verbatims["day"])))
    better = Analysis({**year.tables, "verbatims": turned}, year.meta)
    trend = follow(better, "day", None, None)
    assert trend is not None
    (food, *_) = findings(rows, "stars", None, trend_part(trend))
    assert (food.label, food.tone) == ("Fix first, though better since 2025-07", "negative")
    assert "went from −100 to +100" in food.also[0]


def test_a_change_of_another_driver_is_told_by_itself(year: Analysis) -> None:
    trend = follow(year, "day", None, None)
    assert trend is not None
    alone = [row for row in driver_rows(year.drivers()) if row.driver == "staff"]
    found = findings(alone, trend=trend_part(trend))
    assert [(one.label, one.subject) for one in found][-1] == ("Worse since 2025-07", "Food")


def test_too_few_periods_are_no_trend(hotels: Analysis) -> None:
    days = pd.date_range("2025-01-01", periods=len(hotels), freq="h")
    dated = Analysis({**hotels.tables, "verbatims": hotels.verbatims.assign(day=days)}, hotels.meta)
    assert follow(dated, "day", "M", None) is None


def both(n_rude: int, n_cold: int, n_kind: int = 0) -> Analysis:
    cold = ("Cold food", [opinion("food", -2, "Cold", "food")])
    return made([RUDE] * n_rude + [cold] * n_cold + [STAFF] * n_kind)


def test_a_single_driver_or_equal_ones_are_told_by_their_tone() -> None:
    assert [(one.label, one.tone) for one in told(made([RUDE] * 40))] == [
        ("Criticised", "negative")
    ]
    assert [one.label for one in told(made([STAFF] * 40))] == ["Praised"]
    assert [one.label for one in told(both(40, 50))] == ["Criticised"]


def test_the_least_bad_driver_is_no_good_news() -> None:
    found = told(both(60, 40, n_kind=10))
    assert [(one.label, one.subject) for one in found] == [
        ("Worst", "Food"),
        ("Most mentioned", "Staff"),
    ]


def test_few_reviews_are_said_to_be_few() -> None:
    worst, best = told(made([RUDE, STAFF, GOOD_FOOD]))
    assert (worst.label, worst.subject, best.label) == ("Lowest", "Staff", "Highest")
    assert best.sentence.startswith("Of the 1 review that mentions it, 100% only praise it")
    assert all(one.sentence.endswith("Few reviews: a hint.") for one in (worst, best))
    assert all("hint" not in one.sentence for one in told(both(40, 60)))


def test_an_effect_that_may_be_none_is_not_told_as_if_it_were_sure(hotels: Analysis) -> None:
    """Whoever is told what to fix first isn't told that complaints go with better scores."""
    rows = driver_rows(hotels.drivers(outcome="stars"))
    (food,) = [row for row in rows if row.driver == "food"]
    assert food.effects is not None
    unsure = replace(food.effects, penalty=Figure(1.39, -1.01, 3.58), quadrant="fix first")
    for effects, said in (
        (unsure, "What a complaint goes with isn't sure: +1.39 (−1.01 to +3.58) stars."),
        (replace(unsure, penalty=Figure(-2.0, -3.0, -1.0)), "A complaint goes with −2.00 "),
    ):
        (first, *_) = findings([replace(food, effects=effects)], "stars")
        assert (first.label, said in first.sentence) == ("Fix first", True)


def test_what_is_to_keep_up_says_so_where_a_complaint_goes_with_more(hotels: Analysis) -> None:
    """A driver judged well on the whole may still be what costs most when it goes wrong."""
    rows = driver_rows(hotels.drivers(outcome="stars"))
    (food,) = [row for row in rows if row.driver == "food"]
    assert food.effects is not None
    praise, blame = Figure(1.48, 0.54, 2.45), Figure(-4.02, -4.79, -3.26)
    kept = replace(food.effects, reward=praise, penalty=blame, quadrant="keep up")
    for effects, is_said in (
        (kept, True),
        (replace(kept, penalty=Figure(-1.0, -1.5, -0.5)), False),
        (replace(kept, penalty=Figure(-4.02, -9.0, 0.9)), False),
    ):
        (first, *_) = findings([replace(food, effects=effects)], "stars")
        assert first.label == "Keep up"
        assert "A word of praise goes with +1.48 (+0.54 to +2.45) stars." in first.sentence
        said = "A complaint goes with more: −4.02 (−4.79 to −3.26) stars."
        assert (said in first.sentence) is is_said
