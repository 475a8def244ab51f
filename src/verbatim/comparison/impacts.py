r"""Differences of the impact of a driver on the outcome between two sets of reviews.

The impact is that of `verbatim.drivers.impact`: the mean outcome of all reviews less that of the
reviews that don't mention the driver. Its variance is the sum of the squared influences of the N
reviews (the delta method),

.. math:: \psi_i = \frac{w_i}{W} (y_i - \bar y) \quad \text{and} \quad
          \psi_i = \frac{w_i}{W} (y_i - \bar y) - \frac{w_i}{W_0} (y_i - \bar y_0)

for reviews that mention the driver and reviews, of weight :math:`W_0` and mean :math:`\bar y_0`,
that don't. Either kind has one imagined review that is as far from its mean as the outcomes of the
set are on average, so that three reviews that agree don't look certain. The difference over the
root of both variances is taken for a t with Satterthwaite's (1946) degrees of freedom.

Splits of the reviews don't serve as a test here: sets that differ in their mean outcome, or in how
often they mention the driver, may well have the same impact.

References
----------
F. E. Satterthwaite (1946), An approximate distribution of estimates of variance components,
Biometrics Bulletin 2, 110-114.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.differences import Differences
from verbatim.comparison.sums import Sums
from verbatim.comparison.tails import student_p, student_quantile

Floats = NDArray[np.float64]


_DUST = 1e-12
"""Part of a sum of squares below which it is 0 but for rounding."""


@dataclass(frozen=True, slots=True)
class _Impact:
    """Impact of each driver in each set, shape (g, d), and its variance in two parts.

    `parts` and their degrees of freedom `df` have the shape (2, g, d).
    """

    value: Floats
    parts: Floats
    df: Floats


def impact_differences(one: Sums, other: Sums, confidence: float) -> Differences:
    """Differences of the impact, on the scale of the outcome."""
    first, second = _impact(one), _impact(other)
    difference = first.value - second.value
    parts = np.concatenate([first.parts, second.parts])
    df = np.concatenate([first.df, second.df])
    variance = parts.sum(axis=0)
    some = np.where(variance > 0, variance, np.nan)
    freedom = some**2 / (parts**2 / df).sum(axis=0)
    p = student_p(np.abs(difference) / np.sqrt(some), freedom)
    half = np.sqrt(variance) * np.where(variance > 0, student_quantile(confidence, freedom), 1)
    return Differences(first.value, second.value, difference - half, difference + half, p)


def _impact(sums: Sums) -> _Impact:
    everyone = np.broadcast_to(sums.all_outcomes[:, None], sums.outcomes.shape)
    some = (sums.judged > 0) & (sums.judged < sums.all_judged[:, None])
    everyone = np.where(some[..., None], everyone, np.nan)
    silent = everyone - sums.outcomes
    mean, other_mean = everyone[..., 1] / everyone[..., 0], silent[..., 1] / silent[..., 0]
    value = mean - other_mean
    # The influence of a silent review is slope * (y - other_mean) - value / W.
    slope = 1 / everyone[..., 0] - 1 / silent[..., 0]
    shift = value / everyone[..., 0]
    deviation = silent[..., 3] - other_mean * silent[..., 2]
    imagined = _imagined(everyone, mean)
    spoken = (_squares(sums.outcomes, mean) + imagined) / everyone[..., 0] ** 2
    unspoken = slope**2 * (_squares(silent, other_mean) + imagined)
    unspoken += silent[..., 2] * shift**2 - 2 * slope * shift * deviation
    sides = (sums.outcomes, silent)
    df = [each[..., 0] ** 2 / np.where(each[..., 2] > 0, each[..., 2], 1) for each in sides]
    # Reviews that tell no more than one have no spread, and their sums are but rounding.
    effective = everyone[..., 0] ** 2 / everyone[..., 2]
    parts = np.where(effective.round(6) > 1, [spoken, np.maximum(unspoken, 0)], np.nan)
    return _Impact(value, parts, np.stack(df))


def _squares(moments: Floats, middle: Floats) -> Floats:
    """Sum of w^2 (y - middle)^2."""
    whole = moments[..., 4] + middle**2 * moments[..., 2]
    squares = whole - 2 * middle * moments[..., 3]
    return np.asarray(np.where(squares > _DUST * whole, squares, 0 * squares))


def _imagined(everyone: Floats, mean: Floats) -> Floats:
    """w^2 (y - mean)^2 of a review of average weight, as far from the mean as all are."""
    unit = everyone[..., 2] / everyone[..., 0]
    return np.asarray(_squares(everyone, mean) / everyone[..., 2] * unit**2)
