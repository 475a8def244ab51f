"""Compare groups or periods: in net sentiment, in share, and in impact on an outcome."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.comparison.columns import DIFFERENCES, METHODS, REFERENCE, group_column
from verbatim.comparison.differences import (
    Differences,
    Sampling,
    net_differences,
    share_differences,
)
from verbatim.comparison.discovery import q_values
from verbatim.comparison.groups import (
    Baseline,
    Partition,
    by_period,
    partition,
    pool,
    read_baseline,
    references,
)
from verbatim.comparison.impacts import impact_differences
from verbatim.comparison.options import Options, check_small
from verbatim.comparison.periods import check_frequency, cut
from verbatim.comparison.result import Comparison
from verbatim.comparison.sample import Sample, n_read, provenance, take, with_dates
from verbatim.comparison.sums import Sums
from verbatim.drivers.columns import meanings, typed
from verbatim.drivers.groups import by_columns
from verbatim.errors import OptionError

Ints = NDArray[np.int64]


def compare(
    analysis: Analysis,
    by: str | Sequence[str],
    outcome: str | None = None,
    *,
    freq: str | None = None,
    baseline: object = None,
    small: str | None = None,
    weight: str | None = None,
    level: str = "driver",
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    fdr: float = 0.05,
    seed: int = 0,
) -> Comparison:
    """Say in which drivers groups or periods differ, how much, and how sure that is.

    A review is the unit of every figure and test: somebody who says the same thing three times has
    one voice. The order of the rows changes nothing.

    Parameters
    ----------
    analysis : Analysis
    by : str or sequence of str
        Columns of the verbatims; each combination of their values is a group, NA too. With `freq`
        one column of dates.
    outcome : str, optional
        Numeric column of the verbatims, such as stars: compare the impact of drivers on it too.
    freq : {"D", "W", "M", "Q", "Y"}, optional
        Group by day, week from Monday, month, quarter or year. Rows without a date are set aside
        and counted in ``meta``.
    baseline : value, tuple of values, or str, optional
        What each group is compared with: the group of this value (these values, where `by` names
        several columns), ``"rest"``, all other groups together, or ``"previous"``, the period with
        reviews before it. By default the rest or, with `freq`, the previous period.
    small : {"pool", "flag"}, optional
        Whether groups of fewer than `min_reviews` reviews become one group, ``(other)``, or stay as
        they are, marked as of low support. By default they are pooled, and periods flagged.
    weight : str, optional
        Column of weights of the reviews.
    level : {"driver", "subdriver", "theme"}
        What is compared.
    min_reviews : int
        Reviews below which a group is small, and a difference of low support.
    n_resamples : int
        Resamples behind the intervals of net sentiment, 100 to 100,000.
    confidence : float
        Share of the intervals that should hold the true difference, 0 to 1.
    fdr : float
        Share of false discoveries to be expected among those marked as significant, 0 to 1.
    seed : int
        Of the resampling; the p-values are not drawn.

    Returns
    -------
    Comparison

    Raises
    ------
    OptionError
        An option is out of its range, a column or the baseline isn't there, or the outcome isn't
        numeric.

    Notes
    -----
    Formulae stand in `verbatim.comparison.differences`, `verbatim.comparison.permutation`,
    `verbatim.comparison.impacts` and `verbatim.comparison.discovery`.

    Examples
    --------
    >>> import pandas as pd, verbatim
    >>> texts = ["Lovely staff", "Rude staff", "Friendly staff"] * 3
    >>> reviews = pd.DataFrame({"review": texts, "city": ["Rome", "Oslo", "Rome"] * 3})
    >>> analysis = verbatim.analyze(reviews, text="review", engine="lexicon")
    >>> compared = analysis.compare(by="city", min_reviews=3)
    >>> row = compared.row("staff", city="Oslo")
    >>> float(row["difference"]), round(float(row["p_value"]), 3), bool(row["significant"])
    (-200.0, 0.024, True)
    """
    options = Options(level, min_reviews, n_resamples, confidence, fdr, seed)
    names = _columns(by, outcome, freq)
    small = check_small(small, freq)
    kept, found, dating = _groups(analysis, names, freq)
    against = read_baseline(baseline, found, freq)
    if small == "pool":
        size = n_read(kept, found.groups, weight)
        found = pool(found, size, options.min_reviews, against)
    sample = take(kept, found.groups, options.level, weight, outcome)
    frame = _frame(sample, found, against, outcome is not None, options)
    asked = {
        "by": [*map(str, names)],
        "outcome": outcome,
        "freq": freq,
        "baseline": against.name,
        "baseline_kind": against.kind,
        "small": small,
    }
    meta = {
        **asked,
        "weight": weight,
        **asdict(options),
        **_counts(analysis, sample, found, frame),
        **dating,
        "columns": meanings((*REFERENCE, *DIFFERENCES)),
        "methods": METHODS,
        **provenance(analysis),
    }
    return Comparison({Comparison.main: frame}, meta)


def _columns(by: str | Sequence[str], outcome: str | None, freq: str | None) -> list[Hashable]:
    names = by_columns(by, outcome)
    if not names:
        raise OptionError(f"by={by!r} names no column; give one whose groups are to be compared")
    if freq is not None:
        check_frequency(freq)
        if len(names) > 1:
            raise OptionError(
                f"by={by!r} with freq={freq!r} names {len(names)} columns; give the column of "
                "dates alone, and filter the analysis by the others"
            )
    return names


def _groups(
    analysis: Analysis, names: Sequence[Hashable], freq: str | None
) -> tuple[Analysis, Partition, Mapping[str, Any]]:
    """Group the reviews; those without a date have no place among periods."""
    if freq is None:
        return analysis, partition(analysis, names), {}
    kept, dates, counted = with_dates(analysis, names[0])
    return kept, by_period(names[0], cut(dates.days, freq)), counted


def _frame(
    sample: Sample, found: Partition, baseline: Baseline, has_outcome: bool, options: Options
) -> pd.DataFrame:
    """One row per group, driver and measure; the drivers that most reviews mention first."""
    one, cells = sample.sums, sample.cells
    target, reference = references(found, one.read, baseline)
    other = one.rest() if target is None else one.take(target)
    measured = _measured(one, other, sample, has_outcome, options)
    order = np.argsort(-one.reviews.sum(axis=0), kind="stable")
    shape = (len(found.labels), len(order), len(measured))
    group, driver, measure = (index.ravel() for index in np.indices(shape))
    figures = {
        name: np.stack(values, axis=-1)[:, order].ravel()
        for name, values in _figures(measured, one, other, options).items()
    }
    figures["q_value"] = q_values(figures["p_value"])
    figures["significant"] = figures["q_value"] <= options.fdr
    figures["name"] = cells.drivers["name"].iloc[order[driver]].to_numpy()
    figures["measure"] = np.array(list(measured), dtype=object)[measure]
    groups = found.groups.values.rename(columns=group_column).iloc[group].reset_index(drop=True)
    against = typed(REFERENCE, {"reference": np.array(reference, dtype=object)[group]})
    drivers = cells.drivers.drop(columns="name").iloc[order[driver]].reset_index(drop=True)
    table: pd.DataFrame = pd.concat([groups, against, drivers, typed(DIFFERENCES, figures)], axis=1)
    return table


def _measured(
    one: Sums, other: Sums, sample: Sample, has_outcome: bool, options: Options
) -> dict[str, Differences]:
    sampling = Sampling(options.n_resamples, options.confidence, options.seed, sample.cells.keys())
    measured = {
        "net_sentiment": net_differences(one, other, sampling),
        "share": share_differences(one, other, sampling),
    }
    if has_outcome:
        measured["impact"] = impact_differences(one, other, options.confidence)
    return measured


def _figures(
    measured: Mapping[str, Differences], one: Sums, other: Sums, options: Options
) -> dict[str, list[NDArray[Any]]]:
    """Figures of each measure, all of shape (g, d)."""
    found = measured.values()
    sides = ((one, ""), (other, "reference_"))
    return {
        "value": [each.value for each in found],
        "reference_value": [each.reference for each in found],
        "difference": [each.difference for each in found],
        "low": [each.low for each in found],
        "high": [each.high for each in found],
        "p_value": [each.p for each in found],
        **{f"{of}n_reviews": [sums.mentioning(name) for name in measured] for sums, of in sides},
        **{f"{of}n_read": [sums.reading(name) for name in measured] for sums, of in sides},
        "low_support": [
            np.minimum(one.support(name), other.support(name)) < options.min_reviews
            for name in measured
        ],
    }


def _counts(
    analysis: Analysis, sample: Sample, found: Partition, frame: pd.DataFrame
) -> dict[str, Any]:
    read = sample.sums.read.tolist()
    return {
        "n_verbatims": len(analysis),
        "n_read": sum(read),
        "n_unassigned": sample.n_unassigned,
        "groups": dict(zip(found.labels, read, strict=True)),
        "pooled": dict(found.pooled),
        "n_tested": int(frame["p_value"].notna().sum()),
        "n_significant": int(frame["significant"].sum()),
    }
