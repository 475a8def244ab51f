"""Follow drivers through time: their levels by period, and where these change."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.dates import date_column
from verbatim.comparison.options import Options
from verbatim.comparison.periods import Periods, check_frequency, cut
from verbatim.comparison.sample import Sample, provenance, take, with_dates
from verbatim.drivers.columns import OUTCOME_MEAN, meanings
from verbatim.errors import OptionError
from verbatim.grouping import Groups
from verbatim.survey.responses import check_single
from verbatim.trend.changes import find_changes
from verbatim.trend.columns import CHANGES, METHODS, PERIOD, POINTS, TESTS
from verbatim.trend.points import outcome_points, points
from verbatim.trend.result import Trend
from verbatim.trend.series import all_series
from verbatim.trend.tables import changes_table, series_table


def trend(
    analysis: Analysis,
    date: str | None = None,
    outcome: str | None = None,
    *,
    freq: str = "M",
    weight: str | None = None,
    level: str = "driver",
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    fdr: float = 0.05,
    seed: int = 0,
) -> Trend:
    """Follow every driver through time, and say where its share or net sentiment changes.

    A review is the unit of every figure and test. The order of the rows changes nothing.

    Parameters
    ----------
    analysis : Analysis
    date : str, optional
        Column of dates of the verbatims; by default the only one that there is. Rows without a
        date are set aside and counted in ``meta``.
    outcome : str, optional
        Numeric column of the verbatims, such as stars: give its mean in the reviews that mention
        the driver too.
    freq : {"D", "W", "M", "Q", "Y"}
        Length of a period: day, week from Monday, month, quarter or year.
    weight : str, optional
        Column of the verbatims with the weight of each.
    level : {"driver", "subdriver", "theme"}
        What is followed.
    min_reviews : int
        Reviews below which a figure is marked as of low support.
    n_resamples : int
        Resamples behind the intervals of net sentiment and of the mean outcome, 100 to 100,000.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    fdr : float
        Share of false discoveries to be expected among the series said to change, 0 to 1.
    seed : int
        Of the resampling and of the arrangements behind the p-values.

    Returns
    -------
    Trend

    Raises
    ------
    OptionError
        An option is out of its range, a column isn't there, the dates can't be found or span too
        many periods, or the outcome isn't numeric.

    Notes
    -----
    The test of a change stands in `verbatim.trend.scan`, the search in `verbatim.trend.changes`.

    Examples
    --------
    >>> import pandas as pd, verbatim
    >>> texts = ["Lovely staff"] * 12 + ["Rude staff"] * 12
    >>> days = pd.date_range("2025-01-01", periods=24, freq="10D")
    >>> reviews = pd.DataFrame({"review": texts, "day": days})
    >>> analysis = verbatim.analyze(reviews, text="review", engine="lexicon")
    >>> analysis.trend().changes[["driver", "measure", "period", "difference"]].values.tolist()
    [['staff', 'net_sentiment', '2025-05', -200.0]]
    """
    options = Options(level, min_reviews, n_resamples, confidence, fdr, seed)
    check_frequency(freq)
    check_single("date", date)
    if date is not None and date == outcome:
        raise OptionError(f"{date!r} is given as date and as outcome; give it once")
    name = date_column(analysis) if date is None else date
    dated, dates, dating = with_dates(analysis, name)
    periods = cut(dates.days, freq)
    groups = Groups(pd.DataFrame({"period": list(periods.labels)}, dtype="str"), periods.of_row)
    sample = take(dated, groups, options.level, weight, outcome)
    series = all_series(sample)
    tests, changes = find_changes(series, options.fdr, options.seed)
    frame = points(sample, periods, series, changes, options)
    if outcome is not None:
        frame = pd.concat([frame, outcome_points(sample, options)], axis=1)
    tables = {
        "periods": frame,
        "changes": changes_table(sample, periods, series, changes, options),
        "tests": series_table(sample, periods, series, tests, changes),
    }
    asked = {"date": name, "outcome": outcome, "freq": freq, "weight": weight, **asdict(options)}
    counted = _counts(analysis, sample, periods, tables)
    said = {"columns": _meanings(outcome is not None), "methods": METHODS}
    return Trend(tables, {**asked, **counted, **dating, **said, **provenance(analysis)})


def _counts(
    analysis: Analysis, sample: Sample, periods: Periods, tables: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    read = sample.sums.read
    return {
        "n_verbatims": len(analysis),
        "n_read": int(read.sum()),
        "n_unassigned": sample.n_unassigned,
        "periods": dict(zip(periods.labels, read.tolist(), strict=True)),
        "n_tested": int(np.isfinite(tables["tests"]["p_value"]).sum()),
        "n_changes": len(tables["changes"]),
    }


def _meanings(has_outcome: bool) -> dict[str, dict[str, str]]:
    return {
        "periods": meanings((*PERIOD, *POINTS, *(OUTCOME_MEAN if has_outcome else ()))),
        "changes": meanings(CHANGES),
        "tests": meanings(TESTS),
    }
