"""Whether importance read from text agrees with importance read from stars.

Players are the kinds of stars of `benchmarks.reviews`. From stars: the share of each kind in the R2
of a regression of the overall stars on all of them. From text: the same with two columns per kind,
whether a review praises it and whether it criticises it. Shares are Shapley values (Lindeman,
Merenda and Gold, 1980), here by brute force over all subsets, independent of the library's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from benchmarks.metrics import LEVEL, Estimate

Floats = NDArray[np.float64]

RESAMPLES = 200
TINY = 1e-9


def agreement(praised: Floats, criticised: Floats, stars: Floats, overall: Floats) -> Estimate:
    """Spearman's correlation of both orders, with the interval of resampled reviews.

    Parameters
    ----------
    praised, criticised : array of shape (n, k)
        1 where the text says so.
    stars : array of shape (n, k)
    overall : array of shape (n,)
    """
    k = stars.shape[1]
    from_text = np.stack([praised, criticised], axis=2).reshape(len(overall), 2 * k)
    columns = np.column_stack([from_text, stars, overall])

    def order(rows: Floats) -> float:
        moments = np.cov(rows, rowvar=False)
        text = lmg(_without(moments, slice(2 * k, 3 * k)), [[2 * i, 2 * i + 1] for i in range(k)])
        given = lmg(moments[2 * k :, 2 * k :], [[i] for i in range(k)])
        if np.ptp(text) < TINY or np.ptp(given) < TINY:
            return 0.0  # no order to agree with
        return float(np.corrcoef(rankdata(text), rankdata(given))[0, 1])

    random = np.random.default_rng(0)
    n = len(columns)
    draws = [order(columns[random.integers(0, n, n)]) for _ in range(RESAMPLES)]
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(order(columns), float(low), float(high), n=n)


def _without(moments: Floats, gone: slice) -> Floats:
    return np.delete(np.delete(moments, gone, axis=0), gone, axis=1)


def lmg(moments: Floats, players: Sequence[Sequence[int]]) -> Floats:
    """Share of each player in R2; `moments` are covariances, the outcome's in the last place.

    Examples
    --------
    >>> lmg(np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.2], [0.6, 0.2, 1.0]]), [[0], [1]]).round(2)
    array([0.36, 0.04])
    """
    k = len(players)
    values = {
        subset: _explained(moments, [c for player in subset for c in players[player]])
        for size in range(k + 1)
        for subset in combinations(range(k), size)
    }
    shares = np.zeros(k)
    for subset, value in values.items():
        for player in set(range(k)) - set(subset):
            joined = values[tuple(sorted((*subset, player)))]
            shares[player] += (joined - value) / (k * comb(k - 1, len(subset)))
    return shares


def _explained(moments: Floats, columns: Sequence[int]) -> float:
    """R2 of the outcome on some columns."""
    chosen = list(columns)
    inner = moments[np.ix_(chosen, chosen)] + TINY * np.eye(len(chosen))
    outer = moments[chosen, -1]
    return float(outer @ np.linalg.solve(inner, outer) / moments[-1, -1]) if chosen else 0.0
