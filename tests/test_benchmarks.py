"""The benchmarks measure what they say: hand-made cases, scikit-learn and scipy as judges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import f1_score, precision_recall_fscore_support

from benchmarks import metrics
from benchmarks.matching import match, match_counts
from benchmarks.opinion_sets import category_set, own_dev, sentence_label
from benchmarks.phrases import occurrences, opener
from benchmarks.readings import ATTRIBUTES, CONFIDENCE, OPINIONS, SPANS, STRENGTH, Opinion, Reading
from benchmarks.reviews import stars
from benchmarks.targets import robustness, target_sign
from benchmarks.text_sets import checklist, emotions, raters, suggestions, two_signs

EVERYTHING = frozenset({OPINIONS, SPANS, CONFIDENCE, STRENGTH, ATTRIBUTES})
NOTHING = Reading(math.nan, "none")


def opinion(driver: str, sign: int, **parts: object) -> Opinion:
    return Opinion(driver, float(sign), sign, **parts)  # type: ignore[arg-type]


def reading(*opinions: Opinion, label: str = "none", score: float = math.nan) -> Reading:
    return Reading(score, label, opinions)


def signed(sign: int) -> Reading:
    return Reading(float(sign), {1: "positive", 0: "neutral", -1: "negative"}[sign])


# --- metrics -------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30))
def test_f1_of_one_label_a_text_agrees_with_sklearn(pairs: list[tuple[int, int]]) -> None:
    gold, found = [g for g, _ in pairs], [p for _, p in pairs]
    counts = metrics.label_counts([{g} for g in gold], [{p} for p in found], (0, 1, 2))
    total = counts.sum(axis=0, keepdims=True)
    macro = f1_score(gold, found, labels=[0, 1, 2], average="macro", zero_division=0)
    micro = f1_score(gold, found, labels=[0, 1, 2], average="micro", zero_division=0)
    assert metrics.macro_f1(total)[0] == pytest.approx(macro)
    assert metrics.micro_f1(total)[0] == pytest.approx(micro)


@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abcd")), st.frozensets(st.sampled_from("abcd"))),
        min_size=1,
        max_size=20,
    )
)
def test_precision_recall_f1_of_sets_agree_with_sklearn(
    pairs: list[tuple[frozenset[str], frozenset[str]]],
) -> None:
    gold, found = [g for g, _ in pairs], [p for _, p in pairs]
    total = metrics.set_counts(gold, found).sum(axis=0, keepdims=True)
    truth = [[label in row for label in "abcd"] for row in gold]
    guess = [[label in row for label in "abcd"] for row in found]
    expected = precision_recall_fscore_support(truth, guess, average="micro", zero_division=0)
    measured = [f(total)[0] for f in (metrics.precision, metrics.recall, metrics.f1)]
    assert measured == pytest.approx(expected[:3])


def test_interval_of_a_share_is_the_binomial_one() -> None:
    counts = [(1, 1)] * 320 + [(0, 1)] * 80
    found = metrics.estimate(counts, metrics.ratio)
    half = 1.96 * math.sqrt(0.8 * 0.2 / 400)
    assert found.value == 0.8
    assert found.low == pytest.approx(0.8 - half, abs=0.006)
    assert found.high == pytest.approx(0.8 + half, abs=0.006)
    assert metrics.estimate(counts, metrics.ratio) == found


def test_pearson_agrees_with_scipy_and_its_interval_with_fisher() -> None:
    draw = np.random.default_rng(3)
    x = draw.normal(size=500)
    y = 0.6 * x + draw.normal(size=500) + 1000
    found = metrics.pearson(x, y)
    expected = stats.pearsonr(x, y)
    interval = expected.confidence_interval(0.95)
    assert found.value == pytest.approx(expected.statistic)
    assert (found.low, found.high) == pytest.approx(tuple(interval), abs=0.02)
    assert metrics.pearson([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]).value == 0


def test_spearman_agrees_with_scipy_and_refuses_what_has_no_order() -> None:
    x, y = [1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 1.0, 4.0, 3.0, 5.0]
    found = metrics.spearman(x, y)
    assert found.value == pytest.approx(stats.spearmanr(x, y).statistic)
    # By hand: tanh(atanh(.8) -/+ 1.96 * sqrt((1 + .8^2 / 2) / 2)).
    assert (found.low, found.high, found.n) == pytest.approx((-0.457, 0.991, 5), abs=0.001)
    assert math.isnan(metrics.spearman([1.0] * 5, y).value)
    assert math.isnan(metrics.spearman([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]).value)


def test_calibration_error_by_hand() -> None:
    confidence, right = [0.95, 0.85, 0.85, 0.15, 1.0], [1, 1, 0, 0, 0]
    # Bins: .9-1 holds .95 and 1.0 (hits 1 of 2), .8-.9 holds two (1 of 2), .1-.2 one (0 of 1).
    gap = 2 * abs(0.975 - 0.5) + 2 * abs(0.85 - 0.5) + abs(0.15 - 0)
    assert metrics.calibration_error(confidence, right) == pytest.approx(gap / 5)
    assert math.isnan(metrics.calibration_error([], []))


# --- matching ------------------------------------------------------------------------------


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_match_is_one_to_one_and_as_large_as_any(n: int, m: int, data: st.DataObject) -> None:
    edges = [[data.draw(st.booleans()) for _ in range(m)] for _ in range(n)]
    found = match(range(n), range(m), lambda p, g: edges[p][g])
    assert all(edges[p][g] for p, g in found)
    assert len({p for p, _ in found}) == len({g for _, g in found}) == len(found)
    short, long = sorted((n, m))
    at = (lambda p, g: edges[p][g]) if n <= m else (lambda g, p: edges[p][g])
    best = max(sum(at(i, j) for i, j in enumerate(o)) for o in permutations(range(long), short))
    assert len(found) == best


def test_a_skipped_gold_excuses_one_unmatched_prediction_and_no_match() -> None:
    def counts(predicted: Sequence[str], gold: Sequence[str]) -> list[float]:
        row = match_counts([predicted], [gold], lambda p, g: p == g, lambda g: g == "?")
        return [float(count) for count in row[0]]

    assert counts(["food", "room", "staff"], ["food", "?"]) == [1, 2, 1]
    assert counts(["food"], ["food", "?"]) == [1, 1, 1]
    assert counts(["room"], ["?"]) == [0, 0, 0]
    assert counts([], ["food", "?"]) == [0, 0, 1]


# --- sets with opinions --------------------------------------------------------------------


def test_categories_accept_several_drivers_and_a_mixed_sign_any() -> None:
    gold = [
        {"accept": ["staff", "service"], "sign": 1},
        {"accept": ["service"], "sign": -1},
        {"accept": ["food"], "sign": None},
        {"accept": None, "sign": 1},
    ]
    found = reading(
        opinion("service", 1), opinion("staff", 1), opinion("food", -1), opinion("room", 1)
    )
    scores = category_set([{"opinions": gold}], [found], {OPINIONS})
    # "room" is excused by the skipped one; "service" must be left for the second gold opinion.
    assert scores["driver F1"].value == 1
    # The only "service -1" is missed: matched 2 of 4 predicted less 1 excused, and of 3 gold.
    assert scores["driver + sign precision"].value == pytest.approx(2 / 3)
    assert scores["driver + sign recall"].value == pytest.approx(2 / 3)


def test_categories_named_twice_count_once_where_the_measure_says_so() -> None:
    gold = [{"accept": ["product", "comfort"], "sign": sign} for sign in (1, 1, -1)]
    scores = category_set([{"opinions": gold}], [reading(opinion("comfort", 1))], {OPINIONS})
    assert scores["driver recall"].value == pytest.approx(1 / 3)
    assert scores["driver F1, each once a sentence"].value == 1
    assert scores["driver + sign F1, each once a sentence"].value == pytest.approx(2 / 3)


def test_without_opinions_nothing_is_scored() -> None:
    assert category_set([{"opinions": []}], [NOTHING], set()) == {}


DEV: list[dict[str, Any]] = [
    {
        "text": "Room clean, staff rude.",
        "opinions": [
            {"driver": "cleanliness", "polarity": 1, "target": [0, 4], "assessment": [5, 10]},
            {"driver": "staff", "polarity": -2, "target": [12, 17], "assessment": [18, 22]},
        ],
        "emotions": {"anger": 2},
        "intents": ["warn"],
        "touchpoint": "premises",
        "stage": "use",
        "interaction": None,
        "effort": "high",
        "resolution": None,
    },
    {
        "text": "We stayed 3 nights.",
        "opinions": [],
        "emotions": {},
        "intents": [],
        "touchpoint": None,
        "stage": "use",
        "interaction": "reactive",
        "effort": None,
        "resolution": "solved",
    },
]


def perfect(row: dict[str, Any]) -> Reading:
    found = [
        Opinion(
            o["driver"],
            o["polarity"] / 2,
            int(np.sign(o["polarity"])),
            o["polarity"],
            1.0,
            tuple(o["target"]),
            tuple(o["assessment"]),
            (0, 1),
        )
        for o in row["opinions"]
    ]
    names = ("touchpoint", "stage", "interaction", "effort", "resolution")
    return Reading(
        0.0,
        "mixed" if found else "none",
        tuple(found),
        frozenset(row["emotions"]),
        frozenset(row["intents"]),
        {name: row[name] for name in names},
    )


def test_own_dev_gives_a_perfect_reading_full_marks() -> None:
    scores = own_dev(DEV, [perfect(row) for row in DEV], EVERYTHING)
    error = scores.pop("calibration error of the confidence (10 bins)")
    macro = scores.pop("sentence sign macro-F1 (4 values)")
    assert error.value == 0
    assert macro.value == 0.5  # two of the four values don't occur
    assert len(scores) == 25
    assert {name: found.value for name, found in scores.items() if found.value != 1} == {}


def test_own_dev_counts_a_driver_twice_or_once_a_sentence() -> None:
    twice = reading(opinion("staff", -1), opinion("staff", -1), opinion("cleanliness", 1))
    scores = own_dev(DEV, [twice, NOTHING], {OPINIONS})
    assert scores["driver precision"].value == pytest.approx(2 / 3)
    assert scores["driver F1, each once a sentence"].value == 1
    assert "target span F1 (exact)" not in scores
    assert "intent micro-F1" not in scores


def test_own_dev_spans_must_be_exact_and_implied_ones_cost_nothing() -> None:
    found = reading(
        opinion("cleanliness", 1, target=(0, 4), assessment=(5, 10)),
        opinion("staff", -1, target=(12, 16)),
    )
    scores = own_dev(DEV, [found, NOTHING], {OPINIONS, SPANS})
    assert scores["target span F1 (exact)"].value == pytest.approx(0.5)
    assert scores["assessment span F1 (exact)"].value == pytest.approx(2 / 3)


def test_an_article_at_the_start_of_a_target_may_be_left_aside() -> None:
    row = DEV[1] | {"text": "The bed is hard", "opinions": [DEV[0]["opinions"][0]]}
    row["opinions"] = [row["opinions"][0] | {"target": [0, 7], "assessment": [11, 15]}]
    scores = own_dev([row], [reading(opinion("comfort", -1, target=(4, 7)))], {OPINIONS, SPANS})
    assert scores["target span F1 (exact)"].value == 0
    assert scores["target span F1 (exact, articles aside)"].value == 1


def test_sentence_label_needs_both_sides_to_be_mixed() -> None:
    assert [sentence_label(s) for s in ([2, -1], [1, 0], [0], [-2])] == [
        "mixed",
        "positive",
        "none",
        "negative",
    ]


def test_opener_finds_a_phrase_wherever_its_words_stand() -> None:
    text = "Nice pool. A nice view"
    gold = {"sign": 1, "target": "view", "assessment": "nice"}
    lost = {"sign": 1, "target": None, "assessment": "not in the text"}
    found = reading(opinion("room", -1, assessment=(13, 17)), label="negative")
    scores = opener([{"text": text, "opinions": [gold, lost]}], [found], {OPINIONS, SPANS})
    assert occurrences(text, "nice") == ((0, 4), (13, 17))
    assert scores["phrase F1"].value == 1
    assert scores["phrase + sign F1"].value == 0


# --- sets with one answer a text -----------------------------------------------------------


def test_a_mixed_text_takes_the_sign_of_its_sentiment() -> None:
    assert Reading(-0.2, "mixed").sign == -1
    assert Reading(0.01, "mixed").sign == 0
    assert Reading(math.nan, "none").score == 0


def test_two_signs_counts_neutral_as_wrong() -> None:
    scores = two_signs([{"sign": 1}, {"sign": -1}, {"sign": 1}], [*map(signed, (1, 0, -1))], ())
    assert scores["accuracy"].value == pytest.approx(1 / 3)
    assert scores["share with a sign"].value == pytest.approx(2 / 3)


def test_raters_mean_is_neutral_where_it_rounds_to_zero() -> None:
    rows = [{"score": s} for s in (2.0, 0.4, -0.4, -3.0)]
    scores = raters(rows, [*map(signed, (1, 0, 0, -1))], ())
    assert scores["3-way macro-F1"].value == 1
    assert scores["Pearson r"].value == pytest.approx(
        stats.pearsonr([2, 0.4, -0.4, -3], [1, 0, 0, -1]).statistic
    )


def test_checklist_counts_failures_and_leaves_out_what_is_no_text() -> None:
    def case(test: str, capability: str, sign: int, text: str = "x") -> dict[str, object]:
        return {"test": test, "capability": capability, "sign": sign, "text": text}

    rows = [
        case("words", "Vocabulary", 1),
        case("words", "Vocabulary", 0),
        case("Q & A: no", "SRL", 0),
        case("Q & A: no", "SRL", 0),
        case("hard", "Negation", -1, "<__main__.Dummy object at 0x1>"),
    ]
    scores = checklist(rows, [*map(signed, (1, -1, 1, -1, 1))], ())
    assert {name: (found.value, found.n) for name, found in scores.items()} == {
        "failures, worst capability": (0.5, None),
        "failures, SRL": (0.5, 2),
        "failures, Vocabulary": (0.5, 2),
        "SRL: Q & A: no": (0.5, 2),
        "Vocabulary: words": (0.5, 2),
    }


def test_suggestions_and_emotions_by_hand() -> None:
    asks = Reading(0.0, "none", intents=frozenset({"suggestion"}), emotions=frozenset({"joy"}))
    rows = [{"suggestion": 1, "emotions": ["joy"]}, {"suggestion": 0, "emotions": ["anger"]}]
    assert suggestions(rows, [asks, asks], EVERYTHING)["F1"].value == pytest.approx(2 / 3)
    scores = emotions(rows, [asks, NOTHING], EVERYTHING)
    assert scores["macro-F1 over 13 emotions"].value == pytest.approx(1 / 13)
    assert scores["micro-F1"].value == pytest.approx(2 / 3)
    assert suggestions(rows, [asks, asks], set()) == emotions(rows, [asks, asks], set()) == {}


# --- targets and reviews -------------------------------------------------------------------


def test_target_sign_prefers_own_target_then_words_then_the_nearest() -> None:
    owner = opinion("food", 1, target=(0, 5), evidence=(6, 10))
    toucher = opinion("staff", -1, evidence=(0, 12))
    far = opinion("room", -1, evidence=(30, 34))
    assert target_sign(reading(toucher, owner, far), [(0, 5)]) == 1
    assert target_sign(reading(toucher, far), [(0, 5)]) == -1
    assert target_sign(reading(owner, far), [(20, 25)]) == -1
    assert target_sign(reading(owner, far), [(12, 14)]) == 1


def test_target_sign_falls_back_on_the_text() -> None:
    unplaced = reading(opinion("food", 1), label="negative", score=-0.5)
    assert target_sign(unplaced, [(0, 4)]) == -1
    assert target_sign(reading(opinion("food", 1, target=(0, 4)), label="none"), []) == 0


def test_robustness_wants_the_original_and_every_variant() -> None:
    rows = [
        {"key": key, "text": "x", "target": "x", "sign": 1}
        for key in ("1_0", "1_0_adv1", "1_0_adv12", "2_0", "2_0_adv3")
    ]
    scores = robustness(rows, [*map(signed, (1, 1, -1, 1, 1))], ())
    assert scores["accuracy, originals"].value == 1
    assert scores["accuracy, originals and variants"].value == pytest.approx(4 / 5)
    assert scores["robustness score (ARS)"].value == pytest.approx(1 / 2)


def test_stars_use_the_drivers_of_their_kind_and_each_text_once() -> None:
    given_stars = [1, 2, 3, 4, 5]
    rows: list[dict[str, Any]] = [
        {"text": str(s), "overall": s, "stars": dict.fromkeys(("service", "price"), s)}
        for s in [*given_stars, 1]
    ]
    for row in rows:
        row["stars"] |= dict.fromkeys(("room", "cleanliness", "location", "comfort"), 3)
    found = [
        Reading(s / 5, "positive", (Opinion("staff", s / 5, 1), Opinion("waiting", s / 5, 1)))
        for s in [*given_stars, 5]
    ]
    scores = stars(rows, found, {OPINIONS})
    assert scores["service"].value == pytest.approx(1)
    assert scores["service"].n == 5
    assert scores["price"].n == 0
    assert scores["review sentiment with overall stars"].value == pytest.approx(1)
