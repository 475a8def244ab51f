r"""Sums over the reviews of a group, resampled: all that the joint analysis of drivers needs.

A resample gives unit i the factor :math:`g_i \sim \Gamma(a_i)` (the Bayesian bootstrap, see
`verbatim.drivers.bootstrap`), and with the units' own weighted sums of products in the rows of a
matrix Z the sums of all resamples are one matrix product, G Z. What follows from them costs the
same whatever the number of reviews.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.drivers.design import (
    MAX_CELLS,
    MIXED,
    NEGATIVE,
    POSITIVE,
    Design,
    Floats,
    Ints,
    chunks,
)

_ROWS = 64
"""Rows per product: products this small are not split between threads, which costs more here."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """The k columns of the regression: column j is 1 where `driver[j]` is mentioned with `side[j]`.

    Attributes
    ----------
    driver : int64 array of shape (k,)
        Ascending, so that the columns of a driver stand together.
    side : int64 array of shape (k,)
        `POSITIVE` or `NEGATIVE`; a mixed mention has both.
    """

    driver: Ints
    side: Ints

    def __len__(self) -> int:
        return len(self.driver)


@dataclass(frozen=True, slots=True)
class Moments:
    """Weighted sums of b resamples.

    Attributes
    ----------
    gram : float64 array of shape (b, k + 2, k + 2)
        Products of the columns 1, the indicators, and the outcome, over the reviews that have one.
    mentions, outcomes : float64 arrays of shape (b, p)
        Reviews with an outcome that mention each driver, and the sum of their outcomes.
    others, other_outcomes : float64 arrays of shape (b, p)
        The same of those that don't mention it: a difference from all would round small ones off.
    reviews, net : float64 arrays of shape (b, p)
        Reviews that mention each driver, and how many more of them are positive than negative.
    """

    gram: Floats
    mentions: Floats
    outcomes: Floats
    others: Floats
    other_outcomes: Floats
    reviews: Floats
    net: Floats


_PER_DRIVER = 6
"""Sums per driver in `Moments`."""


def indicators(design: Design) -> Indicators:
    """Columns that some but not all of the reviews with an outcome have."""
    states = design.states[~np.isnan(design.outcome)]
    found = []
    for driver in range(design.n_drivers):
        for side in (POSITIVE, NEGATIVE):
            has = _has(states[:, driver], side)
            if has.any() and not has.all():
                found.append((driver, side))
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return Indicators(both[:, 0], both[:, 1])


def moments(design: Design, columns: Indicators) -> Moments:
    """Sums over the reviews as they are: one resample, in which each counts once."""
    return _summed(design, columns, design.shape[None, :])


def resampled(
    design: Design, columns: Indicators, n_resamples: int, random: np.random.Generator
) -> Iterator[Moments]:
    """Sums of the resamples, in parts that keep to the memory of `MAX_CELLS`."""
    step = max(1, 2 * MAX_CELLS // max(len(design.shape), 4 * _n_sums(design, columns)))
    for start in range(0, n_resamples, step):
        size = (min(step, n_resamples - start), len(design.shape))
        yield _summed(design, columns, random.standard_gamma(design.shape, size=size))


def known_outcomes(design: Design) -> tuple[Floats, Floats]:
    """Outcomes of the rows that have one, and the chance of each."""
    known = ~np.isnan(design.outcome)
    chance = _row_weights(design)[known]
    return design.outcome[known], chance / chance.sum()


def _row_weights(design: Design) -> Floats:
    return design.weight * design.shape if design.per_unit == 1 else design.weight


def _has(states: NDArray[np.int8], side: int) -> NDArray[np.bool_]:
    return np.asarray((states == side) | (states == MIXED))


def _n_sums(design: Design, columns: Indicators) -> int:
    size = len(columns) + 2
    return size * (size + 1) // 2 + _PER_DRIVER * design.n_drivers


def _summed(design: Design, columns: Indicators, factors: Floats) -> Moments:
    totals = np.zeros((len(factors), _n_sums(design, columns)))
    size = max(totals.shape[1], design.per_unit * (len(columns) + 2))
    for part in chunks(len(design.shape), size):
        totals += factors[:, part] @ _unit_sums(design, columns, part)
    size = len(columns) + 2
    rows, cols = np.triu_indices(size)
    gram = np.empty((len(factors), size, size))
    gram[:, rows, cols] = gram[:, cols, rows] = totals[:, : len(rows)]
    return Moments(gram, *np.split(totals[:, len(rows) :], _PER_DRIVER, axis=1))


def _unit_sums(design: Design, columns: Indicators, part: slice) -> Floats:
    """Rows of Z: products (upper triangle), then the sums per driver, of these units."""
    rows = slice(part.start * design.per_unit, part.stop * design.per_unit)
    states, outcome, weight = design.states[rows], design.outcome[rows], design.weight[rows]
    known = ~np.isnan(outcome)
    value = np.where(known, outcome, 0)
    table = np.empty((len(states), len(columns) + 2))
    table[:, 0], table[:, -1] = known, value
    for j, (driver, side) in enumerate(zip(columns.driver, columns.side, strict=True)):
        table[:, j + 1] = _has(states[:, driver], side) & known
    upper = np.triu_indices(table.shape[1])
    mention = states > 0
    sums = (
        mention * (known * weight)[:, None],
        mention * (value * weight)[:, None],
        ~mention * (known * weight)[:, None],
        ~mention * (value * weight)[:, None],
        mention * weight[:, None],
        ((states == POSITIVE).astype(np.int8) - (states == NEGATIVE)) * weight[:, None],
    )
    starts = np.arange(0, len(states), design.per_unit)
    linear = [np.add.reduceat(each, starts, axis=0) for each in sums]
    return np.hstack([_grams(table, weight, design.per_unit)[:, upper[0], upper[1]], *linear])


def _grams(table: Floats, weight: Floats, per_unit: int) -> Floats:
    """Weighted Gram matrix of every `per_unit` rows, shape (units, columns, columns)."""
    units = -(-len(table) // per_unit)
    padded, scaled = np.zeros((2, units * per_unit, table.shape[1]))
    padded[: len(table)], scaled[: len(table)] = table, table * weight[:, None]
    blocks, weighted = (each.reshape(units, per_unit, -1) for each in (padded, scaled))
    grams = np.zeros((units, table.shape[1], table.shape[1]))
    for start in range(0, per_unit, _ROWS):
        part = slice(start, start + _ROWS)
        grams += weighted[:, part].transpose(0, 2, 1).copy() @ blocks[:, part]
    return grams
