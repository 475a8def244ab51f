"""Scores against hand-computed cases, and what must hold for any responses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import survey
from verbatim.errors import OptionError

RESPONSES = st.lists(st.integers(0, 10), min_size=1, max_size=40)
WEIGHTED = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 4)), min_size=1, max_size=30)
ESTIMATES = ["promoter_share", "passive_share", "detractor_share", "score"]
QUICK = settings(deadline=None, max_examples=50)


def row(scores: survey.SurveyScores) -> pd.Series:
    assert len(scores) == 1
    return scores.frame.iloc[0]


def nps(answers, **options) -> pd.Series:
    return row(survey.nps(answers, n_resamples=100, **options))


def weighted(pairs, measure=survey.nps, **options) -> pd.Series:
    table = pd.DataFrame(pairs, columns=["score", "weight"])
    return row(measure(table, "score", weight="weight", n_resamples=100, **options))


def test_promoters_are_9_and_10_and_detractors_0_to_6() -> None:
    found = nps(range(11))
    assert found[["n", "promoters", "passives", "detractors"]].tolist() == [11, 2, 2, 7]
    assert found["score"] == pytest.approx(100 * (2 - 7) / 11)
    assert found["promoter_share"] == 2 / 11


@pytest.mark.parametrize(
    ("answers", "score"),
    [([9], 100), ([8], 0), ([7], 0), ([6], -100), ([10, 0], 0), ([9] * 64 + [0] * 35, 2900 / 99)],
)
def test_nps_by_hand(answers: list[int], score: float) -> None:
    assert nps(answers)["score"] == score


def test_whole_percentages_are_exact() -> None:
    assert nps([10] * 29 + [8] * 71)["score"] == 29.0


def test_satisfied_are_the_top_two_of_five() -> None:
    found = row(survey.csat([1, 2, 3, 4, 5, 5, None]))
    assert found[["n", "n_missing", "satisfied", "score"]].tolist() == [6, 1, 3, 50.0]
    assert found["mean"] == pytest.approx(20 / 6)


@pytest.mark.parametrize(("top", "score"), [(1, 25), (2, 50), (3, 50), (6, 75)])
def test_scale_and_boxes_are_those_asked(top: int, score: float) -> None:
    found = survey.csat([1, 3, 6, 7], scale=(1, 7), top=top)
    assert row(found)["score"] == score
    assert found.meta["boxes"] == {"satisfied": [8 - top, 7]}


@pytest.mark.parametrize(
    ("scale", "easy"), [((1, 7), [5, 7]), ((1, 5), [4, 5]), ((1, 10), [6, 10]), ((0, 1), [1, 1])]
)
def test_easy_is_the_easy_side_of_the_middle(scale: tuple[int, int], easy: list[int]) -> None:
    higher = survey.ces([1], scale=scale, direction="higher_is_easier")
    lower = survey.ces([1], scale=scale, direction="lower_is_easier")
    assert higher.meta["boxes"] == {"easy": easy}
    assert lower.meta["boxes"] == {"easy": [sum(scale) - point for point in reversed(easy)]}


def test_effort_needs_its_direction() -> None:
    with pytest.raises(TypeError, match="direction"):
        survey.ces([1, 2])
    with pytest.raises(OptionError, match="did you mean 'higher_is_easier'"):
        survey.ces([1, 2], direction="higher_is_easy")


@QUICK
@given(st.lists(st.integers(1, 7), min_size=1, max_size=30), st.integers(1, 6))
def test_effort_is_ease_on_the_turned_scale(answers: list[int], top: int) -> None:
    easy = row(survey.ces(answers, direction="higher_is_easier", top=top))
    hard = row(survey.ces([8 - a for a in answers], direction="lower_is_easier", top=top))
    same = ["n", "easy", "score", "low", "high"]
    assert easy[same].tolist() == hard[same].tolist()
    assert hard["mean"] == pytest.approx(8 - easy["mean"])


def test_weights_by_hand() -> None:
    found = weighted([(10, 3.0), (8, 1.0), (0, 2.0), (0, 2.0)])
    assert found[["promoters", "passives", "detractors"]].tolist() == [1, 1, 2]
    assert found[ESTIMATES].tolist() == pytest.approx([3 / 8, 1 / 8, 4 / 8, -12.5])
    assert found["weight"] == 8
    assert found["n_effective"] == pytest.approx(8**2 / (9 + 1 + 4 + 4))
    mean = weighted([(5, 3.0), (1, 1.0)], survey.csat)
    assert mean[["score", "mean"]].tolist() == [75.0, 4.0]


@QUICK
@given(WEIGHTED)
def test_whole_weights_are_repeated_respondents(pairs: list[tuple[int, int]]) -> None:
    repeated = [score for score, weight in pairs for _ in range(weight)]
    if repeated:
        found, expected = weighted(pairs), nps(repeated)
        assert found[ESTIMATES].tolist() == pytest.approx(expected[ESTIMATES].tolist())
        assert found["n_effective"] <= expected["n"] + 1e-9


@QUICK
@given(RESPONSES, st.floats(1e-6, 1e6))
def test_equal_weights_are_no_weights(answers: list[int], weight: float) -> None:
    found, expected = weighted([(a, weight) for a in answers]), nps(answers)
    others = [name for name in expected.index if name != "weight"]
    assert found[others].tolist() == expected[others].tolist()
    assert found["weight"] == pytest.approx(weight * len(answers))


@QUICK
@given(RESPONSES, st.randoms(use_true_random=False))
def test_order_changes_nothing(answers: list[int], random) -> None:
    rows = [(a, random.random() + 0.1, "ab"[random.random() < 0.5]) for a in answers]
    table = pd.DataFrame(rows, columns=["score", "weight", "group"])
    other = table.sample(frac=1, random_state=random.randrange(2**32))
    options = {"by": "group", "weight": "weight", "n_resamples": 100}
    first, second = (survey.nps(data, "score", **options).frame for data in (table, other))
    pd.testing.assert_frame_equal(first, second, check_exact=True)


@QUICK
@given(RESPONSES)
def test_swapped_sides_turn_the_score_round(answers: list[int]) -> None:
    swap = {10: 0, 9: 6, 8: 7, 7: 8} | dict.fromkeys(range(7), 9)
    found, turned = nps(answers), nps([swap[a] for a in answers])
    assert turned["promoters"] == found["detractors"]
    ends = [turned["score"], turned["low"], turned["high"]]
    assert ends == pytest.approx([-found["score"], -found["high"], -found["low"]])


@QUICK
@given(RESPONSES)
def test_reversed_scale_makes_promoters_detractors(answers: list[int]) -> None:
    found, turned = nps(answers), nps([10 - a for a in answers])
    assert turned["detractors"] >= found["promoters"] + found["passives"]
    assert turned["promoters"] == sum(a <= 1 for a in answers)


@QUICK
@given(WEIGHTED, st.randoms(use_true_random=False))
def test_groups_add_up_to_the_whole(pairs: list[tuple[int, int]], random) -> None:
    table = pd.DataFrame(pairs, columns=["score", "weight"]).astype({"weight": float})
    table["weight"] += 0.5
    table["group"] = [random.randrange(3) for _ in pairs]
    options = {"weight": "weight", "n_resamples": 100}
    parts = survey.nps(table, "score", by="group", **options).frame
    whole = row(survey.nps(table, "score", **options))
    for name in ("n", "promoters", "passives", "detractors", "weight"):
        assert parts[name].sum() == pytest.approx(whole[name])
    assert np.average(parts["score"], weights=parts["weight"]) == pytest.approx(whole["score"])


def test_each_group_is_scored_as_if_it_were_alone() -> None:
    random = np.random.default_rng(3)
    table = pd.DataFrame(
        {
            "city": random.choice(["Rome", "Oslo"], 90),
            "stars": random.integers(1, 6, 90),
            "w": random.random(90),
        }
    )
    grouped = survey.csat(table, "stars", by="city", weight="w").frame
    assert grouped["city"].tolist() == ["Oslo", "Rome"]
    for city in ("Oslo", "Rome"):
        part = grouped[grouped["city"] == city].drop(columns="city").reset_index(drop=True)
        alone = survey.csat(table[table["city"] == city], "stars", weight="w").frame
        pd.testing.assert_frame_equal(part, alone, check_exact=True)


@pytest.mark.parametrize("missing", [[None, np.nan], [np.nan, pd.NA]])
def test_rows_without_a_group_are_a_group_of_their_own(missing: list[object]) -> None:
    table = pd.DataFrame({"s": [9, 9, 0, 8], "g": pd.Series([*missing, "b", "a"], dtype=object)})
    frame = survey.nps(table, "s", by="g").frame
    assert frame["g"].tolist() == ["a", "b", None]
    assert frame["n"].tolist() == [1, 1, 2]
    assert frame["score"].tolist() == [0, -100, 100]


def test_several_columns_make_the_combinations_that_occur() -> None:
    table = pd.DataFrame({"s": [9, 0, 8], "city": ["b", "a", "b"], "year": [2, 2, 1]})
    frame = survey.nps(table, "s", by=["city", "year"]).frame
    assert frame[["city", "year", "score"]].to_numpy().tolist() == [
        ["a", 2, -100.0],
        ["b", 1, 0.0],
        ["b", 2, 100.0],
    ]


@pytest.mark.parametrize("answers", [[], [None], [np.nan, pd.NA]])
def test_nobody_has_no_score(answers: list[object]) -> None:
    found = nps(answers)
    assert found[["n", "n_missing", "n_effective"]].tolist() == [0, len(answers), 0]
    assert found[[*ESTIMATES, "low", "high", "boot_low", "boot_high"]].isna().all()
    assert found["low_support"]


def test_groups_of_nothing_are_no_rows() -> None:
    scores = survey.nps(pd.DataFrame({"s": [], "g": []}), "s", by="g")
    assert len(scores) == 0
    assert scores.frame.columns[:2].tolist() == ["g", "n"]


def test_group_in_which_nobody_answered_is_kept() -> None:
    table = pd.DataFrame({"s": [5, None, None], "g": ["a", "b", "b"]})
    frame = survey.csat(table, "s", by="g").frame
    assert frame[["g", "n", "n_missing"]].to_numpy().tolist() == [["a", 1, 0], ["b", 0, 2]]
    assert frame["score"].isna().tolist() == [False, True]


def test_group_without_weight_has_no_response_and_no_score() -> None:
    table = pd.DataFrame({"s": [9, 9, 3], "g": ["a", "b", "b"], "w": [1, 0, 0]})
    frame = survey.nps(table, "s", by="g", weight="w").frame
    assert frame[["n", "promoters", "detractors"]].to_numpy().tolist() == [[1, 1, 0], [0, 0, 0]]
    assert frame["score"].isna().tolist() == [False, True]
    assert frame["low_support"].tolist() == [True, True]


def test_a_response_of_weight_0_is_as_if_it_were_not_there() -> None:
    table = pd.DataFrame({"s": [10] * 40 + [0] * 40 + [None], "w": [2.0] * 40 + [0.0] * 41})
    scores = survey.nps(table, "s", weight="w")
    pd.testing.assert_frame_equal(
        scores.frame.drop(columns="n_missing"),
        survey.nps(table[:40], "s", weight="w").frame.drop(columns="n_missing"),
        check_exact=True,
    )
    assert row(scores)[["n", "n_missing", "detractors"]].tolist() == [40, 1, 0]
    counts = {name: scores.meta[name] for name in ("n_rows", "n", "n_missing", "n_zero_weight")}
    assert counts == {"n_rows": 81, "n": 40, "n_missing": 1, "n_zero_weight": 40}
    assert "40 responses, 1 more without a score, 40 more of weight 0, 95%" in repr(scores)


def test_low_support_is_below_30_and_follows_the_effective_n() -> None:
    assert [bool(nps([9] * n)["low_support"]) for n in (29, 30)] == [True, False]
    assert not nps([9] * 29, min_responses=29)["low_support"]
    assert weighted([(9, 100.0), *[(9, 1.0)] * 50])["low_support"]
    assert not weighted([(9, 0.1)] * 30)["low_support"]
