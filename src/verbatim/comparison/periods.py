"""Cut time into days, weeks, months, quarters or years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.dates import Days
from verbatim.errors import OptionError, unknown

Ints = NDArray[np.int64]

FREQUENCIES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
"""Lengths of a period; weeks start on Monday."""

MAX_PERIODS = 20_000


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods in their order.

    Attributes
    ----------
    starts : datetime64[D] array of shape (n_periods,)
        First day of each, from that of the first date to that of the last, without a gap.
    labels : tuple of str
        ``2025-03-31`` for a day and for the week that starts on it, ``2025-03``, ``2025-Q1``,
        ``2025``.
    of_row : int64 array of shape (n_rows,)
        Period of each date; -1 for NaT.
    """

    starts: Days
    labels: tuple[str, ...]
    of_row: Ints


def check_frequency(freq: str) -> str:
    """Give `freq` back if it is one; an `OptionError` lists those that are.

    Examples
    --------
    >>> check_frequency("m")
    Traceback (most recent call last):
    verbatim.errors.OptionError: unknown freq 'm'; did you mean 'M'? There are: D, W, M, Q, Y
    """
    if freq not in FREQUENCIES:
        raise OptionError(unknown("freq", freq, FREQUENCIES))
    return freq


def cut(days: Days, freq: str) -> Periods:
    """Cut the time from the first to the last of the days into periods.

    Raises
    ------
    OptionError
        They are more than `MAX_PERIODS`, as happens where a year is mistyped.

    Examples
    --------
    >>> periods = cut(np.array(["2025-03-31", "NaT", "2025-01-01"], dtype="datetime64[D]"), "M")
    >>> periods.labels, periods.of_row.tolist()
    (('2025-01', '2025-02', '2025-03'), [2, -1, 0])
    """
    number = _number(days, freq)
    known = number[~np.isnat(days)]
    first, last = (int(known.min()), int(known.max())) if len(known) else (0, -1)
    if last - first >= MAX_PERIODS:
        ends = f"{np.nanmin(days)} to {np.nanmax(days)}"
        raise OptionError(
            f"the dates run from {ends}, which makes {last - first + 1:,} periods of one "
            f"{FREQUENCIES[freq]}; correct or filter dates that are far off, or give a longer freq"
        )
    starts = _start(np.arange(first, last + 1), freq)
    labels = tuple(_label(day, freq) for day in starts.astype(str).tolist())
    return Periods(starts, labels, np.where(np.isnat(days), -1, number - first))


def _number(days: Days, freq: str) -> Ints:
    """Number of the period that holds each day; of NaT anything."""
    if freq in "DW":
        number = days.astype("datetime64[D]").astype(np.int64)
        return number if freq == "D" else (number + 3) // 7  # day 0 was a Thursday
    number = days.astype(f"datetime64[{'Y' if freq == 'Y' else 'M'}]").astype(np.int64)
    return number // 3 if freq == "Q" else number


def _start(number: Ints, freq: str) -> Days:
    if freq in "DW":
        return (number if freq == "D" else 7 * number - 3).astype("datetime64[D]")
    unit = "Y" if freq == "Y" else "M"
    scaled = 3 * number if freq == "Q" else number
    return np.asarray(scaled.astype(f"datetime64[{unit}]").astype("datetime64[D]"))


def _label(day: str, freq: str) -> str:
    if freq == "Q":
        return f"{day[:-6]}-Q{(int(day[-5:-3]) + 2) // 3}"
    return day[:-3] if freq == "M" else day[:-6] if freq == "Y" else day
