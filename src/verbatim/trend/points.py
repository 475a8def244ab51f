"""The levels of every driver in every period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.comparison.differences import (
    Sampling,
    mention_counts,
    net_sentiment,
    share_ends,
)
from verbatim.comparison.options import Options
from verbatim.comparison.periods import Periods
from verbatim.comparison.sample import Sample
from verbatim.comparison.sums import Sums
from verbatim.drivers.bootstrap import generator, net_interval
from verbatim.drivers.columns import OUTCOME_MEAN, typed
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import outcome_columns
from verbatim.trend.changes import Change, Series
from verbatim.trend.columns import PERIOD, POINTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def points(
    sample: Sample,
    periods: Periods,
    series: Sequence[Series],
    changes: Sequence[Change],
    options: Options,
) -> pd.DataFrame:
    """One row per driver and period."""
    order = by_reviews(sample.sums)
    driver, period = (index.ravel() for index in np.indices((len(order), len(periods.labels))))
    figures = _levels(sample.sums, sampling_of(sample, options))
    figures |= {f"{kind}_change": _marks(kind, sample.sums, series, changes) for kind in _KINDS}
    figures["low_support"] = sample.sums.support("net_sentiment") < options.min_reviews
    laid = {name: values[:, order].T.ravel() for name, values in figures.items()}
    laid["name"] = sample.cells.drivers["name"].iloc[order[driver]].to_numpy()
    when = {
        "period": np.array(periods.labels, dtype=object)[period],
        "start": periods.starts[period],
    }
    drivers = sample.cells.drivers.drop(columns="name").iloc[order[driver]].reset_index(drop=True)
    table: pd.DataFrame = pd.concat([typed(PERIOD, when), drivers, typed(POINTS, laid)], axis=1)
    return table


_KINDS = {"share": "share", "net": "net_sentiment"}
"""Measure behind each column that marks changes."""


def outcome_points(sample: Sample, options: Options) -> pd.DataFrame:
    """Columns `OUTCOME_MEAN`, in the order of the rows of `points`: those of the driver scores."""
    asked = ScoreOptions(
        min_reviews=options.min_reviews,
        n_resamples=options.n_resamples,
        confidence=options.confidence,
        seed=options.seed,
    )
    figures = outcome_columns(sample.outcome, sample.mentions, sample.cells, asked, OUTCOME_MEAN)
    cells = np.arange(len(figures)).reshape(sample.sums.reviews.shape)
    table: pd.DataFrame = figures.iloc[cells[:, by_reviews(sample.sums)].T.ravel()]
    return table.reset_index(drop=True)


def by_reviews(sums: Sums) -> Ints:
    """Drivers by falling number of reviews; equals stay in the order of their names."""
    return np.argsort(-sums.reviews.sum(axis=0), kind="stable")


def sampling_of(sample: Sample, options: Options) -> Sampling:
    """How intervals are drawn."""
    return Sampling(options.n_resamples, options.confidence, options.seed, sample.cells.keys())


def _levels(sums: Sums, sampling: Sampling) -> dict[str, NDArray[np.generic]]:
    """Figures of shape (periods, drivers)."""
    share, share_low, share_high = share_ends(mention_counts(sums), sampling.confidence)
    net_low, net_high = _net_ends(sums, sampling)
    return {
        "n_reviews": sums.reviews,
        "n_read": sums.reading("share"),
        "share": share,
        "share_low": share_low,
        "share_high": share_high,
        "net_sentiment": net_sentiment(sums),
        "net_low": net_low,
        "net_high": net_high,
    }


def _net_ends(sums: Sums, sampling: Sampling) -> tuple[Floats, Floats]:
    """Ends of the intervals of net sentiment, the same as in the driver scores."""
    ends = np.full((*sums.reviews.shape, 2), np.nan)
    held = np.nonzero(sums.reviews)
    rows = np.hstack([held[1][:, None], sums.sides[held], sums.squares[held]])
    distinct, of = np.unique(rows, axis=0, return_inverse=True)
    drawn = np.empty((len(distinct), 2))
    for i, row in enumerate(distinct):
        random = generator(sampling.seed, "net", *sampling.keys[int(row[0])])
        drawn[i] = net_interval(
            row[1:4], sampling.n_resamples, sampling.confidence, random, row[4:]
        )
    ends[held] = drawn[of]
    return ends[..., 0], ends[..., 1]


def _marks(
    kind: str, sums: Sums, series: Sequence[Series], changes: Sequence[Change]
) -> NDArray[np.bool_]:
    """Whether each driver changes with each period, shape (periods, drivers)."""
    marks = np.zeros(sums.reviews.shape, dtype=bool)
    for change in changes:
        one = series[change.series]
        if one.measure == _KINDS[kind]:
            marks[change.at, one.driver] = True
    return marks
