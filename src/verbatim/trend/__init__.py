"""Trend: how drivers move through time, where they change, and how sure that is."""

from __future__ import annotations

from verbatim.trend.result import Trend
from verbatim.trend.trend import trend

__all__ = ["Trend", "trend"]
