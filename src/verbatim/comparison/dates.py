"""Read dates as they stand in exports, to the day, and never guess one that isn't there.

A date is the one that is written: a time zone moves nothing. Understood are columns of dates and
times, and texts or numbers that begin, after a time of day or without, as ``2025-03-31``,
``2025/3/31`` or ``20250331``, as ``31.03.2025``, ``3/31/25`` or ``25-03-31``, or that hold ``31
March 2025``, ``31-Mar-25``, ``Mar 31, 2025`` or ``Mon Mar 31 10:00:00 2025``. A month (``2025-03``,
``03/2025``, ``March 2025``), a week (``2025-W13``), a quarter (``2025-Q1``) and, in a column of
nothing else, a year (``2025``) is its first day. Numbers that count days or seconds from somewhere
are refused, and told how to be turned into dates. Whether day, month or a year of two digits comes
first is decided once for a column.

Years before `verbatim.comparison.written.EARLIEST` are no dates of reviews: exports write
0001-01-01 where they know none.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.written import (
    ASSUMED,
    FIRST_DAY,
    NO_DAY,
    Days,
    day_texts,
    in_column,
    parsed,
)
from verbatim.errors import OptionError

__all__ = ["ASSUMED", "Dates", "Days", "date_column", "dates_of", "read_dates"]

_SAMPLE, _MOST = 1000, 0.5
_COUNTS = (
    (2e4, 1e5, "days as Excel counts them", "unit='D', origin='1899-12-30'"),
    (1e8, 1e10, "seconds since 1970", "unit='s'"),
    (1e11, 1e13, "milliseconds since 1970", "unit='ms'"),
    (1e14, 1e16, "microseconds since 1970", "unit='us'"),
    (1e17, 1e19, "nanoseconds since 1970", "unit='ns'"),
)
"""Ranges of numbers that count from somewhere, what they are, and how pandas reads them."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a column.

    Attributes
    ----------
    days : datetime64[D] array of shape (n_rows,)
        NaT where there is none, or none that can be read.
    order : str or None
        "day first", "month first" or "year first", with `ASSUMED` behind it where no date tells;
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
        local = _local(column).to_numpy().astype("datetime64[D]")
        days, order = np.where(local >= FIRST_DAY, local, NO_DAY), None
    else:
        code, texts = pd.factorize(day_texts(column))
        found, order = in_column(pd.Series(texts, dtype="str"))
        days = np.append(found, NO_DAY)[code]
        missing = missing | (column.astype(object) == "").to_numpy(dtype=bool)
    wrong = np.isnat(days) & ~missing
    some = tuple(dict.fromkeys(str(value) for value in column[wrong].iloc[:100]))[:3]
    return Dates(days, order, some, int(wrong.sum()), int(missing.sum()))


def _local(column: pd.Series[Any]) -> pd.Series[Any]:
    """Times without their zone; dates of Arrow, which have neither, as times."""
    if isinstance(column.dtype, pd.ArrowDtype) and "date" in str(column.dtype):
        return column.astype("datetime64[s]")
    local: pd.Series[Any] = column.dt.tz_localize(None)
    return local


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
            f"column {name!r} holds no dates but {', '.join(map(repr, dates.unreadable))}; "
            f"{_counted_from(name, dates.unreadable) or 'give a column of dates, as 2025-03-31'}"
        )
    return dates


def _counted_from(name: Hashable, values: Sequence[str]) -> str | None:
    """Say how to turn numbers into dates that count days or seconds, if these look like it."""
    numbers = pd.to_numeric(pd.Series(values), errors="coerce").abs()
    for least, most, what, options in _COUNTS:
        if numbers.between(least, most).all():
            return (
                f"if these are {what}, turn them into dates first: "
                f"df[{name!r}] = pd.to_datetime(pd.to_numeric(df[{name!r}]), {options})"
            )
    return None


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
    days = parsed(day_texts(values))[0]
    return bool(len(days)) and float((~np.isnat(days)).mean()) > _MOST
