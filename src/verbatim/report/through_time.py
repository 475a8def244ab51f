"""Drivers through time: which column holds the dates, how long a period is, and what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from verbatim.analysis import Analysis
from verbatim.comparison.dates import ASSUMED, Days, date_column, dates_of
from verbatim.comparison.findings import q_text
from verbatim.comparison.periods import FREQUENCIES
from verbatim.drivers.groups import group
from verbatim.errors import OptionError
from verbatim.report.names import isolated, shown_name, with_shown_names
from verbatim.report.rows import Figure, Record, figure
from verbatim.report.wording import shortened
from verbatim.trend import Trend
from verbatim.trend.findings import level, ranked

MOST_FINDINGS = 6
MOST_COURSES = 6
MOST_GROUPS = 12
"""Groups of which each is followed for itself, at most: the time grows with their square."""
FEWEST_PERIODS = 3
MOST_PERIODS = 36

_OPTION = "date, on the command line --date"
_NO_DATES = "no column holds dates"
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
class Course:
    """Net sentiment of a driver, period by period, and the reviews behind each."""

    name: str
    nets: tuple[Figure, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrendPart:
    """What a report shows of a trend; `order` says how its dates were read, if that matters.

    `of_groups` are findings about single groups; `courses` are those of the drivers that are drawn,
    over `periods`.
    """

    date: str
    period: str
    first: str
    last: str
    periods: tuple[str, ...]
    n_undated: int
    order: str
    findings: tuple[str, ...]
    of_groups: tuple[str, ...]
    changes: tuple[Change, ...]
    courses: tuple[Course, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Followed:
    """A trend and what is shown of it; or, where there are dates and none, why."""

    found: Trend | None = None
    part: TrendPart | None = None
    untold: str = ""


def find_dates(analysis: Analysis, date: str | None) -> tuple[str | None, str]:
    """Name the column of dates: the one given, else the only one whose dates mean one thing.

    Returns
    -------
    str or None
        None where there is none, or only the caller can choose.
    str
        What the caller has to choose, or what was assumed; empty if nothing.
    """
    try:
        name = date_column(analysis) if date is None else date
    except OptionError as error:
        said, _, _ = str(error).partition(";")
        several = "" if said.startswith(_NO_DATES) else f"{said}: name one of them ({_OPTION})"
        return None, several
    order = dates_of(analysis, name).order or ""
    if not order.endswith(ASSUMED):
        return name, ""
    shown, order = isolated(shown_name(name)), order.removesuffix(ASSUMED)
    unsure = f"no date of {shown} tells whether the day or the month comes first"
    if date is not None:
        return name, f"{unsure}; {order} is assumed"
    fix = f"name it ({_OPTION}) to have them read {order}, or write them like 2025-03-31"
    return None, f"{unsure}: {fix}"


def followed(
    analysis: Analysis,
    date: str | None,
    freq: str | None,
    weight: str | None,
    by: Sequence[str] = (),
    **options: Any,
) -> Followed:
    """Follow the drivers through time where there are dates, and say why if there is no trend."""
    name, unsure = find_dates(analysis, date)
    if name is None:
        return Followed(untold=unsure)
    found = follow(analysis, name, freq, weight, **options)
    if found is None:
        shown = isolated(shown_name(name))
        return Followed(untold=f"the dates of {shown} make fewer than {FEWEST_PERIODS} periods")
    return Followed(found, trend_part(found, of_groups(analysis, found, by, **options)))


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


def of_groups(
    analysis: Analysis, trend: Trend, by: Sequence[str], **options: Any
) -> tuple[str, ...]:
    """Say what changes in single groups: it may drown in all the others."""
    asked = {name: trend.meta[name] for name in ("date", "freq", "weight")}
    if not by or asked["date"] in by or _n_groups(analysis, by) > MOST_GROUPS:
        return ()
    try:
        found = analysis.trend(by=list(by), **asked, **options)
    except OptionError:  # no group is large enough
        return ()
    return tuple(with_shown_names(found).findings(MOST_FINDINGS)) if len(found.changes) else ()


def _n_groups(analysis: Analysis, by: Sequence[str]) -> int:
    return len(group(analysis, by).values)


def trend_part(trend: Trend, of_groups: tuple[str, ...] = ()) -> TrendPart:
    """Lay out what a report shows of a trend."""
    periods, meta = list(trend.meta["periods"]), trend.meta
    return TrendPart(
        date=isolated(shortened(shown_name(str(meta["date"])))),
        period=FREQUENCIES[meta["freq"]],
        first=periods[0],
        last=periods[-1],
        periods=tuple(periods),
        n_undated=meta["n_undated"],
        order=_order(meta["date_order"]),
        findings=tuple(trend.findings(MOST_FINDINGS)),
        of_groups=of_groups,
        changes=tuple(map(_change, ranked(trend.changes).to_dict("records"))),
        courses=tuple(_courses(trend)),
    )


def _courses(trend: Trend) -> Iterator[Course]:
    """The drivers that change and then those most mentioned, as the chart has them."""
    rows: dict[str, list[Record]] = {}
    for record in trend.frame.to_dict("records"):
        rows.setdefault(str(record["driver"]), []).append(record)
    moved = trend.changes[trend.changes["measure"] == "net_sentiment"]["driver"].tolist()
    counts = {driver: sum(int(row["n_reviews"]) for row in held) for driver, held in rows.items()}
    order = sorted(rows, key=lambda driver: (driver not in moved, -counts[driver]))
    for held in (rows[driver] for driver in order[:MOST_COURSES] if counts[driver]):
        nets = tuple(figure(row, "net_sentiment", "net") for row in held)
        yield Course(str(held[0]["name"]), nets, tuple(int(row["n_reviews"]) for row in held))


def _order(order: str | None) -> str:
    """Say how dates such as 03/04/2025 were read; nothing where that is no question."""
    if order is None:
        return ""
    known = order.removesuffix(ASSUMED)
    return known if known == order else f"{known}, which is assumed, as no date tells"


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
