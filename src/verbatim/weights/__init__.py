"""Weights: make a sample speak for the customers it was not drawn from evenly.

`post_stratify` makes a column of weights from what is known of all customers, `describe` says what
weights cost. Driver and survey scores take any column with ``weight="name"``.
"""

from __future__ import annotations

from verbatim.weights.stratify import post_stratify
from verbatim.weights.summary import WeightSummary, describe

__all__ = ["WeightSummary", "describe", "post_stratify"]
