"""Say what differs, in sentences that carry their interval, their q-value and their n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from verbatim.comparison.columns import group_column
from verbatim.comparison.groups import MISSING, REST
from verbatim.tables import is_missing

Row = Mapping[str, Any]

MINUS = "\N{MINUS SIGN}"


def ranked(frame: pd.DataFrame, meta: Row) -> pd.DataFrame:
    """Rows that are significant, the surest first, each difference once.

    Where two groups are each the other's rest every difference stands in the table twice; here
    once, where it is positive.
    """
    is_twice = meta["baseline_kind"] == REST and len(meta["groups"]) == 2
    return surest(frame[frame["difference"] > 0] if is_twice else frame)


def surest(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that are significant, the surest first."""
    found = frame[frame["significant"]]
    size = found["difference"].abs().to_numpy()
    return found.iloc[np.lexsort((-size, found["p_value"].to_numpy()))]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as they are, by the names of their columns as text."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def findings(frame: pd.DataFrame, meta: Row, n: int) -> list[str]:
    """Up to n sentences, or one that says that nothing stands out."""
    rows = ranked(frame, meta)
    if len(rows):
        return [sentence(row, meta) for row in records(rows.iloc[: max(n, 0)])]
    return [
        f"No difference is significant: {meta['n_tested']:,} tested at a false discovery rate of "
        f"{meta['fdr']:.0%}."
    ][: max(n, 0)]


def sentence(row: Row, meta: Row) -> str:
    """Say one difference."""
    against = "the rest" if meta["baseline_kind"] == REST else row["reference"]
    few = "; low support" if row["low_support"] else ""
    low, high = (figure(row[end], row["measure"]) for end in ("low", "high"))
    return (
        f"{row['name']} ({_where(row, meta)}): {_claim(row, meta, against)} "
        f"({meta['confidence']:.0%} interval {low} to {high}, {q_text(row['q_value'])}, "
        f"{counted(row['n_reviews'], 'review')}{few})."
    )


def _claim(row: Row, meta: Row, against: str) -> str:
    kind, more = row["measure"], row["difference"] > 0
    size = figure(abs(row["difference"]), kind).lstrip("+")
    if kind == "share":
        value, reference = (f"{row[name]:.0%}" for name in ("value", "reference_value"))
        points = f"{size} percentage points {'more' if more else 'less'}"
        return f"in {value} of reviews against {reference} of {against}, {points}"
    value, reference = (figure(row[name], kind) for name in ("value", "reference_value"))
    what = "net sentiment" if kind == "net_sentiment" else f"impact on {meta['outcome']}"
    unit = " points" if kind == "net_sentiment" else ""
    side = "higher" if more else "lower"
    return f"{what} {value} against {reference} of {against}, {size}{unit} {side}"


def _where(row: Row, meta: Row) -> str:
    return ", ".join(f"{by}: {group_text(row[group_column(by)])}" for by in meta["by"])


def group_text(value: object) -> str:
    """Show the value of a group.

    Examples
    --------
    >>> group_text("Rome"), group_text(None)
    ('Rome', '(missing)')
    """
    return MISSING if is_missing(value) else str(value)


def counted(n: int, noun: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "review"), counted(1200, "review")
    ('1 review', '1,200 reviews')
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def figure(value: float, measure: str) -> str:
    """Show a figure with its sign; shares as percentages without the sign for percent.

    Examples
    --------
    >>> figure(21.4, "net_sentiment"), figure(0.118, "share"), figure(0.254, "impact")
    ('+21', '+12', '+0.25')
    """
    scaled = 100 * value if measure == "share" else value
    shown = f"{abs(scaled):.{2 if measure == 'impact' else 0}f}"
    return shown if not float(shown) else f"{'+' if scaled > 0 else MINUS}{shown}"


def q_text(q: float) -> str:
    """Show a q-value.

    Examples
    --------
    >>> q_text(0.0102), q_text(2e-9)
    ('q = .010', 'q < .001')
    """
    return "q < .001" if q < 0.0005 else f"q = {q:.3f}".replace("0.", ".")
