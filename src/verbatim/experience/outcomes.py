"""Mean outcomes of sets of reviews, with the intervals of the driver scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.drivers.bootstrap import generator, interval
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import MAX_BINS, Histogram, mean_draws
from verbatim.experience.reviews import Figures, Floats, Ints, Numbers, Reviews, Sides, members
from verbatim.weights.effective import sum_by


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number per review, such as stars or a score.

    Attributes
    ----------
    values : float64 array of shape (n_verbatims,)
        NaN where there is none.
    bins : int64 array of shape (n_verbatims,)
        Rising with the value; -1 where there is none.
    n_bins : int
    """

    values: Floats
    bins: Ints
    n_bins: int


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of n outcomes, the ends of its interval, and the draws behind them; NaN of none."""

    n: int
    value: float
    low: float
    high: float
    draws: Floats


def binned(values: Floats) -> Outcome:
    """Number the values; beyond `MAX_BINS` different ones neighbours share a bin.

    Examples
    --------
    >>> binned(np.array([5.0, np.nan, 1.0, 5.0])).bins.tolist()
    [1, -1, 0, 1]
    """
    known = np.flatnonzero(~np.isnan(values))
    different, code = np.unique(values[known], return_inverse=True)
    if len(different) > MAX_BINS:
        before = np.cumsum(np.bincount(code)) - 1
        code = before[code] * MAX_BINS // len(known)
    bins = np.full(len(values), -1, dtype=np.int64)
    bins[known] = code
    return Outcome(values, bins, int(code.max(initial=-1)) + 1)


def mean_of(
    outcome: Outcome,
    reviews: Reviews,
    rows: Numbers,
    everyone: Histogram,
    options: ScoreOptions,
    *stream: str,
) -> Mean:
    """Mean outcome of some reviews; the imagined one of each resample may be any of everyone's."""
    n = int((outcome.bins[rows] >= 0).sum())
    if not n:
        return Mean(0, np.nan, np.nan, np.nan, np.full(options.n_resamples, np.nan))
    part = histogram(outcome, reviews, rows)
    draws = mean_draws(part, everyone, options.n_resamples, generator(options.seed, *stream))
    low, high = interval(draws, part.mean, options.confidence)
    return Mean(n, part.mean, low, high, draws)


def mean_columns(
    prefix: str, found: Sides, reviews: Reviews, outcome: Outcome, options: ScoreOptions
) -> Figures:
    """Number and mean outcome of the reviews of each cell, and its interval."""
    groups = np.where(reviews.counted, reviews.groups.of_row, -1)
    wholes = [histogram(outcome, reviews, rows) for rows in members(groups, reviews.n_groups)]
    cells = members(found.cells(reviews), reviews.n_groups * found.n_keys)
    means = [
        mean_of(
            outcome,
            reviews,
            found.review[pairs],
            wholes[cell // found.n_keys],
            options,
            prefix,
            str(cell % found.n_keys),
        )
        for cell, pairs in enumerate(cells)
    ]
    return {
        f"{prefix}_n": np.array([mean.n for mean in means], dtype=np.int64),
        f"{prefix}_mean": np.array([mean.value for mean in means]),
        f"{prefix}_mean_low": np.array([mean.low for mean in means]),
        f"{prefix}_mean_high": np.array([mean.high for mean in means]),
    }


def histogram(outcome: Outcome, reviews: Reviews, rows: Numbers) -> Histogram:
    """Histogram of the outcomes of some reviews; those without one are left out."""
    rows = rows[outcome.bins[rows] >= 0]
    weight, value, code = reviews.weights[rows], outcome.values[rows], outcome.bins[rows]
    parts = (sum_by(code, each, outcome.n_bins) for each in (weight, weight**2, weight * value))
    return Histogram(*parts)
