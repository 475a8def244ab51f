"""Importance against net sentiment: what to fix first and what to keep up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
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
from verbatim.charts.labels import Box, place_labels
from verbatim.charts.theme import (
    CHARACTER,
    FONT_SIZE,
    NOTEBOOK_LOOK,
    Look,
    distinct,
    shortened,
    stacked,
)

Row = Mapping[str, Any]

_AXES = 64
"""Pixels beside the plot, for the vertical axis."""

_CORNER = FONT_SIZE + 8

SURE = 0.6
"""Share of the resamples from which a driver takes the colour of its quadrant."""


def priorities_chart(frame: pd.DataFrame, meta: Row, look: Look = NOTEBOOK_LOOK) -> Chart:
    """Draw the drivers by importance and net sentiment, cut into the four quadrants.

    The horizontal axis has a square-root scale, as a few drivers are far more important than the
    rest. Names for which there is no room are left out; a tooltip has them.

    Parameters
    ----------
    frame : DataFrame
        `Priorities.frame`; each group has a chart of its own, the first ten.
    meta : mapping
        That of the scores.
    look : Look
    """
    charts = [_one(group, rows, meta, look) for group, rows in by_group(frame)]
    return stacked(charts, look)


def _one(group: str, rows: Sequence[Row], meta: Row, look: Look) -> Chart:
    alt = altair()
    placed = [row for row in rows if row["quadrant"] is not None]
    placed = sorted(placed, key=lambda row: (has_few_outcomes(row), -row["importance"]))
    plot = _Plot(placed, look)
    of = "" if look.is_narrow else f" for {shortened(str(meta['outcome']), 30)}"
    title = f"importance{of}, % (square-root scale)"
    x = alt.X(
        "x:Q",
        scale=alt.Scale(type="sqrt", domain=[0, plot.most], nice=False),
        axis=alt.Axis(title=title, values=plot.ticks, grid=False),
    )
    net = "net sentiment"
    axis = alt.Axis(title=net, values=[-100, -50, 0, 50, 100], labelExpr=SIGNED_AXIS, grid=False)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-100, 100]), axis=axis)
    drawn = data(_drawn(row, look) for row in placed)
    dots = (
        alt.Chart(drawn)
        .mark_point(opacity=1, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            size=alt.Size("size:Q", scale=None),
            color=alt.Color("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
            description="said:N",
        )
    )
    layers = [*_cuts(placed, x, y, look), *_corners(plot, x, y, look), dots]
    layers += _names(plot, placed, x, y, look)
    chart = alt.layer(*layers, width=plot.width, height=plot.height)
    return chart.properties(title=group) if group else chart


class _Plot:
    """Size and scales of the plot, in pixels and in figures."""

    def __init__(self, rows: Sequence[Row], look: Look) -> None:
        self.width = look.width - _AXES
        self.height = 380 if look.is_narrow else 420
        self.most = 1.08 * max((row["importance"] for row in rows), default=1.0) or 1.0
        steps = [0, 1, 2, 5, 10, 20, 40, 60, 80, 100]
        self.ticks = [step for step in steps if step <= self.most]

    def pixels(self, importance: float, net: float) -> tuple[float, float]:
        """Where a driver stands."""
        return (
            self.width * sqrt(max(importance, 0) / self.most),
            self.height * (100 - net) / 200,
        )

    def figures(self, left: float, middle: float) -> dict[str, float]:
        """Turn a place in pixels back into figures."""
        return {
            "x": self.most * (left / self.width) ** 2,
            "y": 100 - 200 * middle / self.height,
        }


def _cuts(rows: Sequence[Row], x: Any, y: Any, look: Look) -> list[Chart]:
    if not rows:
        return []
    alt = altair()
    cut = data([{"x": rows[0]["importance_cut"], "y": rows[0]["net_cut"]}])
    line = alt.Chart(cut).mark_rule(color=look.palette.soft, strokeDash=[4, 4], strokeWidth=1)
    return [line.encode(x=x), line.encode(y=y)]


def _corner_places(plot: _Plot) -> list[tuple[str, float, float]]:
    """Name of each quadrant with its corner, middle left in pixels."""
    top, bottom = _CORNER / 2, plot.height - _CORNER / 2
    return [
        ("possible overkill", 4, top),
        ("keep up", plot.width - 8 * CHARACTER - 4, top),
        ("low priority", 4, bottom),
        ("fix first", plot.width - 10 * CHARACTER - 4, bottom),
    ]


def _corners(plot: _Plot, x: Any, y: Any, look: Look) -> list[Chart]:
    places = _corner_places(plot)
    rows = [{"name": name.upper(), **plot.figures(left, middle)} for name, left, middle in places]
    style = {"color": look.palette.soft, "fontSize": FONT_SIZE - 1}
    return [_text(rows, x, y, align="left", **style)]


def _names(plot: _Plot, rows: Sequence[Row], x: Any, y: Any, look: Look) -> list[Chart]:
    names = distinct([driver_label(row) for row in rows], 22 if look.is_narrow else 30)
    points = [plot.pixels(row["importance"], row["net_sentiment"]) for row in rows]
    taken = [
        Box(left, middle - _CORNER / 2, left + 1.1 * CHARACTER * len(name), middle + _CORNER / 2)
        for name, left, middle in _corner_places(plot)
    ]
    places = place_labels(points, names, plot.width, plot.height, taken)
    shown: dict[str, list[dict[str, Any]]] = {}
    for name, place in zip(names, places, strict=True):
        if place is not None:
            row = {"name": name, **plot.figures(place.x, place.y)}
            shown.setdefault(place.align, []).append(row)
    style = {"color": look.palette.ink, "fontSize": FONT_SIZE}
    return [_text(rows, x, y, align=align, **style) for align, rows in shown.items()]


def _text(rows: Sequence[Row], x: Any, y: Any, **style: Any) -> Chart:
    text = altair().Chart(data(rows)).mark_text(baseline="middle", aria=False, **style)
    return text.encode(x=x, y=y, text="name:N")


def _drawn(row: Row, look: Look) -> dict[str, Any]:
    palette = look.palette
    colours = {"fix first": palette.negative, "keep up": palette.positive}
    share = row["quadrant_probability"]
    colour = colours.get(row["quadrant"] if share >= SURE else "", palette.neutral)
    return {
        "x": row["importance"],
        "y": row["net_sentiment"],
        "size": 40 if has_few_outcomes(row) else 110,
        "colour": colour,
        "fill": palette.hollow if has_few_outcomes(row) else colour,
        "said": (
            f"{driver_label(row)}: {row['quadrant']} ({100 * share:.0f}% of resamples), importance "
            f"{_importance(row)}, net sentiment {said(row, 'net_sentiment', 'net')}, "
            f"{outcomes(row)}"
        ),
    }


def _importance(row: Row) -> str:
    low, high = row["importance_low"], row["importance_high"]
    return f"{row['importance']:.1f}% ({low:.1f} to {high:.1f})"
