"""Compare the outcome of the reviews that mention a driver with that of those that don't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator, interval, resampled_means
from verbatim.drivers.cells import Cells, Ints
from verbatim.drivers.columns import OUTCOME, typed
from verbatim.drivers.counts import Mentions, sum_by
from verbatim.drivers.options import ScoreOptions
from verbatim.errors import OptionError

Floats = NDArray[np.float64]

MAX_BINS = 200
"""Different values up to which an outcome is resampled exactly; beyond, neighbours share a bin."""

_LEVELS = ("outcome_mean", "outcome_low", "outcome_high", "outcome_without")
"""Figures on the scale of the outcome; the others are counts and differences."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome, ready to be compared.

    Attributes
    ----------
    known : bool array of shape (n_verbatims,)
        Whether the verbatim was read and has an outcome.
    lowest : float64 array of shape (n_groups,)
        Lowest outcome of each group.
    above : float64 array of shape (n_verbatims,)
        Outcome less the lowest of its group, which keeps sums exact where it is constant.
    bins : int64 array of shape (n_verbatims,)
        Bin of the value among those of its group, 0 to `MAX_BINS` - 1.
    """

    known: NDArray[np.bool_]
    lowest: Floats
    above: Floats
    bins: Ints


@dataclass(frozen=True, slots=True)
class Histograms:
    """Reviews and summed outcome per bin, of many sets of reviews; only bins that hold any."""

    first: Ints
    bins: Ints
    counts: Ints
    totals: Floats

    def row(self, i: int) -> tuple[Ints, Floats]:
        """Give counts and totals of set i, both of shape (MAX_BINS,)."""
        held = slice(self.first[i], self.first[i + 1])
        counts, totals = np.zeros(MAX_BINS, dtype=np.int64), np.zeros(MAX_BINS)
        counts[self.bins[held]] = self.counts[held]
        totals[self.bins[held]] = self.totals[held]
        return counts, totals


def read_outcome(analysis: Analysis, name: str) -> Floats:
    """Read the outcome of each verbatim as float64, NaN where there is none.

    Yes and no are 1 and 0, and numbers written as text are read.

    Raises
    ------
    OptionError
        The column isn't there or holds values that are not finite numbers.
    """
    column = analysis.column(name)
    numbers = column
    if not pd.api.types.is_numeric_dtype(column):
        objects = column.astype(object)
        numbers = pd.to_numeric(objects.where(objects.notna(), None), errors="coerce")
    if pd.api.types.is_complex_dtype(numbers):
        numbers = pd.Series(np.nan, index=column.index)
    outcome = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = column[column.notna().to_numpy() & ~np.isfinite(outcome)]
    if len(wrong):
        some = ", ".join(list(dict.fromkeys(repr(value) for value in wrong.iloc[:100]))[:3])
        raise OptionError(
            f"outcome {name!r} holds values that are not finite numbers: {some}; give a numeric "
            "column, such as stars or a rating from 0 to 10, with NA where there is no outcome"
        )
    return outcome


def outcome_columns(
    values: Floats, found: Mentions, cells: Cells, options: ScoreOptions
) -> pd.DataFrame:
    """Columns `OUTCOME`, one row per cell."""
    outcome = _prepare(values, cells)
    group = cells.groups.of_row
    everyone = _histograms(group[outcome.known], outcome, outcome.known, len(outcome.lowest))
    has_one = outcome.known[found.verbatim]
    rows = found.verbatim[has_one]
    mentioning = _histograms(found.cell[has_one], outcome, rows, len(cells))
    figures = {column.name: np.full(len(cells), np.nan) for column in OUTCOME}
    keys = cells.keys()
    for cell in range(len(cells)):
        g, driver = divmod(cell, len(keys))
        stream = ("outcome", *keys[driver])
        compared = _compare(mentioning.row(cell), everyone.row(g), options, stream)
        for name, figure in compared.items():
            figures[name][cell] = figure + (outcome.lowest[g] if name in _LEVELS else 0)
    return typed(OUTCOME, figures)


def _prepare(values: Floats, cells: Cells) -> Outcome:
    known = cells.read & ~np.isnan(values)
    group = cells.groups.of_row
    lowest = np.full(len(cells.groups.values), np.inf)
    np.minimum.at(lowest, group[known], values[known])
    lowest = np.where(np.isfinite(lowest), lowest, 0)
    above = np.where(known, values - lowest[group], 0)
    bins = np.zeros(len(values), dtype=np.int64)
    bins[known] = value_bins(values[known], group[known])
    return Outcome(known, lowest, above, bins)


def value_bins(values: Floats, groups: Ints) -> Ints:
    """Give each different value of a group its number or, if there are many, that of its bin.

    Examples
    --------
    >>> value_bins(np.array([5.0, 1.0, 5.0, 7.5]), np.array([0, 0, 0, 1])).tolist()
    [1, 0, 1, 0]
    """
    bins = np.zeros(len(values), dtype=np.int64)
    order = np.lexsort((values, groups))
    starts = np.flatnonzero(np.diff(groups[order])) + 1
    for rows in np.split(order, starts) if len(order) else []:
        bins[rows] = _bins_of_sorted(values[rows])
    return bins


def _bins_of_sorted(values: Floats) -> Ints:
    new = np.append(True, np.diff(values) > 0)
    rank: Ints = np.cumsum(new) - 1
    if rank[-1] < MAX_BINS:
        return rank
    # Half of the bins hold equal numbers of reviews, half equal parts of the variance: so bins hide
    # next to nothing of it, even where a few far-off values make up most.
    distance = values - values.mean()
    square = (distance / np.abs(distance).max()) ** 2
    mass = 1 / len(values) + square / square.sum()
    before: Floats = (np.cumsum(mass) - mass)[new][rank]
    return np.minimum(before / 2 * MAX_BINS, MAX_BINS - 1).astype(np.int64)


def _histograms(sets: Ints, outcome: Outcome, rows: NDArray[np.generic], size: int) -> Histograms:
    """Histograms of `size` sets of reviews, where review `rows[i]` belongs to `sets[i]`."""
    slots, slot = np.unique(sets * MAX_BINS + outcome.bins[rows], return_inverse=True)
    return Histograms(
        first=np.searchsorted(slots, np.arange(size + 1) * MAX_BINS),
        bins=slots % MAX_BINS,
        counts=np.bincount(slot, minlength=len(slots)).astype(np.int64),
        totals=sum_by(slot, outcome.above[rows], len(slots)),
    )


def _compare(
    mentioning: tuple[Ints, Floats],
    everyone: tuple[Ints, Floats],
    options: ScoreOptions,
    stream: Sequence[str],
) -> dict[str, float]:
    """Figures of one cell, from the histograms of who mentions the driver and of everyone."""
    without = (everyone[0] - mentioning[0], everyone[1] - mentioning[1])
    n, n_without = int(mentioning[0].sum()), int(without[0].sum())
    figures: dict[str, float] = {"outcome_n": n, "outcome_n_without": n_without}
    if n:
        figures["outcome_mean"] = mean = float(mentioning[1].sum() / n)
        random = generator(options.seed, *stream)
        draws = mean_draws(mentioning, everyone, options.n_resamples, random)
        ends = interval(draws, mean, options.confidence)
        figures["outcome_low"], figures["outcome_high"] = ends
    if n_without:
        figures["outcome_without"] = other = float(without[1].sum() / n_without)
    if n and n_without:
        figures["outcome_gap"] = mean - other
        gaps = draws - mean_draws(without, everyone, options.n_resamples, random)
        ends = interval(gaps, mean - other, options.confidence)
        figures["outcome_gap_low"], figures["outcome_gap_high"] = ends
    return figures


def mean_draws(
    part: tuple[Ints, Floats],
    everyone: tuple[Ints, Floats],
    n_resamples: int,
    random: np.random.Generator,
) -> Floats:
    """Resample the mean outcome of some reviews; the imagined one may be any of everyone's.

    Parameters
    ----------
    part, everyone : tuples of an int64 and a float64 array, all of the same shape
        Reviews and summed outcome per bin.
    n_resamples : int
    random : Generator

    Returns
    -------
    float64 array of shape (n_resamples,)
    """
    counts, totals = everyone
    held = counts > 0
    return resampled_means(
        part[1] / np.maximum(part[0], 1),
        part[0],
        totals[held] / counts[held],
        n_resamples,
        random,
        chances=counts[held] / counts.sum(),
    )
