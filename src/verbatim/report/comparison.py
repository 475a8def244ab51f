"""The groups side by side: net sentiment of each driver in each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verbatim.report.rows import DriverRow

MOST_GROUPS = 10

# Net sentiment at which a cell takes the next deeper of three shades.
_STEPS = (10.0, 35.0, 60.0)


@dataclass(frozen=True, slots=True)
class Group:
    """A group and the number of its reviews that were read."""

    label: str
    n_read: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table of groups (columns) and drivers (rows); a cell without a mention is None.

    `left_out` groups, the smallest, have no column.
    """

    by: str
    groups: tuple[Group, ...]
    lines: tuple[tuple[str, tuple[DriverRow | None, ...]], ...]
    left_out: int


def compare(grouped: Sequence[DriverRow], by: str) -> Comparison:
    """Lay out scores by group: groups in their order, drivers by falling number of mentions."""
    sizes = {row.group: row.n_read for row in grouped}
    largest = sorted(sizes, key=lambda label: -sizes[label])[:MOST_GROUPS]
    groups = [label for label in sizes if label in largest]
    cells = {(row.name, row.group): row for row in grouped if row.group in largest}
    mentions: dict[str, int] = {}
    for row in cells.values():
        mentions[row.name] = mentions.get(row.name, 0) + row.n_reviews
    names = sorted(mentions, key=lambda name: -mentions[name])
    return Comparison(
        by=by,
        groups=tuple(Group(label, sizes[label]) for label in groups),
        lines=tuple((name, tuple(cells.get((name, label)) for label in groups)) for name in names),
        left_out=len(sizes) - len(groups),
    )


def shade(row: DriverRow) -> int:
    """Shade of a cell, -3 (deep negative) to 3 (deep positive), by its net sentiment.

    With few reviews it is -1 or 1 where the interval leaves 0 out, else 0.
    """
    if row.net is None or row.low is None or row.high is None:
        return 0
    depth = sum(abs(row.net) >= step for step in _STEPS)
    if row.low_support:
        depth = int(row.low * row.high > 0)
    return depth if row.net > 0 else -depth
