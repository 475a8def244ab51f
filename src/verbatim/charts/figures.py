"""Write figures for charts, and take them out of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

MINUS = "\N{MINUS SIGN}"
SIGNED_AXIS = (
    f"datum.value < 0 ? '{MINUS}' + abs(datum.value) : datum.value > 0 ? '+' + datum.value : '0'"
)
"""Writes the labels of an axis with their sign."""

MOST_GROUPS = 10


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values that JSON can hold, None where there is nothing."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    if not pd.api.types.is_scalar(value) or not pd.isna(value):
        return value
    return None


def signed(value: float, digits: int = 0) -> str:
    """Write a figure with its sign.

    Examples
    --------
    >>> signed(62.4), signed(-3.46, 1), signed(-0.2)
    ('+62', '\N{MINUS SIGN}3.5', '0')
    """
    shown = f"{abs(value):.{digits}f}"
    return shown if not float(shown) else ("+" if value > 0 else MINUS) + shown


def said(row: Mapping[str, Any], name: str, ends: str, digits: int = 0) -> str:
    """Write a figure with its interval; nothing where there is none.

    Examples
    --------
    >>> said({"net": 5.0, "net_low": -1.0, "net_high": 9.0}, "net", "net")
    '+5 (\N{MINUS SIGN}1 to +9)'
    """
    value, low, high = row.get(name), row.get(f"{ends}_low"), row.get(f"{ends}_high")
    if value is None or low is None or high is None:
        return ""
    return f"{signed(value, digits)} ({signed(low, digits)} to {signed(high, digits)})"


def reviews(row: Mapping[str, Any]) -> str:
    """Write how many reviews stand behind a row."""
    few = ", low support" if row.get("low_support") else ""
    return f"{_counted(row['n_reviews'])}{few}"


def _counted(n: int) -> str:
    return f"{n:,} review{'' if n == 1 else 's'}"


def has_few_outcomes(row: Mapping[str, Any]) -> bool:
    """Whether a figure of the outcome rests on few reviews, of the driver or of those with one."""
    return bool(row["low_support"] or row["outcome_low_support"])


def with_outcome(row: Mapping[str, Any]) -> str:
    """Write how many reviews stand behind a row, and how many of them have an outcome.

    Examples
    --------
    >>> with_outcome({"n_reviews": 113, "outcome_n": 26})
    '113 reviews, 26 with an outcome'
    """
    n, judged = row["n_reviews"], row["outcome_n"]
    return f"{_counted(n)}, {judged:,} with an outcome" if judged != n else _counted(n)


def outcomes(row: Mapping[str, Any]) -> str:
    """Write how many reviews stand behind a figure of the outcome.

    Examples
    --------
    >>> few = {"n_reviews": 113, "outcome_n": 26, "low_support": False, "outcome_low_support": True}
    >>> outcomes(few)
    '113 reviews, 26 with an outcome, low support'
    """
    few = ", low support" if has_few_outcomes(row) else ""
    return f"{with_outcome(row)}{few}"


def driver_label(row: Mapping[str, Any]) -> str:
    """Name a driver, or a sub-driver or theme behind its driver.

    Examples
    --------
    >>> driver_label({"driver": "food", "subdriver": "drinks", "name": "Drinks"})
    'food > Drinks'
    """
    is_part = "subdriver" in row or "theme" in row
    return f"{row['driver']} > {row['name']}" if is_part else str(row["name"])


def driver_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Ids of a driver, sub-driver or theme; two of them may have the same name."""
    return tuple(row.get(level) for level in ("driver", "subdriver", "theme"))


def by_group(frame: pd.DataFrame) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows of each group with its name, up to `MOST_GROUPS`; one without a name if not grouped."""
    names = group_names(frame)
    groups: dict[str, list[dict[str, Any]]] = {} if names else {"": []}
    for row in plain_rows(frame):
        groups.setdefault(group_label(row, names), []).append(row)
    return list(groups.items())[:MOST_GROUPS]


def group_names(frame: pd.DataFrame) -> list[str]:
    """Columns of the group, which stand before that of the driver."""
    names = [str(name) for name in frame]
    return names[: names.index("driver")]


def group_label(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """Name a group by its values.

    Examples
    --------
    >>> group_label({"city": "Rome", "year": None}, ["city", "year"])
    'Rome · (missing)'
    """
    values = [row[name] for name in names]
    return " · ".join(
        "(missing)" if value is None else " ".join(str(value).split()) for value in values
    )
