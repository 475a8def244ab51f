"""Make the impact columns of the scores: group by group, all drivers together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.drivers.cells import Cells, Ints
from verbatim.drivers.columns import IMPACT, typed
from verbatim.drivers.counts import STATES, Mentions
from verbatim.drivers.design import Design, Floats, States, lay_out_design
from verbatim.drivers.draws import draws, intervals, without_bias
from verbatim.drivers.impact import Figures, estimates, fit
from verbatim.drivers.importance import AUTO_PLAYERS, MAX_PLAYERS
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.placing import asymmetry_class, asymmetry_index, asymmetry_interval, placing
from verbatim.errors import OptionError

Values = NDArray[Any]

_TEXTS = ("asymmetry", "quadrant")
_ON_SCALE = ("impact", "reward", "penalty", "points")


def choose_method(values: Floats, found: Mentions, cells: Cells, options: ScoreOptions) -> str:
    """Choose how importance is shared out: as asked for, or by the number of drivers.

    Counted are those that a review with an outcome judges, in any group.

    Raises
    ------
    OptionError
        Shapley values are asked for of more than `MAX_PLAYERS` drivers.
    """
    judged = ~np.isnan(values)[found.verbatim] & (found.state != STATES.index("neutral"))
    players = len(np.unique(cells.driver_of(found.cell[judged])))
    if options.importance_method == "lmg" and players > MAX_PLAYERS:
        raise OptionError(
            f"importance_method='lmg' is for at most {MAX_PLAYERS} drivers and there are {players}"
            "; give 'johnson' or 'auto'"
        )
    if options.importance_method == "auto":
        return "lmg" if players <= AUTO_PLAYERS else "johnson"
    return options.importance_method


def impact_columns(
    values: Floats, found: Mentions, cells: Cells, options: ScoreOptions
) -> pd.DataFrame:
    """Columns `IMPACT`, one row per cell."""
    figures = {
        column.name: np.full(len(cells), None if column.name in _TEXTS else np.nan)
        for column in IMPACT
    }
    for group, rows, states in _groups(found, cells):
        if states.size and not np.isnan(values[rows]).all():
            design = lay_out_design(states, values[rows], options.seed, cells.weights[rows])
            part = slice(group * states.shape[1], (group + 1) * states.shape[1])
            for name, figure in _figures(design, options).items():
                figures[name][part] = figure
    return typed(IMPACT, figures)


def _groups(found: Mentions, cells: Cells) -> Iterator[tuple[int, Ints, States]]:
    """Each group's reviews, and how each of them mentions each driver, shape (reviews, p)."""
    read = np.flatnonzero(cells.read)
    read = read[np.argsort(cells.groups.of_row[read], kind="stable")]
    ends = np.cumsum(cells.n_read)
    place = np.zeros(len(cells.read), dtype=np.int64)
    place[read] = np.arange(len(read))
    order = np.argsort(found.cell, kind="stable")
    n_drivers = len(cells.drivers)
    last = np.searchsorted(found.cell[order], np.arange(1, len(ends) + 1) * n_drivers)
    for group, (end, stop) in enumerate(zip(ends, last, strict=True)):
        start = end - cells.n_read[group]
        said = order[last[group - 1] if group else 0 : stop]
        states = np.zeros((end - start, n_drivers), dtype=np.int8)
        row = place[found.verbatim[said]] - start
        states[row, cells.driver_of(found.cell[said])] = found.state[said] + 1
        yield group, read[start:end], states


def _figures(design: Design, options: ScoreOptions) -> Mapping[str, Values]:
    """Figures of one group, each of shape (p,) or a single one for all."""
    regression = fit(design, options.importance_method)
    found = estimates(regression)
    drawn = draws(design, regression, options.n_resamples, options.seed)
    drawn["importance"] = without_bias(drawn["importance"], found["importance"])
    figures = {"baseline": np.asarray(design.low + design.range * regression.intercept)}
    for name in (*_ON_SCALE, "importance"):
        scale = design.range if name in _ON_SCALE else 1.0
        low, high = intervals(drawn[name], found[name], options.confidence)
        figures |= _named(name, scale * found[name], scale * low, scale * high)
    for end in ("importance_low", "importance_high"):
        figures[end] = np.clip(figures[end], 0, 100)
    return {**figures, **_asymmetry(found, drawn, options), **_placing(found, drawn)}


def _named(name: str, estimate: Floats, low: Floats, high: Floats) -> Figures:
    return {name: estimate, f"{name}_low": low, f"{name}_high": high}


def _asymmetry(found: Figures, drawn: Figures, options: ScoreOptions) -> Mapping[str, Values]:
    index = asymmetry_index(found["reward"], found["penalty"], options.higher_is_better)
    every = asymmetry_index(drawn["reward"], drawn["penalty"], options.higher_is_better)
    low, high = asymmetry_interval(every, index, options.confidence)
    classes = asymmetry_class(low, high)
    classes[np.isnan(found["points"])] = None
    return {**_named("asymmetry_index", index, low, high), "asymmetry": classes}


def _placing(found: Figures, drawn: Figures) -> Mapping[str, Values]:
    names, probability = placing(
        found["importance"], found["net"], drawn["importance"], drawn["net"]
    )
    return {"quadrant": names, "quadrant_probability": probability}
