"""The groups side by side: net sentiment of each driver, and where a group stands apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.comparison import Comparison
from verbatim.comparison.findings import findings, q_text
from verbatim.comparison.groups import OTHER, label
from verbatim.report.finding import CATCH_ALL
from verbatim.report.group_findings import (
    by_group,
    first_groups,
    named_groups,
    quiet_groups,
    rows_of_named,
)
from verbatim.report.names import isolated, shown_name, with_shown_names
from verbatim.report.outcome import Mean, Outcome
from verbatim.report.rows import Figure, Record
from verbatim.report.wording import number

MOST_GROUPS = 10
MOST_DRIVERS = 40
MOST_FINDINGS = 6

_MOST_REVIEWS = 100_000
"""Of more reviews a driver as a whole tells groups apart, and its parts would take long to test."""

# Net sentiment at which a cell takes the next deeper of three shades.
_STEPS = (10.0, 35.0, 60.0)


@dataclass(frozen=True, slots=True)
class Group:
    """A group, the number of its reviews that were read, and their mean outcome."""

    label: str
    n_read: int
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Net sentiment of a driver in a group, and its difference from all other groups."""

    net: float | None
    n: int
    difference: Figure
    q: float | None
    is_apart: bool
    low_support: bool

    @property
    def shade(self) -> int:
        """Shade, -3 (deep negative) to 3 (deep positive); with few reviews the lightest at most."""
        if self.net is None:
            return 0
        depth = sum(abs(self.net) >= step for step in _STEPS)
        depth = min(depth, int(self.is_apart)) if self.low_support else depth
        return depth if self.net > 0 else -depth

    @property
    def arrow(self) -> str:
        """Mark of a difference that is significant: up or down."""
        if not self.is_apart or self.difference.value is None:
            return ""
        return "▲" if self.difference.value > 0 else "▼"

    @property
    def words(self) -> str:
        """What the cell says, for a tooltip."""
        few = ["few reviews"] if self.low_support else []
        if not self.difference.is_whole or self.q is None:
            return ", ".join(few)
        return ", ".join([f"{self.difference.text()} against the rest", q_text(self.q), *few])


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Drivers (rows) by groups (columns); a cell without a mention is None.

    Columns are those of the groups that stand apart, the surest first, then of the largest;
    `left_out` groups have none, `n_pooled` small ones are in one. `blank` is the share of the rows
    that have no group, 0 to 1.
    """

    by: str
    groups: tuple[Group, ...]
    lines: tuple[tuple[str, str, tuple[Cell | None, ...]], ...]
    left_out: int
    n_pooled: int
    findings: tuple[str, ...]
    blank: float


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """Groups that have a name, compared; the rows without a value are left out and counted.

    `finer` compares the parts of drivers, where some group stands apart in no driver as a whole: of
    facilities the parking may be what one site lacks, and the showers another.
    """

    found: Comparison
    n_blank: int
    n_rows: int
    finer: Comparison | None = None


def compare_named(
    analysis: Analysis, columns: Sequence[str], weight: str | None, **options: Any
) -> Compared | None:
    """Compare the groups with each other, not with those of whom no group is known.

    None where no row has a group.
    """
    named = np.ones(len(analysis), dtype=bool)
    for name in columns:
        named &= ~_is_blank(analysis.column(name))
    if not named.any():
        return None
    kept = analysis if named.all() else analysis.keep(named)
    found = kept.compare(by=list(columns), weight=weight, **options)
    finer = None
    if len(found.meta["groups"]) > 1 and len(kept) <= _MOST_REVIEWS and quiet_groups(found):
        finer = kept.compare(by=list(columns), weight=weight, level="subdriver", **options)
    return Compared(found, int((~named).sum()), len(named), finer)


def _is_blank(column: pd.Series[Any]) -> NDArray[np.bool_]:
    missing = column.isna().to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(column):
        return np.asarray(missing)
    texts = column.astype(object).map(lambda value: isinstance(value, str) and not value.strip())
    blank: NDArray[np.bool_] = np.logical_or(missing, texts.to_numpy(dtype=bool))
    return blank


def group_table(
    analysis: Analysis, named: Compared, columns: Sequence[str], outcome: Outcome | None
) -> GroupTable | None:
    """Lay out a comparison; None if there is only one group."""
    compared = named.found
    sizes = compared.meta["groups"]
    labels = list(sizes)
    if len(labels) < 2:
        return None
    pooled = [name for name in labels if name not in named_groups(compared)]
    first = first_groups(compared, MOST_GROUPS - len(pooled))
    shown = sorted([*first, *pooled], key=labels.index)
    means = _means(analysis, compared.meta, columns, outcome)
    return GroupTable(
        by=" and ".join(map(shown_name, columns)),
        groups=tuple(Group(name, sizes[name], means.get(name)) for name in shown),
        lines=tuple(_lines(compared, labels, shown)),
        left_out=len(labels) - len(shown),
        n_pooled=len(compared.meta["pooled"]),
        findings=tuple(_all_findings(named)),
        blank=named.n_blank / named.n_rows,
    )


def _all_findings(named: Compared) -> list[str]:
    """What sets groups apart, and of those whose drivers say nothing, parts of their drivers."""
    if not named_groups(named.found):
        return []
    whole = with_shown_names(named.found)
    parts = _of_quiet(named)
    if not parts or not rows_of_named(whole)["significant"].any():
        return parts or _findings(whole, rows_of_named(whole))
    return [*_findings(whole, rows_of_named(whole)), *parts][:MOST_FINDINGS]


def _of_quiet(named: Compared) -> list[str]:
    """Sentences about parts of drivers, of the groups that stand apart in no driver as a whole."""
    if named.finer is None:
        return []
    quiet, finer = quiet_groups(named.found), with_shown_names(named.finer)
    rows = pd.concat(part for name, part in by_group(finer).items() if name in quiet)
    rows = rows[rows["driver"] != CATCH_ALL]
    return _findings(finer, rows) if rows["significant"].any() else []


def _findings(compared: Comparison, rows: pd.DataFrame) -> list[str]:
    """Sentences about rows of the groups that have a name, in which no name reorders the words."""
    sizes = named_groups(compared)
    # Each group, as two of which one is pooled aren't each other's mirror here.
    meta = {**compared.meta, "groups": sizes}
    sentences = findings(rows, meta, MOST_FINDINGS)
    turning = {name: isolated(name) for name in sizes if isolated(name) != name}
    for name, whole in turning.items():
        sentences = [sentence.replace(name, whole) for sentence in sentences]
    return sentences


def _lines(
    compared: Comparison, labels: Sequence[str], shown: Sequence[str]
) -> list[tuple[str, str, tuple[Cell | None, ...]]]:
    """Drivers that are mentioned, in the order of the comparison: by falling number of reviews."""
    table = compared.frame
    rows = table[table["measure"] == "net_sentiment"].to_dict("records")
    width = len(rows) // len(labels)
    places = [labels.index(name) * width for name in shown]
    lines = []
    for driver in range(width):
        cells = tuple(_cell(rows[place + driver]) for place in places)
        if any(cells):
            lines.append((str(rows[driver]["driver"]), str(rows[driver]["name"]), cells))
    return lines[:MOST_DRIVERS]


def _cell(record: Record) -> Cell | None:
    if not record["n_reviews"]:
        return None
    ends = (number(record[name]) for name in ("difference", "low", "high"))
    return Cell(
        net=number(record["value"]),
        n=int(record["n_reviews"]),
        difference=Figure(*ends),
        q=number(record["q_value"]),
        is_apart=bool(record["significant"]),
        low_support=bool(record["low_support"]),
    )


def _means(
    analysis: Analysis,
    meta: Mapping[str, Any],
    columns: Sequence[str],
    outcome: Outcome | None,
) -> dict[str, Mean]:
    if outcome is None:
        return {}
    pooled = dict.fromkeys(dict(meta["pooled"]), OTHER)
    parts = [analysis.column(name).map(label, na_action=None) for name in columns]
    of_row = [", ".join(values) for values in zip(*parts, strict=True)]
    names = np.array([pooled.get(name, name) for name in of_row], dtype=object)
    return {name: outcome.mean(names == name) for name in meta["groups"]}
