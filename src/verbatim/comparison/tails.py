r"""Student's t distribution, near enough and in closed form, so that p-values fit their intervals.

Wallace (1959) turns t with :math:`\nu` degrees of freedom into a normal deviate,

.. math:: z = \frac{8 \nu + 1}{8 \nu + 3} \sqrt{\nu \log(1 + t^2 / \nu)},

which can be turned back. It errs to caution: a p-value of .001 is given as .0010 with 30 degrees of
freedom, .0011 with 5 and .0016 with 2.

References
----------
D. L. Wallace (1959), Bounds on normal approximations to Student's and the chi-square distributions,
Annals of Mathematical Statistics 30, 1121-1130.
"""

from __future__ import annotations

from math import erfc, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def student_p(t: Floats, df: Floats) -> Floats:
    """Two-sided p-value of t; NaN for NaN.

    Examples
    --------
    >>> student_p(np.array([0.0, 2.571]), np.array([5.0, 5.0])).round(3).tolist()
    [1.0, 0.05]
    """
    z = _shrink(df) * np.sqrt(df * np.log1p(t**2 / df))
    return np.array([erfc(each / sqrt(2)) for each in z.ravel()]).reshape(z.shape)


def student_quantile(confidence: float, df: Floats) -> Floats:
    """Value that |t| stays below with this probability.

    Examples
    --------
    >>> student_quantile(0.95, np.array([5.0, 1e9])).round(2).tolist()
    [2.58, 1.96]
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2) / _shrink(df)
    return np.asarray(np.sqrt(df * np.expm1(z**2 / df)))


def _shrink(df: Floats) -> Floats:
    return (8 * df + 1) / (8 * df + 3)
