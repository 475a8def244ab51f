"""Count the reviews behind every series, by period, weight and value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.permutation import MENTION, SENTIMENT
from verbatim.comparison.sample import Sample
from verbatim.comparison.sums import SIDE
from verbatim.drivers.cells import Cells
from verbatim.trend.changes import Series
from verbatim.trend.points import by_reviews

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_STEP, _SPAN = 1.25, 1000.0
"""Ratio of a weight to the next for the test, and of the largest to the smallest."""


def all_series(sample: Sample) -> list[Series]:
    """Net sentiment and share of each driver through time, in the order of the rows."""
    levels, level = _levels(sample.cells)
    said = _said(sample, level, len(levels))
    mentioned = _mentioned(said, _read(sample, level, len(levels)))
    keys, shape = sample.cells.keys(), (len(said), 3 * len(levels))
    return [
        Series(driver, measure, keys[driver], counts[:, driver].reshape(shape), kind, levels)
        for driver in map(int, by_reviews(sample.sums))
        for measure, counts, kind in (
            ("net_sentiment", said, SENTIMENT),
            ("share", mentioned, MENTION),
        )
    ]


def _levels(cells: Cells) -> tuple[Floats, Ints]:
    """Round weights to few different ones: these, and which of them each review has.

    Any weights make a valid test; these are near enough to lose nothing by it. A weight of 1 stays.
    """
    # Of mean square 1 in each period, so that in all a review tells as much.
    scale = np.sqrt(cells.n_read / np.where(cells.n_read, cells.n_effective, 1))
    weights = (cells.weights * scale[cells.groups.of_row])[cells.read]
    above = np.maximum(weights, weights.max(initial=0) / _SPAN)
    power, of_read = np.unique(np.rint(np.log(above) / np.log(_STEP)), return_inverse=True)
    level = np.zeros(len(cells.read), dtype=np.int64)
    level[cells.read] = of_read
    return _STEP**power, level


def _said(sample: Sample, level: Ints, n_levels: int) -> Floats:
    """Reviews that mention a driver, shape (periods, drivers, levels, 3), by what they say."""
    cells, found = sample.cells, sample.mentions
    shape = (len(cells.groups.values), len(cells.drivers), n_levels, 3)
    code = (found.cell * n_levels + level[found.verbatim]) * 3 + SIDE[found.state]
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)


def _read(sample: Sample, level: Ints, n_levels: int) -> Floats:
    """Reviews, shape (periods, levels)."""
    cells, shape = sample.cells, (len(sample.cells.groups.values), n_levels)
    code = cells.groups.of_row[cells.read] * n_levels + level[cells.read]
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)


def _mentioned(said: Floats, read: Floats) -> Floats:
    """Reviews that mention a driver, and that don't; the third value doesn't occur."""
    mention = said.sum(axis=-1)
    return np.stack([mention, read[:, None] - mention, np.zeros_like(mention)], axis=-1)
