r"""Resample the figures of `verbatim.drivers.impact`, and make their intervals.

The intervals are those of the Bayesian bootstrap with imagined reviews, as in
`verbatim.drivers.bootstrap`. For the regression each resample has, for every column, one imagined
review of weight Exp(1) that has only this mention, and as outcome the fitted one plus the deviation
of a random review from the mean: so three reviews that agree, or two columns that can't be told
apart, don't look certain. With weights an imagined review weighs as much as one effective review of
those it is added to (`verbatim.drivers.units`).

What a column explains by chance adds to its share of the variance, in a resample once more than in
the sample; so the draws of importance are moved until their mean is the estimate.
"""

from __future__ import annotations

import numpy as np

from verbatim.drivers.bootstrap import SIDES, generator
from verbatim.drivers.design import Design, Floats
from verbatim.drivers.impact import Figures, Fit, joint_figures, net_above_all
from verbatim.drivers.moments import Moments, known_outcomes, resampled
from verbatim.drivers.regression import centre, coefficients
from verbatim.drivers.units import Units, units

Outcomes = tuple[Floats, Floats]
"""Outcomes of the reviews and the chance of each."""


def draws(design: Design, regression: Fit, n_resamples: int, seed: int) -> Figures:
    """Figures of the resamples, as in `estimates`, each of shape (n_resamples, p)."""
    random = generator(seed, "impact")
    outcomes = known_outcomes(design)
    unit = units(design, regression.columns, regression.sums)
    parts = [
        _impact(sums, outcomes, unit, random)
        | _net(sums, unit, random)
        | _joint(sums, regression, outcomes, unit, random)
        for sums in resampled(design, regression.columns, n_resamples, random)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def intervals(drawn: Floats, estimate: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Middle part of the draws of each column, and its estimate in any case; NaN for NaN.

    Examples
    --------
    >>> low, high = intervals(np.arange(101.0)[:, None], np.array([80.0]), 0.5)
    >>> low.tolist(), high.tolist()
    ([25.0], [80.0])
    """
    ends = ((1 - confidence) / 2, (1 + confidence) / 2)
    low, high = np.quantile(drawn, ends, axis=0)
    return np.minimum(low, estimate), np.maximum(high, estimate)


def without_bias(drawn: Floats, estimate: Floats) -> Floats:
    """Move the draws of each column so that their mean is the estimate.

    Examples
    --------
    >>> without_bias(np.array([[1.0], [3.0]]), np.array([5.0])).tolist()
    [[4.0], [6.0]]
    """
    return np.asarray(drawn - (drawn.mean(axis=0) - estimate))


def _impact(sums: Moments, outcomes: Outcomes, unit: Units, random: np.random.Generator) -> Figures:
    """Impact as the share that mentions the driver times the gap to those that don't.

    Either mean has an imagined review in it, with the outcome of any review.
    """
    having = _with_imagined(sums.mentions, sums.outcomes, outcomes, unit.mentions, random)
    without = _with_imagined(sums.others, sums.other_outcomes, outcomes, unit.others, random)
    return {"impact": sums.mentions / sums.gram[:, :1, 0] * (having - without)}


def _with_imagined(
    weight: Floats, total: Floats, outcomes: Outcomes, unit: Floats, random: np.random.Generator
) -> Floats:
    extra = unit * random.standard_exponential(weight.shape)
    value = random.choice(outcomes[0], size=weight.shape, p=outcomes[1])
    return np.asarray((total + extra * value) / (weight + extra))


def _net(sums: Moments, unit: Units, random: np.random.Generator) -> Figures:
    extra = unit.reviews * random.standard_exponential(sums.net.shape)
    value = random.choice(SIDES, size=sums.net.shape)
    return {"net": net_above_all(sums, sums.net + extra * value, sums.reviews + extra)}


def _joint(
    sums: Moments, regression: Fit, outcomes: Outcomes, unit: Units, random: np.random.Generator
) -> Figures:
    gram = sums.gram + _imagined_products(len(sums.gram), regression, outcomes, unit, random)
    effects = coefficients(centre(gram), regression.strength)
    return joint_figures(sums, gram, effects, regression)


def _imagined_products(
    n: int, regression: Fit, outcomes: Outcomes, unit: Units, random: np.random.Generator
) -> Floats:
    """Products of the imagined reviews: row j has the columns 1 and j, and an outcome."""
    k = len(regression.columns)
    weight = unit.columns * random.standard_exponential((n, k))
    deviation = random.choice(outcomes[0], size=(n, k), p=outcomes[1]) - outcomes[0] @ outcomes[1]
    value = regression.intercept + regression.effects + deviation if k else deviation
    gram = np.zeros((n, k + 2, k + 2))
    column = np.arange(1, k + 1)
    gram[:, 0, 0] = weight.sum(axis=1)
    gram[:, -1, -1] = (weight * value**2).sum(axis=1)
    gram[:, 0, -1] = gram[:, -1, 0] = (weight * value).sum(axis=1)
    gram[:, 0, 1:-1] = gram[:, 1:-1, 0] = gram[:, column, column] = weight
    gram[:, 1:-1, -1] = gram[:, -1, 1:-1] = weight * value
    return gram
