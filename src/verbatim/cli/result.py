"""What a command has made, before it is told or written."""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.analysis import Analysis
from verbatim.cli.request import Scoring
from verbatim.drivers import DriverScores


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """An analysis with its scores, and what these are by, as the tables name it."""

    analysis: Analysis
    scoring: Scoring
    scores: DriverScores
    grouped: DriverScores | None
