"""What is saved comes back with its groups, its order and its days."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import verbatim
from verbatim.analysis import Analysis
from verbatim.held import held

DAYS = pd.Series(pd.to_datetime(["2025-03-01 02:00", "2025-04-01 02:00", "2025-04-02 23:00"]))


def through(values: Any, path: Path) -> tuple[Analysis, Analysis]:
    """Analysis with a column of these values, before and after it was saved."""
    frame = pd.DataFrame({"text": ["Lovely staff", "Rude staff", "Staff"], "own": values})
    analysis = verbatim.analyze(frame, text="text", engine="lexicon")
    return analysis, Analysis.load(analysis.save(path / "out"))


@pytest.mark.parametrize(
    "values",
    [
        DAYS.dt.tz_localize("Asia/Tokyo").astype("category"),
        DAYS.dt.tz_localize("America/New_York").astype("category"),
        pd.Series(
            [
                day.tz_localize(zone)
                for day, zone in zip(DAYS, ("Asia/Tokyo", "UTC", "US/Eastern"), strict=True)
            ],
            dtype=object,
        ),
        DAYS.dt.tz_localize("Asia/Tokyo"),
        pd.Series([day.to_pydatetime() for day in DAYS], dtype=object),
    ],
    ids=["category of Tokyo", "category of New York", "mixed zones", "Tokyo", "datetimes"],
)
def test_dates_keep_their_day(values: pd.Series, tmp_path: Path) -> None:
    for analysis in through(values, tmp_path):
        assert analysis.trend("own").meta["periods"] == {"2025-03": 1, "2025-04": 2}


def test_groups_that_look_alike_stay_apart(tmp_path: Path) -> None:
    for analysis in through(pd.Series([1, "1", "1"], dtype=object), tmp_path):
        found = analysis.compare("own", small="flag", min_reviews=1)
        assert found.meta["groups"] == {"1": 1, "1*": 2}


def test_intervals_are_categories_in_their_order(tmp_path: Path) -> None:
    values = pd.cut(pd.Series([1, 30, 200]), [0, 9, 99, 999])
    before, after = through(values, tmp_path)
    column = after.column("own")
    assert column.cat.categories.to_list() == ["(0, 9]", "(9, 99]", "(99, 999]"]
    assert column.cat.ordered
    order = [a.drivers("own").frame["own"].astype(str).unique().tolist() for a in (before, after)]
    assert order[0] == order[1] == ["(0, 9]", "(9, 99]", "(99, 999]"]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["b", "a", None], dtype=object),
        pd.Series([1, None, 2.5], dtype=object),
        pd.Series([datetime.date(2025, 1, 1), None, datetime.date(2025, 1, 2)], dtype=object),
        pd.Series(pd.Categorical(["low", None, "mid"], ["mid", "low", "high"], ordered=True)),
        pd.Series([[1], [2, 3], None]),
        pd.Series([None, None, None], dtype=object),
    ],
)
def test_what_comes_back_stays_what_it_is(values: pd.Series) -> None:
    assert held(values) is values


def test_the_marks_follow_the_types_and_not_the_rows() -> None:
    values = pd.Series(["1", 1, True, "True", "1*"], dtype=object)
    assert held(values).to_list() == ["1*", "1", "True", "True*", "1**"]
    assert held(values[::-1]).to_list() == held(values).to_list()[::-1]
