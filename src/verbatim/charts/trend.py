"""Net sentiment through time, a small plot per driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.charts.extra import Chart, altair, data
from verbatim.charts.figures import SIGNED_AXIS, driver_key, driver_label, plain_rows, reviews, said
from verbatim.charts.theme import NOTEBOOK_LOOK, Look, distinct, dressed

Row = Mapping[str, Any]

MOST_DRIVERS = 6

_HEIGHT = 110
_AXES = 46
_BETWEEN = 22


def trend_chart(
    frame: pd.DataFrame,
    changes: pd.DataFrame | None = None,
    look: Look = NOTEBOOK_LOOK,
    most: int = MOST_DRIVERS,
) -> Chart:
    """Draw net sentiment by period with its interval, and the levels before and after a change.

    Drivers that change come first, then those that most reviews mention.

    Parameters
    ----------
    frame : DataFrame
        `Trend.frame`, or rows of driver scores with a column ``period``.
    changes : DataFrame, optional
        `Trend.changes`.
    look : Look
    most : int
        Drivers to draw.
    """
    rows = plain_rows(frame)
    moved = [row for row in plain_rows(changes)] if changes is not None else []
    moved = [row for row in moved if row["measure"] == "net_sentiment"]
    periods = list(dict.fromkeys(row["period"] for row in rows))
    by_driver, levels = _by_driver(rows), _by_driver(moved)
    order = sorted(by_driver, key=lambda key: (key not in levels, -_mentions(by_driver[key])))
    order = order[:most]
    columns = 1 if look.is_narrow else 2
    width = (look.width - (columns - 1) * _BETWEEN) // columns - _AXES
    titles = distinct([_title(by_driver[key]) for key in order], int(width / 7.5))
    plots = [
        _one(title, by_driver[key], levels.get(key, []), periods, width, look)
        for key, title in zip(order, titles, strict=True)
    ]
    alt = altair()
    return dressed(alt.concat(*plots, columns=columns, spacing=_BETWEEN), look)


def _by_driver(rows: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(driver_key(row), []).append(row)
    return found


def _title(rows: Sequence[Row]) -> str:
    return f"{driver_label(rows[0])} ({_mentions(rows):,})"


def _mentions(rows: Sequence[Row]) -> int:
    return sum(row["n_reviews"] for row in rows)


def _one(
    title: str,
    rows: Sequence[Row],
    changes: Sequence[Row],
    periods: Sequence[str],
    width: int,
    look: Look,
) -> Chart:
    alt, palette = altair(), look.palette
    drawn = data(_drawn(row, look) for row in rows)
    labels = alt.Axis(
        title=None, values=_labelled(periods, width), labelAngle=0, grid=False, tickSize=3
    )
    x = alt.X("period:O", scale=alt.Scale(domain=list(periods), paddingOuter=0.5), axis=labels)
    axis = alt.Axis(title=None, values=[-100, 0, 100], labelExpr=SIGNED_AXIS)
    scale = alt.Scale(domain=[-100, 100])
    base = alt.Chart().encode(x=x)
    y = alt.Y("net:Q", scale=scale, axis=axis)
    band = base.mark_rule(color=palette.neutral, opacity=0.3, strokeWidth=3, aria=False)
    line = base.mark_line(color=palette.ink, strokeWidth=1.5, opacity=0.6, aria=False)
    dots = base.mark_point(color=palette.ink, size=26, opacity=1, strokeWidth=1.5)
    layers = [
        band.encode(y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"),
        line.encode(y=y),
        *_levels(changes, periods, x, scale, look),
        dots.encode(
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
            description="said:N",
        ),
    ]
    chart = alt.layer(*layers, data=drawn, width=width, height=_HEIGHT)
    return chart.properties(title=title)


def _levels(
    changes: Sequence[Row], periods: Sequence[str], x: Any, scale: Any, look: Look
) -> list[Chart]:
    """Levels before and after each change, as lines in the colour of where it went."""
    alt = altair()
    segments = []
    for number, row in enumerate(changes):
        colour = look.palette.positive if row["difference"] > 0 else look.palette.negative
        last = periods[periods.index(row["period"]) - 1]
        for start, end, level in (
            (row["since"], last, row["before"]),
            (row["period"], row["until"], row["after"]),
        ):
            key = f"{number} {start}"
            segments += [
                {"period": at, "level": level, "key": key, "colour": colour} for at in (start, end)
            ]
    if not segments:
        return []
    lines = alt.Chart(data(segments)).mark_line(strokeWidth=3, aria=False)
    return [
        lines.encode(
            x=x,
            y=alt.Y("level:Q", scale=scale),
            detail="key:N",
            color=alt.Color("colour:N", scale=None),
        )
    ]


def _labelled(periods: Sequence[str], width: int) -> list[str]:
    """Periods to name: evenly spread, the first and the last among them."""
    if len(periods) < 3:
        return list(periods)
    room = max(2, min(len(periods), width // 85))
    return [periods[round(i * (len(periods) - 1) / (room - 1))] for i in range(room)]


def _drawn(row: Row, look: Look) -> dict[str, Any]:
    figure = said(row, "net_sentiment", "net") or "no review"
    return {
        "period": row["period"],
        "net": row["net_sentiment"],
        "low": row["net_low"],
        "high": row["net_high"],
        "fill": look.palette.hollow if row["low_support"] else look.palette.ink,
        "said": f"{driver_label(row)}, {row['period']}: net sentiment {figure}, {reviews(row)}",
    }
