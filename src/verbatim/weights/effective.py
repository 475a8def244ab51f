r"""How many reviews of equal weight tell as much as reviews of unequal weight.

Kish's (1965) effective number of reviews,

.. math:: n_{eff} = \frac{(\sum_i w_i)^2}{\sum_i w_i^2}
                  = \frac{n}{1 + cv^2}

with the coefficient of variation cv of the weights, has the variance of a weighted mean where the
weights have nothing to do with the values. The *unit* :math:`\sum w^2 / \sum w` is the weight of
one effective review: weights divided by it sum to the effective number. n over the effective number
is the *design effect*.

References
----------
L. Kish (1965), Survey Sampling, Wiley, 11.7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def in_units(weights: Floats, groups: Ints, n_groups: int) -> Floats:
    """Divide weights by the unit of their group, so that they sum to its effective number.

    A weight of 0 stays 0 and has no part in the unit. Where all weights of a group are equal they
    become 1 to the bit; the order of the rows changes nothing.

    Examples
    --------
    >>> in_units(np.array([3.0, 3.0, 1.0, 2.0, 0.0]), np.array([0, 0, 1, 1, 1]), 2).tolist()
    [1.0, 1.0, 0.6, 1.2, 0.0]
    """
    used = np.flatnonzero(weights > 0)
    used = used[np.lexsort((weights[used], groups[used]))]
    group, held = groups[used], weights[used]
    low, high = np.full(n_groups, np.inf), np.zeros(n_groups)
    np.minimum.at(low, group, held)
    np.maximum.at(high, group, held)
    # Relative to the largest of the group, so that squares neither overflow nor vanish.
    relative = held / high[group]
    total = np.bincount(group, weights=relative, minlength=n_groups)
    squares = np.bincount(group, weights=relative**2, minlength=n_groups)
    unit = np.where(low == high, 1.0, squares / np.where(total > 0, total, 1))
    scaled = np.zeros(len(weights))
    scaled[used] = relative / unit[group]
    return scaled


def unit_of(weights: Floats) -> float:
    """Unit of some weights above 0, exactly theirs where all are equal.

    Examples
    --------
    >>> unit_of(np.array([0.3, 0.3, 0.3])), unit_of(np.array([4.0, 2.0, 2.0]))
    (0.3, 3.0)
    """
    one = np.zeros(len(weights), dtype=np.int64)
    return float(weights.max() / in_units(weights, one, 1).max())


def effective_number(weights: Floats) -> float:
    """Kish's effective number of reviews; 0 where no weight is above 0.

    Examples
    --------
    >>> effective_number(np.array([3.0, 3.0, 0.0])), effective_number(np.array([4.0, 2.0, 2.0]))
    (2.0, 2.6666666666666665)
    """
    one = np.zeros(len(weights), dtype=np.int64)
    return float(np.sort(in_units(weights, one, 1)).sum())


def sum_by(codes: Ints, values: Floats, size: int) -> Floats:
    """Sum the values of each code below `size`, to the same bits whatever the order of the rows.

    Examples
    --------
    >>> sum_by(np.array([0, 2, 0]), np.array([0.5, 5.0, 2.0]), 3).tolist()
    [2.5, 0.0, 5.0]
    """
    if (values % 1).any():  # whole numbers add up to the same in any order, others smallest first
        order = np.argsort(values)
        codes, values = codes[order], values[order]
    return np.bincount(codes, weights=values, minlength=size).astype(np.float64, copy=False)
