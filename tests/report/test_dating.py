"""What is said of dates: which order they are in, and why there is no trend."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import verbatim
from tests.report.parsed import section, text_of
from verbatim.analysis import Analysis
from verbatim.report import report_html
from verbatim.report.through_time import find_dates


def dated(year: Analysis, **columns: object) -> Analysis:
    """The year, with other columns of dates."""
    verbatims = year.verbatims.drop(columns="day").assign(**columns)
    return Analysis({**year.tables, "verbatims": verbatims}, year.meta)


@pytest.fixture(scope="module")
def unsure(year: Analysis) -> Analysis:
    """Days of March and April only, of which none is beyond the twelfth."""
    days = [f"{1 + i % 12:02}/{3 + i % 2:02}/2025" for i in range(len(year))]
    return dated(year, visit=days)


def test_a_trend_is_not_made_of_dates_whose_order_is_assumed(unsure: Analysis) -> None:
    name, why = find_dates(unsure, None)
    assert name is None
    assert "whether the day or the month comes first" in why and "--date" in why
    said = text_of(section(report_html(unsure), "trend"))
    assert f"No trend is shown: {why}" in said and "month" in said


def test_an_assumed_order_is_said_where_the_column_is_named(unsure: Analysis) -> None:
    said = text_of(section(report_html(unsure, date="visit"), "trend"))
    assert "The dates were read month first, which is assumed, as no date tells." in said


def test_an_order_that_a_date_tells_is_said(year: Analysis) -> None:
    days = [f"{1 + i % 28:02}/{1 + i // 10:02}/2025" for i in range(len(year))]
    said = text_of(section(report_html(dated(year, visit=days)), "trend"))
    assert "The dates were read day first." in said


def test_several_columns_of_dates_are_named(year: Analysis) -> None:
    several = dated(year, stay=year.verbatims["day"], written=year.verbatims["day"])
    said = text_of(section(report_html(several), "trend"))
    assert "stay, written hold dates: name one of them" in said


def test_days_that_weeks_begin_with_are_not_said_to_be_those_of_the_reviews(year: Analysis) -> None:
    week = text_of(report_html(year, freq="W"))
    assert "weeks from 2025-01-13 to 2025-12-15" in week
    assert "weeks from" not in text_of(report_html(year, freq="M"))


def test_too_few_periods_are_said_and_no_dates_are_not(year: Analysis, hotels: Analysis) -> None:
    one = dated(year, visit=pd.Timestamp("2025-03-01"))
    assert "make fewer than 3 periods" in text_of(section(report_html(one), "trend"))
    assert '<section id="trend"' not in report_html(hotels)


def test_the_chart_of_the_months_has_a_table_behind_it(year: Analysis) -> None:
    """Whoever hears the page has the same figures as who sees it, change or none."""
    trend = section(report_html(year), "trend")
    table = trend[trend.index("The figures of the months as a table") :]
    assert '<th scope="col">Food</th>' in table and '<th scope="row">2025-07</th>' in table
    rows = re.findall(r'<th scope="row">(2025-\d\d)</th>(.*?)</tr>', table, re.S)
    assert len(rows) == 12
    held = {period: text_of(cells) for period, cells in rows}
    assert "+100" in held["2025-06"] and "−100" in held["2025-07"] and "n = 6" in held["2025-07"]


@pytest.fixture(scope="module")
def of_two_shops() -> Analysis:
    """Staff of Oslo are praised until June and blamed from July on; in Rome they are as ever."""
    rows = []
    for month in range(1, 13):
        oslo = "Lovely staff" if month < 7 else "Rude staff"
        rows += [(f"2025-{month:02d}-10", "Oslo", oslo)] * 4
        rows += [(f"2025-{month:02d}-10", "Rome", said) for said in ("Lovely staff", "Rude staff")]
        rows += [(f"2025-{month:02d}-10", "Rome", "Great food")] * 4
    frame = pd.DataFrame(rows, columns=["day", "shop", "note"])
    return verbatim.analyze(frame, text="note", engine="lexicon")


def test_what_changes_in_one_group_is_said_in_a_grouped_report(of_two_shops: Analysis) -> None:
    said = text_of(section(report_html(of_two_shops, by="shop"), "trend"))
    assert "In the groups of shop, each followed for itself" in said
    assert "(shop: Oslo): net sentiment fell from +100 to" in said and "(shop: Rome)" not in said
    assert "each followed for itself" not in report_html(of_two_shops)
    assert "each followed for itself" not in report_html(of_two_shops, by="day", date="day")
