r"""The responses of one group, condensed to what the scores and their resamples need.

Resampling respondents with replacement is drawing from a multinomial distribution how often each
kind of respondent comes up, so the cost doesn't grow with their number. Of :math:`n` respondents
:math:`n_k` are of kind :math:`k`, with score :math:`s_k` and weight :math:`w_k`:

.. math:: (m_1, \dots, m_K) \sim \mathrm{Multinomial}(n; n_1/n, \dots, n_K/n), \qquad
          f^* = \frac{\sum_k m_k w_k f(s_k)}{\sum_k m_k w_k}

Without weights a kind is a score. With them it is a score and a weight or, where a score comes with
more than `MAX_BINS` different weights, a score and a bin of similar weights, which hides less than
one part in `MAX_BINS` of the variance.

References
----------
B. Efron (1979), Bootstrap methods, Annals of Statistics 7, 1-26.
L. Kish (1965), Survey Sampling, Wiley, 11.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import frexp, inf, ldexp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_BINS = 20
"""Different weights of one score that are resampled exactly."""

_MAX_DRAWS = 1_000_000
"""Numbers drawn at a time, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Responses of one group; K different scores, rising.

    Attributes
    ----------
    scores : float64 array of shape (K,)
    counts : int64 array of shape (K,)
        Responses with each score.
    masses : float64 array of shape (K,)
        Sum of their weights, divided by about the largest; the counts without weights.
    weight : float
        Sum of all weights.
    n_effective : float
        Kish's effective number of responses.
    kinds : tuple of a float64 and two int64 arrays of shape (number of kinds,)
        Weight, count, and position in `scores` of each kind of respondent.
    """

    scores: Floats
    counts: Ints
    masses: Floats
    weight: float
    n_effective: float
    kinds: tuple[Floats, Ints, Ints]

    def mean(self, values: Floats) -> float:
        """Weighted mean of what each score stands for, an array of shape (K,)."""
        return float((self.masses * values).sum() / self.masses.sum())


def make_sample(scores: Floats, weights: Floats) -> Sample:
    """Condense the responses; their order changes nothing.

    Examples
    --------
    >>> sample = make_sample(np.array([9.0, 3.0, 9.0]), np.array([1.0, 1.0, 2.0]))
    >>> sample.scores.tolist(), sample.masses.tolist(), round(sample.n_effective, 3)
    ([3.0, 9.0], [0.5, 1.5], 2.667)
    """
    order = np.lexsort((weights, scores))
    scores, weights = scores[order], weights[order]
    relative = weights / _unit(weights)
    different, first, counts = np.unique(scores, return_index=True, return_counts=True)
    masses = np.add.reduceat(relative, first) if len(first) else np.zeros(0)
    squares = float((relative**2).sum())
    return Sample(
        scores=different,
        counts=counts.astype(np.int64),
        masses=masses,
        weight=float(weights.sum()),
        n_effective=float(relative.sum()) ** 2 / squares if squares else 0.0,
        kinds=_kinds(relative, np.repeat(np.arange(len(first)), counts)),
    )


def _unit(weights: Floats) -> float:
    """By what to divide the weights, so that their squares neither overflow nor vanish.

    Equal weights become 1, so they give exactly what no weights give. Others are divided by a power
    of two, which is exact.
    """
    low, high = float(weights.min(initial=inf)), float(weights.max(initial=0))
    return high if 0 < low == high else ldexp(1, frexp(high)[1] - 1)


def _kinds(weights: Floats, place: Ints) -> tuple[Floats, Ints, Ints]:
    """Kinds of respondents, who are sorted by score and weight; a weight of 0 isn't drawn."""
    weights, place = weights[weights > 0], place[weights > 0]
    bins = np.zeros(len(weights), dtype=np.int64)
    for rows in np.split(np.arange(len(place)), np.flatnonzero(np.diff(place)) + 1):
        bins[rows] = weight_bins(weights[rows])
    key = place * (MAX_BINS + 1) + bins
    different, first, counts = np.unique(key, return_index=True, return_counts=True)
    total = np.add.reduceat(weights, first) if len(first) else np.zeros(0)
    return total / counts, counts.astype(np.int64), different // (MAX_BINS + 1)


def weight_bins(weights: Floats) -> Ints:
    """Number the different weights, which rise, or bins of them if there are many.

    Examples
    --------
    >>> weight_bins(np.array([0.5, 0.5, 2.0])).tolist()
    [0, 0, 1]
    """
    rank = np.zeros(len(weights), dtype=np.int64)
    rank[1:] = np.cumsum(np.diff(weights) > 0)
    if rank.max(initial=0) < MAX_BINS:
        return rank
    # What a bin may hide of the variance is its part of the sum of squares: the same for each.
    mass = (weights / weights[-1]) ** 2
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    return np.asarray(np.minimum(middle * MAX_BINS, MAX_BINS - 1), dtype=np.int64)


def resampled_masses(sample: Sample, n_resamples: int, random: np.random.Generator) -> Floats:
    """Sum of the weights of each score in each resample, of shape (n_resamples, K).

    Examples
    --------
    >>> sample = make_sample(np.array([0.0, 1.0, 1.0]), np.ones(3))
    >>> masses = resampled_masses(sample, 5, np.random.default_rng(0))
    >>> masses.shape, masses.sum(axis=1).tolist()
    ((5, 2), [3.0, 3.0, 3.0, 3.0, 3.0])
    """
    weights, counts, place = sample.kinds
    chances = counts / counts.sum()
    masses = np.zeros((n_resamples, len(sample.scores)))
    drawn, first = np.unique(place, return_index=True)
    step = max(1, _MAX_DRAWS // len(counts))
    for start in range(0, n_resamples, step):
        size = min(step, n_resamples - start)
        draws = random.multinomial(int(counts.sum()), chances, size) * weights
        masses[start : start + size, drawn] = np.add.reduceat(draws, first, axis=1)
    return masses
