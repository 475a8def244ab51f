"""Put the different values of an outcome into bins, which lose next to nothing of its variance."""

from __future__ import annotations

import numpy as np

from verbatim.drivers.cells import Floats, Ints

MAX_BINS = 200
"""Different values up to which an outcome is resampled exactly; beyond, neighbours share a bin."""


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
