"""What a positive and a negative mention of each driver go with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.charts.extra import Chart, altair, data
from verbatim.charts.figures import (
    SIGNED_AXIS,
    by_group,
    driver_label,
    has_few_outcomes,
    outcomes,
    said,
)
from verbatim.charts.theme import NOTEBOOK_LOOK, Look, distinct, shortened, stacked

Row = Mapping[str, Any]

MOST_DRIVERS = 20

SIDES = {"negative mention": "penalty", "positive mention": "reward"}

_STEP = 30
_APART = 6


def effects_chart(frame: pd.DataFrame, meta: Row, look: Look = NOTEBOOK_LOOK) -> Chart:
    """Draw reward and penalty of the drivers that most reviews mention, each with its interval.

    Parameters
    ----------
    frame : DataFrame
        `DriverScores.frame`, made with an outcome; each group has a chart, the first ten.
    meta : mapping
        `DriverScores.meta`.
    look : Look
    """
    charts = [_one(group, rows, meta, look) for group, rows in by_group(frame)]
    return stacked(charts, look)


def _one(group: str, rows: Sequence[Row], meta: Row, look: Look) -> Chart:
    alt = altair()
    shown = sorted((row for row in rows if _sides(row)), key=lambda row: -row["n_reviews"])
    shown = shown[:MOST_DRIVERS]
    order = distinct([driver_label(row) for row in shown], 19 if look.is_narrow else 30)
    labelled = zip(shown, order, strict=True)
    drawn = [one for row, label in labelled for one in _drawn(row, label, look)]
    title = shortened(str(meta["outcome"]), 24)
    title = title if look.is_narrow else f"{title}: what a mention goes with"
    axis = alt.Axis(
        title=title, labelExpr=SIGNED_AXIS, orient="top", tickCount=4 if look.is_narrow else 6
    )
    names = alt.Axis(title=None, ticks=False, labelLimit=220)
    y = alt.Y("name:N", scale=alt.Scale(domain=order, padding=0), axis=names)
    palette = look.palette
    colours = alt.Scale(domain=list(SIDES), range=[palette.negative, palette.positive])
    shapes = alt.Scale(domain=list(SIDES), range=["square", "circle"])
    legend = alt.Legend(
        title=None, symbolOpacity=1, symbolStrokeWidth=2, symbolFillColor="transparent"
    )
    base = alt.Chart().encode(
        y=y,
        yOffset=alt.YOffset("offset:Q", scale=None),
        color=alt.Color("side:N", scale=colours, legend=legend),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    zero = alt.Chart(data([{"at": 0}])).mark_rule(color=palette.soft).encode(x="at:Q")
    line = base.mark_rule(strokeWidth=4, opacity=0.4, strokeCap="round", aria=False).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    dot = base.mark_point(size=60, opacity=1, strokeWidth=2, filled=False).encode(
        x=alt.X("value:Q", axis=axis),
        shape=alt.Shape("side:N", scale=shapes, legend=legend),
        fill=alt.Fill("fill:N", scale=None),
        description="said:N",
    )
    size = {"width": look.width, "height": _STEP * max(len(order), 1)}
    chart = alt.layer(zero, line, dot, data=data(drawn), **size)
    return chart.properties(title=group) if group else chart


def _sides(row: Row) -> list[str]:
    return [side for side, name in SIDES.items() if row[name] is not None]


def _drawn(row: Row, label: str, look: Look) -> Iterator[dict[str, Any]]:
    palette = look.palette
    colours = {"penalty": palette.negative, "reward": palette.positive}
    for side in _sides(row):
        figure = SIDES[side]
        yield {
            "name": label,
            "side": side,
            "value": row[figure],
            "low": row[f"{figure}_low"],
            "high": row[f"{figure}_high"],
            "offset": _STEP / 2 + (_APART if figure == "reward" else -_APART),
            "fill": palette.hollow if has_few_outcomes(row) else colours[figure],
            "said": f"{driver_label(row)}, {side}: {said(row, figure, figure, 2)}, {outcomes(row)}",
        }
