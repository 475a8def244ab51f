"""Things that are named more since a date, though no theme holds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.made import LIFT, POOL, STAFF, Opinion, analysis_of
from verbatim.analysis import Analysis
from verbatim.discover.subjects import tail

CARDS: list[Opinion] = [
    ("technology", "gift card", "error each time", -1),
    ("technology", "gift cards", "errors at payment", -1),
    ("billing", "gift card balance", "shows nothing", -1),
    ("policy", "the gift card", "rejected twice", -1),
    ("policy", "gift card", "rejected", -1),
    ("delivery", "Gift card", "never arrived", -1),
    ("delivery", "gift card", "arrived late", -1),
    ("process", "gift card", "three calls", -1),
]
TALK: list[list[Opinion]] = [
    [STAFF[0]],
    [POOL[0]],
    [("technology", "card reader", "error each time", -1)],
    [("billing", "card balance", "shows wrong", -1)],
    [("policy", "card payment", "rejected", -1)],
    [("delivery", "new card", "never arrived", -1)],
]
"""Each is a theme of its driver, which takes what is said of gift cards."""


def _analysis(order: Sequence[int] | None = None) -> Analysis:
    """Eight reviews of the last month name gift cards, under six drivers."""
    reviews = [*TALK * 30, *TALK * 4, *([card] for card in CARDS)]
    dates = ["2025-05-01"] * len(TALK) * 30 + ["2025-06-02"] * (len(TALK) * 4 + len(CARDS))
    rows = range(len(reviews)) if order is None else order
    return analysis_of([reviews[i] for i in rows], date=[dates[i] for i in rows])


def test_a_thing_that_came_up_under_many_drivers_is_found() -> None:
    analysis = _analysis()
    found = analysis.discover().emerging(analysis, since="2025-06-01")
    row = found.subjects.iloc[0]
    assert row["subject"] == "gift card" and len(found.subjects) == 1
    assert row["drivers"].split(", ")[:2] == ["delivery", "policy"]
    assert (row["n_before"], row["n_since"]) == (0, 8)
    assert (row["read_before"], row["read_since"]) == (180, 32)
    assert 0 < row["low"] < row["difference"] == 8 / 32 < row["high"]
    told = found.findings()[0]
    assert told.startswith("gift card (") and "named in 25.0% of reviews since" in told
    assert "gift card" in repr(found) and "gift card" in found._repr_html_()
    assert max(map(len, repr(found).splitlines())) <= 100
    assert found.to_dict()["subjects"][0]["subject"] == "gift card"


def test_what_is_named_as_often_as_before_is_not_found() -> None:
    reviews = TALK * 20
    dates = (["2025-05-01"] * len(TALK) + ["2025-06-02"] * len(TALK)) * 10
    analysis = analysis_of(reviews, date=dates)
    assert analysis.discover().emerging(analysis, since="2025-06-01").subjects.empty


def test_a_thing_of_an_emerging_theme_is_told_once() -> None:
    reviews = [*TALK * 20, *[[LIFT[i % 4]] for i in range(30)]]
    dates = ["2025-05-01"] * len(TALK) * 20 + ["2025-06-02"] * 30
    analysis = analysis_of(reviews, date=dates)
    found = analysis.discover().emerging(analysis, since="2025-06-01")
    rows = found.subjects.set_index("subject")
    assert str(rows["theme"]["lift"]).startswith("facilities/")
    assert sum("lift" in one for one in found.findings()) == 1


def test_the_order_of_the_reviews_changes_nothing() -> None:
    one = _analysis()
    other = _analysis(np.random.default_rng(1).permutation(len(one)).tolist())
    first, second = (it.discover().emerging(it, since="2025-06-01").subjects for it in (one, other))
    assert first.equals(second)


def test_a_review_that_names_a_thing_twice_counts_once() -> None:
    reviews = [*TALK * 10, *[[CARDS[0], CARDS[3]]] * 6]
    dates = ["2025-05-01"] * len(TALK) * 10 + ["2025-06-02"] * 6
    analysis = analysis_of(reviews, date=dates)
    row = analysis.discover().emerging(analysis, since="2025-06-01").subjects.iloc[0]
    assert row["n_since"] == 6


@settings(deadline=None)  # the first call imports scipy.stats
@given(st.tuples(*[st.integers(0, 30)] * 4))
def test_the_chance_is_that_of_fishers_exact_test(counts: tuple[int, int, int, int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    before, since, others_before, others_since = counts
    table = [[since, before], [others_since, others_before]]
    expected = stats.fisher_exact(table, alternative="greater").pvalue
    sizes = before + others_before, since + others_since
    assert tail(before, since, *sizes) == pytest.approx(expected, abs=1e-9)
