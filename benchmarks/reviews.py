"""Whole reviews: whether what is said of a driver goes with the stars that the guest gave it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from benchmarks.importance import agreement
from benchmarks.metrics import Estimate, spearman
from benchmarks.opinion_sets import Row, Scores
from benchmarks.readings import OPINIONS, Reading

STARS: dict[str, frozenset[str]] = {
    "service": frozenset({"staff", "service", "waiting"}),
    "price": frozenset({"price"}),
    "room": frozenset({"room"}),
    "cleanliness": frozenset({"cleanliness"}),
    "location": frozenset({"location"}),
    "comfort": frozenset({"comfort"}),
}
"""Drivers that speak of each kind of stars."""


def stars(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Spearman's correlation with the stars, per kind and for the whole review.

    A text that was posted for several hotels counts once, with the stars of its first row.
    """
    first: dict[str, tuple[Row, Reading]] = {}
    for row, reading in zip(rows, readings, strict=True):
        first.setdefault(row["text"], (row, reading))
    pairs = list(first.values())
    scores: Scores = {}
    if OPINIONS in offers:
        kinds = {kind: _kind(pairs, kind) for kind in STARS}
        mean = float(np.mean([found.value for found in kinds.values()]))
        scores["mean of the six"] = Estimate(mean)
        scores |= kinds
        scores["importance from text with importance from stars"] = _importance(pairs)
    overall = [row["overall"] for row, _ in pairs]
    scores["review sentiment with overall stars"] = spearman(
        [reading.score for _, reading in pairs], overall
    )
    return scores


def _importance(pairs: Sequence[tuple[Row, Reading]]) -> Estimate:
    """Over the reviews that give stars of every kind."""
    whole = [pair for pair in pairs if all(pair[0]["stars"][k] is not None for k in STARS)]
    given = np.array([[row["stars"][kind] for kind in STARS] for row, _ in whole], float)
    overall = np.array([row["overall"] for row, _ in whole], float)
    praised, criticised = (
        np.array([[_says(r, STARS[kind], sign) for kind in STARS] for _, r in whole], float)
        for sign in (1, -1)
    )
    return agreement(praised, criticised, given, overall)


def _says(reading: Reading, drivers: Collection[str], sign: int) -> bool:
    return any(o.driver in drivers and o.sign == sign for o in reading.opinions)


def _kind(pairs: Sequence[tuple[Row, Reading]], kind: str) -> Estimate:
    """Correlation over the reviews that mention one of the drivers."""
    said = [(driver_mean(reading, STARS[kind]), row["stars"][kind]) for row, reading in pairs]
    mentioned = [(mean, given) for mean, given in said if mean is not None and given is not None]
    return spearman([mean for mean, _ in mentioned], [given for _, given in mentioned])


def driver_mean(reading: Reading, drivers: Collection[str]) -> float | None:
    """Mean sentiment of the opinions about `drivers`; None if there are none."""
    found = [opinion.sentiment for opinion in reading.opinions if opinion.driver in drivers]
    return float(np.mean(found)) if found else None
