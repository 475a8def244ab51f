"""The ways in which dates are written; see `verbatim.comparison.dates`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Floats = NDArray[np.float64]

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
"""Order of the numbers in dates such as 31/12/2025 and 25-12-31."""

ASSUMED = ", assumed"
"""Behind an order that no date tells."""

EARLIEST = 1900

_ISO = r"^\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:\D|$)"
_COMPACT = r"^\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\D|$)"
_NUMBERS = r"^\s*(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?:\D|$)"
_PERIODS = (
    r"^\s*(?P<m>\d{1,2})[-/](?P<y>\d{4})\s*$",
    r"(?i)^\s*(?P<y>\d{4})[\s/-]*(?P<m>Q[1-4])\s*$",
    r"(?i)^\s*(?P<m>Q[1-4])[\s/-]*(?P<y>\d{4})\s*$",
)
"""Read, but not looked for: a column of quarters stands next to that of the dates."""

_WEEK = r"(?i)^\s*(?P<y>\d{4})[\s/-]*W(?P<w>\d{1,2})(?:-?(?P<d>[1-7]))?\s*$"
_YEAR = r"^\s*(?P<y>(?:19|20)\d{2})(?:\.0)?\s*$"
_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_NUMBER_OF = {**_MONTHS, "q1": "1", "q2": "4", "q3": "7", "q4": "10"}
"""First month of each quarter, and the months."""

_NAME = rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\b"
_NAMED = (
    rf"(?i)(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+{_NAME}[\s.,/-]+(?P<y>\d{{4}})(?!\d)",
    # Of two digits only at the end, or before the time: "4 May 20 of us came" holds no date.
    rf"(?i)(?<!\d)(?P<d>\d{{1,2}})[\s./-]+{_NAME}[\s.,/-]+(?P<y>\d{{2}})(?=\s*$|\s+\d)",
    rf"(?i){_NAME}[\s.]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{{4}})(?!\d)",
    rf"(?i){_NAME}[\s.,-]+(?P<y>\d{{4}})(?!\d)",
)
_TIME = (
    r"^\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?[\s,]+(?=\S)"
    r"|\s+\d{1,2}:\d{2}:\d{2}(?:\s+[A-Z+][\w:]{2,5})?(?=\s+\d{4}\s*$)"  # of ctime
    r"|(?:T|\s)\s*\d{1,2}:\d{2}.*$"
)
_CENTURY = 69  # two-digit years from here on are of the 20th century, as in POSIX
_MOST_YEARS = 20
"""Numbers that differ by more are days, not years, if the others may be years."""

NO_DAY = np.datetime64("NaT", "D")
FIRST_DAY = np.datetime64(EARLIEST - 1970, "Y").astype("datetime64[D]")
"""Of the earliest year in which a review was written."""


def day_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Values as texts without the time of day, which leaves far fewer different ones to read."""
    if column.dtype != "str":
        column = column.astype(object).map(str, na_action="ignore").astype("str")
    return column.str.replace(_TIME, "", regex=True)


def in_column(texts: pd.Series[Any]) -> tuple[Days, str | None]:
    """Days of the different texts of a column, in which bare years are dates if all are."""
    if texts[texts != ""].str.fullmatch(_YEAR).all():
        return _read_as(texts, (_YEAR,)), None
    days, order = parsed(texts)
    for found in (_read_as(texts, _PERIODS), _weeks(texts)):
        days = np.where(np.isnat(days), found, days)
    return days, order


def parsed(texts: pd.Series[Any]) -> tuple[Days, str | None]:
    """Days of texts that are dates in full, or months, and the order of day and month in them."""
    days = _read_as(texts, (_ISO, _COMPACT, *_NAMED))
    found, order = _in_order(texts.str.extract(_NUMBERS))
    return np.where(np.isnat(days), found, days), order


def _read_as(texts: pd.Series[Any], patterns: Sequence[str]) -> Days:
    """Days of the texts by the first pattern that fits; of a period the first one."""
    days = np.full(len(texts), NO_DAY)
    first = pd.Series("1", index=texts.index)
    for pattern in patterns:
        part = texts.str.extract(pattern)
        month, day = part.get("m", first), part.get("d", first).fillna("1")
        found = _day(part["y"], month.str.lower().replace(_NUMBER_OF), day)
        days = np.where(np.isnat(days), found, days)
    return days


def _weeks(texts: pd.Series[Any]) -> Days:
    """Days of ISO weeks: their Monday, or the day that is named."""
    part = texts.str.extract(_WEEK)
    year, week, day = (
        pd.to_numeric(part[name]).to_numpy(dtype=np.float64, na_value=np.nan) for name in "ywd"
    )
    known = (year >= EARLIEST) & (week >= 1) & (week <= 53)
    year, week = (np.where(known, each, 1).astype(np.int64) for each in (year, week))
    of_year = (year - 1970).astype("datetime64[Y]")
    # The first week is that of 4 January; day 0 was a Thursday.
    fourth = of_year.astype("datetime64[D]").astype(np.int64) + 3
    monday = ((fourth + 3) // 7 * 7 - 3 + 7 * (week - 1)).astype("datetime64[D]")
    real = known & ((monday + 3).astype("datetime64[Y]") == of_year)
    return np.where(real, monday + np.where(day > 0, day - 1, 0).astype(np.int64), NO_DAY)


def _in_order(part: pd.DataFrame) -> tuple[Days, str | None]:
    """Dates written in three numbers; the order that most of them allow is theirs."""
    one, two, three = part["a"], part["b"], part["y"]
    short = (one.str.len() == 2) & (three.str.len() == 2)
    read = {
        MONTH_FIRST: _day(three, one, two),
        DAY_FIRST: _day(three, two, one),
        YEAR_FIRST: _day(one.where(short), two, three),
    }
    counts = {order: int((~np.isnat(days)).sum()) for order, days in read.items()}
    most = max(counts.values())
    if not most:
        return read[MONTH_FIRST], None
    orders = [order for order, count in counts.items() if count == most]
    # Where numbers are written with dots, the day stands first in every country that writes so.
    if DAY_FIRST in orders and (part["mark"].dropna() == ".").all():
        orders = [DAY_FIRST]
    narrow = [order for order in orders if _years(read[order]) <= _MOST_YEARS]
    first, *others = narrow or orders
    return read[first], first + (ASSUMED if others else "")


def _years(days: Days) -> int:
    """Years between the first and the last."""
    known = days[~np.isnat(days)].astype("datetime64[Y]")
    return int((known.max() - known.min()).astype(np.int64))


def _day(year: pd.Series[Any], month: pd.Series[Any], day: pd.Series[Any]) -> Days:
    """Days of the calendar; NaT where there is no such day."""
    y, m, d = (pd.to_numeric(part).to_numpy(dtype=np.float64) for part in (year, month, day))
    short = (year.str.len() == 2).to_numpy(dtype=bool)
    y = np.where(short, y + np.where(y >= _CENTURY, 1900, 2000), y)
    known = (y >= EARLIEST) & (m >= 1) & (m <= 12) & (d >= 1) & (d <= 31)
    y, m, d = (np.where(known, part, 1).astype(np.int64) for part in (y, m, d))
    start = ((y - 1970) * 12 + m - 1).astype("datetime64[M]")
    days = start.astype("datetime64[D]") + (d - 1)
    real = known & (days.astype("datetime64[M]") == start)
    return np.where(real, days, NO_DAY)
