"""Say what changes, in sentences that carry their interval, their q-value and their n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from verbatim.comparison.findings import counted, figure, group_text, q_text, records
from verbatim.trend.columns import group_column

Row = Mapping[str, Any]


def ranked(changes: pd.DataFrame) -> pd.DataFrame:
    """Changes, the surest first; of equals the one with the larger difference."""
    scale = np.where(changes["measure"] == "share", 100, 1)
    size = scale * changes["difference"].abs().to_numpy()
    order = np.lexsort((-size, changes["p_value"].to_numpy(), changes["q_value"].to_numpy()))
    return changes.iloc[order]


def findings(changes: pd.DataFrame, meta: Row, n: int) -> list[str]:
    """Up to n sentences, or one that says that nothing changes for sure."""
    if len(changes):
        return [sentence(row, meta) for row in records(ranked(changes).iloc[: max(n, 0)])]
    return [
        f"No change is significant: {meta['n_tested']:,} series tested at a false discovery rate "
        f"of {meta['fdr']:.0%}."
    ][: max(n, 0)]


def sentence(row: Row, meta: Row) -> str:
    """Say one change."""
    kind = row["measure"]
    verb = "rose" if row["difference"] > 0 else "fell"
    before, after = (level(row[name], kind) for name in ("before", "after"))
    change, low, high = (figure(row[name], kind) for name in ("difference", "low", "high"))
    unit = "percentage points" if kind == "share" else "points"
    few = "; low support" if row["low_support"] else ""
    where = ", ".join(map(": ".join, zip(meta["by"], group_of(row, meta), strict=True)))
    name = f"{row['name']} ({where})" if where else row["name"]
    return (
        f"{name}: {kind.replace('_', ' ')} {verb} from {before} to {after} from "
        f"{row['period']} on ({change} {unit}, {meta['confidence']:.0%} interval {low} to {high}, "
        f"{q_text(row['q_value'])}, {counted(row['n_before'], 'review')} before and "
        f"{row['n_after']:,} after{few})."
    )


def with_groups(table: pd.DataFrame, meta: Row) -> pd.DataFrame:
    """Each driver of each group as one of its own: what is drawn of a trend in groups."""
    if not meta["by"]:
        return table
    groups = [", ".join(group_of(row, meta)) for row in records(table)]
    both = {
        name: [f"{one} ({group})" for one, group in zip(table[name], groups, strict=True)]
        for name in ("driver", "name")
    }
    return table.assign(**both)


def group_of(row: Row, meta: Row) -> list[str]:
    """Values of the group that a row is about; none where all reviews are followed together."""
    return [group_text(row[group_column(name)]) for name in meta["by"]]


def level(value: float, kind: str) -> str:
    """Show a level.

    Examples
    --------
    >>> level(0.183, "share"), level(40.0, "net_sentiment")
    ('18%', '+40')
    """
    return f"{value:.0%}" if kind == "share" else figure(value, kind)
