"""Mean outcomes of sets of reviews, with the intervals of the driver scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.drivers.bins import value_bins
from verbatim.drivers.bootstrap import generator, interval
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import Histogram, mean_draws, pooled
from verbatim.experience.reviews import (
    Figures,
    Floats,
    Ints,
    Numbers,
    Reviews,
    Sides,
    is_low,
    members,
)
from verbatim.weights.effective import sum_by


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number per review, such as stars or a score.

    Attributes
    ----------
    values : float64 array of shape (n_verbatims,)
        NaN where there is none.
    bins : int64 array of shape (n_verbatims,)
        Rising with the value in each group; -1 where there is none.
    n_bins : int
    everyone : Histogram
        Outcomes of all groups: what an imagined review may have.
    """

    values: Floats
    bins: Ints
    n_bins: int
    everyone: Histogram


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of n outcomes, the ends of its interval, and the draws behind them; NaN of none."""

    n: int
    n_effective: float
    value: float
    low: float
    high: float
    draws: Floats


def outcome_of(reviews: Reviews, values: Floats) -> Outcome:
    """Take the outcomes of the reviews that count; `values` are those of all, NaN for none."""
    values = np.where(reviews.counted, values, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    bins = np.full(len(values), -1, dtype=np.int64)
    bins[known] = value_bins(values[known], reviews.groups.of_row[known])
    everyone = pooled(values[known], reviews.weights[known])
    return Outcome(values, bins, int(bins.max(initial=-1)) + 1, everyone)


def mean_of(
    outcome: Outcome, reviews: Reviews, rows: Numbers, options: ScoreOptions, *stream: str
) -> Mean:
    """Mean outcome of some reviews of a group."""
    n = int((outcome.bins[rows] >= 0).sum())
    if not n:
        nothing = np.full(options.n_resamples, np.nan)
        return Mean(0, 0.0, np.nan, np.nan, np.nan, nothing)
    part = _histogram(outcome, reviews, rows)
    random = generator(options.seed, *stream)
    draws = mean_draws(part, outcome.everyone, options.n_resamples, random)
    low, high = interval(draws, part.mean, options.confidence)
    return Mean(n, part.n_effective, part.mean, low, high, draws)


def mean_columns(
    prefix: str, found: Sides, reviews: Reviews, outcome: Outcome, options: ScoreOptions
) -> Figures:
    """Number and mean outcome of the reviews of each cell, and its interval."""
    cells = members(found.cells(reviews), reviews.n_groups * found.n_keys)
    means = [
        mean_of(outcome, reviews, found.review[pairs], options, prefix, str(cell % found.n_keys))
        for cell, pairs in enumerate(cells)
    ]
    return {
        f"{prefix}_n": np.array([mean.n for mean in means], dtype=np.int64),
        f"{prefix}_mean": np.array([mean.value for mean in means]),
        f"{prefix}_mean_low": np.array([mean.low for mean in means]),
        f"{prefix}_mean_high": np.array([mean.high for mean in means]),
        f"{prefix}_low_support": is_low(np.array([mean.n_effective for mean in means]), options),
    }


def _histogram(outcome: Outcome, reviews: Reviews, rows: Numbers) -> Histogram:
    """Histogram of the outcomes of some reviews; those without one are left out."""
    rows = rows[outcome.bins[rows] >= 0]
    weight, value, code = reviews.weights[rows], outcome.values[rows], outcome.bins[rows]
    parts = (sum_by(code, each, outcome.n_bins) for each in (weight, weight**2, weight * value))
    return Histogram(*parts)
