"""Small numerical parts beside the programs that everybody trusts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from verbatim.comparison.differences import effective, rounded
from verbatim.comparison.discovery import q_values
from verbatim.comparison.tails import student_p, student_quantile

P = st.floats(0, 1)


@settings(max_examples=50, deadline=None)
@given(st.lists(P, min_size=1, max_size=40))
def test_q_values_are_those_of_scipy_and_statsmodels(values: list[float]) -> None:
    p = np.array(values)
    assert q_values(p) == pytest.approx(stats.false_discovery_control(p))
    assert q_values(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(P, st.just(np.nan)), max_size=40))
def test_what_is_not_tested_has_no_q_and_no_part_in_others(values: list[float]) -> None:
    p = np.array(values)
    tested = ~np.isnan(p)
    assert (np.isnan(q_values(p)) == ~tested).all()
    assert q_values(p)[tested].tolist() == q_values(p[tested]).tolist()


def test_tests_told_twice_change_no_q_value() -> None:
    p = np.array([0.001, 0.02, 0.04, 0.9])
    assert q_values(np.repeat(p, 2)) == pytest.approx(np.repeat(q_values(p), 2))


@pytest.mark.parametrize("df", [1.0, 2.5, 5.0, 30.0, 1e6])
def test_students_t_is_near_and_errs_to_caution(df: float) -> None:
    level = np.array([0.5, 0.05, 0.01])
    t = stats.t.isf(level / 2, df)
    found = student_p(t, np.full(3, df))
    assert (found >= level * 0.99).all()
    if df >= 5:
        assert found == pytest.approx(level, rel=0.05)


@settings(max_examples=50, deadline=None)
@given(st.floats(1, 1e6), st.floats(0.5, 0.999))
def test_intervals_and_p_values_of_t_agree(df: float, confidence: float) -> None:
    edge = student_quantile(confidence, np.array([df]))
    assert student_p(edge, np.array([df])) == pytest.approx(1 - confidence, rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*[st.floats(0, 1e5)] * 3), min_size=1, max_size=5))
def test_rounded_counts_add_up_and_stay_near(rows: list[tuple[float, float, float]]) -> None:
    counts = np.array(rows)
    whole = rounded(counts)
    assert (whole.sum(axis=1) == np.rint(counts.sum(axis=1))).all()
    assert (np.abs(whole - counts) <= 1 + 1e-6).all()
    assert (whole >= 0).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=3))
def test_whole_numbers_stay_as_they_are(counts: list[int]) -> None:
    weights = np.array([counts], dtype=float)
    scaled = effective(weights, weights.sum(axis=1))
    assert rounded(scaled).tolist() == [counts]


def test_reviews_of_double_weight_count_no_more() -> None:
    weights, squares = np.array([[6.0, 2.0, 0.0]]), np.array([16.0])
    assert effective(weights, squares).tolist() == [[3.0, 1.0, 0.0]]
