"""What holds for any reviews: bounds, intervals around estimates, one row for everything."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.conftest import shuffled
from tests.drivers.test_properties import analyses
from verbatim.analysis import Analysis
from verbatim.comparison import compare
from verbatim.comparison.columns import DIFFERENCES
from verbatim.trend import trend

OPTIONS = {"outcome": "stars", "n_resamples": 100}


def dated(analysis: Analysis, months: list[int]) -> Analysis:
    n = len(analysis)
    days = pd.Series([f"2025-{month:02d}-01" for month in months[:n]], dtype="str")
    table = analysis.tables["verbatims"].assign(day=days)
    return Analysis({**analysis.tables, "verbatims": table}, analysis.meta)


MONTHS = st.lists(st.integers(1, 4), min_size=12, max_size=12)


@settings(max_examples=20, deadline=None)
@given(analyses(), st.sampled_from(["pool", "flag"]), st.sampled_from([0, 3]))
def test_figures_keep_their_bounds_and_intervals_hold_them(analysis, small, min_reviews) -> None:
    frame = compare(analysis, "city", small=small, min_reviews=min_reviews, **OPTIONS).frame
    known = frame.dropna(subset="difference")
    edge = 1e-9 * (1 + known["difference"].abs())
    assert (known["low"] <= known["difference"] + edge).all()
    assert (known["difference"] <= known["high"] + edge).all()
    assert not frame.duplicated(["city", "driver", "measure"]).any()
    for column in DIFFERENCES:
        values = frame[column.name].dropna()
        assert column.low is None or (values >= column.low).all()
        assert column.high is None or (values <= column.high).all()
    nets = frame[frame["measure"] == "net_sentiment"]
    assert (
        (nets["n_reviews"] + nets["reference_n_reviews"])
        .groupby(nets["driver"])
        .nunique()
        .le(1)
        .all()
    )


@settings(max_examples=15, deadline=None)
@given(analyses(), st.integers(0, 9))
def test_the_order_of_the_rows_is_no_matter(analysis, seed) -> None:
    one, other = (
        compare(each, "city", small="flag", **OPTIONS).frame
        for each in (analysis, shuffled(analysis, seed))
    )
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@settings(max_examples=15, deadline=None)
@given(analyses(), MONTHS)
def test_the_months_of_a_trend_are_the_periods_of_a_comparison(analysis, months) -> None:
    analysis = dated(analysis, months)
    levels = trend(analysis, "day", **OPTIONS).frame
    compared = compare(analysis, "day", freq="M", **OPTIONS).frame
    for measure in ("net_sentiment", "share"):
        part = compared[compared["measure"] == measure]
        joined = part.merge(levels, left_on=["day", "driver"], right_on=["period", "driver"])
        assert len(joined) == len(part)
        np.testing.assert_allclose(joined["value"], joined[measure])
        assert (joined["n_reviews_x"] == joined["n_reviews_y"]).all()
