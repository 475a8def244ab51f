r"""How much of an outcome customer service explains, and how much the rest.

One regression of the outcome on the mentions of every driver (`verbatim.drivers.impact`), in which
a driver told of in a contact and the same driver told of elsewhere are two. The *importance* of a
part is the sum of the importance of its drivers (Johnson's relative weights, or Shapley values
where these are few), its *points* the sum of theirs. Intervals as there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.drivers.design import MIXED, NEGATIVE, NEUTRAL, POSITIVE, lay_out_design
from verbatim.drivers.draws import draws, intervals, without_bias
from verbatim.drivers.impact import Fit, estimates, fit
from verbatim.drivers.importance import AUTO_PLAYERS
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.regression import centre
from verbatim.experience.columns import EXPLAINED, PARTS
from verbatim.experience.parts import REST, SERVICE
from verbatim.experience.reviews import Figures, Floats, Ints, Reviews, Sides

_STATE = np.array([POSITIVE, NEGATIVE, NEUTRAL, MIXED], dtype=np.int8)
"""State in the design of each side."""


def explained(
    reviews: Reviews, drivers: Sides, outcome: Floats, options: ScoreOptions
) -> pd.DataFrame:
    """Columns `EXPLAINED`, two rows per group."""
    rows = [_group(reviews, drivers, outcome, options, g) for g in range(reviews.n_groups)]
    merged = {c.name: [value for row in rows for value in row[c.name]] for c in EXPLAINED}
    return pd.concat([reviews.labels(2), typed(EXPLAINED, merged)], axis=1)


def _group(
    reviews: Reviews, drivers: Sides, outcome: Floats, options: ScoreOptions, group: int
) -> Figures:
    members = np.flatnonzero(reviews.counted & (reviews.groups.of_row == group))
    known = ~np.isnan(outcome[members])
    figures: Figures = {
        column.name: np.full(2, np.nan) for column in EXPLAINED if column.dtype == "float64"
    }
    figures["part"] = np.array(PARTS[:2], dtype=object)
    figures["n"] = np.full(2, known.sum())
    if known.any():
        figures |= _regression(reviews, drivers, outcome, options, members)
    return figures


def _regression(
    reviews: Reviews, drivers: Sides, outcome: Floats, options: ScoreOptions, members: Ints
) -> Figures:
    states = _states(reviews, drivers, members)
    part = np.flatnonzero(states.any(axis=0)) % 2
    states = states[:, states.any(axis=0)]
    design = lay_out_design(states, outcome[members], options.seed, reviews.weights[members])
    method = "lmg" if states.shape[1] <= AUTO_PLAYERS else "johnson"
    regression = fit(design, method)
    if not len(regression.columns):
        return {}
    found = estimates(regression)
    drawn = draws(design, regression, options.n_resamples, options.seed)
    figures: Figures = {"r2": np.full(2, _r2(regression))}
    for name, scale in (("importance", 1.0), ("points", design.range)):
        value, every = _by_part(found[name][None], part)[0], _by_part(drawn[name], part)
        every = without_bias(every, value) if name == "importance" else every
        low, high = intervals(every, value, options.confidence)
        figures |= {name: scale * value, f"{name}_low": scale * low, f"{name}_high": scale * high}
    for end in ("importance_low", "importance_high"):
        figures[end] = np.clip(figures[end], 0, 100)
    return figures


def _states(
    reviews: Reviews, drivers: Sides, members: Ints
) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    place = np.full(len(reviews.counted), -1)
    place[members] = np.arange(len(members))
    row = place[drivers.review]
    states = np.zeros((len(members), drivers.n_keys), dtype=np.int8)
    states[row[row >= 0], drivers.key[row >= 0]] = _STATE[drivers.side[row >= 0]]
    return states


def _by_part(values: Floats, part: Ints) -> Floats:
    """Sum over the drivers of service and of the rest, shape (b, 2); NaN where none is known."""
    sums = [np.nansum(values[:, part == each], axis=1) for each in (SERVICE, REST)]
    is_known = np.any(~np.isnan(values), axis=1, keepdims=True)
    return np.where(is_known, np.stack(sums, axis=1), np.nan)


def _r2(regression: Fit) -> float:
    sums = centre(regression.sums.gram)
    total = float(sums.squares[0])
    return float(regression.effects @ sums.with_outcome[0]) / total if total > 0 else float("nan")
