"""Drivers through time: which column holds the dates, how long a period is, and what changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from verbatim.analysis import Analysis
from verbatim.comparison.dates import Days, date_column, dates_of
from verbatim.comparison.findings import q_text
from verbatim.comparison.periods import FREQUENCIES
from verbatim.errors import OptionError
from verbatim.report.rows import Figure, Record
from verbatim.trend import Trend
from verbatim.trend.findings import level, ranked

MOST_FINDINGS = 6
FEWEST_PERIODS = 3
MOST_PERIODS = 36

_DAYS = {"W": 7, "M": 30, "Q": 91}


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a driver's level, in words."""

    driver: str
    name: str
    measure: str
    period: str
    before: str
    after: str
    difference: Figure
    is_share: bool
    q: str
    n_before: int
    n_after: int
    low_support: bool

    @property
    def tone(self) -> str:
        """Better or worse; more or fewer mentions are neither."""
        return "neutral" if self.is_share else self.difference.tone


@dataclass(frozen=True, slots=True)
class TrendPart:
    """What a report shows of a trend."""

    date: str
    period: str
    first: str
    last: str
    n_periods: int
    n_undated: int
    findings: tuple[str, ...]
    changes: tuple[Change, ...]


def find_dates(analysis: Analysis, date: str | None) -> str | None:
    """Name the column of dates: the one given, else the only one that there is, else None."""
    if date is not None:
        return date
    try:
        return date_column(analysis)
    except OptionError:  # none, or several, of which only the caller can choose
        return None


def choose_freq(days: Days) -> str:
    """Choose the shortest of week, month, quarter and year that makes few enough periods.

    Examples
    --------
    >>> choose_freq(np.array(["2025-01-01", "2025-12-31"], dtype="datetime64[D]"))
    'M'
    >>> choose_freq(np.array(["2025-01-01", "2025-02-20"], dtype="datetime64[D]"))
    'W'
    """
    known = days[~np.isnat(days)]
    span = int((known.max() - known.min()).astype(int)) if len(known) else 0
    most = {"W": MOST_PERIODS / 2, "M": MOST_PERIODS, "Q": MOST_PERIODS}
    return next((freq for freq, length in _DAYS.items() if span / length <= most[freq]), "Y")


def follow(
    analysis: Analysis, date: str, freq: str | None, weight: str | None, **options: Any
) -> Trend | None:
    """Follow the drivers through time; None if there are too few periods to see anything."""
    chosen = freq or choose_freq(dates_of(analysis, date).days)
    found = analysis.trend(date=date, freq=chosen, weight=weight, **options)
    return found if len(found.meta["periods"]) >= FEWEST_PERIODS else None


def trend_part(trend: Trend) -> TrendPart:
    """Lay out what a report shows of a trend."""
    periods, meta = list(trend.meta["periods"]), trend.meta
    return TrendPart(
        date=str(meta["date"]),
        period=FREQUENCIES[meta["freq"]],
        first=periods[0],
        last=periods[-1],
        n_periods=len(periods),
        n_undated=meta["n_undated"],
        findings=tuple(trend.findings(MOST_FINDINGS)),
        changes=tuple(map(_change, ranked(trend.changes).to_dict("records"))),
    )


def _change(record: Record) -> Change:
    kind = str(record["measure"])
    scale = 100 if kind == "share" else 1
    difference = (scale * float(record[name]) for name in ("difference", "low", "high"))
    before, after = (level(record[name], kind) for name in ("before", "after"))
    return Change(
        driver=str(record["driver"]),
        name=str(record["name"]),
        measure=kind.replace("_", " "),
        period=str(record["period"]),
        before=before,
        after=after,
        difference=Figure(*difference),
        is_share=kind == "share",
        q=q_text(record["q_value"]),
        n_before=int(record["n_before"]),
        n_after=int(record["n_after"]),
        low_support=bool(record["low_support"]),
    )
