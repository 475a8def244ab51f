r"""Intervals of survey scores.

**Net promoter score.** Adjusted Wald, AW(3/4, 3/2, 3/4) of Rocks (2016), who found adjusted Wald
intervals and the iterative score test the best of those tried on the scores of many companies.
Three imagined respondents are added: 3/4 of a promoter, 3/2 of a passive, 3/4 of a detractor. With
shares :math:`p` of promoters and :math:`d` of detractors among :math:`n` respondents

.. math:: \tilde n = n + 3, \quad \tilde p = \frac{n p + 3/4}{\tilde n}, \quad
          \tilde d = \frac{n d + 3/4}{\tilde n}, \quad
          \tilde p - \tilde d \pm z
          \sqrt{\frac{\tilde p + \tilde d - (\tilde p - \tilde d)^2}{\tilde n}}

**Shares** (CSAT, CES). Adjusted Wald of Agresti and Coull (1998), with
:math:`\tilde n = n + z^2` and :math:`\tilde p = (n p + z^2 / 2) / \tilde n`:

.. math:: \tilde p \pm z \sqrt{\tilde p (1 - \tilde p) / \tilde n}

Both are cut where the scale ends. With weights :math:`n` is Kish's effective n.

References
----------
B. Rocks (2016), Interval estimation for the "Net Promoter Score", The American Statistician 70,
365-372.
D. G. Bonett and R. M. Price (2012), Adjusted Wald confidence interval for a difference of binomial
proportions based on paired data, Journal of Educational and Behavioral Statistics 37, 479-488: the
same idea, with two respondents added.
A. Agresti and B. A. Coull (1998), Approximate is better than "exact" for interval estimation of
binomial proportions, The American Statistician 52, 119-126.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]

ADDED = 0.75
"""Promoters and detractors added each; twice as many passives are."""


def net_interval(promoters: float, detractors: float, n: float, confidence: float) -> Interval:
    """Adjusted Wald interval of the net promoter score, -1 to 1.

    Parameters
    ----------
    promoters, detractors : float
        Their shares, 0 to 1.
    n : float
        Respondents, or effective n.
    confidence : float

    Examples
    --------
    >>> low, high = net_interval(0.5, 0.2, 100, 0.95)
    >>> round(low, 4), round(high, 4)
    (0.1405, 0.442)
    """
    total = n + 4 * ADDED
    p, d = (n * promoters + ADDED) / total, (n * detractors + ADDED) / total
    half = _z(confidence) * sqrt((p + d - (p - d) ** 2) / total)
    return max(-1.0, p - d - half), min(1.0, p - d + half)


def share_interval(share: float, n: float, confidence: float) -> Interval:
    """Adjusted Wald interval of a share, 0 to 1, among n respondents.

    Examples
    --------
    >>> low, high = share_interval(0.5, 10, 0.95)
    >>> round(low, 3), round(high, 3)
    (0.237, 0.763)
    """
    z = _z(confidence)
    total = n + z**2
    p = (n * share + z**2 / 2) / total
    half = z * sqrt(p * (1 - p) / total)
    return max(0.0, p - half), min(1.0, p + half)


def middle(draws: NDArray[np.float64], confidence: float) -> Interval:
    """Middle part of the draws that holds `confidence` of them.

    Examples
    --------
    >>> middle(np.arange(101.0), 0.5)
    (25.0, 75.0)
    """
    low, high = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)
