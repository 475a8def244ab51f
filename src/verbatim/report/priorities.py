"""What to do about each driver: the quadrants of importance and net sentiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verbatim.charts.priorities import SURE
from verbatim.drivers import DriverScores
from verbatim.drivers.priorities import CASE_BY_CASE, SAFETY
from verbatim.report.names import unit
from verbatim.report.rows import DriverRow
from verbatim.report.wording import number

MEANINGS = {
    "fix first": "matters, and is judged worse than the rest",
    "keep up": "matters, and is judged better than the rest",
    "low priority": "matters little, and is judged worse than the rest",
    "possible overkill": "matters little, and is judged better than the rest",
}
CLASSES = {
    "basic": "expected: poor work costs at least twice what good work earns",
    "performance": "the more the better: good work earns about what poor work costs",
    "excitement": "a pleasant surprise: good work earns at least twice what poor work costs",
    "unclear": "too few reviews to tell",
}


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Drivers of one quadrant, the most important first."""

    key: str
    meaning: str
    rows: tuple[DriverRow, ...]


@dataclass(frozen=True, slots=True)
class PrioritiesPart:
    """What a report shows of the priorities.

    Attributes
    ----------
    quadrants : tuple of Quadrant
    unplaced : tuple of str
        Names of the drivers whose importance isn't known.
    advice : tuple of (name, sentence)
    case_by_case : str
        Name of a driver whose criticism is to be read one by one, whatever its place; or empty.
    baseline : float or None
        Outcome to expect of a review that judges nothing.
    importance_cut, net_cut : float or None
        Where the quadrants meet.
    why_none : str
        Why no driver is placed, where that is the same for all; empty otherwise.
    sure : float
        Share of the resamples below which a driver stands on a border.
    """

    quadrants: tuple[Quadrant, ...]
    unplaced: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]
    case_by_case: str
    baseline: float | None
    importance_cut: float | None
    net_cut: float | None
    sure: float = SURE
    why_case_by_case: str = CASE_BY_CASE
    why_none: str = ""


def priorities_part(scores: DriverScores, rows: Sequence[DriverRow]) -> PrioritiesPart | None:
    """Lay out the priorities; None without an outcome."""
    if scores.meta["outcome"] is None:
        return None
    measured = {**scores.meta, "outcome": unit(scores.meta["outcome"])}
    table = DriverScores(scores.tables, measured).priorities().frame
    mentioned = table[table["n_reviews"] > 0]
    baselines = [row.effects.baseline for row in rows if row.effects]
    return PrioritiesPart(
        quadrants=tuple(
            Quadrant(key, meaning, tuple(_inside(rows, key))) for key, meaning in MEANINGS.items()
        ),
        unplaced=tuple(row.name for row in rows if not (row.effects and row.effects.quadrant)),
        advice=tuple(zip(mentioned["name"], mentioned["advice"], strict=True)),
        case_by_case=next((row.name for row in rows if _is_harm(row)), ""),
        baseline=next(iter(baselines), None),
        importance_cut=number(table["importance_cut"].iloc[0]) if len(table) else None,
        net_cut=number(table["net_cut"].iloc[0]) if len(table) else None,
        why_none=_why_none(list(mentioned["advice"])),
    )


def _why_none(advice: Sequence[str]) -> str:
    """Reason that all drivers share for not being placed.

    Examples
    --------
    >>> _why_none(["Not placed: importance takes 30 reviews with an outcome and there are 4."] * 2)
    'importance takes 30 reviews with an outcome and there are 4'
    """
    start = "Not placed: "
    if len(set(advice)) != 1 or not advice[0].startswith(start):
        return ""
    return advice[0].removeprefix(start).rstrip(".")


def _is_harm(row: DriverRow) -> bool:
    return row.driver == SAFETY and bool(row.negative + row.mixed)


def _inside(rows: Sequence[DriverRow], quadrant: str) -> list[DriverRow]:
    inside = [row for row in rows if row.effects and row.effects.quadrant == quadrant]
    return sorted(inside, key=lambda row: -row.importance)
