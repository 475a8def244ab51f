"""Trends of groups: each followed for itself, under one false discovery rate."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from tests.comparison.made import analysis_by
from tests.drivers.conftest import shuffled
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.trend import trend

MONTHS = 8


def _analysis(column: str = "site") -> Analysis:
    """Two sites: in the north staff are praised until May and blamed from then on."""
    north = ["++++....."] * 4 + ["----....."] * 4
    south = ["++--....."] * MONTHS
    groups = {
        f"2025-{month:02d}-15 {site}": said
        for site, course in (("north", north), ("south", south))
        for month, said in enumerate(course, 1)
    }
    made = analysis_by(groups, column="both")
    both = made.verbatims["both"].astype(str).str.split(" ", expand=True)
    verbatims = made.verbatims.assign(day=both[0], **{column: both[1]}).drop(columns="both")
    return Analysis({**made.tables, "verbatims": verbatims}, made.meta)


def test_a_change_in_one_group_is_told_with_its_group() -> None:
    found = trend(_analysis(), date="day", by="site")
    (row,) = found.changes.to_dict("records")
    assert (row["site"], row["driver"], row["period"]) == ("north", "staff", "2025-05")
    assert (row["before"], row["after"]) == (100, -100)
    assert "(site: north): net sentiment fell from +100 to" in found.findings()[0]
    assert "north" in repr(found) and "in 2 groups by site" in repr(found).replace("\n", " ")
    assert max(map(len, repr(found).splitlines())) <= 100
    assert "north" in found._repr_html_() and "south" in found._repr_html_()
    assert found.meta["groups"] == {"north": 72, "south": 72}


def test_a_group_has_the_levels_that_it_has_alone() -> None:
    analysis = _analysis()
    found = trend(analysis, date="day", by="site").frame
    for site in ("north", "south"):
        alone = trend(analysis.filter(site=site), date="day").frame
        own = found[found["site"] == site].drop(columns="site").reset_index(drop=True)
        levels = [name for name in alone.columns if not name.endswith("_change")]
        pd.testing.assert_frame_equal(own[levels], alone[levels])


def test_the_false_discovery_rate_is_that_of_all_groups() -> None:
    tests = trend(_analysis(), date="day", by="site").tests
    tested = tests[tests["p_value"].notna()]
    expected = multipletests(tested["p_value"], method="fdr_bh")[1]
    assert tested["q_value"].to_numpy() == pytest.approx(expected)
    assert set(tests["site"]) == {"north", "south"}


def test_small_groups_are_left_out_and_named() -> None:
    analysis = _analysis()
    few = analysis.verbatims.assign(
        site=analysis.verbatims["site"].where(np.arange(len(analysis)) >= 5, "east")
    )
    analysis = Analysis({**analysis.tables, "verbatims": few}, analysis.meta)
    found = trend(analysis, date="day", by="site")
    assert found.meta["small"] == {"east": 5} and set(found.frame["site"]) == {"north", "south"}
    assert "1 group of fewer than 30 reviews left out" in repr(found)
    with pytest.raises(OptionError, match="no group of min_reviews=100 reviews"):
        trend(analysis, date="day", by="site", min_reviews=100)


def test_the_order_of_the_reviews_changes_nothing() -> None:
    analysis = _analysis()
    one, other = (trend(it, date="day", by="site") for it in (analysis, shuffled(analysis, 1)))
    assert one.frame.equals(other.frame) and one.changes.equals(other.changes)


def test_a_column_of_a_name_that_the_tables_need_is_told_apart() -> None:
    found = trend(_analysis("period"), date="day", by="period")
    assert found.changes["by_period"].tolist() == ["north"]
    assert "(period: north)" in found.findings()[0]


def test_the_column_of_dates_makes_no_groups() -> None:
    with pytest.raises(OptionError, match=re.escape("'day' is given as date and in by")):
        trend(_analysis(), date="day", by="day")


def test_each_driver_of_a_group_is_drawn_as_one() -> None:
    pytest.importorskip("altair")
    drawn = trend(_analysis(), date="day", by="site").plot().to_json()
    assert "Staff (north)" in drawn or "(north)" in drawn
