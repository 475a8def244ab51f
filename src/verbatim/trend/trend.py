"""Follow drivers through time: their levels by period, and where these change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.dates import date_column
from verbatim.comparison.options import Options
from verbatim.comparison.periods import Periods, check_frequency, cut
from verbatim.comparison.sample import provenance, with_dates
from verbatim.drivers.columns import OUTCOME_MEAN, meanings
from verbatim.drivers.groups import by_columns
from verbatim.errors import OptionError
from verbatim.survey.responses import check_single
from verbatim.trend.changes import Change, Tested, find_changes
from verbatim.trend.columns import CHANGES, METHODS, PERIOD, POINTS, TESTS
from verbatim.trend.groups import Part, parts, shared_out, stacked
from verbatim.trend.points import outcome_points, points
from verbatim.trend.result import Trend
from verbatim.trend.tables import changes_table, series_table


def trend(
    analysis: Analysis,
    date: str | None = None,
    outcome: str | None = None,
    *,
    by: str | Sequence[str] | None = None,
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
    by : str or sequence of str, optional
        Columns of the verbatims: follow each group for itself, over the same periods. The false
        discovery rate is that of all groups together. A group of fewer than `min_reviews` reviews
        is left out, and named in ``meta``.
    freq : {"D", "W", "M", "Q", "Y"}
        Length of a period: day, week from Monday, month, quarter or year.
    weight : str, optional
        Column of the verbatims with the weight of each.
    level : {"driver", "subdriver", "theme"}
        What is followed.
    min_reviews : int
        Reviews below which a figure is marked as of low support, and a group left out.
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
    names = _columns(by, name, outcome)
    dated, dates, dating = with_dates(analysis, name)
    periods = cut(dates.days, freq)
    made, small = parts(dated, periods, names, options, weight, outcome)
    everything = [one for part in made for one in part.series]
    tests, changes = find_changes(everything, options.fdr, options.seed)
    tables = _tables(made, shared_out(made, tests, changes), periods, outcome, options)
    asked = {
        "date": name,
        "by": list(map(str, names)),
        "outcome": outcome,
        "freq": freq,
        "weight": weight,
        **asdict(options),
    }
    counted = _counts(analysis, made, small, periods, tables)
    said = {"columns": _meanings(outcome is not None), "methods": METHODS}
    return Trend(tables, {**asked, **counted, **dating, **said, **provenance(analysis)})


def _columns(by: str | Sequence[str] | None, date: Hashable, outcome: str | None) -> list[Hashable]:
    names = by_columns(by, outcome)
    if date in names:
        raise OptionError(f"{date!r} is given as date and in by; give it once")
    return names


def _tables(
    made: Sequence[Part],
    found: Sequence[tuple[list[Tested], list[Change]]],
    periods: Periods,
    outcome: str | None,
    options: Options,
) -> dict[str, pd.DataFrame]:
    frames, changed, tested = [], [], []
    for part, (tests, changes) in zip(made, found, strict=True):
        sample, series = part.sample, part.series
        frame = points(sample, periods, series, changes, options)
        if outcome is not None:
            frame = pd.concat([frame, outcome_points(sample, options)], axis=1)
        frames.append(frame)
        changed.append(changes_table(sample, periods, series, changes, options))
        tested.append(series_table(sample, periods, series, tests, changes))
    return {
        "periods": stacked(frames, made, at=len(PERIOD)),
        "changes": stacked(changed, made, at=0),
        "tests": stacked(tested, made, at=0),
    }


def _counts(
    analysis: Analysis,
    made: Sequence[Part],
    small: Mapping[str, int],
    periods: Periods,
    tables: Mapping[str, pd.DataFrame],
) -> dict[str, Any]:
    read = sum(part.sample.sums.read for part in made)
    groups = {part.label: int(part.sample.sums.read.sum()) for part in made if part.values}
    return {
        "n_verbatims": len(analysis),
        "n_read": int(np.sum(read)),
        "n_unassigned": sum(part.sample.n_unassigned for part in made),
        "groups": groups,
        "small": dict(small),
        "periods": dict(zip(periods.labels, np.asarray(read).tolist(), strict=True)),
        "n_tested": int(np.isfinite(tables["tests"]["p_value"]).sum()),
        "n_changes": len(tables["changes"]),
    }


def _meanings(has_outcome: bool) -> dict[str, dict[str, str]]:
    return {
        "periods": meanings((*PERIOD, *POINTS, *(OUTCOME_MEAN if has_outcome else ()))),
        "changes": meanings(CHANGES),
        "tests": meanings(TESTS),
    }
