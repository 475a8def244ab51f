r"""What each driver does to an outcome: the figures of one group.

*Leave-driver-out impact* compares with the reviews that don't mention the driver,

.. math:: \bar y - \bar y_{without} = \frac{n (\bar y_{with} - \bar y)}{N - n}

for n of N reviews that mention it; other drivers of the same reviews take part in it.

*Reward and penalty* are the coefficients of a positive and of a negative mention in one regression
of the outcome on those of all drivers (penalty-reward contrast analysis: Brandt, 1987), so that
drivers mentioned together don't take each other's credit. A mixed mention is both, a neutral one
neither. Their products with the shares of the reviews that have the mention are the driver's
*points*, which with the intercept add up to the mean outcome. See `verbatim.drivers.regression` for
the ridge and `verbatim.drivers.importance` for the shares of the explained variance.

References
----------
R. D. Brandt (1987), A procedure for identifying value-enhancing service components using customer
satisfaction survey data, in C. Surprenant (ed.), Add Value to Your Service, AMA, 61-65.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.drivers.design import POSITIVE, Design, Floats, Ints
from verbatim.drivers.importance import shares
from verbatim.drivers.moments import Indicators, Moments, indicators, moments
from verbatim.drivers.regression import centre, coefficients, ridge_strength

FLOOR = 30
"""Reviews (effective ones, with weights) with an outcome below which a group has no regression."""

Figures = dict[str, Floats]

_NO_COLUMNS = Indicators(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Fit:
    """The regression of a group; where there is none it has no columns, and NaN as intercept.

    Attributes
    ----------
    columns : Indicators
    intercept : float
    effects : float64 array of shape (k,)
    strength : float
        Ridge penalty.
    method : str
        How importance is shared out.
    sums : Moments
        Of the reviews as they are.
    """

    columns: Indicators
    intercept: float
    effects: Floats
    strength: float
    method: str
    sums: Moments


def fit(design: Design, method: str) -> Fit:
    """Regress the outcome on the mentions of all drivers.

    There must be `FLOOR` (effective) reviews with an outcome, and two more than columns.
    """
    columns = indicators(design)
    everything = moments(design, columns)
    sums = centre(everything.gram)
    if sums.n[0].round(9) < max(FLOOR, len(columns) + 2):
        everything = moments(design, _NO_COLUMNS)
        return Fit(_NO_COLUMNS, np.nan, np.zeros(0), 0.0, method, everything)
    strength = ridge_strength(sums) if len(columns) else 0.0
    effects = coefficients(sums, strength)[0]
    intercept = float(sums.outcome[0] - effects @ sums.means[0])
    return Fit(columns, intercept, effects, strength, method, everything)


def estimates(regression: Fit) -> Figures:
    """Figures of the reviews as they are, each of shape (p,), on the scale of the design.

    Beside those that this module explains there is ``net``, the net sentiment of each driver less
    that of all mentions of drivers together, -2 to 2.
    """
    sums = regression.sums
    figures = {"impact": impact(sums), "net": net_above_all(sums, sums.net, sums.reviews)}
    figures |= joint_figures(sums, sums.gram, regression.effects[None, :], regression)
    return {name: values[0] for name, values in figures.items()}


def impact(sums: Moments) -> Floats:
    """Mean of all less mean of those that don't mention the driver; NaN if that is all or none."""
    n, total = sums.gram[:, :1, 0], sums.gram[:, :1, -1]
    without = np.where((sums.mentions > 0) & (sums.others > 0), sums.others, np.nan)
    mean: Floats = total / np.where(n > 0, n, np.nan)
    return mean - sums.other_outcomes / without


def net_above_all(sums: Moments, net: Floats, reviews: Floats) -> Floats:
    """Net sentiment of each driver less that of all mentions; NaN where nobody mentions it."""
    total = sums.reviews.sum(axis=1, keepdims=True)
    everything = sums.net.sum(axis=1, keepdims=True) / np.where(total > 0, total, np.nan)
    return np.asarray(net / np.where(reviews > 0, reviews, np.nan) - everything)


def joint_figures(sums: Moments, gram: Floats, effects: Floats, regression: Fit) -> Figures:
    """Reward, penalty, points and importance, each of shape (b, p).

    Parameters
    ----------
    sums : Moments
        Of b resamples.
    gram : float64 array of shape (b, k + 2, k + 2)
        Products behind the effects, imagined reviews and all.
    effects : float64 array of shape (b, k)
    regression : Fit
    """
    columns = regression.columns
    shape = sums.mentions.shape
    reward, penalty, points, importance = (np.full(shape, np.nan) for _ in range(4))
    good = columns.side == POSITIVE
    reward[:, columns.driver[good]] = effects[:, good]
    penalty[:, columns.driver[~good]] = effects[:, ~good]
    players, player = np.unique(columns.driver, return_inverse=True)
    if len(players):
        first = np.searchsorted(columns.driver, players)
        products = effects * centre(sums.gram).means
        points[:, players] = np.add.reduceat(products, first, axis=1)
        importance[:, players] = _shares(gram, regression, player)
    return {"reward": reward, "penalty": penalty, "points": points, "importance": importance}


def _shares(gram: Floats, regression: Fit, player: Ints) -> Floats:
    return shares(centre(gram), regression.strength, player.astype(np.int64), regression.method)
