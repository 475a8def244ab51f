r"""Differences between two sets of reviews: estimate, interval and p-value of each measure.

*Net sentiment* is the mean of +1, -1 and 0 over the reviews that mention the driver. Its interval
is that of the Bayesian bootstrap, as in `verbatim.drivers.bootstrap`, of both sets at once, one
imagined review in each.

*Share* has Newcombe's (1998) interval, made from Wilson's intervals of the two shares,

.. math:: d - \sqrt{(s_1 - l_1)^2 + (u_2 - s_2)^2}, \quad d + \sqrt{(u_1 - s_1)^2 + (s_2 - l_2)^2}

Both are tested by `verbatim.comparison.permutation`. A set of weighted reviews stands for Kish's
effective number, :math:`(\sum w)^2 / \sum w^2`, rounded for the test.

References
----------
R. G. Newcombe (1998), Interval estimation for the difference between independent proportions,
Statistics in Medicine 17, 873-890, method 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.permutation import (
    MENTION,
    SENTIMENT,
    Values,
    log_factorials,
    permutation_p,
)
from verbatim.comparison.sums import Sums
from verbatim.drivers.bootstrap import SIDES, generator, interval, resampled_means, wilson

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Differences:
    """Figures of one measure for g pairs of sets and d drivers, each of shape (g, d); NaN for none.

    Attributes
    ----------
    value, reference : float64 array
        Of the set, and of that which it is compared with.
    low, high : float64 array
        Interval of value - reference.
    p : float64 array
        NaN where there is nothing to test.
    """

    value: Floats
    reference: Floats
    low: Floats
    high: Floats
    p: Floats

    @property
    def difference(self) -> Floats:
        """Value less reference."""
        return self.value - self.reference


@dataclass(frozen=True, slots=True)
class Sampling:
    """How intervals are drawn: resamples, confidence, seed, and the key of each driver."""

    n_resamples: int
    confidence: float
    seed: int
    keys: Sequence[tuple[str, ...]]


def net_differences(one: Sums, other: Sums, sampling: Sampling) -> Differences:
    """Differences of net sentiment, in points, -200 to 200."""
    value, reference = net_sentiment(one), net_sentiment(other)
    ends = 100 * _net_ends(one, other, (value - reference) / 100, sampling)
    sides, others = (effective(sums.sides, sums.squares.sum(axis=-1)) for sums in (one, other))
    p = _p(sides, others, SENTIMENT)
    return Differences(value, reference, ends[..., 0], ends[..., 1], p)


def share_differences(one: Sums, other: Sums, sampling: Sampling) -> Differences:
    """Differences of the share of reviews that mention the driver, -1 to 1."""
    sides, others = mention_counts(one), mention_counts(other)
    value, low, high = share_ends(sides, sampling.confidence)
    reference, other_low, other_high = share_ends(others, sampling.confidence)
    below = np.hypot(value - low, other_high - reference)
    above = np.hypot(high - value, reference - other_low)
    difference = value - reference
    p = _p(sides, others, MENTION)
    return Differences(value, reference, difference - below, difference + above, p)


def net_sentiment(sums: Sums) -> Floats:
    """Net sentiment, -100 to 100, of each set and driver; NaN where no review mentions it."""
    total = sums.sides.sum(axis=-1)
    net = sums.sides[..., 0] - sums.sides[..., 1]
    return np.asarray(100 * (net / np.where(total > 0, total, np.nan)))


def effective(weights: Floats, squares: Floats) -> Floats:
    """Scale sums of weights, by value on the last axis, so that they sum to the effective number.

    Examples
    --------
    >>> effective(np.array([[3.0, 1.0, 0.0]]), np.array([10.0])).tolist()
    [[1.2000000000000002, 0.4, 0.0]]
    """
    total = weights.sum(axis=-1)
    return np.asarray(weights * (total / np.where(squares > 0, squares, 1))[..., None])


def mention_counts(sums: Sums) -> Floats:
    """Effective reviews that mention the driver, and that don't; the third value doesn't occur."""
    mention = sums.sides.sum(axis=-1)
    silent = np.maximum(sums.weight[:, None] - mention, 0)
    return effective(np.stack([mention, silent, 0 * mention], axis=-1), sums.square[:, None])


def share_ends(counts: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Share of the first value, and the ends of its interval."""
    total = counts.sum(axis=-1)
    share = counts[..., 0] / np.where(total > 0, total, np.nan)
    return (share, *wilson(counts[..., 0], total, confidence))


def _net_ends(one: Sums, other: Sums, found: Floats, sampling: Sampling) -> Floats:
    """Ends of the intervals of differences `found`, -2 to 2, as an array of shape (g, d, 2)."""
    ends = np.full((*found.shape, 2), np.nan)
    held = np.nonzero(~np.isnan(found))
    parts = (one.sides, one.squares, other.sides, other.squares)
    rows = np.hstack([held[1][:, None], *(part[held] for part in parts)])
    # Pairs of sets with the same sums have the same interval, so it is drawn once.
    distinct, first, of = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    drawn = np.empty((len(distinct), 2))
    for i, row in enumerate(distinct):
        draws = _draws(row[1:7], int(row[0]), sampling, "net")
        draws = draws - _draws(row[7:], int(row[0]), sampling, "reference")
        drawn[i] = interval(draws, float(found[held][first[i]]), sampling.confidence)
    ends[held] = drawn[of]
    return ends


def _draws(sums: Floats, driver: int, sampling: Sampling, stream: str) -> Floats:
    """Resampled net sentiment of reviews with these sums of weights and of squared weights."""
    random = generator(sampling.seed, stream, *sampling.keys[driver])
    return resampled_means(SIDES, sums[:3], SIDES, sampling.n_resamples, random, squares=sums[3:])


def _p(one: Floats, other: Floats, values: Values) -> Floats:
    """P-values of pairs of effective counts, both of shape (g, d, 3)."""
    rows = np.concatenate([rounded(one), rounded(other)], axis=-1).reshape(-1, 6)
    distinct, of = np.unique(rows, axis=0, return_inverse=True)
    logs = log_factorials(int(rows.sum(axis=1).max(initial=0)))
    p = np.array([permutation_p(row[:3], row[3:], values, logs) for row in distinct])
    return np.asarray(p[of].reshape(one.shape[:-1]))


def rounded(counts: Floats) -> Ints:
    """Round to whole numbers whose sum over the last axis is that of the counts, rounded.

    Examples
    --------
    >>> rounded(np.array([[1.5, 2.4, 3.3]])).tolist()
    [[2, 2, 3]]
    """
    whole = np.floor(counts + 1e-9)
    rank = np.argsort(np.argsort(whole - counts, axis=-1, kind="stable"), axis=-1, kind="stable")
    missing = np.rint(counts.sum(axis=-1)) - whole.sum(axis=-1)
    return np.asarray(whole + (rank < missing[..., None]), dtype=np.int64)
