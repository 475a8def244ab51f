"""The themes that customers talk about, driver by driver, each with a sentence of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.rows import DriverRow, driver_rows
from verbatim.report.wording import shortened

MOST = 40
"""Themes shown, those that most reviews hold."""
QUOTE = 160


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme, its name alone, and what somebody says of it on the side that most are on."""

    name: str
    row: DriverRow
    quote: str


@dataclass(frozen=True, slots=True)
class ThemesPart:
    """Themes by driver: its id and its themes, the most mentioned first; and how many are left."""

    drivers: tuple[tuple[str, tuple[ThemeLine, ...]], ...]
    left_out: int
    n_unassigned: int


def themes_part(analysis: Analysis, weight: str | None, **shared: Any) -> ThemesPart | None:
    """Lay out the themes of an analysis that was tagged; None for any other."""
    if not analysis.meta.get("themes"):
        return None
    scores = analysis.drivers(level="theme", weight=weight, n_quotes=1, **shared)
    names = dict(zip(scores.frame["theme"], scores.frame["name"], strict=True))
    rows = driver_rows(scores)
    shown = rows[:MOST]
    quotes = _quotes(scores)
    by_driver: dict[str, list[ThemeLine]] = {}
    for row in shown:
        line = ThemeLine(str(names[row.theme]), row, quotes.get((row.theme, _side(row)), ""))
        by_driver.setdefault(row.driver, []).append(line)
    drivers = tuple((driver, tuple(lines)) for driver, lines in by_driver.items())
    return ThemesPart(drivers, len(rows) - len(shown), scores.meta["n_unassigned"])


def _side(row: DriverRow) -> str:
    return "negative" if row.negative > row.positive else "positive"


def _quotes(scores: DriverScores) -> Mapping[tuple[str | None, str], str]:
    records: Sequence[Mapping[Any, Any]] = scores.quotes.to_dict("records")
    return {(row["theme"], row["label"]): shortened(row["text"], QUOTE) for row in records}
