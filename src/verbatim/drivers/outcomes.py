"""Compare the outcome of the reviews that mention a driver with that of those that don't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from reprlib import repr as short

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.bins import MAX_BINS, value_bins
from verbatim.drivers.bootstrap import generator, interval, resampled_means
from verbatim.drivers.cells import Cells, Ints
from verbatim.drivers.columns import OUTCOME, typed
from verbatim.drivers.counts import Mentions
from verbatim.drivers.options import ScoreOptions
from verbatim.errors import OptionError
from verbatim.schema import Column
from verbatim.survey.responses import check_single

Floats = NDArray[np.float64]

_LEVELS = ("outcome_mean", "outcome_low", "outcome_high", "outcome_without")
"""Figures on the scale of the outcome; the others are counts and differences."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Outcomes of the m verbatims that count and have one, in the order of their slots.

    A slot is a group and a bin of the values of that group.

    Attributes
    ----------
    rows : int64 array of shape (m,)
        Row in the verbatims.
    slot : int64 array of shape (m,)
        Rising from 0 without a gap.
    first : int64 array of shape (n_groups + 1,)
        First slot of each group, and the number of slots.
    lowest : float64 array of shape (n_groups,)
        Lowest outcome of each group.
    above, weights : float64 arrays of shape (m,)
        Outcome less the lowest of its group, which keeps sums exact where it is constant; weight.
    everyone : Histogram
        Outcomes of all groups, less the first group's lowest. An imagined review takes its outcome
        from them all: reviews of a group that agree, or its only one, say little of what it might
        have been.
    """

    rows: Ints
    slot: Ints
    first: Ints
    lowest: Floats
    above: Floats
    weights: Floats
    everyone: Histogram


@dataclass(frozen=True, slots=True)
class Histogram:
    """Reviews by outcome; arrays of shape (bins,).

    Attributes
    ----------
    masses, squares : float64 arrays
        Sum of the weights and of the squared weights; without weights both are the number.
    totals : float64 array
        Sum of the weighted outcomes.
    """

    masses: Floats
    squares: Floats
    totals: Floats

    def __getitem__(self, bins: slice) -> Histogram:
        return Histogram(self.masses[bins], self.squares[bins], self.totals[bins])

    def less(self, shift: float) -> Histogram:
        """Take a number off every outcome."""
        return Histogram(self.masses, self.squares, self.totals - shift * self.masses)

    @property
    def mean(self) -> float:
        """Weighted mean outcome."""
        return float(self.totals.sum() / self.masses.sum())

    @property
    def n_effective(self) -> float:
        """Effective number of the reviews (Kish)."""
        return float(self.masses.sum() ** 2 / self.squares.sum())


def read_outcome(analysis: Analysis, name: str) -> Floats:
    """Read the outcome of each verbatim as float64, NaN where there is none.

    Yes and no are 1 and 0, and numbers written as text are read.

    Raises
    ------
    OptionError
        The column isn't there or holds values that are not finite numbers.
    """
    check_single("outcome", name)
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
        some = ", ".join(list(dict.fromkeys(short(value) for value in wrong.iloc[:100]))[:3])
        raise OptionError(
            f"outcome {name!r} holds values that are not finite numbers: {some}; give a numeric "
            "column, such as stars or a rating from 0 to 10, with NA where there is no outcome"
        )
    return outcome


def outcome_columns(
    values: Floats,
    found: Mentions,
    cells: Cells,
    options: ScoreOptions,
    columns: Sequence[Column] = OUTCOME,
) -> pd.DataFrame:
    """Columns `OUTCOME`, one row per cell; or those of them that are asked for.

    Without the gap the reviews that don't mention the driver are not resampled.
    """
    outcomes = _prepare(values, cells)
    figures = {column.name: np.full(len(cells), np.nan) for column in OUTCOME}
    figures["outcome_low_support"][:] = options.min_reviews > 0
    has_gap = any(column.name == "outcome_gap" for column in columns)
    keys = cells.keys()
    driver_of = cells.driver_of(found.cell)
    for driver, key in enumerate(keys):
        mentioned = np.zeros(len(values), dtype=bool)
        mentioned[found.verbatim[driver_of == driver]] = True
        having = mentioned[outcomes.rows]
        some, others = _histogram(outcomes, having), _histogram(outcomes, ~having & has_gap)
        figures["outcome_n"][driver :: len(keys)] = _counts(outcomes, having)
        figures["outcome_n_without"][driver :: len(keys)] = _counts(outcomes, ~having)
        for group, (start, stop) in enumerate(pairwise(outcomes.first)):
            bins, cell, lowest = slice(start, stop), group * len(keys) + driver, outcomes.lowest
            everyone = outcomes.everyone.less(lowest[group] - lowest[0])
            parts = (some[bins], others[bins], everyone)
            for name, figure in _compare(parts, options, ("outcome", *key)).items():
                figures[name][cell] = figure + (lowest[group] if name in _LEVELS else 0)
    return typed(columns, figures)


def _prepare(values: Floats, cells: Cells) -> Outcomes:
    rows = np.flatnonzero(cells.read & ~np.isnan(values))
    group, known, weights = cells.groups.of_row[rows], values[rows], cells.weights[rows]
    n_groups = len(cells.groups.values)
    lowest = np.full(n_groups, np.inf)
    np.minimum.at(lowest, group, known)
    lowest = np.where(np.isfinite(lowest), lowest, known.min() if len(known) else 0)
    above = known - lowest[group]
    slots, slot = np.unique(group * MAX_BINS + value_bins(known, group), return_inverse=True)
    # Within a slot by value and weight, so that rows in any order round alike.
    order = np.lexsort((weights, above, slot))
    return Outcomes(
        rows=rows[order],
        slot=slot[order].astype(np.int64),
        first=np.searchsorted(slots, np.arange(n_groups + 1) * MAX_BINS),
        lowest=lowest,
        above=above[order],
        weights=weights[order],
        everyone=pooled(known - lowest[:1], weights),
    )


def pooled(values: Floats, weights: Floats) -> Histogram:
    """Histogram of outcomes, whatever their group; in any order to the same bits.

    Examples
    --------
    >>> pooled(np.array([5.0, 1.0, 5.0]), np.ones(3)).totals.tolist()
    [1.0, 10.0]
    """
    bins = value_bins(values, np.zeros(len(values), dtype=np.int64))
    order = np.lexsort((weights, values, bins))
    sums = (weights, weights**2, weights * values)
    masses, squares, totals = (
        np.bincount(bins[order], each[order]).astype(np.float64, copy=False) for each in sums
    )
    return Histogram(masses, squares, totals)


def _histogram(outcomes: Outcomes, chosen: NDArray[np.bool_]) -> Histogram:
    """Histogram over all slots of the chosen ones of the m reviews."""
    slot, weights = outcomes.slot[chosen], outcomes.weights[chosen]
    sums = (weights, weights**2, weights * outcomes.above[chosen])
    masses, squares, totals = (
        np.bincount(slot, each, minlength=outcomes.first[-1]).astype(np.float64, copy=False)
        for each in sums
    )
    return Histogram(masses, squares, totals)


def _counts(outcomes: Outcomes, chosen: NDArray[np.bool_]) -> Ints:
    """Number of the chosen reviews in each group."""
    per_slot = np.bincount(outcomes.slot[chosen], minlength=outcomes.first[-1])
    return np.diff(np.append(0, np.cumsum(per_slot))[outcomes.first])


def _compare(
    parts: tuple[Histogram, Histogram, Histogram], options: ScoreOptions, stream: Sequence[str]
) -> dict[str, float]:
    """Figures of one cell, from who mentions the driver, who doesn't, and both."""
    having, without, everyone = parts
    figures: dict[str, float] = {}
    some, others = having.masses.any(), without.masses.any()
    if some:
        figures["outcome_mean"] = mean = having.mean
        random = generator(options.seed, *stream)
        draws = mean_draws(having, everyone, options.n_resamples, random)
        ends = interval(draws, mean, options.confidence)
        figures["outcome_low"], figures["outcome_high"] = ends
        figures["outcome_low_support"] = round(having.n_effective, 9) < options.min_reviews
    if others:
        figures["outcome_without"] = without.mean
    if some and others:
        figures["outcome_gap"] = gap = mean - without.mean
        gaps = draws - mean_draws(without, everyone, options.n_resamples, random)
        ends = interval(gaps, gap, options.confidence)
        figures["outcome_gap_low"], figures["outcome_gap_high"] = ends
    return figures


def mean_draws(
    part: Histogram, everyone: Histogram, n_resamples: int, random: np.random.Generator
) -> Floats:
    """Resample the mean outcome of some reviews; the imagined one may be any of everyone's.

    Parameters
    ----------
    part, everyone : Histogram
        On the same scale.
    n_resamples : int
    random : Generator

    Returns
    -------
    float64 array of shape (n_resamples,)
    """
    held = everyone.masses > 0
    return resampled_means(
        part.totals / np.where(part.masses > 0, part.masses, 1),
        part.masses,
        everyone.totals[held] / everyone.masses[held],
        n_resamples,
        random,
        chances=everyone.masses[held] / everyone.masses.sum(),
        squares=part.squares,
    )
