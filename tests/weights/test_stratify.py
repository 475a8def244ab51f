"""Post-stratification of an analysis: what it gives, what it says, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.drivers.conftest import Says, analysis_of, shuffled
from verbatim import survey
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.schema import SCHEMA_VERSION
from verbatim.weights import describe, post_stratify

STARS = [1] * 6 + [3] * 2 + [5] * 2
TO = {"stars": {1: 0.2, 3: 0.3, 5: 0.5}}


def analysis(stars: object = STARS, **extra) -> Analysis:
    return analysis_of([[Says("staff", 1.0)]] * 10, stars=stars, **extra)


def test_reviews_get_the_known_distribution_and_the_original_stays() -> None:
    before = analysis()
    after = post_stratify(before, TO)
    weights = after.verbatims["weight"]
    np.testing.assert_allclose(weights, [1 / 3] * 6 + [1.5] * 2 + [2.5] * 2)
    assert list(after.verbatims.columns)[-1] == "weight"
    assert "weight" not in before.columns and "weights" not in before.meta
    means = after.drivers(outcome="stars", weight="weight", min_reviews=0)
    assert means.driver("staff")["outcome_mean"] == pytest.approx(0.2 + 0.9 + 2.5)
    nps = survey.csat(after, "stars", weight="weight").frame
    assert nps["mean"].iloc[0] == pytest.approx(3.6)


def test_how_they_were_made_is_noted_and_travels(tmp_path) -> None:
    made = post_stratify(analysis(), TO, column="w")
    note = made.meta["weights"]["w"]
    assert (note["n"], note["limit"], note["n_trimmed"], note["weight"]) == (10, None, 0, None)
    assert note["margins"][0] == {
        "column": "stars",
        "value": 1,
        "n": 6,
        "sample": 0.6,
        "target": 0.2,
        "weighted": pytest.approx(0.2),
    }
    json.dumps(made.to_dict())
    versioned = Analysis(made.tables, {**made.meta, "schema_version": SCHEMA_VERSION})
    again = Analysis.load(versioned.save(tmp_path / "saved"))
    assert again.meta["weights"]["w"] == json.loads(json.dumps(note))
    pd.testing.assert_series_equal(again.verbatims["w"], made.verbatims["w"])


def test_describe_says_what_weights_cost() -> None:
    summary = describe(post_stratify(analysis(), TO))
    weights = np.array([1 / 3] * 6 + [1.5] * 2 + [2.5] * 2)
    number = weights.sum() ** 2 / (weights**2).sum()
    assert summary.n_effective == pytest.approx(number)
    assert summary.design_effect == pytest.approx(10 / number)
    assert (summary.n, summary.n_zero) == (10, 0)
    assert (summary.lowest, summary.highest) == pytest.approx((1 / 3, 2.5))
    assert summary.margins["weighted"].tolist() == pytest.approx([0.2, 0.3, 0.5])
    said = repr(summary).splitlines()
    assert said[0] == (
        f"Weights 'weight': 10 reviews tell as much as {number:.1f} of equal weight, "
        f"design effect {10 / number:.2f}"
    )
    assert said[-1].split() == ["stars", "5", "2", "0.200", "0.500", "0.500"]


def test_describe_knows_weights_that_it_did_not_make() -> None:
    summary = describe(analysis(w=[1] * 9 + [0]), "w")
    assert (summary.n, summary.n_zero, summary.design_effect) == (9, 1, 1)
    assert summary.margins.empty and repr(summary).endswith("; 1 more weigh 0")
    unread = describe(analysis(w=[1] * 10, status=["empty"] * 10), "w")
    assert unread.n == 0 and np.isnan(unread.design_effect)


def test_several_distributions_are_raked_and_base_weights_count() -> None:
    city = ["a", "b"] * 5
    base = np.linspace(1, 2, 10)
    made = post_stratify(
        analysis(city=city, base=base), {**TO, "city": {"a": 0.7, "b": 0.3}}, weight="base"
    )
    table = made.verbatims.assign(share=made.verbatims["weight"] / 10)
    assert table.groupby("stars")["share"].sum().tolist() == pytest.approx([0.2, 0.3, 0.5])
    assert table.groupby("city")["share"].sum().tolist() == pytest.approx([0.7, 0.3])
    factors = (made.verbatims["weight"] / base).groupby([table["stars"], table["city"]])
    assert (factors.max() / factors.min()).max() == pytest.approx(1)


def test_reviews_without_a_value_keep_their_share() -> None:
    made = post_stratify(analysis([np.nan] * 2 + STARS[2:]), TO)
    weights = made.verbatims["weight"]
    assert weights[:2].tolist() == pytest.approx([1, 1])
    assert weights[2:6].sum() / weights[2:].sum() == pytest.approx(0.2)
    missing = made.meta["weights"]["weight"]["margins"][-1]
    assert missing["value"] is None and missing["n"] == 2
    assert (missing["sample"], missing["target"]) == pytest.approx((0.2, 0.2))


def test_verbatims_that_were_not_read_weigh_nothing_and_take_no_part() -> None:
    status = ["empty"] + ["ok"] * 9
    made = post_stratify(analysis(status=status), TO)
    assert made.verbatims["weight"].iloc[0] == 0
    assert made.verbatims["weight"].iloc[1:].tolist() == pytest.approx(
        [0.36] * 5 + [1.35] * 2 + [2.25] * 2
    )


def test_trimming_is_bounded_and_its_cost_is_told() -> None:
    summary = describe(post_stratify(analysis(), TO, limit=2))
    assert summary.highest == pytest.approx(2)
    assert (summary.limit, summary.n_trimmed) == (2, 2)
    assert summary.margins["weighted"].tolist() == pytest.approx([0.24, 0.36, 0.4])
    assert "2 trimmed to 2 times the mean" in repr(summary)
    assert summary.design_effect < describe(post_stratify(analysis(), TO)).design_effect


def test_a_series_of_shares_and_rounded_shares_will_do() -> None:
    known = pd.Series([1, 3, 5, 5]).value_counts(normalize=True)
    made = post_stratify(analysis(), {"stars": known})
    assert made.verbatims["weight"].iloc[-1] == pytest.approx(2.5)
    thirds = post_stratify(analysis(), {"stars": {1: 0.333, 3: 0.333, 5: 0.3335}})
    margins = thirds.meta["weights"]["weight"]["margins"]
    assert sum(margin["target"] for margin in margins) == pytest.approx(1, abs=1e-12)


def test_a_share_of_nothing_leaves_reviews_out() -> None:
    made = post_stratify(analysis(), {"stars": {1: 0, 3: 0.5, 5: 0.5}})
    assert made.verbatims["weight"].tolist() == pytest.approx([0] * 6 + [1] * 4)
    assert describe(made).n_zero == 6


def test_order_of_the_rows_changes_no_bit() -> None:
    one = analysis(base=np.linspace(0.1, 1.3, 10), city=list("aabbcabcac"))
    to = {**TO, "city": {"a": 0.5, "b": 0.2, "c": 0.3}}
    made, other = (post_stratify(each, to, weight="base") for each in (one, shuffled(one, 3)))
    expected = made.verbatims.set_index("id")["weight"]
    pd.testing.assert_series_equal(other.verbatims.set_index("id")["weight"].sort_index(), expected)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (None, "to=None is not a set"),
        ({}, "is not a set of known distributions"),
        ({"stars": {}}, "the distribution of 'stars' is {}"),
        ({"stars": [0.5, 0.5]}, r"the distribution of 'stars' is \[0.5, 0.5\]; give a share"),
        ({"star": {1: 1.0}}, "did you mean 'stars'"),
        ({"stars": {1: 20, 3: 30, 5: 50}}, "'stars' 1 is 20; give a number from 0 to 1"),
        ({"stars": {1: -0.1, 3: 0.6, 5: 0.5}}, "'stars' 1 is -0.1"),
        ({"stars": {1: np.nan, 3: 0.5, 5: 0.5}}, "'stars' 1 is nan"),
        ({"stars": {1: "half", 3: 0.5}}, "'stars' 1 is 'half'"),
        ({"stars": {1: 0.2, 3: 0.3, 5: 0.4}}, "sum to 0.9, not 1; check that none is missing"),
        ({"stars": {1: 0.2, 3: 0.3, None: 0.5}}, "can't be weighted to a share of missing"),
        (
            {"stars": {1: 0.2, 2: 0.1, 3: 0.3, 4: 0.1, 5: 0.3}},
            r"no review that counts has 'stars' 2, 4, .* there are 1, 3, 5; .* merge it",
        ),
        ({"stars": {1: 0.5, 3: 0.5}}, "2 reviews have 'stars' 5, to which no share is given; .* 0"),
        ({"stars": {"1": 0.5, "3": 0.5}}, "no review that counts has 'stars' '1', '3'"),
        ({"tags": {"a": 1.0}}, "can't be grouped by"),
        ({"none": {"a": 1.0}}, "no review that counts has 'none' 'a', .* there are none with a"),
    ],
)
def test_distributions_that_cannot_be_had_are_named(to: object, said: str) -> None:
    made = analysis(tags=[["a"]] * 10, none=[None] * 10)
    with pytest.raises(OptionError, match=said):
        post_stratify(made, to)


@pytest.mark.parametrize("limit", [1, 0.5, True, "5", np.inf, np.nan])
def test_a_limit_that_bounds_nothing_is_refused(limit: object) -> None:
    with pytest.raises(OptionError, match="give a multiple of the mean weight above 1"):
        post_stratify(analysis(), TO, limit=limit)


@pytest.mark.parametrize("column", ["stars", "id", "text"])
def test_no_column_is_overwritten(column: str) -> None:
    with pytest.raises(OptionError, match=f"column '{column}' is there already; name the new one"):
        post_stratify(analysis(), TO, column=column)


def test_nothing_read_has_no_reviews_to_weight() -> None:
    with pytest.raises(OptionError, match="no review that counts has 'stars' 1, 3, 5"):
        post_stratify(analysis(status=["empty"] * 10), TO)
