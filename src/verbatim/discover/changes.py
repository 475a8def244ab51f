"""What became of the themes from one fit to the next."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.discover.columns import CHANGE_KINDS, CHANGES, THEME
from verbatim.drivers.columns import typed

RATIO = 1.2
"""Ratio of the shares from which a theme has grown, or the other way shrunk."""

_KEYS = [column.name for column in THEME]


def changes_between(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row per theme of either frame: new and grown first, and the larger first."""
    old, new = (frame.set_index("theme") for frame in (before, after))
    rows = [_row(theme, old, new) for theme in dict.fromkeys([*new.index, *old.index])]
    rank = {kind: i for i, kind in enumerate(CHANGE_KINDS)}
    rows.sort(
        key=lambda row: (rank[row["change"]], -row["n_after"], -row["n_before"], row["theme"])
    )
    columns = (*THEME, *CHANGES)
    return typed(columns, {c.name: [row[c.name] for row in rows] for c in columns})


def _row(theme: str, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, Any]:
    shown = new if theme in new.index else old
    (n_before, before), (n_after, after) = (_held(frame, theme) for frame in (old, new))
    return {
        "driver": shown["driver"][theme],
        "theme": theme,
        "name": shown["name"][theme],
        "change": _kind(theme in old.index, theme in new.index, before, after),
        "n_before": n_before,
        "n_after": n_after,
        "share_before": before,
        "share_after": after,
    }


def _held(frame: pd.DataFrame, theme: str) -> tuple[int, float]:
    """Reviews that hold a theme, and their share."""
    if theme not in frame.index:
        return 0, 0.0
    return int(frame["n_reviews"][theme]), float(frame["share"][theme])


def _kind(was: bool, is_there: bool, before: float, after: float) -> str:
    """Name the change.

    Examples
    --------
    >>> _kind(True, True, 0.10, 0.11), _kind(True, True, 0.10, 0.13), _kind(False, True, 0, 0.1)
    ('kept', 'grown', 'new')
    """
    if not (was and is_there):
        return "gone" if was else "new"
    if after > RATIO * before:
        return "grown"
    return "shrunk" if before > RATIO * after else "kept"
