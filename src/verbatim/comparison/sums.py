"""Sums over sets of reviews, from which every figure of a comparison follows.

Sets that share no review add up, so the rest of a group, or several periods together, cost no more
than a group, and nothing here grows with the number of reviews once the sums are made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.drivers.cells import Cells
from verbatim.drivers.counts import Mentions

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SIDE = np.array([0, 1, 2, 2])
"""Positive, negative or neither, for each of `verbatim.drivers.counts.STATES`."""

MOMENTS = 5
"""Sums of w, w y, w^2, w^2 y and w^2 y^2 over weights w and outcomes y."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over g sets of reviews, and over those of each set that mention each of d drivers.

    Reviews of weight 0 don't count.

    Attributes
    ----------
    reviews : int64 array of shape (g, d)
        Reviews that mention the driver.
    sides, squares : float64 arrays of shape (g, d, 3)
        Sums of their weights and of their squared weights: positive, negative, and neither.
    read : int64 array of shape (g,)
        Reviews.
    weight, square : float64 arrays of shape (g,)
        Sums of their weights and of their squared weights.
    judged : int64 array of shape (g, d)
        Reviews that mention the driver and have an outcome.
    outcomes : float64 array of shape (g, d, 5)
        `MOMENTS` of these.
    all_judged : int64 array of shape (g,)
        Reviews that have an outcome.
    all_outcomes : float64 array of shape (g, 5)
        `MOMENTS` of these.
    """

    reviews: Ints
    sides: Floats
    squares: Floats
    read: Ints
    weight: Floats
    square: Floats
    judged: Ints
    outcomes: Floats
    all_judged: Ints
    all_outcomes: Floats

    def mentioning(self, measure: str) -> Ints:
        """Reviews that mention each driver; for impact, of those that have an outcome."""
        return self.judged if measure == "impact" else self.reviews

    def reading(self, measure: str) -> Ints:
        """All these reviews, once per driver."""
        read = self.all_judged if measure == "impact" else self.read
        return np.broadcast_to(read[:, None], self.reviews.shape)

    def support(self, measure: str) -> Floats:
        """Effective number of the reviews that a measure is the mean of, per driver."""
        if measure == "share":
            return np.broadcast_to(_effective(self.weight, self.square)[:, None], self.judged.shape)
        if measure == "impact":
            return _effective(self.outcomes[..., 0], self.outcomes[..., 2])
        return _effective(self.sides.sum(axis=-1), self.squares.sum(axis=-1))

    def take(self, sets: Ints) -> Sums:
        """Sums of these sets; of -1 they are 0."""

        def chosen(values: NDArray[Any]) -> NDArray[Any]:
            there = sets.reshape(-1, *[1] * (values.ndim - 1)) >= 0
            return np.asarray(np.where(there, values[sets], 0))

        return self._map(chosen)

    def rest(self) -> Sums:
        """Sums of all other sets together, for each set."""

        def others(values: NDArray[Any]) -> NDArray[Any]:
            # Not all less one: a difference of sums would leave dust where there is nothing.
            return np.asarray(_before(values) + _before(values[::-1])[::-1])

        return self._map(others)

    def between(self, start: int, stop: int) -> Sums:
        """Sums of the sets from `start` up to `stop`, which is left out, together: one set."""
        return self._map(lambda values: values[start:stop].sum(axis=0, keepdims=True))

    def _map(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Sums:
        return Sums(*(change(getattr(self, name)) for name in self.__slots__))


def _effective(weight: Floats, square: Floats) -> Floats:
    # Rounded as in the driver scores: weights of 0.1 must not make 30 reviews 29.999.
    return np.asarray((weight**2 / np.where(square > 0, square, 1)).round(9))


def _before(values: NDArray[Any]) -> NDArray[Any]:
    """Sum of all rows before each row."""
    before = np.zeros_like(values)
    np.cumsum(values[:-1], axis=0, out=before[1:])
    return before


def gather(found: Mentions, cells: Cells, weights: Floats, outcome: Floats) -> Sums:
    """Sum over the reviews of each group.

    Parameters
    ----------
    found : Mentions
    cells : Cells
    weights : float64 array of shape (n_verbatims,)
        0 for those that were not read.
    outcome : float64 array of shape (n_verbatims,)
        NaN where there is none; near 0, so that differences of squares stay exact.
    """
    groups, drivers = len(cells.groups.values), len(cells.drivers)
    of_row, weight = cells.groups.of_row, weights[found.verbatim]
    judged, all_judged = ~np.isnan(outcome[found.verbatim]), ~np.isnan(outcome)
    said = _moments(found.cell * 3 + SIDE[found.state], weight, None, groups * drivers * 3)
    read = _moments(of_row, weights, None, groups)
    outcomes = _moments(
        found.cell[judged],
        weight[judged],
        outcome[found.verbatim[judged]],
        groups * drivers,
    )
    all_outcomes = _moments(of_row[all_judged], weights[all_judged], outcome[all_judged], groups)
    shape = (groups, drivers)
    return Sums(
        reviews=_count(found.cell[weight > 0], groups * drivers).reshape(shape),
        sides=said[:, 0].reshape(*shape, 3),
        squares=said[:, 2].reshape(*shape, 3),
        read=_count(of_row[weights > 0], groups),
        weight=read[:, 0],
        square=read[:, 2],
        judged=_count(found.cell[judged], groups * drivers).reshape(shape),
        outcomes=outcomes.reshape(*shape, MOMENTS),
        all_judged=_count(of_row[all_judged], groups),
        all_outcomes=all_outcomes,
    )


def _count(codes: Ints, size: int) -> Ints:
    return np.bincount(codes, minlength=size).astype(np.int64)


def _moments(codes: Ints, weights: Floats, values: Floats | None, size: int) -> Floats:
    """`MOMENTS` of each code, shape (size, 5), to the same bits whatever the order of the rows."""
    value = np.zeros(len(codes)) if values is None else values
    if (weights % 1).any() or (value % 1).any():  # only whole numbers add up alike in any order
        order = np.lexsort((value, weights, codes))
        codes, weights, value = codes[order], weights[order], value[order]
    squares = weights**2
    powers = (weights, weights * value, squares, squares * value, squares * value**2)
    sums = [np.bincount(codes, weights=power, minlength=size) for power in powers]
    return np.stack(sums, axis=1).astype(np.float64)
