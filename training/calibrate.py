"""Turn the model's raw probability of an opinion into the share of such opinions that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.readings import Reading
from training.data import Row

Floats = NDArray[np.float64]
NEWTON_STEPS = 25
BINS = 10


def judged(rows: Sequence[Row], readings: Sequence[Reading]) -> tuple[Floats, Floats, Floats]:
    """For each opinion found its row, its raw confidence, and 1 if driver and sign are right."""
    found: list[tuple[float, float, float]] = []
    for i, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        gold = Counter((o["driver"], int(np.sign(o["polarity"]))) for o in row["opinions"])
        for opinion in sorted(reading.opinions, key=lambda o: -(o.confidence or 0.0)):
            key = opinion.driver, opinion.sign
            found.append((i, opinion.confidence or 0.0, float(gold[key] > 0)))
            gold[key] -= 1
    row_of, raw, right = np.array(found, float).reshape(-1, 3).T
    return row_of, raw, right


def fit(raw: Floats, right: Floats) -> tuple[float, float]:
    """Slope and intercept on the scale of log odds.

    Logistic regression by Newton's method (Platt, 1999, Probabilistic outputs for support vector
    machines), with his targets, which keep it finite.
    """
    x = np.stack([log_odds(raw), np.ones_like(raw)], axis=1)
    n_right, n_wrong = right.sum(), (1 - right).sum()
    target = np.where(right > 0, (n_right + 1) / (n_right + 2), 1 / (n_wrong + 2))
    weights = np.array([1.0, 0.0])
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, x.T @ (target - p))
        while _loss(x, target, weights + step) > _loss(x, target, weights) + 1e-12:
            step = step / 2
        weights = weights + step
    return float(weights[0]), float(weights[1])


def _loss(x: Floats, target: Floats, weights: Floats) -> float:
    """Cross-entropy."""
    odds = x @ weights
    return float((np.logaddexp(0, odds) - target * odds).sum())


def log_odds(p: Floats) -> Floats:
    """Of a probability, kept finite."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(p / (1 - p))
    return odds


def crossed(row_of: Floats, raw: Floats, right: Floats) -> Floats:
    """Calibrated confidence of each opinion, fitted on the half of the rows that it is not in."""
    said = np.zeros_like(raw)
    for half in (0, 1):
        inside = row_of % 2 == half
        slope, intercept = fit(raw[~inside], right[~inside])
        said[inside] = 1 / (1 + np.exp(-(slope * log_odds(raw[inside]) + intercept)))
    return said


def expected_error(said: Floats, right: Floats) -> float:
    """Expected calibration error in ten bins of equal width (Guo et al., 2017).

    Examples
    --------
    >>> expected_error(np.array([0.9, 0.9]), np.array([1.0, 0.0]))
    0.4
    """
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    error = sum(
        abs(right[bins == b].mean() - said[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    )
    return round(float(error), 4)
