"""What one effective review weighs, for each figure that an imagined review is added to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from verbatim.drivers.design import Design, Floats
from verbatim.drivers.moments import Indicators, Moments, moments


@dataclass(frozen=True, slots=True)
class Units:
    """Sum of squared weights over sum of weights of sets of reviews; 1 without weights.

    Attributes
    ----------
    mentions, others, reviews : float64 arrays of shape (p,)
        Of the reviews with an outcome that mention each driver, of those that don't, and of all
        that mention it.
    columns : float64 array of shape (k,)
        Of the reviews with an outcome that have each column of the regression.
    """

    mentions: Floats
    others: Floats
    reviews: Floats
    columns: Floats


def units(design: Design, columns: Indicators, sums: Moments) -> Units:
    """Units of the sets of reviews whose sums are `sums`."""
    if (design.weight == 1).all():
        p, k = design.n_drivers, len(columns)
        return Units(np.ones(p), np.ones(p), np.ones(p), np.ones(k))
    squares = moments(replace(design, weight=design.weight**2), columns)
    return Units(
        mentions=_ratio(squares.mentions[0], sums.mentions[0]),
        others=_ratio(squares.others[0], sums.others[0]),
        reviews=_ratio(squares.reviews[0], sums.reviews[0]),
        columns=_ratio(squares.gram[0, 0, 1:-1], sums.gram[0, 0, 1:-1]),
    )


def _ratio(squares: Floats, masses: Floats) -> Floats:
    return np.where(masses > 0, squares / np.where(masses > 0, masses, 1), 1.0)
