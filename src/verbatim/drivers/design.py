"""Lay out the reviews of a group for the joint analysis of all drivers, to be resampled in units.

A review is a row of states, one per driver, its outcome and its weight. Reviews that are alike in
all of that make one *unit*, resampled by one draw from a gamma distribution (the sum of the draws
of its reviews). Where more than `MAX_UNITS` reviews are unlike, a unit is instead a random
part of all reviews, and has one draw: the variance between such parts is that between reviews
(the method of random groups), so intervals come out alike while their cost no longer grows with n.

References
----------
K. M. Wolter (2007), Introduction to Variance Estimation, 2nd edition, chapter 2: random groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.drivers.bootstrap import generator
from verbatim.weights.effective import unit_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
States = NDArray[np.int8]

NONE, POSITIVE, NEGATIVE, NEUTRAL, MIXED = range(5)
"""How a review mentions a driver; the order of `verbatim.drivers.counts.STATES`, after none."""

MAX_UNITS = 4096
"""Units that are resampled; with random parts an interval's width is off by 1.1% (1 sd)."""

MAX_CELLS = 4_000_000
"""Numbers that one chunk of units may hold."""

_PACKED = 20  # states of this many drivers, 5 ** 20, fit into an integer with room for a rank


@dataclass(frozen=True, slots=True)
class Design:
    """Reviews of one group, row by row, alike ones as one row where that makes few enough.

    Attributes
    ----------
    states : int8 array of shape (r, p)
    outcome : float64 array of shape (r,)
        0 to 1: outcome less the lowest of the group, over the range; NaN where there is none.
    weight : float64 array of shape (r,)
        Weight of each review of the row, above 0; those with an outcome sum to their effective
        number, rows counted as often as they stand for alike reviews. 1 without weights.
    low, range : float
        Lowest outcome and highest less lowest; the range is 1 where they are the same.
    shape : float64 array of shape (u,)
        Shape of the gamma distribution of each unit's draw, which is also its mean.
    per_unit : int
        Rows per unit: unit i has the rows from i * per_unit, the last unit perhaps fewer.
    """

    states: States
    outcome: Floats
    weight: Floats
    low: float
    range: float
    shape: Floats
    per_unit: int

    @property
    def n_drivers(self) -> int:
        """Number of drivers, p."""
        return int(self.states.shape[1])


def lay_out_design(
    states: States, outcome: Floats, seed: int, weights: Floats | None = None
) -> Design:
    """Make the units of reviews with these states, outcomes (NaN for none) and weights above 0.

    Neither the order of the reviews nor drivers that nobody mentions change the units.

    Examples
    --------
    >>> states = np.array([[1, 0], [0, 2], [1, 0]], dtype=np.int8)
    >>> design = lay_out_design(states, np.array([5.0, 1.0, 5.0]), seed=0)
    >>> design.states.tolist(), design.outcome.tolist(), design.shape.tolist()
    ([[0, 2], [1, 0]], [0.0, 1.0], [1.0, 2.0])
    """
    known = outcome[~np.isnan(outcome)]
    low = float(known.min()) if len(known) else 0.0
    spread = float(known.max()) - low if len(known) else 0.0
    spread = spread or 1.0
    weight = np.ones(len(outcome)) if weights is None else weights
    if len(known):
        weight = weight / unit_of(weight[~np.isnan(outcome)])
    codes = _codes(states, outcome, weight)
    _, rows, counts = np.unique(codes, return_index=True, return_counts=True)
    shape, per_unit = counts.astype(np.float64), 1
    if len(rows) > MAX_UNITS:
        rows = generator(seed, "units").permutation(np.argsort(codes, kind="stable"))
        per_unit = -(-len(rows) // MAX_UNITS)
        shape = np.ones(-(-len(rows) // per_unit))
    scaled = (outcome[rows] - low) / spread
    return Design(states[rows], scaled, weight[rows], low, spread, shape, per_unit)


def _codes(states: States, outcome: Floats, weight: Floats) -> Ints:
    """Number the reviews so that alike ones have the same number, and values give the order."""
    codes = np.unique(outcome, return_inverse=True)[1].astype(np.int64)
    weights, rank = np.unique(weight, return_inverse=True)
    codes = np.unique(codes * len(weights) + rank, return_inverse=True)[1].astype(np.int64)
    mentioned = np.flatnonzero(states.any(axis=0))
    for start in range(0, len(mentioned), _PACKED):
        packed = np.zeros(len(states), dtype=np.int64)
        for driver in mentioned[start : start + _PACKED]:
            packed = packed * 5 + states[:, driver]
        packed = np.unique(packed, return_inverse=True)[1].astype(np.int64)
        codes = codes * (packed.max(initial=0) + 1) + packed
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return codes


def chunks(n_units: int, size: int) -> Iterator[slice]:
    """Parts of the units that hold at most `MAX_CELLS` numbers, at `size` numbers per unit."""
    step = max(1, MAX_CELLS // max(size, 1))
    for start in range(0, n_units, step):
        yield slice(start, min(start + step, n_units))
