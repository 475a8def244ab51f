r"""Importance: what share of the explained variance each driver accounts for.

A driver is one player with its one or two columns. With S, c and y'y the centred sums of products
(S with the ridge on its diagonal),

.. math:: v(D) = c_D' S_{DD}^{-1} c_D / y'y

is the R2 of the drivers in D. The share of a driver is its *Shapley value*, the mean over all
orders of the drivers of what it adds to those before it (Lindeman, Merenda and Gold, 1980), over
all subsets D without it:

.. math:: \phi_k = \sum_D \frac{|D|! \, (p - |D| - 1)!}{p!} (v(D \cup k) - v(D))

or, for many drivers, the sum of the *relative weights* of its columns (Johnson, 2000): with the
correlation matrix :math:`R = \Lambda^2`, :math:`\Lambda` symmetric, and the correlations r with the
outcome, column j has :math:`\sum_i \Lambda_{ji}^2 (\Lambda^{-1} r)_i^2`. Both sum to R2.

References
----------
R. H. Lindeman, P. F. Merenda and R. Z. Gold (1980), Introduction to Bivariate and Multivariate
Analysis, Scott Foresman, 119 ff.
J. W. Johnson (2000), A heuristic method for estimating the relative weight of predictor variables
in multiple regression, Multivariate Behavioral Research 35, 1-19.
N. J. Higham (2008), Functions of Matrices, SIAM.
"""

from __future__ import annotations

from math import comb

import numpy as np

from verbatim.drivers.design import MAX_CELLS, Floats, Ints
from verbatim.drivers.regression import Centred, penalised

MAX_PLAYERS = 15
"""Drivers up to which Shapley values can be asked for."""

AUTO_PLAYERS = 12
"""Drivers up to which they are made unasked; each more doubles the time."""

MAX_STEPS, CLOSE = 60, 1e-8
"""Steps of the iteration for the roots, and the change that ends it; its error is the square."""

NOTHING = 1e-12
"""R2 up to which rounding may have made it."""


def shares(sums: Centred, strength: float, players: Ints, method: str) -> Floats:
    """Share of each player of the explained variance, summing to 100.

    Parameters
    ----------
    sums : Centred
        Of b resamples.
    strength : float
        Ridge penalty.
    players : int64 array of shape (k,)
        Player of each column, ascending from 0 without a gap.
    method : {"lmg", "johnson"}

    Returns
    -------
    float64 array of shape (b, number of players)
        NaN where nothing is explained.
    """
    values = (shapley if method == "lmg" else relative_weights)(sums, strength, players)
    values = np.maximum(values, 0)  # rounding
    total = values.sum(axis=1, keepdims=True)
    return 100 * values / np.where(total > NOTHING * sums.squares[:, None], total, np.nan)


def relative_weights(sums: Centred, strength: float, players: Ints) -> Floats:
    """Johnson's relative weights, summed by player: parts of the explained sum of squares."""
    matrix = penalised(sums, strength)
    spread = np.sqrt(np.diagonal(matrix, axis1=1, axis2=2))
    root, inverse = roots(matrix / (spread[:, :, None] * spread[:, None, :]))
    effects = inverse @ (sums.with_outcome / spread)[..., None]
    weights = (root**2 @ effects**2)[..., 0]
    return np.add.reduceat(weights, np.searchsorted(players, np.unique(players)), axis=1)


def roots(matrix: Floats) -> tuple[Floats, Floats]:
    """Symmetric square root and inverse square root of positive definite matrices (b, k, k).

    By the coupled iteration of Newton and Schulz (Higham, 2008, section 6.7): products of small
    matrices alone, where an eigendecomposition of each would wait for threads most of the time.

    Examples
    --------
    >>> root, inverse = roots(np.array([[[4.0, 0.0], [0.0, 9.0]]]))
    >>> root.round(6).tolist(), inverse.round(6).tolist()
    ([[[2.0, 0.0], [0.0, 3.0]]], [[[0.5, 0.0], [0.0, 0.333333]]])
    """
    identity = np.eye(matrix.shape[-1])
    scale = np.abs(matrix).sum(axis=2).max(axis=1)[:, None, None]
    root, inverse = matrix / scale, np.broadcast_to(identity, matrix.shape)
    for _ in range(MAX_STEPS):
        step = 1.5 * identity - 0.5 * (inverse @ root)
        root, inverse = root @ step, step @ inverse
        if np.abs(step - identity).max() < CLOSE:
            break
    return root * np.sqrt(scale), inverse / np.sqrt(scale)


def shapley(sums: Centred, strength: float, players: Ints) -> Floats:
    """Shapley values of the players: parts of the explained sum of squares."""
    # Small parts are fast: their tables stay in the processor's cache.
    step = max(1, MAX_CELLS // (64 * 2 ** len(np.unique(players))))
    matrix = _with_outcome(sums, strength)
    parts = [
        _shapley_of_residuals(_residuals(matrix[..., start : start + step], players))
        for start in range(0, matrix.shape[-1], step)
    ]
    return np.concatenate(parts)


def _with_outcome(sums: Centred, strength: float) -> Floats:
    """Products of the indicators and, last, the outcome: shape (k + 1, k + 1, b)."""
    n, k = sums.means.shape
    matrix = np.empty((k + 1, k + 1, n))
    matrix[:k, :k] = np.moveaxis(penalised(sums, strength), 0, 2)
    matrix[:k, k] = matrix[k, :k] = sums.with_outcome.T
    matrix[k, k] = sums.squares
    return matrix


def _residuals(matrix: Floats, players: Ints) -> Floats:
    """Residual sum of squares of every subset of players, shape (2 ** p, b).

    Bit i of the subset's number says whether player i is in it. Player by player, the products of
    the columns still to come are kept as they are and, beside it, less what the player explains of
    them: so all subsets share the work of those that begin alike.
    """
    products = matrix[:, :, None]
    for width in np.bincount(players):
        without = products[width:, width:]
        for _ in range(width):
            products = _explained_away(products)
        products = np.concatenate([without, products], axis=2)
    return np.asarray(products[0, 0])


def _explained_away(products: Floats) -> Floats:
    """Products of the other columns, less what the first explains of them."""
    first, rest = products[0, 0], products[0, 1:]
    inverse = np.where(first > 0, 1 / np.where(first > 0, first, 1), 0)
    return products[1:, 1:] - rest[:, None] * (rest * inverse)[None]


def _shapley_of_residuals(residuals: Floats) -> Floats:
    subsets, n = residuals.shape
    p = subsets.bit_length() - 1
    size = np.bitwise_count(np.arange(subsets // 2))
    weight = np.array([1 / (p * comb(p - 1, members)) for members in range(p)])[size]
    values = np.empty((n, p))
    for player in range(p):
        sides = residuals.reshape(-1, 2, 2**player, n)
        added = (sides[:, 0] - sides[:, 1]).reshape(-1, n)
        values[:, player] = weight @ added
    return values
