"""The tables of the tests and of the changes that they found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from verbatim.comparison.differences import net_differences, share_differences
from verbatim.comparison.options import Options
from verbatim.comparison.periods import Periods
from verbatim.comparison.sample import Sample
from verbatim.comparison.sums import Sums
from verbatim.drivers.columns import typed
from verbatim.trend.changes import Change, Series, Tested
from verbatim.trend.columns import CHANGES, TESTS
from verbatim.trend.points import sampling_of


def series_table(
    sample: Sample,
    periods: Periods,
    series: Sequence[Series],
    tests: Sequence[Tested],
    changes: Sequence[Change],
) -> pd.DataFrame:
    """One row per driver and measure: whether it changes at all."""
    reviews = [_reviews(sample.sums, one) for one in series]
    figures = {
        "name": [sample.cells.drivers["name"].iloc[one.driver] for one in series],
        "measure": [one.measure for one in series],
        "n_periods": [int((each > 0).sum()) for each in reviews],
        "n_reviews": [int(each.sum()) for each in reviews],
        "period": [_label(periods, test.found.split) for test in tests],
        "dispersion": [test.found.dispersion for test in tests],
        "p_value": [test.found.p for test in tests],
        "q_value": [test.q for test in tests],
        "n_changes": [sum(change.series == i for change in changes) for i in range(len(series))],
    }
    return _with_drivers(sample, [one.driver for one in series], typed(TESTS, figures))


def changes_table(
    sample: Sample,
    periods: Periods,
    series: Sequence[Series],
    changes: Sequence[Change],
    options: Options,
) -> pd.DataFrame:
    """One row per change."""
    rows = [_change(sample, periods, series[one.series], one, options) for one in changes]
    figures = {column.name: [row[column.name] for row in rows] for column in CHANGES}
    drivers = [series[one.series].driver for one in changes]
    return _with_drivers(sample, drivers, typed(CHANGES, figures))


def _change(
    sample: Sample, periods: Periods, one: Series, change: Change, options: Options
) -> dict[str, Any]:
    before = sample.sums.between(change.start, change.at)
    after = sample.sums.between(change.at, change.stop)
    differences = net_differences if one.measure == "net_sentiment" else share_differences
    found, at = differences(after, before, sampling_of(sample, options)), (0, one.driver)
    support = min(float(sums.support(one.measure)[at]) for sums in (before, after))
    return {
        "name": sample.cells.drivers["name"].iloc[one.driver],
        "measure": one.measure,
        "since": periods.labels[change.start],
        "period": periods.labels[change.at],
        "until": periods.labels[change.stop - 1],
        "before": found.reference[at],
        "after": found.value[at],
        "difference": found.difference[at],
        "low": found.low[at],
        "high": found.high[at],
        "p_value": change.p,
        "q_value": change.q,
        "n_before": int(_reviews(before, one).sum()),
        "n_after": int(_reviews(after, one).sum()),
        "low_support": support < options.min_reviews,
    }


def _reviews(sums: Sums, one: Series) -> Any:
    """Reviews of each set that a series is about."""
    return sums.read if one.measure == "share" else sums.reviews[:, one.driver]


def _label(periods: Periods, number: int) -> str | None:
    return periods.labels[number] if number >= 0 else None


def _with_drivers(sample: Sample, drivers: Sequence[int], table: pd.DataFrame) -> pd.DataFrame:
    keys = sample.cells.drivers.drop(columns="name")
    rows = keys.iloc[np.array(drivers, dtype=np.int64)].reset_index(drop=True)
    joined: pd.DataFrame = pd.concat([rows, table], axis=1)
    return joined
