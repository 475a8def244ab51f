"""Read dates as they stand in exports, to the day, and never guess one that isn't there.

A date is the one that is written: a time zone moves nothing. Understood are columns of dates and
times, and texts or numbers that begin, after a time of day or without, as ``2025-03-31``,
``2025/3/31`` or ``20250331``, as ``31.03.2025``, ``3/31/25`` or ``25-03-31``, or that hold
``31 March 2025``, ``31-Mar-25`` or ``Mar 31, 2025``. A month (``2025-03``, ``03/2025``,
``March 2025``), a quarter (``2025-Q1``) and, in a column of nothing else, a year (``2025``) is its
first day. Whether day, month or a year of two digits comes first is decided once for a column.

Years before `EARLIEST` are no dates of reviews: exports write 0001-01-01 where they know none.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import OptionError

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
    r"|(?:T|\s)\s*\d{1,2}:\d{2}.*$"
)
_CENTURY = 69  # two-digit years from here on are of the 20th century, as in POSIX
_MOST_YEARS = 20
"""Numbers that differ by more are days, not years, if the others may be years."""
_SAMPLE, _MOST = 1000, 0.5


_NO_DAY = np.datetime64("NaT", "D")
_FIRST_DAY = np.datetime64(EARLIEST - 1970, "Y").astype("datetime64[D]")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a column.

    Attributes
    ----------
    days : datetime64[D] array of shape (n_rows,)
        NaT where there is none, or none that can be read.
    order : str or None
        `DAY_FIRST`, `MONTH_FIRST` or `YEAR_FIRST`, with `ASSUMED` behind it where no date tells;
        None if that was no question.
    unreadable : tuple of str
        Up to three of the values that are not dates.
    n_unreadable, n_missing : int
        Rows with such a value, and with none.
    """

    days: Days
    order: str | None
    unreadable: tuple[str, ...]
    n_unreadable: int
    n_missing: int


def read_dates(column: pd.Series[Any]) -> Dates:
    """Read the dates of a column.

    Examples
    --------
    >>> dates = read_dates(pd.Series(["2025-03-31", "30/04/2025 10:00", "soon", None]))
    >>> dates.days.astype(str).tolist(), dates.order
    (['2025-03-31', '2025-04-30', 'NaT', 'NaT'], 'day first')
    >>> dates.unreadable, dates.n_missing
    (('soon',), 1)
    """
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    missing = column.isna().to_numpy(dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(column):
        local = column.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
        days, order = np.where(local >= _FIRST_DAY, local, _NO_DAY), None
    else:
        code, texts = pd.factorize(_texts(column))
        found, order = _in_column(pd.Series(texts, dtype="str"))
        days = np.append(found, _NO_DAY)[code]
        missing = missing | (column.astype(object) == "").to_numpy(dtype=bool)
    wrong = np.isnat(days) & ~missing
    some = tuple(dict.fromkeys(str(value) for value in column[wrong].iloc[:100]))[:3]
    return Dates(days, order, some, int(wrong.sum()), int(missing.sum()))


def dates_of(analysis: Analysis, name: Hashable) -> Dates:
    """Read the dates of a column of the verbatims.

    Raises
    ------
    OptionError
        The column isn't there, or has values of which none is a date.
    """
    dates = read_dates(analysis.column(name))
    if dates.n_unreadable and np.isnat(dates.days).all():
        raise OptionError(
            f"column {name!r} holds no dates but {', '.join(map(repr, dates.unreadable))}; give a "
            "column of dates, such as 2025-03-31"
        )
    return dates


def date_column(analysis: Analysis) -> str:
    """Name of the only column that holds dates.

    Raises
    ------
    OptionError
        There is none, or more than one; the message lists them.
    """
    names = [str(name) for name in analysis.columns if _looks_like_dates(analysis.column(name))]
    if len(names) == 1:
        return names[0]
    if names:
        raise OptionError(f"{_listed(names)} hold dates; say which one: date={names[0]!r}")
    there = _listed([str(name) for name in analysis.columns]) or "none"
    raise OptionError(f"no column holds dates; say which one: date='...'. There are: {there}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _looks_like_dates(column: pd.Series[Any]) -> bool:
    """Whether most of a column's first different values are dates; numbers never are."""
    if pd.api.types.is_datetime64_any_dtype(column) or isinstance(column.dtype, pd.PeriodDtype):
        return True
    if pd.api.types.is_numeric_dtype(column):
        return False
    values = column.dropna().iloc[: 100 * _SAMPLE].map(str).drop_duplicates().iloc[:_SAMPLE]
    days = _parsed(values.astype("str"))[0]
    return bool(len(days)) and float((~np.isnat(days)).mean()) > _MOST


def _texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Values as texts without the time of day, which leaves far fewer different ones to read."""
    if column.dtype != "str":
        column = column.astype(object).map(str, na_action="ignore").astype("str")
    return column.str.replace(_TIME, "", regex=True)


def _in_column(texts: pd.Series[Any]) -> tuple[Days, str | None]:
    """Days of the different texts of a column, in which bare years are dates if all are."""
    if texts[texts != ""].str.fullmatch(_YEAR).all():
        return _read_as(texts, (_YEAR,)), None
    days, order = _parsed(texts)
    return np.where(np.isnat(days), _read_as(texts, _PERIODS), days), order


def _parsed(texts: pd.Series[Any]) -> tuple[Days, str | None]:
    days = _read_as(texts, (_ISO, _COMPACT, *_NAMED))
    found, order = _in_order(texts.str.extract(_NUMBERS))
    return np.where(np.isnat(days), found, days), order


def _read_as(texts: pd.Series[Any], patterns: Sequence[str]) -> Days:
    """Days of the texts by the first pattern that fits; of a period the first one."""
    days = np.full(len(texts), _NO_DAY)
    first = pd.Series("1", index=texts.index)
    for pattern in patterns:
        part = texts.str.extract(pattern)
        month, day = part.get("m", first), part.get("d", first).fillna("1")
        found = _day(part["y"], month.str.lower().replace(_NUMBER_OF), day)
        days = np.where(np.isnat(days), found, days)
    return days


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
    return np.where(real, days, _NO_DAY)
