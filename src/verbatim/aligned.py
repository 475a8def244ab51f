"""Texts in the equal columns of a terminal, where some characters take two and some none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unicodedata import combining, east_asian_width

import pandas as pd

WIDTH = 100
"""Columns of the terminal."""


def first_rows(frame: pd.DataFrame, n: int) -> list[dict[str, Any]]:
    """Take the first rows that are shown, as records with text keys."""
    names = [str(name) for name in frame]
    columns = [list(frame[name].iloc[:n]) for name in frame]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def shortened(value: str, width: int) -> str:
    """Cut a text to the columns that a terminal has for it.

    Examples
    --------
    >>> shortened("Frankfurt", 6), shortened("フランク", 6)
    ('Frank…', 'フラ…')
    """
    if width_of(value) <= width:
        return value
    while width_of(value) > width - 1:
        value = value[:-1]
    return f"{value}…"


def width_of(value: str) -> int:
    """Count the columns that a text takes.

    Examples
    --------
    >>> width_of("Rome"), width_of("東京"), width_of("e\N{COMBINING ACUTE ACCENT}")
    (4, 4, 1)
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in value)


def left(column: Sequence[str]) -> list[str]:
    """Fill the cells of a column up with blanks behind them."""
    width = max(map(width_of, column))
    return [cell + " " * (width - width_of(cell)) for cell in column]


def right(column: Sequence[str]) -> list[str]:
    """Fill the cells of a column up with blanks before them."""
    width = max(map(width_of, column))
    return [" " * (width - width_of(cell)) + cell for cell in column]
