r"""Permutation test of a difference between two sets of reviews, exact wherever that can matter.

If it makes no difference in which of two sets a review stands, every split of the reviews into sets
of these sizes is equally likely. Reviews have few different values, so splits need not be drawn:
how many of each value fall to the first set has a multivariate hypergeometric distribution. Splits
are ordered by

.. math:: t = \frac{\bar x_1 - \bar x_2}{\sqrt{v_1 / n_1 + v_2 / n_2}}

and p is twice the chance of those that are as far out as the one found, on its side. Ordering by a
studentised figure keeps the level in large sets that differ in their spread but not in their mean
(Janssen, 1997; Chung and Romano, 2013); one imagined review per set keeps :math:`v` above 0.

Where more than `MAX_SPLITS` splits are likely, each value occurs often in either set, and the
normal distribution stands in.

References
----------
A. Janssen (1997), Studentized permutation tests for non-i.i.d. hypotheses and the generalized
Behrens-Fisher problem, Statistics and Probability Letters 36, 9-21.
E. Chung and J. P. Romano (2013), Exact and asymptotically robust permutation tests, Annals of
Statistics 41, 484-507.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, nan, sqrt

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MAX_SPLITS = 50_000
"""Likely splits up to which all are counted: below, a value may occur fewer than 160 times."""

_REACH = 9
"""Standard deviations, and reviews more, to either side; what lies beyond is below 1e-16."""

_LEAST = 1e-16
"""Smallest p-value given: sums of chances are no more exact than that."""

_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Values:
    """The three values that a review may have, and those that the imagined one may.

    Attributes
    ----------
    value : float64 array of shape (3,)
    imagined : float64 array of shape (3,)
        Chance of each.
    """

    value: Floats
    imagined: Floats


SENTIMENT = Values(np.array([1.0, -1.0, 0.0]), np.full(3, 1 / 3))
"""A review that mentions a driver is positive, negative, or neither."""

MENTION = Values(np.array([1.0, 0.0, 0.0]), np.array([0.5, 0.5, 0.0]))
"""A review mentions a driver or doesn't; there is nothing third."""


def log_factorials(most: int) -> Floats:
    """Logarithms of 0! to `most`!."""
    return np.cumsum(np.log(np.maximum(np.arange(most + 1.0), 1)))


def permutation_p(first: Ints, second: Ints, values: Values, logs: Floats) -> float:
    """Two-sided p-value; NaN where either set is empty or all reviews are alike.

    Parameters
    ----------
    first, second : int64 arrays of shape (3,)
        Reviews with each value.
    values : Values
    logs : float64 array
        `log_factorials` of the number of reviews, or longer.

    Examples
    --------
    >>> logs = log_factorials(8)
    >>> round(permutation_p(np.array([4, 0, 0]), np.array([0, 4, 0]), SENTIMENT, logs), 4)
    0.0286
    """
    small, large = (first, second) if first.sum() <= second.sum() else (second, first)
    if not small.sum() or np.count_nonzero(small + large) < 2:
        return nan
    ranges = _likely(small + large, int(small.sum()))
    order = np.argsort([len(each) for each in ranges], kind="stable")
    statistic = _Statistic(small[order], large[order], values.value[order], values.imagined[order])
    found = float(statistic.t(small[order]))
    rare, other = ranges[order[0]], ranges[order[1]]
    if len(rare) * len(other) > MAX_SPLITS:
        return max(erfc(abs(found) / sqrt(2)), _LEAST)
    splits = _splits(rare, other, small[order], large[order])
    chances = _chances(splits, (small + large)[order], logs)
    t = statistic.t(splits) - found
    side = min(chances[t >= -_TIE].sum(), chances[t <= _TIE].sum())
    return min(max(float(2 * side / chances.sum()), _LEAST), 1.0)


@dataclass(frozen=True, slots=True)
class _Statistic:
    """The statistic of any split of these reviews into sets of these sizes."""

    small: Ints
    large: Ints
    value: Floats
    imagined: Floats

    def t(self, split: Ints) -> Floats:
        """Value of t, where `split[i]` reviews of value i are in the smaller set."""
        # One product of matrices would add up in an order that depends on the machine.
        mean, spread = self._moments(split, int(self.small.sum()))
        rest = (self.small + self.large).reshape(-1, *[1] * (split.ndim - 1)) - split
        other_mean, other_spread = self._moments(rest, int(self.large.sum()))
        return np.asarray((mean - other_mean) / np.sqrt(spread + other_spread))

    def _moments(self, counts: Ints, n: int) -> tuple[Floats, Floats]:
        """Mean of a set, and the variance of this mean with an imagined review in the set."""
        total, square = (
            sum(counts[i] * power[i] for i in range(3)) for power in (self.value, self.value**2)
        )
        first = (total + (self.imagined * self.value).sum()) / (n + 1)
        second = (square + (self.imagined * self.value**2).sum()) / (n + 1)
        return np.asarray(total / n), np.asarray((second - first**2) / n)


def _likely(totals: Ints, n: int) -> list[Ints]:
    """Numbers of each value that n of all reviews may hold, but for those next to impossible."""
    every = totals.sum()
    middle = n * totals / every
    reach = _REACH * (1 + np.sqrt(middle * (1 - totals / every) * (1 - n / every)))
    low = np.maximum(np.floor(middle - reach), np.maximum(0, n - (every - totals)))
    high = np.minimum(np.ceil(middle + reach), np.minimum(n, totals))
    return [np.arange(a, b + 1, dtype=np.int64) for a, b in zip(low, high, strict=True)]


def _splits(rare: Ints, other: Ints, small: Ints, large: Ints) -> Ints:
    """Splits as an array of shape (3, splits)."""
    first, second = (each.ravel() for each in np.meshgrid(rare, other, indexing="ij"))
    third = small.sum() - first - second
    kept = (third >= 0) & (third <= small[2] + large[2])
    return np.stack([first, second, third])[:, kept]


def _chances(splits: Ints, totals: Ints, logs: Floats) -> Floats:
    """Chance of each split, up to a factor."""
    rest = totals[:, None] - splits
    log: Floats = -(logs[splits] + logs[rest]).sum(axis=0)
    return np.asarray(np.exp(log - log.max()))
