"""Measures and their intervals, as pure functions of arrays.

Most measures are functions of sums over texts (counts, moments). One bootstrap therefore serves
them all: it draws how often each text occurs in a resample and sums the texts' counts so weighted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, spearmanr

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]

RESAMPLES = 1000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, its 95% interval where one is given, and its own n where systems differ in it."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


def estimate(counts: ArrayLike, statistic: Statistic) -> Estimate:
    """`statistic` of the summed counts, with the percentile interval of resampled texts.

    Parameters
    ----------
    counts : array of shape (n, ...)
        What each of the n texts adds.
    statistic : callable
        Takes an array of shape (m, ...), sums for m samples, and returns m values.

    Examples
    --------
    >>> estimate([[1, 1]] * 8, ratio)
    Estimate(value=1.0, low=1.0, high=1.0, n=None)
    """
    per_text = np.asarray(counts, np.float64)
    value = float(statistic(per_text.sum(axis=0, keepdims=True))[0])
    flat = _weights(len(per_text)) @ per_text.reshape(len(per_text), -1)
    samples = statistic(flat.reshape(RESAMPLES, *per_text.shape[1:]))
    low, high = np.quantile(samples, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high))


@lru_cache(maxsize=2)
def _weights(n: int) -> Floats:
    drawn = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return drawn.astype(np.float64)


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide; 0 where there is nothing to divide by, as scikit-learn's ``zero_division=0``."""
    shares: Floats = np.divide(above, below, out=np.zeros_like(above, float), where=below != 0)
    return shares


def ratio(counts: Floats) -> Floats:
    """Hits over cases; shape (..., 2)."""
    return _divide(counts[..., 0], counts[..., 1])


def precision(counts: Floats) -> Floats:
    """Share of the predicted that is right; shape (..., 3): matched, predicted, gold."""
    return _divide(counts[..., 0], counts[..., 1])


def recall(counts: Floats) -> Floats:
    """Share of the gold that is found; shape (..., 3): matched, predicted, gold."""
    return _divide(counts[..., 0], counts[..., 2])


def f1(counts: Floats) -> Floats:
    """Harmonic mean of precision and recall; shape (..., 3): matched, predicted, gold."""
    return _divide(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def micro_f1(counts: Floats) -> Floats:
    """F1 of the counts summed over labels; shape (m, labels, 3)."""
    return f1(counts.sum(axis=-2))


def macro_f1(counts: Floats) -> Floats:
    """Mean over labels of their F1; shape (m, labels, 3)."""
    mean: Floats = f1(counts).mean(axis=-1)
    return mean


def label_counts(
    gold: Sequence[Collection[Hashable]],
    predicted: Sequence[Collection[Hashable]],
    labels: Sequence[Hashable],
) -> Floats:
    """Per text and label: matched, predicted, gold (0 or 1 each); shape (n, labels, 3)."""
    has_gold = np.array([[label in row for label in labels] for row in gold], bool)
    has_predicted = np.array([[label in row for label in labels] for row in predicted], bool)
    return np.stack([has_gold & has_predicted, has_predicted, has_gold], axis=-1).astype(np.float64)


def set_counts(gold: Sequence[frozenset[Any]], predicted: Sequence[frozenset[Any]]) -> Floats:
    """Per text: members in common, predicted, gold; shape (n, 3)."""
    pairs = zip(gold, predicted, strict=True)
    return np.array([(len(g & p), len(p), len(g)) for g, p in pairs], np.float64).reshape(-1, 3)


def accuracy(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Estimate:
    """Share of texts with the right value."""
    right = [g == p for g, p in zip(gold, predicted, strict=True)]
    return estimate(np.column_stack([right, np.ones(len(right))]), ratio)


def class_macro_f1(
    gold: Sequence[Hashable], predicted: Sequence[Hashable], labels: Sequence[Hashable]
) -> Estimate:
    """Macro-F1 where each text has one label."""
    counts = label_counts([{g} for g in gold], [{p} for p in predicted], labels)
    return estimate(counts, macro_f1)


def pearson(x: ArrayLike, y: ArrayLike) -> Estimate:
    """Pearson's r; 0 where one side doesn't vary."""
    a, b = np.asarray(x, np.float64), np.asarray(y, np.float64)
    # Centred first: the moments of a shifted sample would cancel badly.
    a, b = a - a.mean(), b - b.mean()
    return estimate(np.column_stack([np.ones_like(a), a, b, a * a, b * b, a * b]), _pearson)


def _pearson(sums: Floats) -> Floats:
    n, a, b, aa, bb, ab = np.moveaxis(sums, -1, 0)
    spread = np.sqrt(np.maximum(n * aa - a * a, 0) * np.maximum(n * bb - b * b, 0))
    return _divide(n * ab - a * b, spread)


def spearman(x: Sequence[float], y: Sequence[float]) -> Estimate:
    """Spearman's rank correlation with its n.

    The interval is Fisher's z with the variance (1 + r^2 / 2) / (n - 3) of Bonett and Wright
    (2000), Sample size requirements for estimating Pearson, Kendall and Spearman correlations,
    Psychometrika 65, 23-28. NaN where there are fewer than 4 pairs or one side doesn't vary.
    """
    n = len(x)
    if n < 4 or len(set(x)) < 2 or len(set(y)) < 2:
        return Estimate(float("nan"), n=n)
    r = float(spearmanr(x, y).statistic)
    z = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    half = norm.ppf((1 + LEVEL) / 2) * np.sqrt((1 + r * r / 2) / (n - 3))
    return Estimate(r, float(np.tanh(z - half)), float(np.tanh(z + half)), n)


def calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Compute the expected calibration error over equally wide bins of confidence.

    ``sum_b n_b / n * |mean confidence in b - share right in b|``, Guo et al. (2017), On
    calibration of modern neural networks. 0 is perfect.

    Examples
    --------
    >>> calibration_error([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0])
    0.0
    """
    p, hit = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    which = np.minimum((p * bins).astype(int), bins - 1)
    gaps = np.bincount(which, weights=p - hit, minlength=bins)
    return float(np.abs(gaps).sum() / len(p)) if len(p) else float("nan")
