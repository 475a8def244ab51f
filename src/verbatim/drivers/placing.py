r"""Classify drivers: by what they earn and cost, and by importance and performance.

*Asymmetry.* With r the reward and q the penalty turned positive, neither below 0,
:math:`(r - q) / (r + q)` is 1 for a driver that only earns and -1 for one that only costs (the
index of Mikulic and Prebezac, 2008). Where its interval lies beyond 1/3 the reward is at least
twice the penalty (excitement), beyond -1/3 the penalty at least twice the reward (basic), between
them neither (performance); where it crosses a bound it is unclear.

*Quadrants.* Importance-performance analysis (Martilla and James, 1977), with the cuts at the mean
importance and at the net sentiment of all mentions. The latter, not 0, because what to fix first is
a question of order: it has an answer where everything is praised, or nothing. A driver whose net
sentiment is at its cut, as that of the only one is, is judged like the rest and has no quadrant.

References
----------
J. A. Martilla and J. C. James (1977), Importance-performance analysis, Journal of Marketing 41,
77-79.
J. Mikulic and D. Prebezac (2008), Prioritizing improvement of service attributes using impact
range-performance analysis and impact-asymmetry analysis, Managing Service Quality 18, 559-576.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verbatim.drivers.columns import QUADRANTS
from verbatim.drivers.design import Floats

DOMINANCE = 1 / 3
"""Asymmetry from which one side is at least twice the other."""

Objects = NDArray[np.object_]


def asymmetry_index(reward: Floats, penalty: Floats, higher_is_better: bool) -> Floats:
    """Asymmetry, -1 to 1, of any shape; NaN where neither earns nor costs anything.

    Examples
    --------
    >>> reward, penalty = np.array([0.3, 0.2, -0.1]), np.array([-0.1, 0.4, 0.2])
    >>> asymmetry_index(reward, penalty, True).round(3).tolist()
    [0.5, 1.0, nan]
    """
    sign = 1 if higher_is_better else -1
    earned, lost = np.maximum(sign * reward, 0), np.maximum(-sign * penalty, 0)
    both = earned + lost
    return np.asarray((earned - lost) / np.where(both > 0, both, np.nan))


def asymmetry_interval(drawn: Floats, estimate: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Interval of the index; a draw that neither earns nor costs may be anything."""
    ends = (1 - confidence) / 2
    low = np.quantile(np.nan_to_num(drawn, nan=-1.0), ends, axis=0)
    high = np.quantile(np.nan_to_num(drawn, nan=1.0), 1 - ends, axis=0)
    return np.minimum(low, estimate), np.maximum(high, estimate)


def asymmetry_class(low: Floats, high: Floats) -> Objects:
    """Class of each driver by the interval of its index; NaN says nothing.

    Examples
    --------
    >>> asymmetry_class(np.array([0.4, -0.2, -0.9, 0.1]), np.array([0.9, 0.2, -0.5, 0.5])).tolist()
    ['excitement', 'performance', 'basic', 'unclear']
    """
    between = (low > -DOMINANCE) & (high < DOMINANCE)
    chosen = [low >= DOMINANCE, high <= -DOMINANCE, between]
    return np.select(chosen, ["excitement", "basic", "performance"], "unclear").astype(object)


def quadrant(importance: Floats, net: Floats) -> NDArray[np.int64]:
    """Index into `QUADRANTS` by importance and net sentiment, both less their cuts; -1 for none.

    Rounding must not decide on which side of a cut a driver falls that is exactly there.

    Examples
    --------
    >>> found = quadrant(np.array([5.0, 0.0, -1.0, 5.0]), np.array([-9.0, 2.0, 3.0, 1e-17]))
    >>> [QUADRANTS[i] for i in found[:3]], found[3].tolist()
    (['fix first', 'keep up', 'possible overkill'], -1)
    """
    matters, side = importance.round(9) >= 0, np.sign(net.round(9))
    return np.where(side == 0, -1, 2 * ~matters + (side > 0)).astype(np.int64)


def placing(
    importance: Floats, net: Floats, drawn_importance: Floats, drawn_net: Floats
) -> tuple[Objects, Floats]:
    """Quadrant of each driver and the share of the resamples that agree; None and NaN if unplaced.

    Parameters
    ----------
    importance, net : float64 arrays of shape (p,)
        Share of the explained variance, summing to 100, and net sentiment less its cut.
    drawn_importance, drawn_net : float64 arrays of shape (b, p)
        The same of each resample.
    """
    cut = 100 / max(int((~np.isnan(importance)).sum()), 1)
    code = quadrant(importance - cut, net)
    placed = ~np.isnan(importance) & ~np.isnan(net) & (code >= 0)
    agree = (quadrant(drawn_importance - cut, drawn_net) == code).mean(axis=0)
    names = np.array(QUADRANTS, dtype=object)[code]
    names[~placed] = None
    return names, np.where(placed, agree, np.nan)
