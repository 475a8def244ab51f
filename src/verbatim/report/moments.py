"""Moments worth a call back today, and moments worth celebrating, each in the customer's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from verbatim.moments import Moments
from verbatim.moments.view import parts
from verbatim.report.names import isolated
from verbatim.report.wording import shortened

MOST = 10
"""Of alerts, and of wow moments."""


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One moment: its kind for people, why, the quote with its trigger marked, and where it is."""

    kind: str
    reason: str
    html: Markup
    id: str
    anchor: str


@dataclass(frozen=True, slots=True)
class MomentsPart:
    """The most urgent alerts and wow moments, and how many of each kind there are.

    Attributes
    ----------
    alerts, wows : tuple of MomentRow
    counts : tuple of (str, int)
        Kinds of alert that there are, with the number of reviews that hold one.
    n_alerts, n_wows, n_read : int
    without : tuple of str
        What the engine doesn't give.
    """

    alerts: tuple[MomentRow, ...]
    wows: tuple[MomentRow, ...]
    counts: tuple[tuple[str, int], ...]
    n_alerts: int
    n_wows: int
    n_read: int
    without: tuple[str, ...]


def moments_part(moments: Moments, anchors: Mapping[Any, str]) -> MomentsPart | None:
    """Lay out moments; None where there are none.

    `anchors` says where in the page a verbatim stands, by its id.
    """
    if not len(moments):
        return None
    counts = {row["kind"]: row for row in moments.counts.to_dict("records")}
    names = {kind: str(row["name"]) for kind, row in counts.items()}
    held = [(row["name"], int(row["n_reviews"])) for kind, row in counts.items() if kind != "wow"]
    return MomentsPart(
        alerts=_rows(moments.alerts, names, anchors),
        wows=_rows(moments.wows, names, anchors),
        counts=tuple((name, n) for name, n in held if n),
        n_alerts=len(moments.alerts),
        n_wows=len(moments.wows),
        n_read=moments.meta["n_read"],
        without=tuple(moments.meta["without"]),
    )


def _rows(
    table: pd.DataFrame, names: Mapping[str, str], anchors: Mapping[Any, str]
) -> tuple[MomentRow, ...]:
    return tuple(_row(row, names, anchors) for row in table.iloc[:MOST].to_dict("records"))


def _row(row: Mapping[Any, Any], names: Mapping[str, str], anchors: Mapping[Any, str]) -> MomentRow:
    side = "positive" if row["kind"] == "wow" else "negative"
    before, trigger, after = parts(row)
    marked = Markup('{}<mark class="{}">{}</mark>{}').format(before, side, trigger, after)
    reason = row["reason"][:1].upper() + row["reason"][1:]
    key = row["id"]
    return MomentRow(
        names[row["kind"]], reason, marked, isolated(shortened(key)), anchors.get(key, "")
    )
