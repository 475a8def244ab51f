"""Read dates as they stand in exports, to the day, and never guess one that isn't there.

A date is the one that is written: a time zone moves nothing. Understood are columns of dates and
times, and texts or numbers that begin as ``2025-03-31``, ``2025/3/31``, ``20250331`` or ``2025-03``
(the first of the month), as ``31.03.2025`` or ``3/31/25``, or that hold ``31 March 2025``,
``Mar 31, 2025`` or ``March 2025``. Whether day or month comes first is decided once for a column.
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

DAY_FIRST, MONTH_FIRST, ASSUMED = "day first", "month first", "month first, assumed"
"""Order of the numbers in dates such as 31/12/2025."""

_ISO = r"^\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:\D|$)"
_COMPACT = r"^\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\D|$)"
_NUMBERS = r"^\s*(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?:\D|$)"
_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_NAME = rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\b"
_NAMED = (
    rf"(?i)(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+{_NAME}[\s.,/-]+(?P<y>\d{{4}})(?!\d)",
    rf"(?i){_NAME}[\s.]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{{4}})(?!\d)",
    rf"(?i){_NAME}[\s.,-]+(?P<y>\d{{4}})(?!\d)",
)
_TIME = r"(?:T|\s)\s*\d{1,2}:\d{2}.*$"
_CENTURY = 69  # two-digit years from here on are of the 20th century, as in POSIX
_SAMPLE, _MOST = 1000, 0.5


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a column.

    Attributes
    ----------
    days : datetime64[D] array of shape (n_rows,)
        NaT where there is none, or none that can be read.
    order : str or None
        `DAY_FIRST`, `MONTH_FIRST` or `ASSUMED`, if that was a question.
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
        local = column.dt.tz_localize(None).to_numpy()
        return Dates(local.astype("datetime64[D]"), None, (), 0, int(missing.sum()))
    code, texts = pd.factorize(_texts(column))
    found, order = _parsed(pd.Series(texts, dtype="str"))
    days = np.append(found, np.datetime64("NaT", "D"))[code]
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


def _parsed(texts: pd.Series[Any]) -> tuple[Days, str | None]:
    days = np.full(len(texts), np.datetime64("NaT", "D"))
    for pattern in (_ISO, _COMPACT, *_NAMED):
        part = texts.str.extract(pattern)
        day = part["d"].fillna("1") if "d" in part else pd.Series("1", index=part.index)
        found = _day(part["y"], part["m"].str.lower().replace(_MONTHS), day)
        days = np.where(np.isnat(days), found, days)
    found, order = _in_order(texts.str.extract(_NUMBERS))
    return np.where(np.isnat(days), found, days), order


def _in_order(part: pd.DataFrame) -> tuple[Days, str | None]:
    """Dates written in three numbers, year last; the order that more of them allow is theirs."""
    year, one, two = part["y"], part["a"], part["b"]
    day_first, month_first = _day(year, two, one), _day(year, one, two)
    read_so, read_else = int((~np.isnat(day_first)).sum()), int((~np.isnat(month_first)).sum())
    if not read_so and not read_else:
        return month_first, None
    # Where numbers are written with dots, the day stands first in every country that writes so.
    if read_so > read_else or (read_so == read_else and (part["mark"].dropna() == ".").all()):
        return day_first, DAY_FIRST
    return month_first, MONTH_FIRST if read_else > read_so else ASSUMED


def _day(year: pd.Series[Any], month: pd.Series[Any], day: pd.Series[Any]) -> Days:
    """Days of the calendar; NaT where there is no such day."""
    y, m, d = (pd.to_numeric(part).to_numpy(dtype=np.float64) for part in (year, month, day))
    y = np.where(y < 100, y + np.where(y >= _CENTURY, 1900, 2000), y)
    known = (y >= 1) & (m >= 1) & (m <= 12) & (d >= 1) & (d <= 31)
    y, m, d = (np.where(known, part, 1).astype(np.int64) for part in (y, m, d))
    start = ((y - 1970) * 12 + m - 1).astype("datetime64[M]")
    days = start.astype("datetime64[D]") + (d - 1)
    real = known & (days.astype("datetime64[M]") == start)
    return np.where(real, days, np.datetime64("NaT", "D"))
