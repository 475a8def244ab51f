"""Show driver scores in a terminal: an aligned table of at most 100 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH, first_rows, left, right, shortened

MAX_ROWS = 60
"""Rows shown; of a longer table the rest is counted."""

_GAP = "  "
_COMFORTABLE, _NARROWEST = 10, 4

Row = Mapping[str, Any]


def text(frame: pd.DataFrame, meta: Row) -> str:
    """Lay out the scores in lines; `*` marks rows of low support."""
    keys = label_columns(frame)
    rows = shown_rows(frame)
    labels = [heads(keys, frame), *([label(row[key]) for key in keys] for row in rows)]
    blank = " " if any(outcome_needs_mark(row) for row in rows) else ""
    figures = [_figure_heads(meta, blank), *(_figures(row, meta, blank) for row in rows)]
    columns = list(map(right, zip(*figures, strict=True)))
    room = WIDTH - sum(len(column[0]) + len(_GAP) for column in columns)
    if room < len(keys) * (_COMFORTABLE + len(_GAP)):
        room += len(columns.pop(3)[0]) + len(_GAP)  # the emotion goes first
    width = max(_NARROWEST, room // len(keys) - len(_GAP))
    names = [
        left([shortened(cell, width) for cell in column]) for column in zip(*labels, strict=True)
    ]
    lines = [_GAP.join(cells) for cells in zip(*names, *columns, strict=True)]
    lines = [shortened(line.rstrip(), WIDTH) for line in lines]
    return "\n".join([title(frame, meta), "", *lines, *notes(frame, meta)])


def label_columns(frame: pd.DataFrame) -> list[str]:
    """Columns that say which row it is: the group, and the driver or sub-driver by its name."""
    keys = [str(name) for name in frame]
    return [*keys[: keys.index("name") - 1], "name"]


def heads(keys: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Head of each label column.

    Examples
    --------
    >>> heads(["driver", "name"], pd.DataFrame(columns=["driver", "theme", "name"]))
    ['driver', 'theme']
    """
    return [*keys[:-1], next(key for key in ("theme", "subdriver", "driver") if key in frame)]


def shown_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Take the first `MAX_ROWS` rows, as records with text keys."""
    return first_rows(frame, MAX_ROWS)


def title(frame: pd.DataFrame, meta: Row) -> str:
    """Say what was scored."""
    weighted = ""
    if meta["weight"] is not None:
        weighted = (
            f"weighted by {shortened(label(meta['weight']), 20)} (effective n "
            f"{meta['n_effective']:,.1f}), "
        )
    return (
        f"Driver scores: {meta['n_read']:,} of {meta['n_verbatims']:,} verbatims read, {weighted}"
        f"{len(frame):,} rows, {100 * meta['confidence']:g}% intervals"
    )


def notes(frame: pd.DataFrame, meta: Row) -> list[str]:
    """Say what the marks mean and what isn't shown."""
    said = []
    if len(frame) > MAX_ROWS:
        said.append(f"{len(frame) - MAX_ROWS:,} more rows in .frame")
    if any(row["low_support"] or outcome_needs_mark(row) for row in shown_rows(frame)):
        said.append(f"* low support: {floor(meta)}")
    return said


def floor(meta: Row) -> str:
    """Say what low support is."""
    kind = "reviews" if meta["weight"] is None else "effective reviews"
    return f"fewer than {meta['min_reviews']} {kind}"


def outcome_needs_mark(row: Row) -> bool:
    """Whether the outcome has low support and the row none: then its mean needs a mark itself.

    Examples
    --------
    >>> outcome_needs_mark({"low_support": False, "outcome_low_support": True, "outcome_n": 3})
    True
    """
    few = row.get("outcome_low_support", False) and row["outcome_n"] > 0
    return bool(few) and not row["low_support"]


def label(value: object) -> str:
    r"""Show a group or a name on one line.

    Examples
    --------
    >>> label(None), label("New\nYork")
    ('NA', 'New York')
    """
    return (
        "NA" if value is None or value is pd.NA or value != value else " ".join(str(value).split())
    )


def percent(value: float) -> str:
    """Show a share.

    Examples
    --------
    >>> percent(0.123), percent(float("nan"))
    ('12%', '')
    """
    return "" if pd.isna(value) else f"{100 * value:.0f}%"


def net(row: Row) -> str:
    """Show the net sentiment with its interval.

    Examples
    --------
    >>> net({"net_sentiment": 50.0, "net_low": -0.3, "net_high": 80.0})
    '+50 [+0, +80]'
    """
    if pd.isna(row["net_sentiment"]):
        return ""
    return f"{row['net_sentiment']:+z.0f} [{row['net_low']:+z.0f}, {row['net_high']:+z.0f}]"


def emotion(row: Row) -> str:
    """Show the top emotion with its share."""
    return "" if pd.isna(row["emotion"]) else f"{row['emotion']} {percent(row['emotion_share'])}"


def number(value: float, form: str = ",.2f") -> str:
    """Show a figure of the outcome."""
    return "" if pd.isna(value) else f"{value:{form}}"


def _figure_heads(meta: Row, blank: str) -> list[str]:
    outcome = []
    if meta["outcome"] is not None:
        outcome = [f"{shortened(label(meta['outcome']), 12)}{blank}", "gap"]
    return ["reviews ", "share", "net sentiment", "emotion", *outcome]


def _figures(row: Row, meta: Row, blank: str) -> list[str]:
    """Figures of a row; `blank` is what stands for the mark of an outcome that needs none."""
    count = f"{row['n_reviews']:,}{'*' if row['low_support'] else ' '}"
    cells = [count, percent(row["share"]), net(row), emotion(row)]
    if meta["outcome"] is None:
        return cells
    mark = "*" if outcome_needs_mark(row) else blank
    return [*cells, f"{number(row['outcome_mean'])}{mark}", number(row["outcome_gap"], "+,.2f")]
