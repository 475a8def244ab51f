"""The charts of a report, each for a wide and for a narrow page; none without the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from verbatim.charts.extra import Chart, has_charts
from verbatim.charts.theme import PAGE, Look
from verbatim.drivers import DriverScores
from verbatim.report.rows import DriverRow
from verbatim.trend import Trend

WIDE, NARROW = Look(PAGE, 900), Look(PAGE, 358)
MOST_EMOTIONAL = 12
MOST_TRENDS = {WIDE: 6, NARROW: 4}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart, as SVG, in two widths."""

    wide: Markup
    narrow: Markup


def drawings(
    scores: DriverScores, rows: Sequence[DriverRow], trend: Trend | None
) -> Mapping[str, Drawing]:
    """Draw what there is; an empty mapping where the chart library isn't installed."""
    if not has_charts() or not rows:
        return {}
    from verbatim import charts

    outcome = scores.meta["outcome"]
    found: dict[str, Drawing] = {}
    if any(row.effects and row.effects.quadrant for row in rows):
        table = scores.priorities().frame
        found["priorities"] = _drawing(
            "priorities",
            f"Drivers by importance for {outcome} and net sentiment",
            lambda look: charts.priorities_chart(table, scores.meta, look),
        )
        found["effects"] = _drawing(
            "effects",
            f"What a negative and a positive mention of each driver go with in {outcome}",
            lambda look: charts.effects_chart(scores.frame, scores.meta, look),
        )
    if len(scores.emotions):
        drivers = [(row.driver, row.name, row.n_reviews) for row in rows[:MOST_EMOTIONAL]]
        found["emotions"] = _drawing(
            "emotions",
            "Share of each driver's reviews that hold each emotion",
            lambda look: charts.emotions_chart(scores.emotions, drivers, look),
        )
    if trend is not None:
        found["trend"] = _drawing(
            "trend",
            "Net sentiment of drivers by period, with intervals and changes",
            lambda look: charts.trend_chart(trend.frame, trend.changes, look, MOST_TRENDS[look]),
        )
    return found


def _drawing(key: str, label: str, draw: Callable[[Look], Chart]) -> Drawing:
    from verbatim.charts.svg import chart_svg

    return Drawing(
        chart_svg(draw(WIDE), label, f"{key}-w"), chart_svg(draw(NARROW), label, f"{key}-n")
    )
