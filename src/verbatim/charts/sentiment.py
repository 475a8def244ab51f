"""Net sentiment of each driver with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.charts.extra import Chart, altair, data
from verbatim.charts.figures import SIGNED_AXIS, by_group, driver_label, reviews, said
from verbatim.charts.theme import NOTEBOOK_LOOK, Look, distinct, stacked

MOST_DRIVERS = 25

_STEP = 22


def sentiment_chart(
    frame: pd.DataFrame, meta: Mapping[str, Any], look: Look = NOTEBOOK_LOOK
) -> Chart:
    """Draw the drivers that most reviews mention: a dot for net sentiment, a line for its interval.

    Parameters
    ----------
    frame : DataFrame
        `DriverScores.frame`; each group has a chart of its own, the first ten.
    meta : mapping
        `DriverScores.meta`.
    look : Look
    """
    charts = [_one(group, rows, meta, look) for group, rows in by_group(frame)]
    return stacked(charts, look)


def _one(
    group: str, rows: Sequence[Mapping[str, Any]], meta: Mapping[str, Any], look: Look
) -> Chart:
    alt = altair()
    shown = sorted((row for row in rows if row["n_reviews"]), key=lambda row: -row["n_reviews"])
    shown = shown[:MOST_DRIVERS]
    order = distinct([driver_label(row) for row in shown], 18 if look.is_narrow else 30)
    drawn = [_drawn(row, label, look) for row, label in zip(shown, order, strict=True)]
    title = f"net sentiment, {100 * meta['confidence']:g}% interval"
    axis = alt.Axis(
        values=[-100, -50, 0, 50, 100], labelExpr=SIGNED_AXIS, title=title, orient="top"
    )
    x = alt.X("net:Q", scale=alt.Scale(domain=[-100, 100]), axis=axis)
    y = alt.Y("name:N", sort=order, axis=alt.Axis(title=None, ticks=False, labelLimit=220))
    base = alt.Chart().encode(
        y=y, color=alt.Color("colour:N", scale=None), tooltip=alt.Tooltip("said:N", title=" ")
    )
    line = base.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round").encode(x=x, x2="high:Q")
    line = line.encode(x=alt.X("low:Q", scale=alt.Scale(domain=[-100, 100]), axis=axis))
    dot = base.mark_point(size=75, opacity=1, strokeWidth=2).encode(
        x=x, fill=alt.Fill("fill:N", scale=None), description="said:N"
    )
    size = {"width": look.width, "height": _STEP * max(len(drawn), 1)}
    chart = alt.layer(line, dot, data=data(drawn), **size)
    return chart.properties(title=group) if group else chart


def _drawn(row: Mapping[str, Any], label: str, look: Look) -> dict[str, Any]:
    palette = look.palette
    colour = palette.of_interval(row["net_low"], row["net_high"])
    colour = palette.neutral if row["low_support"] else colour
    name = driver_label(row)
    return {
        "name": label,
        "net": row["net_sentiment"],
        "low": row["net_low"],
        "high": row["net_high"],
        "n": row["n_reviews"],
        "colour": colour,
        "fill": palette.hollow if row["low_support"] else colour,
        "said": f"{name}: net sentiment {said(row, 'net_sentiment', 'net')}, {reviews(row)}",
    }
