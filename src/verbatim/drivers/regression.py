r"""Ridge regression of the outcome on the indicators, from sums of products alone.

.. math:: b = (S + \lambda I)^{-1} c, \qquad b_0 = \bar y - \sum_j b_j \bar x_j

where S and c are the centred sums of products of the indicators with themselves and with the
outcome, and the intercept isn't penalised, so that :math:`\bar y = b_0 + \sum_j b_j \bar x_j`
holds exactly. :math:`\lambda` counts reviews: a mention that n reviews have alone loses
:math:`\lambda / (n + \lambda)` of its effect. It is the one of `STRENGTHS` with the least
generalised cross-validation (Golub, Heath and Wahba, 1979),

.. math:: \frac{n \, \mathrm{RSS}(\lambda)}{(n - 1 - \mathrm{df}(\lambda))^2},
          \qquad \mathrm{df} = \sum_i \frac{d_i}{d_i + \lambda}

with the eigenvalues d of S, the smaller one of equals; 0 isn't among the choices where columns are
collinear.

References
----------
A. E. Hoerl and R. W. Kennard (1970), Ridge regression, Technometrics 12, 55-67.
G. H. Golub, M. Heath and G. Wahba (1979), Generalized cross-validation as a method for choosing a
good ridge parameter, Technometrics 21, 215-223.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.drivers.design import Floats

STRENGTHS = (0.0, 0.1, 0.3, 1.0)
"""Ridge penalties to choose from, in reviews; stronger ones would bias the intervals."""

COLLINEAR = 1e-9
"""Share of the largest eigenvalue below which the smallest counts as 0."""


@dataclass(frozen=True, slots=True)
class Centred:
    """Sums of products about the mean, of b resamples.

    Attributes
    ----------
    n : float64 array of shape (b,)
        Reviews.
    means : float64 array of shape (b, k)
        Of the indicators.
    outcome : float64 array of shape (b,)
        Mean outcome.
    products : float64 array of shape (b, k, k)
        S, of the indicators with each other.
    with_outcome : float64 array of shape (b, k)
        c, of the indicators with the outcome.
    squares : float64 array of shape (b,)
        Of the outcome.
    """

    n: Floats
    means: Floats
    outcome: Floats
    products: Floats
    with_outcome: Floats
    squares: Floats


def centre(gram: Floats) -> Centred:
    """Centre the products of the columns 1, indicators and outcome, shape (b, k + 2, k + 2).

    Examples
    --------
    >>> rows = np.array([[1.0, 0, 2], [1, 1, 5], [1, 1, 5]])
    >>> sums = centre((rows.T @ rows)[None])
    >>> sums.products.round(3).tolist(), sums.with_outcome.round(3).tolist()
    ([[[0.667]]], [[2.0]])
    """
    n = gram[:, 0, 0]
    means = gram[:, 0, 1:] / n[:, None]
    about = gram[:, 1:, 1:] - n[:, None, None] * means[:, :, None] * means[:, None, :]
    return Centred(
        n, means[:, :-1], means[:, -1], about[:, :-1, :-1], about[:, :-1, -1], about[:, -1, -1]
    )


def coefficients(sums: Centred, strength: float) -> Floats:
    """Effect of each indicator, shape (b, k).

    Examples
    --------
    >>> rows = np.array([[1.0, 0, 2], [1, 1, 5], [1, 1, 5]])
    >>> coefficients(centre((rows.T @ rows)[None]), strength=0.0).round(3).tolist()
    [[3.0]]
    """
    solved = np.linalg.solve(penalised(sums, strength), sums.with_outcome[..., None])
    return np.asarray(solved[..., 0], dtype=np.float64)


def penalised(sums: Centred, strength: float) -> Floats:
    """S with the penalty on its diagonal, shape (b, k, k)."""
    return sums.products + strength * np.eye(sums.products.shape[-1])


def ridge_strength(sums: Centred) -> float:
    """Choose the penalty by generalised cross-validation; see the formula of this module."""
    values, vectors = np.linalg.eigh(sums.products[0])
    turned = (vectors.T @ sums.with_outcome[0]) ** 2
    values = np.maximum(values, 0)
    singular = values.min(initial=np.inf) <= COLLINEAR * values.max(initial=0)
    choices = [strength for strength in STRENGTHS if strength or not singular]
    scores = [_gcv(strength, values, turned, sums) for strength in choices]
    # Rounding must not decide between strengths that do equally well.
    best = min(scores) * (1 + 1e-9)
    return next(s for s, score in zip(choices, scores, strict=True) if score <= best)


def _gcv(strength: float, values: Floats, turned: Floats, sums: Centred) -> float:
    kept = values + strength
    rss = sums.squares[0] - (turned * (kept + strength) / kept**2).sum()
    freedom = sums.n[0] - 1 - (values / kept).sum()
    return float(sums.n[0] * max(rss, 0) / freedom**2)
