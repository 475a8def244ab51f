"""The mean outcome of the reviews, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.comparison.tails import student_quantile
from verbatim.drivers.outcomes import read_outcome
from verbatim.report.rows import Figure
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import effective_number

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean outcome of n reviews."""

    figure: Figure
    n: int


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """Outcome and weight of each verbatim, arrays of shape (n_verbatims,)."""

    name: str
    values: Floats
    weights: Floats
    confidence: float

    def mean(self, chosen: NDArray[np.bool_] | None = None) -> Mean:
        """Mean over the chosen verbatims that were read and have an outcome."""
        there = (self.weights > 0) & ~np.isnan(self.values)
        if chosen is not None:
            there &= chosen
        return mean_outcome(self.values[there], self.weights[there], self.confidence)


def outcome_of(analysis: Analysis, meta: Mapping[str, Any]) -> Outcome | None:
    """Take the outcome that scores were made with; None without one."""
    if meta["outcome"] is None:
        return None
    values = read_outcome(analysis, meta["outcome"])
    weights = review_weights(analysis, meta["weight"])
    return Outcome(str(meta["outcome"]), values, weights, meta["confidence"])


def mean_outcome(values: Floats, weights: Floats, confidence: float) -> Mean:
    """Weighted mean with an interval by Student's t on the effective number of reviews.

    Examples
    --------
    >>> found = mean_outcome(np.array([1.0, 5.0, 5.0, 5.0]), np.ones(4), 0.95)
    >>> found.n, found.figure.value, round(found.figure.low, 1)
    (4, 4.0, 0.8)
    """
    if not len(values):
        return Mean(Figure(), 0)
    mean = float(np.average(values, weights=weights))
    number = effective_number(weights)
    if number < 2:
        return Mean(Figure(mean), len(values))
    spread = np.average((values - mean) ** 2, weights=weights) * number / (number - 1)
    reach = float(student_quantile(confidence, np.array([number - 1]))[0])
    half = reach * float(np.sqrt(spread / number))
    return Mean(Figure(mean, mean - half, mean + half), len(values))
