r"""False-discovery control over all differences that were tested.

Benjamini and Hochberg (1995): of m p-values, :math:`q_{(i)} = \min_{j \ge i} m p_{(j)} / j`. Of the
differences with q at most .05, no more than 5% are expected to be none. That holds for independent
tests and for those that are positively dependent (Benjamini and Yekutieli, 2001), as several groups
against one are; ``benchmarks/comparison.py`` measures it for groups against the rest.

References
----------
Y. Benjamini and Y. Hochberg (1995), Controlling the false discovery rate, JRSS B 57, 289-300.
Y. Benjamini and D. Yekutieli (2001), The control of the false discovery rate in multiple testing
under dependency, Annals of Statistics 29, 1165-1188.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def q_values(p: Floats) -> Floats:
    """Benjamini-Hochberg q-value of each p-value; NaN, which was not tested, stays NaN.

    Examples
    --------
    >>> q_values(np.array([0.01, np.nan, 0.04, 0.03])).round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(-p[tested], kind="stable")]  # from the largest p down
    rank = np.arange(len(order), 0, -1)
    q = np.full(len(p), np.nan)
    q[order] = np.minimum(1, np.minimum.accumulate(p[order] * len(order) / rank))
    return q
