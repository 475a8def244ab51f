r"""Intervals of driver scores.

Shares have Wilson's score interval. Means over reviews (net sentiment is the mean of +1, -1 and 0)
have the percentile interval of the Bayesian bootstrap, which resamples reviews by giving each a
weight drawn from Exp(1), with one more imagined review in each resample:

.. math:: m^* = \frac{\sum_k G_k v_k + E u}{\sum_k G_k + E},
          \qquad G_k \sim \Gamma(n_k), \; E \sim \mathrm{Exp}(1)

where :math:`n_k` reviews have the value :math:`v_k` (the weights of reviews that are alike sum to
one draw from a gamma distribution, so the cost doesn't grow with their number) and the imagined
review has a value :math:`u` drawn at random from those possible. Without it a driver that three
people praise would be sure to please everybody; with many reviews it weighs nothing.

With weights :math:`w_i` the reviews of one value weigh :math:`\sum_i w_i G_i` in a resample. For it
stands a gamma distribution of the same mean and variance, of shape :math:`(\sum w)^2 / \sum w^2`,
their effective number, and scale :math:`\sum w^2 / \sum w`, which with equal weights is the same
distribution; the imagined review weighs what one effective review does.
``benchmarks/coverage.py`` measures how often these intervals hold the true value.

References
----------
E. B. Wilson (1927), Probable inference, JASA 22, 209-212.
D. B. Rubin (1981), The Bayesian bootstrap, Annals of Statistics 9, 130-134.
"""

from __future__ import annotations

from hashlib import sha256
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

SIDES: Floats = np.array([1.0, -1.0, 0.0])
"""What a review that is positive, negative, or neither adds to the net sentiment."""


def wilson(count: ArrayLike, total: ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Wilson's score interval of count / total; NaN where the total is 0.

    Examples
    --------
    >>> low, high = wilson([0, 5], [10, 10], 0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.237], [0.278, 0.763])
    """
    n = np.asarray(total, dtype=np.float64)
    n = np.where(n > 0, n, np.nan)
    share = np.asarray(count) / n
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)


def generator(seed: int, *names: str) -> np.random.Generator:
    """Random numbers that depend on the seed and the names alone, not on where a row stands."""
    digest = sha256("\x1f".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:16], "little")])


def resampled_means(
    values: Floats,
    masses: ArrayLike,
    imagined: Floats,
    n_resamples: int,
    random: np.random.Generator,
    chances: Floats | None = None,
    squares: ArrayLike | None = None,
) -> Floats:
    """Draw the mean of each resample; see the formula of this module.

    Parameters
    ----------
    values, masses : arrays of shape (K,)
        The values that reviews have, and the sum of the weights of the reviews with each, which
        without weights is their number.
    imagined : float64 array
        Values that the imagined review may have.
    n_resamples : int
    random : Generator
    chances : float64 array, optional
        Probability of each value of `imagined`; equal by default.
    squares : array of shape (K,), optional
        Sum of the squared weights of the reviews with each value; by default none has weights.

    Returns
    -------
    float64 array of shape (n_resamples,)

    Examples
    --------
    >>> means = resampled_means(SIDES, np.array([9, 1, 0]), SIDES, 1000, generator(0, "staff"))
    >>> bool(0.5 < means.mean() < 0.9)
    True
    """
    mass = np.asarray(masses, dtype=np.float64)
    held = mass > 0
    mass = mass[held]
    square = mass if squares is None else np.asarray(squares, dtype=np.float64)[held]
    scale = (square / mass) * (mass.sum() / square.sum()) if len(mass) else square
    weights = random.standard_gamma(mass**2 / square, size=(n_resamples, len(mass))) * scale
    weight = random.standard_exponential(n_resamples)
    value = random.choice(imagined, size=n_resamples, p=chances)
    # Not a matrix product, which may add up in another order on another machine.
    total = (weights * values[held]).sum(axis=1) + weight * value
    return np.asarray(total / (weights.sum(axis=1) + weight))


def interval(draws: Floats, estimate: float, confidence: float) -> tuple[float, float]:
    """Middle part of the draws that holds `confidence` of them, and the estimate in any case.

    Examples
    --------
    >>> interval(np.arange(101.0), 50.0, 0.5)
    (25.0, 75.0)
    """
    low, high = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2])
    return min(float(low), estimate), max(float(high), estimate)


def net_interval(
    sides: ArrayLike,
    n_resamples: int,
    confidence: float,
    random: np.random.Generator,
    squares: ArrayLike | None = None,
) -> tuple[float, float]:
    """Interval of the net sentiment, -100 to 100, of reviews counted as in `SIDES`.

    Parameters
    ----------
    sides : array of shape (3,)
        Sum of the weights of the reviews of each side; without weights their number.
    n_resamples, confidence, random
        As elsewhere in this module.
    squares : array of shape (3,), optional
        Sum of their squared weights.

    Examples
    --------
    >>> low, high = net_interval(np.array([5, 0, 0]), 1000, 0.95, generator(0, "staff"))
    >>> low < 90, high
    (True, 100.0)
    """
    masses = np.asarray(sides, dtype=np.float64)
    net = float(masses[0] - masses[1]) / float(masses.sum())
    draws = resampled_means(SIDES, masses, SIDES, n_resamples, random, squares=squares)
    low, high = interval(draws, net, confidence)
    return 100 * low, 100 * high
