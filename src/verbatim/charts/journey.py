"""The emotional curve of a journey: net sentiment by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.charts.extra import Chart, altair, data
from verbatim.charts.figures import SIGNED_AXIS, plain_rows, reviews, said
from verbatim.charts.theme import CHARACTER, NOTEBOOK_LOOK, Look, distinct, stacked

MOST_GROUPS = 6

_HEIGHT = 190
_AXES = 46


def journey_chart(
    frame: pd.DataFrame, meta: Mapping[str, Any], look: Look = NOTEBOOK_LOOK
) -> Chart:
    """Draw net sentiment by stage with its interval, and the emotion felt most.

    Parameters
    ----------
    frame : DataFrame
        `Journey.stages`; each group has a chart of its own, the first six.
    meta : mapping
        `Journey.meta`.
    look : Look
    """
    names = [str(name) for name in frame]
    keys = names[: names.index("stage")]
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in plain_rows(frame):
        label = " · ".join("(missing)" if row[key] is None else str(row[key]) for key in keys)
        groups.setdefault(label, []).append(row)
    charts = [_one(label, rows, meta, look) for label, rows in groups.items()]
    return stacked(charts[:MOST_GROUPS] or [_one("", [], meta, look)], look)


def _one(
    group: str, rows: Sequence[Mapping[str, Any]], meta: Mapping[str, Any], look: Look
) -> Chart:
    alt, palette = altair(), look.palette
    room = (look.width - _AXES) / max(len(rows), 1)
    order = distinct([_name(row) for row in rows], max(4, int(room / CHARACTER)))
    labelled = zip(rows, order, strict=True)
    drawn = [_drawn(row, at, look) for row, at in labelled if row["net_sentiment"] is not None]
    labels = alt.Axis(title=None, labelAngle=0, grid=False, ticks=False)
    x = alt.X("stage:O", scale=alt.Scale(domain=order, paddingOuter=0.4), axis=labels)
    title = f"net sentiment, {100 * meta['confidence']:g}% interval"
    axis = alt.Axis(title=title, values=[-100, -50, 0, 50, 100], labelExpr=SIGNED_AXIS)
    scale = alt.Scale(domain=[-100, 100])
    y = alt.Y("net:Q", scale=scale, axis=axis)
    base = alt.Chart().encode(x=x)
    line = base.mark_line(
        color=palette.ink, strokeWidth=2, opacity=0.6, interpolate="monotone", aria=False
    )
    bar = base.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round", aria=False)
    colour = alt.Color("colour:N", scale=None)
    dot = base.mark_point(size=90, opacity=1, strokeWidth=2)
    layers = [
        line.encode(y=y),
        bar.encode(y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q", color=colour),
        dot.encode(
            y=y,
            color=colour,
            fill=alt.Fill("fill:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
            description="said:N",
        ),
    ]
    chart = alt.layer(*layers, data=data(drawn), width=look.width, height=_HEIGHT)
    return chart.properties(title=group) if group else chart


def _drawn(row: Mapping[str, Any], stage: str, look: Look) -> dict[str, Any]:
    palette = look.palette
    colour = palette.of_interval(row["net_low"], row["net_high"])
    colour = palette.neutral if row["low_support"] else colour
    felt = f", felt most: {row['emotion']}" if row["emotion"] else ""
    return {
        "stage": stage,
        "net": row["net_sentiment"],
        "low": row["net_low"],
        "high": row["net_high"],
        "colour": colour,
        "fill": palette.hollow if row["low_support"] else colour,
        "said": f"{row['stage']}: net sentiment {said(row, 'net_sentiment', 'net')}, "
        f"{reviews(row)}{felt}",
    }


def _name(row: Mapping[str, Any]) -> str:
    name = str(row["stage"]).replace("_", " ")
    return name[:1].upper() + name[1:]
