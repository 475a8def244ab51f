r"""Test whether a series of periods has one level, by its clearest split in two.

With n reviews of mean :math:`\bar x` on either side of a split and the variance :math:`\sigma^2` of
all reviews, the clearest split is that with the largest

.. math:: Z^2 = \frac{(\bar x_1 - \bar x_2)^2}{\sigma^2 (1/n_1 + 1/n_2)},

the likelihood ratio of two levels against one (Hawkins, 1977). The p-value is the share of random
arrangements of the reviews over the same periods whose clearest split is as clear. Where it makes
no difference in which period a review stands, all arrangements are equally likely. They are drawn
period by period as numbers of reviews with each value, which are hypergeometric, so the cost
doesn't grow with the number of reviews. Drawing ends early where p is clearly large (Besag and
Clifford, 1991).

A review of weight w and value x counts as

.. math:: \mu + w (x - \mu)

with the weighted mean :math:`\mu`, which is what it adds to that mean. It keeps its weight wherever
it is arranged. So the arrangements hold the heavy reviews that the series holds, and a series that
owes its clearest split to one of them doesn't stand out.

Real periods often differ by more than the reviews in them explain: a campaign, a busy week. A
change must stand out from that too. The *dispersion* is the mean square of the differences between
neighbouring periods over that of random reviews, without the largest quarter of them, so that steps
from one level to another don't count (the idea of von Neumann et al., 1941). The statistic is
divided by it where it is above 1, and the periods of each arrangement get random deviations of the
variance between periods that it speaks for. In calm series that makes the test a little cautious;
it is what keeps restless ones from being full of changes.

References
----------
J. von Neumann, R. H. Kent, H. R. Bellinson and B. I. Hart (1941), The mean square successive
difference, Annals of Mathematical Statistics 12, 153-162.
D. M. Hawkins (1977), Testing a sequence of observations for a shift in location, JASA 72, 180-186.
J. Besag and P. Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78, 301-304.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.permutation import Values

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

EVEN: Floats = np.ones(1)
"""Weights where all reviews weigh the same."""

FEWEST = 5
"""Reviews on either side of a split."""

_FIRST, _ENOUGH, _CELLS = 200, 50, 1_000_000
_TIE = 1e-9
_GRID = 0.5
"""Standard deviations within which weighted reviews are of one kind."""

_KEPT_MEAN = 0.3685
"""Mean of the lower three quarters of the squares of standard normal deviates."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Clearest split of a series, or none.

    Attributes
    ----------
    split : int
        First period after the split; -1 where nothing can be split.
    p : float
        NaN where nothing can be split.
    dispersion : float
        NaN where there are two periods or fewer.
    """

    split: int
    p: float
    dispersion: float


def scan(
    counts: Floats,
    values: Values,
    n_draws: int,
    random: np.random.Generator,
    weights: Floats = EVEN,
) -> Scan:
    """Find the clearest split and test it.

    Parameters
    ----------
    counts : float64 array of shape (n_periods, 3 * n_weights)
        Reviews of each period, whole numbers: those of the first weight with each value, those of
        the second, and so on.
    values : Values
    n_draws : int
        Arrangements to draw at most.
    random : Generator
    weights : float64 array of shape (n_weights,)
        Above 0.

    Examples
    --------
    >>> from verbatim.comparison.permutation import SENTIMENT
    >>> counts = np.array([[9.0, 1, 0], [8, 2, 0], [2, 8, 0], [1, 9, 0]])
    >>> found = scan(counts, SENTIMENT, 999, np.random.default_rng(0))
    >>> found.split, found.p
    (2, 0.001)
    """
    held = np.flatnonzero(counts.sum(axis=1) > 0)
    found = _Series(counts[held], _weighed(counts.sum(axis=0), values.value, weights))
    if not found.splits().any() or found.variance() <= 0:
        return Scan(-1, nan, nan)
    found = found.merged() if len(weights) > 1 else found
    # Not a product of matrices, which may add up in another order on another machine.
    sums = (found.counts * found.value).sum(axis=1)
    statistic, split, dispersion = (each[0] for each in found.clearest(sums[None]))
    between = found.between_periods(float(dispersion))
    p = _p(found, float(statistic), between, n_draws, random)
    return Scan(int(held[split + 1]), p, float(dispersion))


def _weighed(totals: Floats, value: Floats, weights: Floats) -> Floats:
    """What a review of each weight and value counts as, shape (3 * n_weights,)."""
    mass = totals.reshape(len(weights), len(value)) * weights[:, None]
    mean = (mass * value).sum() / (mass.sum() or 1)
    # So written, the value stays as it is, to the last bit, if the weight is 1 or all are alike.
    return np.asarray(value + (weights[:, None] - 1) * (value - mean)).ravel()


@dataclass(frozen=True, slots=True)
class _Series:
    """What all arrangements have in common.

    Attributes
    ----------
    counts : float64 array of shape (t, m)
        Reviews of each kind in each period, none of which is empty.
    value : float64 array of shape (m,)
        What a review of each kind counts as.
    """

    counts: Floats
    value: Floats

    @property
    def sizes(self) -> Floats:
        """Reviews of each period, shape (t,)."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def totals(self) -> Floats:
        """Reviews of each kind, shape (m,)."""
        return np.asarray(self.counts.sum(axis=0))

    def merged(self) -> _Series:
        """Make one kind of reviews that count as next to the same, so that few are left to arrange.

        Which ones does not depend on the periods, so the test stays valid.
        """
        there = self.totals > 0
        totals, value = self.totals[there], self.value[there]
        step = _GRID * sqrt(self.variance())
        kind = np.unique(np.rint(value / step), return_inverse=True)[1]
        mean = np.bincount(kind, totals * value) / np.bincount(kind, totals)
        # Whole numbers add up alike in any order.
        return _Series(self.counts[:, there] @ np.eye(len(mean))[kind], mean)

    def splits(self) -> NDArray[np.bool_]:
        """Whether each of the t - 1 splits leaves enough reviews on either side."""
        before = np.cumsum(self.sizes)[:-1]
        return np.asarray((before >= FEWEST) & (self.sizes.sum() - before >= FEWEST))

    def mean(self) -> float:
        """Mean of all reviews."""
        return float((self.totals * self.value).sum() / self.totals.sum())

    def variance(self) -> float:
        """Variance of all reviews."""
        square = (self.totals * self.value**2).sum() / self.totals.sum()
        return float(square - self.mean() ** 2)

    def dispersion(self, sums: Floats) -> Floats:
        """Dispersion of b arrangements with these sums, shape (b, t); NaN for two periods."""
        squares = np.diff(sums / self.sizes, axis=1) ** 2 / (self.variance() * self._gaps())
        kept = squares.shape[1] * 3 // 4
        if not kept:
            return np.full(len(sums), nan)
        return np.asarray(np.sort(squares, axis=1)[:, :kept].mean(axis=1) / _KEPT_MEAN)

    def between_periods(self, dispersion: float) -> float:
        """Variance between periods, beside that of their reviews; 0 without more dispersion."""
        if not dispersion > 1:
            return 0.0
        return float((dispersion - 1) * self.variance() * self._gaps().mean() / 2)

    def _gaps(self) -> Floats:
        """Variance of the difference between neighbours, for a variance of the reviews of 1."""
        return 1 / self.sizes[1:] + 1 / self.sizes[:-1]

    def clearest(self, sums: Floats) -> tuple[Floats, Ints, Floats]:
        """Statistic, split and dispersion of b arrangements with these sums, shape (b, t)."""
        before = np.cumsum(self.sizes)[:-1]
        after = self.sizes.sum() - before
        low = np.cumsum(sums, axis=1)[:, :-1]
        gap = low / before - (sums.sum(axis=1, keepdims=True) - low) / after
        z2 = gap**2 / (self.variance() * (1 / before + 1 / after))
        z2 = np.where(self.splits(), z2, -1)
        dispersion = self.dispersion(sums)
        return z2.max(axis=1) / np.fmax(dispersion, 1), z2.argmax(axis=1), dispersion


def _p(
    series: _Series,
    statistic: float,
    between: float,
    n_draws: int,
    random: np.random.Generator,
) -> float:
    """Share of arrangements, the one found among them, whose statistic is as large."""
    drawn = larger = 0
    while drawn < n_draws and larger < _ENOUGH:
        # Doubled each time, so that a large p costs few and a small p few rounds.
        size = min(n_draws - drawn, max(_FIRST, drawn), max(1, _CELLS // len(series.sizes)))
        sums = _arranged(series, size, random)
        if between:
            sums += series.sizes * np.sqrt(between) * random.standard_normal(sums.shape)
        found = series.clearest(sums)[0]
        drawn, larger = drawn + size, larger + int((found >= statistic - _TIE).sum())
    return (larger + 1) / (drawn + 1)


def _arranged(series: _Series, size: int, random: np.random.Generator) -> Floats:
    """Sums of each period in random arrangements, shape (size, t)."""
    left = np.tile(series.totals.astype(np.int64), (size, 1))
    sums = np.empty((size, len(series.sizes)))
    for period, n in enumerate(series.sizes.astype(np.int64)):
        drawn = _drawn(left, int(n), random)
        sums[:, period] = (drawn * series.value).sum(axis=1)
        left -= drawn
    return sums


def _drawn(left: Ints, n: int, random: np.random.Generator) -> Ints:
    """Kinds of n reviews drawn from those that are left, both of shape (size, m)."""
    drawn = np.empty_like(left)
    behind = left.sum(axis=1)
    missing: Ints | int = n
    for kind in range(left.shape[1] - 1):
        behind = behind - left[:, kind]
        drawn[:, kind] = random.hypergeometric(left[:, kind], behind, missing)
        missing = missing - drawn[:, kind]
    drawn[:, -1] = missing
    return drawn
