"""Driver scores: what an experience turns on, how people feel about it, and how sure we are."""

from __future__ import annotations

from verbatim.drivers.result import DriverScores
from verbatim.drivers.scores import score_drivers

__all__ = ["DriverScores", "score_drivers"]
