"""Charts of scores and trends, by Altair (``pip install "verbatim-cx[report]"``).

Each function takes tables as they stand in the results and gives an Altair chart, for a notebook
or, with the colours of a page, for a report.
"""

from __future__ import annotations

from verbatim.charts.effects import effects_chart
from verbatim.charts.emotions import emotions_chart
from verbatim.charts.journey import journey_chart
from verbatim.charts.priorities import priorities_chart
from verbatim.charts.sentiment import sentiment_chart
from verbatim.charts.trend import trend_chart

__all__ = [
    "effects_chart",
    "emotions_chart",
    "journey_chart",
    "priorities_chart",
    "sentiment_chart",
    "trend_chart",
]
