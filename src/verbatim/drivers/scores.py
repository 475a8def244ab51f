"""Score the drivers of an analysis."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim import __version__
from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator, net_interval, wilson
from verbatim.drivers.cells import Cells, Ints, lay_out, place
from verbatim.drivers.columns import EMOTION_MIX, IMPACT, OUTCOME, QUOTES, SCORES, meanings, typed
from verbatim.drivers.counts import emotion_counts, mentions, tallies
from verbatim.drivers.effects import choose_method, impact_columns
from verbatim.drivers.evidence import quotes
from verbatim.drivers.groups import by_columns, group
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import outcome_columns, read_outcome
from verbatim.drivers.result import DriverScores
from verbatim.labels import EMOTIONS
from verbatim.schema import SCHEMA_VERSION


def score_drivers(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    *,
    level: str = "driver",
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
    n_quotes: int = 3,
    importance_method: str = "auto",
    higher_is_better: bool = True,
) -> DriverScores:
    """Score how often each driver is mentioned, how people feel about it, and how sure that is.

    Everything counts reviews, the verbatims that were read, not opinions: somebody who says the
    same thing three times has one voice. The order of the rows changes nothing.

    Parameters
    ----------
    analysis : Analysis
    by : str or sequence of str, optional
        Columns of the verbatims; each combination of their values is scored by itself, NA too.
    outcome : str, optional
        Numeric column of the verbatims, such as stars: compare the mean of the reviews that
        mention a driver with that of those that don't, and say what each driver does to it.
    level : {"driver", "subdriver"}
        What a row is. Drivers of the taxonomy that nobody mentions have a row of their own,
        sub-drivers don't.
    min_reviews : int
        Rows with fewer reviews are marked as of low support.
    n_resamples : int
        Resamples behind the intervals, 100 to 100,000.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    seed : int
        Of the resampling.
    n_quotes : int
        Quotes per driver and side; 0 for none.
    importance_method : {"auto", "lmg", "johnson"}
        Shapley values, exact and for at most 15 drivers, or Johnson's relative weights; by default
        Shapley values up to 12 drivers. ``meta`` names the one used.
    higher_is_better : bool
        Whether a higher outcome is better; give False for a rate of complaints or of churn.

    Returns
    -------
    DriverScores

    Raises
    ------
    OptionError
        An option is out of its range, a column isn't there, the outcome isn't numeric, or Shapley
        values are asked for of too many drivers.

    Notes
    -----
    Net sentiment is 100 (P - N) / n, where P of the n reviews that mention the driver have positive
    and no negative opinions of it, and N negative and no positive ones; a review with both is mixed
    and counts 0, as a neutral one does. How the intervals are made stands in
    `verbatim.drivers.bootstrap`; what a driver does to the outcome in `verbatim.drivers.impact`.

    Examples
    --------
    >>> import pandas as pd, verbatim
    >>> reviews = pd.DataFrame({"review": ["Lovely staff", "Dirty room"], "stars": [5, 2]})
    >>> analysis = verbatim.analyze(reviews, text="review", engine="lexicon")
    >>> staff = analysis.drivers(outcome="stars").driver("staff")
    >>> float(staff["share"]), float(staff["net_sentiment"]), float(staff["outcome_gap"])
    (0.5, 100.0, 3.0)
    """
    options = ScoreOptions(
        level,
        min_reviews,
        n_resamples,
        confidence,
        seed,
        n_quotes,
        importance_method,
        higher_is_better,
    )
    names = by_columns(by, outcome)
    values = None if outcome is None else read_outcome(analysis, outcome)
    cells = lay_out(analysis, group(analysis, names), options.level)
    opinions, n_unassigned = place(analysis, cells)
    found = mentions(opinions, len(cells))
    counts = tallies(found, len(cells))
    emotions = emotion_counts(opinions, analysis.sentences)
    columns = [cells.labels(np.arange(len(cells))), _scores(counts, emotions, cells, options)]
    if values is not None:
        options = replace(options, importance_method=choose_method(values, found, cells, options))
        columns.append(outcome_columns(values, found, cells, options))
        columns.append(impact_columns(values, found, cells, options))
    order = _order(counts["n_reviews"].to_numpy(), cells)
    tables = {
        "drivers": pd.concat(columns, axis=1).iloc[order].reset_index(drop=True),
        "emotions": _emotion_mix(emotions, counts, cells, order),
        "quotes": quotes(analysis, opinions, cells, order, options.n_quotes),
    }
    counted = {
        "n_verbatims": len(analysis),
        "n_read": int(cells.read.sum()),
        "n_unassigned": n_unassigned,
    }
    return DriverScores(tables, {**counted, **_provenance(analysis, names, outcome, options)})


def _scores(
    counts: pd.DataFrame, emotions: pd.DataFrame, cells: Cells, options: ScoreOptions
) -> pd.DataFrame:
    """Columns `SCORES`, one row per cell."""
    every = np.arange(len(cells))
    n = counts["n_reviews"]
    mentioned = n.where(n > 0)
    n_read = cells.n_read[cells.group_of(every)]
    share_low, share_high = wilson(n, n_read, options.confidence)
    net_low, net_high = _net_intervals(counts, cells, options)
    top = emotions.drop_duplicates("cell").set_index("cell").reindex(every)
    figures = {
        "name": cells.drivers["name"].iloc[cells.driver_of(every)].to_numpy(),
        "n_read": n_read,
        "share": n / np.where(n_read > 0, n_read, np.nan),
        "share_low": share_low,
        "share_high": share_high,
        "net_sentiment": 100 * ((counts["positive"] - counts["negative"]) / mentioned),
        "net_low": net_low,
        "net_high": net_high,
        "emotion": top["emotion"].map(dict(enumerate(EMOTIONS))),
        "emotion_share": top["n_reviews"] / mentioned,
        "low_support": n < options.min_reviews,
    }
    return typed(SCORES, {**{str(name): counts[name] for name in counts}, **figures})


def _net_intervals(
    counts: pd.DataFrame, cells: Cells, options: ScoreOptions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    sides = np.column_stack(
        [counts["positive"], counts["negative"], counts["neutral"] + counts["mixed"]]
    )
    ends = np.full((len(cells), 2), np.nan)
    keys = cells.keys()
    known: dict[tuple[int, ...], tuple[float, float]] = {}
    for cell in np.flatnonzero(sides.sum(axis=1)):
        driver = int(cell) % len(keys)
        key = (driver, *sides[cell].tolist())
        # Groups with the same counts have the same interval, so it is drawn once.
        if key not in known:
            random = generator(options.seed, "net", *keys[driver])
            known[key] = net_interval(sides[cell], options.n_resamples, options.confidence, random)
        ends[cell] = known[key]
    return ends[:, 0], ends[:, 1]


def _order(n_reviews: Ints, cells: Cells) -> Ints:
    """Order of the rows: by group, falling share, and name (the drivers are sorted by it)."""
    every = np.arange(len(cells))
    return np.lexsort((every, -n_reviews, cells.group_of(every)))


def _emotion_mix(
    emotions: pd.DataFrame, counts: pd.DataFrame, cells: Cells, order: Ints
) -> pd.DataFrame:
    place = np.argsort(order)
    rows = emotions.iloc[np.argsort(place[emotions["cell"].to_numpy()], kind="stable")]
    cell = rows["cell"].to_numpy()
    figures = {
        "emotion": [EMOTIONS[code] for code in rows["emotion"]],
        "n_reviews": rows["n_reviews"].to_numpy(),
        "share": rows["n_reviews"].to_numpy() / counts["n_reviews"].to_numpy()[cell],
        "intensity": rows["intensity"].to_numpy(),
    }
    return pd.concat([cells.labels(cell), typed(EMOTION_MIX, figures)], axis=1)


def _provenance(
    analysis: Analysis, by: Sequence[Hashable], outcome: str | None, options: ScoreOptions
) -> dict[str, Any]:
    columns = (*SCORES, *OUTCOME, *IMPACT) if outcome is not None else SCORES
    return {
        "by": [str(name) for name in by],
        "outcome": outcome,
        **asdict(options),
        "columns": {
            "drivers": meanings(columns),
            "emotions": meanings(EMOTION_MIX),
            "quotes": meanings(QUOTES),
        },
        "engine": analysis.meta["engine"],
        "taxonomy": analysis.meta["taxonomy"]["name"],
        "versions": {
            "verbatim": __version__,
            "schema": SCHEMA_VERSION,
            "numpy": np.__version__,
            "pandas": pd.__version__,
        },
    }
