"""Comparison: which groups or periods differ in what is said of them, and how sure that is."""

from __future__ import annotations

from verbatim.comparison.compare import compare
from verbatim.comparison.result import Comparison

__all__ = ["Comparison", "compare"]
