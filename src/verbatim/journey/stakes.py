r"""What opportunities cost of an outcome: the points at stake.

One ridge regression of the outcome on whether a review holds each opportunity (see
`verbatim.drivers.regression`), so that pains told together don't take each other's share. The
points of opportunity j are :math:`-b_j \bar x_j` with its coefficient and the share of reviews that
hold it: what the mean outcome would gain if these were like the others. Both factors are estimates,
so the interval is Student's with the variance :math:`\frac{n}{n - k - 1} \sum_i \psi_{ij}^2` of the
influences of the reviews on their product (the delta method),

.. math:: \psi_{ij} = - w_i \Big( \bar x_j \, (A^{-1} \tilde x_i)_j \, e_i
          + b_j \, \tilde x_{ij} / W \Big)

with the residuals :math:`e_i`, the penalised sums of squares A of the centred columns
:math:`\tilde x` and the sum of the weights W. The first part alone is White's (1980; HC1).

References
----------
H. White (1980), A heteroskedasticity-consistent covariance matrix estimator and a direct test for
heteroskedasticity, Econometrica 48, 817-838.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from verbatim.comparison.tails import student_quantile
from verbatim.drivers.regression import centre, coefficients, penalised, ridge_strength
from verbatim.journey.sample import Floats, Ints
from verbatim.weights.effective import effective_number, sum_by

FEWEST_REVIEWS = 10
"""Reviews with an outcome below which an opportunity has no column."""
MOST_COLUMNS = 60
"""Columns of a regression, those of most reviews."""
FEWEST_IN_ALL = 30


@dataclass(frozen=True, slots=True)
class Stakes:
    """Points of each of k opportunities with their interval, and the reviews behind them.

    Attributes
    ----------
    points, low, high : float64 arrays of shape (k,)
        NaN where they can't be told.
    n : int64 array of shape (k,)
        Reviews that hold it and have an outcome.
    """

    points: Floats
    low: Floats
    high: Floats
    n: Ints


def stakes(
    outcome: Floats, weights: Floats, verbatim: Ints, column: Ints, k: int, confidence: float
) -> Stakes:
    """Regress the outcome of the reviews on the opportunities that they hold.

    Parameters
    ----------
    outcome : float64 array of shape (n_verbatims,)
        NaN where there is none. The points are what it *gains*, so give its negative where lower is
        better.
    weights : float64 array of shape (n_verbatims,)
        0 for reviews that don't count.
    verbatim, column : int64 arrays of shape (m,)
        Every pair of a review and an opportunity that it holds, once.
    k : int
        Opportunities.
    confidence : float

    Examples
    --------
    >>> outcome = np.array([1.0, 5.0] * 40)
    >>> held = np.arange(0, 80, 2)
    >>> found = stakes(outcome, np.ones(80), held, np.zeros(40, np.int64), 1, 0.95)
    >>> found.points.round(2).tolist(), found.n.tolist()
    ([2.0], [40])
    """
    used = (weights > 0) & ~np.isnan(outcome)
    kept = used[verbatim]
    verbatim, column = verbatim[kept], column[kept]
    n = np.bincount(column, minlength=k).astype(np.int64)
    empty = np.full(k, np.nan)
    order = np.lexsort((np.arange(k), -n))[:MOST_COLUMNS]
    chosen = order[n[order] >= FEWEST_REVIEWS]
    effective = effective_number(weights[used])
    freedom = effective - len(chosen) - 1
    if not len(chosen) or effective < FEWEST_IN_ALL or freedom < 2:
        return Stakes(empty, empty.copy(), empty.copy(), n)
    place = np.full(k, -1)
    place[chosen] = np.arange(len(chosen))
    inside = place[column] >= 0
    middle = float(np.median(outcome[used]))
    columns = _Columns(
        verbatim[inside], place[column[inside]], len(chosen), np.where(used, outcome - middle, 0)
    )
    points, half = _fit(columns, np.where(used, weights, 0), effective / freedom)
    half = half * float(student_quantile(confidence, np.array(freedom)))
    found = np.full((3, k), np.nan)
    found[:, chosen] = points, points - half, points + half
    return Stakes(found[0], found[1], found[2], n)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Entries (row, column) that are 1, of k columns, and the outcome of each row."""

    row: Ints
    column: Ints
    k: int
    outcome: Floats

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Entries of the same row two by two, by the distance between them."""
        order = np.lexsort((self.column, self.row))
        row = self.row[order]
        for shift in range(self.k):
            first = np.flatnonzero(row[: len(row) - shift] == row[shift:])
            if not len(first):
                return
            yield order[first], order[first + shift]

    def products(self, weights: Floats) -> Floats:
        """Weighted sums of products of the columns, shape (k, k)."""
        total = np.zeros((self.k, self.k))
        for one, other in self.pairs():
            codes = self.column[one] * self.k + self.column[other]
            part = sum_by(codes, weights[self.row[one]], self.k**2).reshape(self.k, self.k)
            total += part if one is other or (one == other).all() else part + part.T
        return total

    def sums(self, values: Floats) -> Floats:
        """Sum of the values of the rows that have each column, shape (k,)."""
        return sum_by(self.column, values[self.row], self.k)


def _fit(columns: _Columns, weights: Floats, inflation: float) -> tuple[Floats, Floats]:
    """Points and their standard errors."""
    k, y = columns.k, columns.outcome
    gram = np.zeros((1, k + 2, k + 2))
    held = columns.sums(weights)
    mass, total = _sum(weights), _sum(weights * y)
    gram[0, 0, 0], gram[0, -1, -1] = mass, _sum(weights * y**2)
    gram[0, 0, 1:-1] = gram[0, 1:-1, 0] = held
    gram[0, 0, -1] = gram[0, -1, 0] = total
    gram[0, 1:-1, 1:-1] = columns.products(weights)
    gram[0, 1:-1, -1] = gram[0, -1, 1:-1] = columns.sums(weights * y)
    sums = centre(gram)
    strength = ridge_strength(sums)
    effects = coefficients(sums, strength)[0]
    means = held / mass
    fitted = np.bincount(columns.row, effects[columns.column], minlength=len(y))
    residual = y - (total / mass - effects @ means) - fitted
    inverse = np.linalg.inv(penalised(sums, strength)[0])
    spread, both, shares = (
        _centred(columns, weights**2 * part, means)
        for part in (residual**2, residual, np.ones(len(y)))
    )
    variance = np.diag(inverse @ spread @ inverse) * means**2
    variance = variance + 2 * means * effects * np.diag(inverse @ both) / mass
    variance = variance + effects**2 * np.diag(shares) / mass**2
    return -effects * means, np.sqrt(np.maximum(variance * inflation, 0))


def _centred(columns: _Columns, weights: Floats, means: Floats) -> Floats:
    """Weighted sums of products of the columns less their means, shape (k, k)."""
    held = columns.sums(weights)
    return np.asarray(
        columns.products(weights)
        - np.outer(held, means)
        - np.outer(means, held)
        + _sum(weights) * np.outer(means, means)
    )


def _sum(values: Floats) -> float:
    """Sum that doesn't depend on the order of the values."""
    return float(np.sort(values).sum())
