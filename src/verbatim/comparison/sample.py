"""Take from an analysis what comparisons and trends are made of."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim import __version__
from verbatim.analysis import Analysis
from verbatim.comparison.dates import Dates, dates_of
from verbatim.comparison.sums import Sums, gather
from verbatim.drivers.cells import Cells, lay_out
from verbatim.drivers.counts import Mentions, all_mentions
from verbatim.drivers.outcomes import read_outcome
from verbatim.grouping import Groups
from verbatim.schema import SCHEMA_VERSION
from verbatim.weights.columns import review_weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Reviews, summed by group.

    Attributes
    ----------
    cells : Cells
    mentions : Mentions
    sums : Sums
        Outcomes in it are less their median.
    outcome : float64 array of shape (n_verbatims,)
        NaN where there is none.
    n_unassigned : int
        Opinions of reviews that have no driver.
    """

    cells: Cells
    mentions: Mentions
    sums: Sums
    outcome: Floats
    n_unassigned: int


def take(
    analysis: Analysis, groups: Groups, level: str, weight: str | None, outcome: str | None
) -> Sample:
    """Sum over the reviews of each group."""
    weights = review_weights(analysis, weight)
    nothing = np.full(len(analysis), np.nan)
    values = nothing if outcome is None else read_outcome(analysis, outcome)
    values = np.where(weights > 0, values, np.nan)
    middle = 0.0 if np.isnan(values).all() else float(np.nanmedian(values))
    cells = lay_out(analysis, groups, level, weights)
    found, n_unassigned = all_mentions(analysis, cells)
    sums = gather(found, cells, weights, values - middle)
    return Sample(cells, found, sums, values, n_unassigned)


def with_dates(analysis: Analysis, name: Hashable) -> tuple[Analysis, Dates, Mapping[str, Any]]:
    """Leave out the rows without a date, and count them for ``meta``."""
    dates = dates_of(analysis, name)
    known = ~np.isnat(dates.days)
    counted = {
        "date_order": dates.order,
        "n_undated": int((~known).sum()),
        "n_unreadable_dates": dates.n_unreadable,
        "unreadable_dates": list(dates.unreadable),
    }
    if known.all():
        return analysis, dates, counted
    kept = Dates(dates.days[known], dates.order, dates.unreadable, dates.n_unreadable, 0)
    return analysis.keep(known), kept, counted


def n_read(analysis: Analysis, groups: Groups, weight: str | None) -> Ints:
    """Reviews of each group, but for those of weight 0."""
    counted = review_weights(analysis, weight) > 0
    size = len(groups.values)
    return np.bincount(groups.of_row[counted], minlength=size).astype(np.int64)


def provenance(analysis: Analysis) -> dict[str, Any]:
    """Say where the reviews and the figures come from."""
    return {
        "engine": analysis.meta["engine"],
        "taxonomy": analysis.meta["taxonomy"]["name"],
        "versions": {
            "verbatim": __version__,
            "schema": SCHEMA_VERSION,
            "numpy": np.__version__,
            "pandas": pd.__version__,
        },
    }
