"""Which emotions the reviews hold that mention a driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.charts.extra import Chart, altair, data
from verbatim.charts.figures import plain_rows
from verbatim.charts.theme import NOTEBOOK_LOOK, Look, distinct, dressed, fitted
from verbatim.labels import EMOTIONS

Row = Mapping[str, Any]

KINDS = {
    "pleasant": ("joy", "gratitude", "admiration", "trust", "relief"),
    "either": ("surprise",),
    "unpleasant": tuple(EMOTIONS[EMOTIONS.index("surprise") + 1 :]),
}
"""Emotions by how they feel."""

_KIND_OF = {emotion: kind for kind, emotions in KINDS.items() for emotion in emotions}
_STEP = 26
_LARGEST = 420


def emotions_chart(
    emotions: pd.DataFrame, drivers: Sequence[tuple[str, str, int]], look: Look = NOTEBOOK_LOOK
) -> Chart:
    """Draw the emotions of each driver: the larger a dot, the larger the share of its reviews.

    Parameters
    ----------
    emotions : DataFrame
        `DriverScores.emotions`, without groups.
    drivers : sequence of (id, name, number of reviews)
        The drivers to show, in their order.
    look : Look
    """
    alt = altair()
    labels = _labels(drivers, look)
    rows = [_drawn(row, labels) for row in plain_rows(emotions) if row["driver"] in labels]
    columns = [emotion for emotion in EMOTIONS if any(row["emotion"] == emotion for row in rows)]
    chart = alt.Chart(data(rows), width=look.width - (150 if look.is_narrow else 220))
    order = list(labels.values())
    y = alt.Axis(title=None, ticks=False, labelLimit=260)
    chart = chart.mark_circle(opacity=0.85).encode(
        x=alt.X("emotion:N", scale=alt.Scale(domain=columns), axis=_emotion_axis(look)),
        y=alt.Y("name:N", scale=alt.Scale(domain=order), axis=y),
        size=_size(rows, look),
        color=_colour(look),
        tooltip=alt.Tooltip("said:N", title=" "),
        description="said:N",
    )
    chart = chart.properties(height=_STEP * max(len(order), 1))
    right = 4 if look.is_narrow else 34  # for the last of the slanting names
    return dressed(fitted(chart, look), look).properties(
        padding={"left": 2, "right": right, "top": 2, "bottom": 2}
    )


def _labels(drivers: Sequence[tuple[str, str, int]], look: Look) -> dict[str, str]:
    names = distinct([name for _, name, _ in drivers], 19 if look.is_narrow else 26)
    return {
        driver: name if look.is_narrow else f"{name} ({n:,})"
        for (driver, _, n), name in zip(drivers, names, strict=True)
    }


def _emotion_axis(look: Look) -> Any:
    angle = -90 if look.is_narrow else -40
    return altair().Axis(
        title=None, ticks=False, orient="top", labelAngle=angle, labelAlign="left", grid=True
    )


def _size(rows: Sequence[Row], look: Look) -> Any:
    """The size of a dot; on a phone there is no room for its legend, and a tap tells the share."""
    alt = altair()
    most = max((row["share"] for row in rows), default=1.0)
    largest = _LARGEST / 2 if look.is_narrow else _LARGEST
    steps = [step for step in (0.02, 0.05, 0.1, 0.2, 0.4, 0.8) if step <= most][-3:]
    legend = alt.Legend(
        title="share of the driver's reviews",
        values=steps or [most],
        format=".0%",
        symbolFillColor=look.palette.neutral,
        symbolStrokeWidth=0,
        orient="bottom",
    )
    return alt.Size(
        "share:Q",
        scale=alt.Scale(domain=[0, most], range=[0, largest]),
        legend=None if look.is_narrow else legend,
    )


def _colour(look: Look) -> Any:
    alt, palette = altair(), look.palette
    colours = [palette.positive, palette.neutral, palette.negative]
    scale = alt.Scale(domain=list(KINDS), range=colours)
    return alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="bottom"))


def _drawn(row: Row, labels: Mapping[str, str]) -> dict[str, Any]:
    share = f"{100 * row['share']:.0f}% of its reviews (n = {row['n_reviews']:,})"
    return {
        "name": labels[row["driver"]],
        "emotion": row["emotion"],
        "share": row["share"],
        "kind": _KIND_OF[row["emotion"]],
        "said": f"{labels[row['driver']]}: {row['emotion']} in {share}",
    }
