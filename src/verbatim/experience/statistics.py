r"""Medians and rank correlations with the intervals of the Bayesian bootstrap.

Both are resampled as means are in `verbatim.drivers.bootstrap`: reviews that are alike have one
gamma draw together, and each resample holds one imagined review more. For a median its value is any
that was told; for a correlation a value and a score drawn apart from each other, as if the two had
nothing to do with one another. Of too few reviews there is no interval (`are_few`).

Spearman's correlation is that of the midranks (Kendall and Gibbons, 1990). With weights a midrank
is the weight below plus half of the weight beside:

.. math:: R_i = \sum_{x_j < x_i} w_j + \tfrac12 \sum_{x_j = x_i} w_j

References
----------
M. G. Kendall and J. D. Gibbons (1990), Rank Correlation Methods, 5th edition, Edward Arnold, ch. 3.
"""

from __future__ import annotations

import numpy as np

from verbatim.drivers.bootstrap import interval
from verbatim.experience.reviews import Floats, Ints
from verbatim.weights.effective import sum_by


def are_few(n: int, confidence: float) -> bool:
    """Whether n reviews are too few for an interval: they may well agree by chance.

    All lie on one side of the true median with a chance of :math:`2^{1 - n}`, and so do all lie
    above both medians or below both where two rankings have nothing to do with one another.

    Examples
    --------
    >>> are_few(5, 0.95), are_few(6, 0.95)
    (True, False)
    """
    return bool(2.0 ** (1 - n) > 1 - confidence)


def median(values: Floats, weights: Floats) -> float:
    """Weighted median: the value with half of the weight on either side, or the middle of two.

    Examples
    --------
    >>> median(np.array([1.0, 9.0, 2.0]), np.ones(3)), median(np.array([1.0, 4.0]), np.ones(2))
    (2.0, 2.5)
    """
    different, place = np.unique(values, return_inverse=True)
    mass = sum_by(place.astype(np.int64), weights, len(different))
    return float(_medians(different, mass[None])[0])


def median_interval(
    values: Floats,
    weights: Floats,
    everyone: Floats,
    n_resamples: int,
    confidence: float,
    random: np.random.Generator,
) -> tuple[float, float]:
    """Interval of the median of `values`; `everyone` are the values that there are.

    NaN of `are_few` values.

    Examples
    --------
    >>> values = np.arange(1.0, 101.0)
    >>> random = np.random.default_rng(0)
    >>> low, high = median_interval(values, np.ones(100), values, 1000, 0.95, random)
    >>> 35 < low < 50.5 < high < 66
    True
    """
    if are_few(len(values), confidence):
        return np.nan, np.nan
    different, place = np.unique(values, return_inverse=True)
    size, code = len(different), place.astype(np.int64)
    mass, square = (sum_by(code, each, size) for each in (weights, weights**2))
    drawn = random.standard_gamma(mass**2 / square, size=(n_resamples, size)) * square / mass
    imagined = random.choice(np.sort(everyone), size=n_resamples)
    extra = random.standard_exponential(n_resamples) * square.sum() / mass.sum()
    both = np.concatenate([different, np.unique(everyone)])
    order = np.argsort(both, kind="stable")
    masses = np.zeros((n_resamples, len(both)))
    masses[:, :size] = drawn
    masses[np.arange(n_resamples), size + np.searchsorted(np.unique(everyone), imagined)] += extra
    draws = _medians(both[order], masses[:, order])
    return interval(draws, median(values, weights), confidence)


def _medians(values: Floats, masses: Floats) -> Floats:
    """Medians of rows of masses of rising values."""
    reached = np.cumsum(masses, axis=1)
    half = reached[:, -1:] / 2
    below = np.argmax(reached >= half * (1 - 1e-12), axis=1)
    above = np.argmax(reached > half * (1 + 1e-12), axis=1)
    return np.asarray((values[below] + values[above]) / 2)


def spearman(
    one: Ints,
    other: Ints,
    weights: Floats,
    n_resamples: int,
    confidence: float,
    random: np.random.Generator,
) -> tuple[float, float, float]:
    """Spearman's correlation of two rankings of the same reviews, and its interval.

    Parameters
    ----------
    one, other : int64 arrays of shape (n,)
        Codes from 0 in the order of the values, of few different ones.
    weights : float64 array of shape (n,)

    Returns
    -------
    float, float, float
        NaN where one side doesn't vary; the interval also of `are_few` reviews.

    Examples
    --------
    >>> codes, random = np.repeat(np.arange(3), 20), np.random.default_rng(0)
    >>> value, low, high = spearman(codes, codes, np.ones(60), 1000, 0.95, random)
    >>> round(value, 6), low > 0.8, high
    (1.0, True, 1.0)
    """
    if not len(one):
        return np.nan, np.nan, np.nan
    shape = (int(one.max()) + 1, int(other.max()) + 1)
    cell = one * shape[1] + other
    size = shape[0] * shape[1]
    mass, square = (sum_by(cell, each, size) for each in (weights, weights**2))
    table = mass.reshape(1, *shape)
    value = float(_correlations(table)[0])
    if np.isnan(value) or are_few(len(one), confidence):
        return value, np.nan, np.nan
    held = np.flatnonzero(mass)
    drawn = np.zeros((n_resamples, size))
    scale = square[held] / mass[held]
    drawn[:, held] = random.standard_gamma(mass[held] / scale, (n_resamples, len(held))) * scale
    first, second = (
        random.choice(len(part), n_resamples, p=part / part.sum())
        for part in (table[0].sum(axis=1), table[0].sum(axis=0))
    )
    extra = random.standard_exponential(n_resamples) * square.sum() / mass.sum()
    drawn[np.arange(n_resamples), first * shape[1] + second] += extra
    low, high = interval(_correlations(drawn.reshape(-1, *shape)), value, confidence)
    return value, low, min(high, 1.0)


def _correlations(tables: Floats) -> Floats:
    """Correlation of the midranks of tables of masses, shape (b, k, m)."""
    total = tables.sum(axis=(1, 2))
    marginals = (tables.sum(axis=2), tables.sum(axis=1))
    first, second = (np.cumsum(part, axis=1) - part / 2 - total[:, None] / 2 for part in marginals)
    spread = np.sqrt((marginals[0] * first**2).sum(axis=1) * (marginals[1] * second**2).sum(axis=1))
    product = (tables * first[:, :, None] * second[:, None, :]).sum(axis=(1, 2))
    return np.asarray(product / np.where(spread > 1e-12 * total**3, spread, np.nan))
