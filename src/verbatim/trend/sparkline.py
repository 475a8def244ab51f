"""A small line through the periods of a driver, as SVG that needs no style sheet or script."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

_WIDTH, _HEIGHT, _EDGE = 160, 28, 3
_COLOUR = "#d1603d"
"""Of changes; it stands out from light and from dark."""


def sparkline(
    values: Sequence[float], marks: Sequence[bool], low: float, high: float, title: str
) -> str:
    """Draw values from `low` to `high`, with gaps where there is none and a line at each mark.

    Parameters
    ----------
    values : sequence of float
        NaN for none.
    marks : sequence of bool
        Whether a new level begins with this value.
    low, high : float
        Ends of the scale.
    title : str
        Shown when pointed at; plain letters, digits and signs only.
    """
    step = (_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)
    spread = (high - low) or 1
    points = [
        (i, _EDGE + i * step, _HEIGHT - _EDGE - (value - low) / spread * (_HEIGHT - 2 * _EDGE))
        for i, value in enumerate(values)
        if not isnan(value)
    ]
    path = " ".join(
        f"{'L' if k and points[k - 1][0] == i - 1 else 'M'}{x:.1f} {y:.1f}"
        for k, (i, x, y) in enumerate(points)
    )
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.2"/>' for _, x, y in points)
    lines = "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_HEIGHT}" stroke="{_COLOUR}"/>'
        for x in (_EDGE + (i - 0.5) * step for i, mark in enumerate(marks) if mark)
    )
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img"><title>{title}</title>'
        f'<path d="{path}" fill="none" stroke="currentColor"/>'
        f'<g fill="currentColor">{dots}</g>{lines}</svg>'
    )
