"""Draw reviews from a known model: who mentions which driver how, and what it does to the outcome.

A few kinds of stay decide which drivers are mentioned together and with which sign, so drivers
that do nothing travel with drivers that cost or earn a lot; the outcome then depends on the
drivers' own rewards and penalties alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.schema import SCHEMA_VERSION, TABLES
from verbatim.tables import make_table

Floats = NDArray[np.float64]
States = NDArray[np.int8]

NONE, POSITIVE, NEGATIVE, NEUTRAL, MIXED = range(5)
"""How a review mentions a driver; the codes are those of `verbatim.drivers.design`."""

KINDS = 6
TEXT = "Something about it."


@dataclass(frozen=True, slots=True)
class Model:
    """Reviews as they are drawn.

    Attributes
    ----------
    reward, penalty : float64 arrays of shape (p,)
        What a positive and what a negative mention add to the outcome.
    chances : float64 array of shape (KINDS, p, 5)
        Chance of each state of each driver in each kind of review.
    base, noise : float
        Mean outcome of a review that mentions nothing, and standard deviation around the mean.
    """

    reward: Floats
    penalty: Floats
    chances: Floats
    base: float = 3.6
    noise: float = 0.8

    @property
    def points(self) -> Floats:
        """What each driver adds to the mean outcome of all reviews."""
        mean = self.chances.mean(axis=0)
        positive, negative = (mean[:, side] + mean[:, MIXED] for side in (POSITIVE, NEGATIVE))
        return positive * self.reward + negative * self.penalty

    @property
    def names(self) -> list[str]:
        """Ids of the drivers."""
        return [f"driver_{i:02d}" for i in range(len(self.reward))]


def make_model(
    n_drivers: int, seed: int = 0, mentions: float = 3.0, together: float = 0.8
) -> Model:
    """Draw a model in which a quarter of the drivers does nothing to the outcome.

    Parameters
    ----------
    n_drivers : int
    seed : int
    mentions : float
        Drivers that a review mentions, on average.
    together : float
        How strongly a kind of review decides what is mentioned and how, 0 to 1.
    """
    random = np.random.default_rng(seed)
    reward, penalty = random.uniform(0.05, 0.7, n_drivers), random.uniform(-1.2, -0.05, n_drivers)
    idle = random.permutation(n_drivers) < n_drivers // 4
    reward[idle] = penalty[idle] = 0
    kind = random.integers(0, KINDS, n_drivers)
    inside = kind == np.arange(KINDS)[:, None]
    mention = np.where(inside, 1.0, 1 - together)
    mention *= mentions / mention.sum(axis=1, keepdims=True)
    good = np.where(inside, (np.arange(KINDS) % 2)[:, None], 0.5)
    good = 0.5 + together * (good - 0.5)
    sides = np.stack([0.88 * good, 0.88 * (1 - good), 0 * good + 0.05, 0 * good + 0.07], axis=2)
    said = np.minimum(mention, 0.9)[:, :, None] * sides
    return Model(reward, penalty, np.concatenate([1 - said.sum(2, keepdims=True), said], axis=2))


def draw(model: Model, n: int, random: np.random.Generator) -> tuple[States, Floats]:
    """Draw n reviews.

    Returns
    -------
    states : int8 array of shape (n, p)
    outcome : float64 array of shape (n,)
        Rounded to tenths.
    """
    kinds = random.integers(0, KINDS, n)
    above = np.cumsum(model.chances, axis=2)
    states = np.zeros((n, len(model.reward)), dtype=np.int8)
    for kind in range(KINDS):
        rows = np.flatnonzero(kinds == kind)
        for driver, edges in enumerate(above[kind, :, :-1]):
            states[rows, driver] = np.searchsorted(edges, random.random(len(rows)), side="right")
    mean = np.full(n, model.base)
    for driver, state in enumerate(states.T):
        mean += np.isin(state, (POSITIVE, MIXED)) * model.reward[driver]
        mean += np.isin(state, (NEGATIVE, MIXED)) * model.penalty[driver]
    return states, np.round(mean + model.noise * random.standard_normal(n), 1)


def as_analysis(model: Model, states: States, outcome: Floats) -> Analysis:
    """Write the reviews as an analysis: one sentence each, one opinion per driver and side."""
    n = len(states)
    review, driver = np.nonzero(states)
    state = states[review, driver]
    twice = 1 + (state == MIXED)
    review, driver, state = (np.repeat(part, twice) for part in (review, driver, state))
    second = np.append(False, (review[1:] == review[:-1]) & (driver[1:] == driver[:-1]))
    bad = (state == NEGATIVE) | ((state == MIXED) & second)
    sign = np.where(state == NEUTRAL, 0, np.where(bad, -1, 1))
    verbatims = {
        "id": np.arange(n),
        "text": pd.array([TEXT], dtype="str").take(np.zeros(n, dtype=int)),
        "status": _repeat("ok", n),
        "n_sentences": np.ones(n, dtype=int),
        "n_opinions": np.bincount(review, minlength=n),
        "label": _repeat("none", n),
    }
    sentences = {
        "id": np.arange(n),
        "start": np.zeros(n, dtype=int),
        "end": np.full(n, len(TEXT)),
        "label": _repeat("none", n),
    }
    names = pd.array(model.names, dtype="str")
    opinions = {
        "id": review,
        "driver": names.take(driver),
        "universal": names.take(driver),
        "sentiment": 0.6 * sign,
        "label": pd.array(["neutral", "positive", "negative"], dtype="str").take(sign),
        "strength": sign,
        "confidence": np.full(len(review), 0.9),
        "evidence_end": np.full(len(review), len(TEXT)),
    }
    extra = pd.DataFrame({"stars": outcome})
    tables = {
        "verbatims": _table("verbatims", verbatims, n, extra),
        "sentences": _table("sentences", sentences, n),
        "opinions": _table("opinions", opinions, len(review)),
    }
    meta = {
        "schema_version": SCHEMA_VERSION,
        "engine": {"name": "simulation", "version": "1"},
        "taxonomy": {"name": "simulated", "drivers": {name: {} for name in model.names}},
        "id": "position",
    }
    return Analysis(tables, meta)


def _repeat(value: str, n: int) -> object:
    return pd.array([value], dtype="str").take(np.zeros(n, dtype=int))


def _table(
    name: str, columns: dict[str, object], n: int, extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Make a table; columns not given are 0, False or NA."""
    filled = dict(columns)
    for column in TABLES[name]:
        if column.name not in filled:
            nothing = False if column.dtype == "bool" else None if column.nullable else 0
            filled[column.name] = np.full(n, nothing)
    return make_table(name, filled, extra)
