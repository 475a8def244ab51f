"""Dates: what is read, what is set aside, and which column is found."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.conftest import Says, analysis_of
from verbatim.comparison.dates import date_column, dates_of, read_dates
from verbatim.comparison.periods import FREQUENCIES, cut
from verbatim.errors import OptionError

GOOD = [Says("staff", 0.8)]


def read(values: object) -> list[str]:
    return read_dates(pd.Series(values)).days.astype(str).tolist()


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-04",
        "2025-3-4",
        "2025/03/04",
        "20250304",
        "2025-03-04T23:59:59.123Z",
        "2025-03-04 23:59 +11:00",
        "  2025-03-04  ",
        "04.03.2025",
        "4 Mar 2025",
        "4th march 2025",
        "Tue, 04 Mar 2025 10:11:12 GMT",
        "March 4, 2025",
        "mar 4th 2025",
        "04-Mar-25",
        "04-MAR-2025",
        "4 Mar 25 23:59",
        "04-MAR-25 11.59.00.000000 PM",
        "23:59 2025-03-04",
        " 11:59:01 pm, 4 March 2025",
        "Tue Mar  4 23:59:01 2025",
        "Tue Mar 4 23:59:01 UTC 2025",
        "Tue Mar 04 23:59:01 +0000 2025",
        "2025-W10-2",
    ],
)
def test_dates_are_read_in_many_ways(text: str) -> None:
    assert read([text]) == ["2025-03-04"]


def test_a_time_may_stand_before_the_date() -> None:
    assert read(["10:30 02/01/2025", "9:05 AM 31/01/2025"]) == ["2025-01-02", "2025-01-31"]


@pytest.mark.parametrize("text", ["2025-02", "Feb 2025", "february 2025", "02/2025", "2-2025"])
def test_a_month_is_its_first_day(text: str) -> None:
    assert read([text]) == ["2025-02-01"]


@pytest.mark.parametrize("text", ["2025-Q3", "2025 Q3", "2025q3", "Q3 2025", "Q3/2025"])
def test_a_quarter_is_its_first_day(text: str) -> None:
    assert read([text]) == ["2025-07-01"]


@pytest.mark.parametrize(
    "years",
    [["2025", None, "", "1999 "], [2025, None, np.nan, 1999], [2025.0, None, np.nan, 1999.0]],
)
def test_a_year_is_its_first_day_where_the_column_holds_nothing_else(years: list[object]) -> None:
    assert read(years) == ["2025-01-01", "NaT", "NaT", "1999-01-01"]
    assert read(pd.Series([2025, 2024], dtype="Int64")) == ["2025-01-01", "2024-01-01"]
    assert read(["2025", "1024"]) == ["NaT", "NaT"]


@pytest.mark.parametrize("name", ["0001-01-01", "01/01/0001", "0025-03-31", "1899-12-31"])
def test_a_year_long_ago_is_no_date(name: str) -> None:
    dates = read_dates(pd.Series([name, "2025-01-31", "1900-01-01"]))
    assert dates.days.astype(str).tolist() == ["NaT", "2025-01-31", "1900-01-01"]
    assert (dates.unreadable, dates.n_unreadable, dates.n_missing) == ((name,), 1, 0)


def test_a_stamp_long_ago_is_no_date() -> None:
    stamps = np.array(["0001-01-01", "2025-01-31", "NaT"], dtype="datetime64[s]")
    dates = read_dates(pd.Series(stamps))
    assert dates.days.astype(str).tolist() == ["NaT", "2025-01-31", "NaT"]
    assert (dates.n_unreadable, dates.n_missing) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "2025-13-01",
        "soon",
        "5",
        "2025",
        "1735862400",
        "12:30",
        "-",
        "31/31/2025",
        "4 May 20 of us",
    ],
)
def test_what_is_no_date_is_set_aside_and_counted(text: str) -> None:
    dates = read_dates(pd.Series([text, "2025-01-01", None, "", text]))
    assert dates.days.astype(str).tolist() == ["NaT", "2025-01-01", "NaT", "NaT", "NaT"]
    assert (dates.unreadable, dates.n_unreadable, dates.n_missing) == ((text,), 2, 2)


@pytest.mark.parametrize(
    ("texts", "days", "order"),
    [
        (["03/04/2025", "31/12/2025"], ["2025-04-03", "2025-12-31"], "day first"),
        (["03/04/2025", "12/31/2025"], ["2025-03-04", "2025-12-31"], "month first"),
        (["03/04/2025"], ["2025-03-04"], "month first, assumed"),
        (["03.04.2025"], ["2025-04-03"], "day first"),
        (["3/4/25", "13/4/99"], ["2025-04-03", "1999-04-13"], "day first"),
        (["2025-04-03"], ["2025-04-03"], None),
        (["25-03-31", "99-12-01"], ["2025-03-31", "1999-12-01"], "year first"),
        (["25-03-31", "00-01-01"], ["2025-03-31", "2000-01-01"], "year first"),
        (["25-03-31", "25-04-02"], ["2025-03-31", "2025-04-02"], "year first"),
        (["25/03/11", "25/11/30"], ["2011-03-25", "2030-11-25"], "day first, assumed"),
        (["31-03-25", "02-04-25"], ["2025-03-31", "2025-04-02"], "day first"),
        (["31-03-25", "30-04-99"], ["2025-03-31", "1999-04-30"], "day first"),
        (["03/31/25", "04/02/25"], ["2025-03-31", "2025-04-02"], "month first"),
        (["25-03-31"], ["2031-03-25"], "day first, assumed"),
        (["03/04/05"], ["2005-03-04"], "month first, assumed"),
        (["31.03.25"], ["2025-03-31"], "day first"),
    ],
)
def test_day_or_month_first_is_decided_for_the_whole_column(texts, days, order) -> None:
    dates = read_dates(pd.Series(texts))
    assert dates.days.astype(str).tolist() == days
    assert dates.order == order


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(pd.to_datetime(["2025-01-31 23:30", None])),
        pd.Series(pd.to_datetime(["2025-01-31 23:30", None])).dt.tz_localize("America/New_York"),
        pd.Series([datetime.date(2025, 1, 31), None], dtype=object),
        pd.Series([pd.Timestamp("2025-01-31 23:30", tz="Asia/Tokyo"), None], dtype=object),
        pd.Series([20250131, np.nan]),
        pd.Series(["2025-01-31", None], dtype="category"),
        pd.Series(["2025-01-31T23:30:00-08:00", pd.NA], dtype=object),
        pd.Series(pd.PeriodIndex(["2025-01-31", None], freq="D")),
    ],
    ids=["datetime", "zone", "date", "zones", "number", "category", "text", "period"],
)
def test_columns_of_any_type_keep_the_day_that_is_written(column: pd.Series) -> None:
    dates = read_dates(column)
    assert dates.days.astype(str).tolist() == ["2025-01-31", "NaT"]
    assert dates.n_missing == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dates(datetime.date(1900, 1, 1)), min_size=1, max_size=8))
def test_any_day_of_the_calendar_is_read(days: list[datetime.date]) -> None:
    assert read([day.isoformat() for day in days]) == [day.isoformat() for day in days]


def test_a_column_without_any_date_is_refused() -> None:
    analysis = analysis_of([GOOD, GOOD], stars=[5, 4])
    with pytest.raises(OptionError, match="column 'stars' holds no dates but '5', '4'"):
        dates_of(analysis, "stars")
    with pytest.raises(OptionError, match="unknown column 'day'"):
        dates_of(analysis, "day")


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ("2025-W02", "2025-01-06"),
        ("2025W02", "2025-01-06"),
        ("2025-w1", "2024-12-30"),
        ("2026-W53", "2026-12-28"),
        ("2025-W53", "NaT"),
        ("2025-W00", "NaT"),
        ("1899-W02", "NaT"),
    ],
)
def test_a_week_is_its_monday(week: str, day: str) -> None:
    assert read([week, None]) == [day, "NaT"]


@settings(deadline=None)
@given(st.lists(st.dates(datetime.date(1901, 1, 1)), min_size=1, max_size=8))
def test_any_day_is_read_by_its_week_or_as_ctime_writes_it(days: list[datetime.date]) -> None:
    expected = [day.isoformat() for day in days]
    assert read(["{}-W{:02}-{}".format(*day.isocalendar()) for day in days]) == expected
    assert read([day.ctime() for day in days]) == expected


@pytest.mark.parametrize(
    ("values", "options"),
    [
        ([45658, 45700], "unit='D', origin='1899-12-30'"),
        ([45658.25, np.nan], "unit='D', origin='1899-12-30'"),
        (["1735689600", "1735789600"], "unit='s'"),
        ([1735689600000, 1735789600000], "unit='ms'"),
    ],
)
def test_numbers_that_count_from_somewhere_are_told_how_to_become_dates(values, options) -> None:
    analysis = analysis_of([GOOD, GOOD], day=values)
    with pytest.raises(OptionError) as caught:
        dates_of(analysis, "day")
    df, line = pd.DataFrame({"day": values}), str(caught.value).rpartition("first: ")[2]
    assert line == f"df['day'] = pd.to_datetime(pd.to_numeric(df['day']), {options})"
    exec(line, {"df": df, "pd": pd})
    assert (df["day"].dropna().dt.year == 2025).all()


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64()])
def test_dates_of_arrow_are_read(kind: pa.DataType) -> None:
    days = [datetime.date(2025, 3, 4), None, datetime.date(1, 1, 1)]
    column = pd.array(days, dtype=pd.ArrowDtype(kind))
    assert read(column) == ["2025-03-04", "NaT", "NaT"]
    assert date_column(analysis_of([GOOD] * 3, day=column)) == "day"


def test_the_only_column_of_dates_is_found() -> None:
    written = [f"Tue Mar {day} 10:00:00 2025" for day in (4, 11)]
    assert date_column(analysis_of([GOOD] * 2, when=written)) == "when"
    when = ["2025-01-01", "2025-01-02", "?", None]
    others = {"number": [20250101] * 4, "words": ["a", "2025-01-01", "b", "c"], "empty": [None] * 4}
    assert date_column(analysis_of([GOOD] * 4, when=when, **others)) == "when"
    stamps = pd.to_datetime(["2025-01-01"] * 4)
    assert date_column(analysis_of([GOOD] * 4, stamp=stamps, **others)) == "stamp"


def test_periods_are_no_dates_to_look_for() -> None:
    others = {"quarter": ["2025-Q1"] * 2, "month": ["01/2025"] * 2, "year": ["2025"] * 2}
    assert date_column(analysis_of([GOOD] * 2, day=["02-Jan-25"] * 2, **others)) == "day"


def test_none_or_several_columns_of_dates_are_named() -> None:
    with pytest.raises(OptionError, match=r"no column holds dates.*There are: city, stars"):
        date_column(analysis_of([GOOD], city=["Rome"], stars=[5]))
    both = analysis_of([GOOD], stay=["2025-01-01"], review=["2025-01-03"])
    with pytest.raises(OptionError, match="stay, review hold dates; say which one: date='stay'"):
        date_column(both)


@pytest.mark.parametrize(
    ("freq", "labels"),
    [
        ("D", ("2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01", "2025-01-02")),
        ("W", ("2024-12-23", "2024-12-30")),
        ("M", ("2024-12", "2025-01")),
        ("Q", ("2024-Q4", "2025-Q1")),
        ("Y", ("2024", "2025")),
    ],
)
def test_periods_by_hand(freq: str, labels: tuple[str, ...]) -> None:
    periods = cut(np.array(["2025-01-02", "2024-12-29"], dtype="datetime64[D]"), freq)
    assert periods.labels == labels
    assert periods.of_row.tolist() == [len(labels) - 1, 0]


DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(1990, 1, 1))


@pytest.mark.parametrize("freq", FREQUENCIES)
@settings(max_examples=25, deadline=None)
@given(days=st.lists(DAYS, min_size=1, max_size=6))
def test_periods_are_those_of_pandas(freq: str, days: list[datetime.date]) -> None:
    array = np.array(days, dtype="datetime64[D]")
    periods = cut(array, freq)
    expected = pd.DatetimeIndex(array).to_period(freq)
    starts = expected.start_time.to_numpy().astype("datetime64[D]")
    assert (periods.starts[periods.of_row] == starts).all()
    assert len(periods.labels) == (expected.max() - expected.min()).n + 1


def test_dates_that_are_far_off_are_named() -> None:
    days = np.array(["0202-01-01", "2025-01-01"], dtype="datetime64[D]")
    with pytest.raises(
        OptionError, match=r"run from 0202-01-01 to 2025-01-01.*periods of one month"
    ):
        cut(days, "M")
