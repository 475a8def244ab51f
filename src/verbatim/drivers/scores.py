"""Score the drivers of an analysis."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd

from verbatim import __version__
from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator, net_interval, wilson
from verbatim.drivers.cells import Cells, Ints, lay_out, place
from verbatim.drivers.columns import EMOTION_MIX, IMPACT, OUTCOME, QUOTES, SCORES, meanings, typed
from verbatim.drivers.counts import (
    Floats,
    Masses,
    Mentions,
    emotion_counts,
    feelings,
    masses,
    mentions,
    tallies,
    together,
)
from verbatim.drivers.effects import choose_method, impact_columns
from verbatim.drivers.evidence import MAX_CANDIDATES, candidates, quotes, surest
from verbatim.drivers.groups import by_columns, group
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import outcome_columns, read_outcome
from verbatim.drivers.result import DriverScores
from verbatim.labels import EMOTIONS
from verbatim.schema import SCHEMA_VERSION
from verbatim.weights.bias import warn_of_bias
from verbatim.weights.columns import review_weights, was_read
from verbatim.weights.effective import effective_number


def score_drivers(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    *,
    weight: str | None = None,
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
    weight : str, optional
        Column of the verbatims with the weight of each: finite numbers of at least 0, of any scale.
        A review of weight 0 doesn't count. All shares, means and effects are weighted; whole
        numbers as weights give what so many copies of each review would, with wider intervals.
    level : {"driver", "subdriver", "theme"}
        What a row is. Drivers of the taxonomy that nobody mentions have a row of their own,
        sub-drivers and themes don't. Themes are those that `Themes.tag` put there.
    min_reviews : int
        Rows with fewer (effective) reviews are marked as of low support.
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
        An option is out of its range, a column isn't there, the outcome isn't numeric, a weight is
        negative or missing, or Shapley values are asked for of too many drivers.

    Warns
    -----
    BiasWarning
        The outcome is J-shaped, so its mean is likely to be off (see `verbatim.weights.bias`). The
        same stands in ``meta["warnings"]``; no figure is changed.

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
    weights = review_weights(analysis, weight)
    cells = lay_out(analysis, group(analysis, names), options.level, weights)
    found, felt, pool, n_unassigned = _gathered(analysis, cells, options.n_quotes)
    counts = tallies(found, cells.weights, len(cells))
    held = masses(found, cells.weights, len(cells))
    emotions = emotion_counts(felt, cells.weights)
    scores = _scores(counts, held, emotions, cells, options)
    columns = [cells.labels(np.arange(len(cells))), scores]
    if values is not None:
        options = replace(options, importance_method=choose_method(values, found, cells, options))
        columns.append(outcome_columns(values, found, cells, options))
        columns.append(impact_columns(values, found, cells, options))
    order = _order(held.reviews, cells)
    tables = {
        "drivers": pd.concat(columns, axis=1).iloc[order].reset_index(drop=True),
        "emotions": _emotion_mix(emotions, held, cells, order),
        "quotes": quotes(pool, cells, order, options.n_quotes),
    }
    counted = {
        "n_verbatims": len(analysis),
        "n_read": int(cells.read.sum()),
        "n_unassigned": n_unassigned,
        "weight": None if weight is None else str(weight),
        "n_zero_weight": int(was_read(analysis).sum() - cells.read.sum()),
        "n_effective": effective_number(weights),
        "warnings": warn_of_bias(analysis, outcome, values, weight, weights),
    }
    return DriverScores(tables, {**counted, **_provenance(analysis, names, outcome, options)})


def _gathered(
    analysis: Analysis, cells: Cells, n_quotes: int
) -> tuple[Mentions, pd.DataFrame, pd.DataFrame, int]:
    """Mentions, feelings, candidates for quotes, and the number of opinions without a driver."""
    said: list[tuple[Mentions, pd.DataFrame, int]] = []
    pool: list[pd.DataFrame] = []
    most = MAX_CANDIDATES if n_quotes else 0
    for opinions in place(analysis, cells):
        one = mentions(opinions, len(cells))
        said.append((one, feelings(opinions), opinions.n_unassigned))
        pool = [surest([*pool, candidates(opinions, most)], most)]
    found = together([one for one, _, _ in said])
    felt = pd.concat([one for _, one, _ in said], ignore_index=True)
    return found, felt, pool[0], sum(n for _, _, n in said)


def _scores(
    counts: pd.DataFrame,
    held: Masses,
    emotions: pd.DataFrame,
    cells: Cells,
    options: ScoreOptions,
) -> pd.DataFrame:
    """Columns `SCORES`, one row per cell."""
    every = np.arange(len(cells))
    group = cells.group_of(every)
    mentioned = np.where(held.reviews > 0, held.reviews, np.nan)
    total = cells.n_effective[group]
    reviews = np.minimum(held.reviews, total)  # rounding must not make a share above 1
    share_low, share_high = wilson(reviews, total, options.confidence)
    net_low, net_high = _net_intervals(held, cells, options)
    top = emotions.drop_duplicates("cell").set_index("cell").reindex(every)
    figures = {
        "name": cells.drivers["name"].iloc[cells.driver_of(every)].to_numpy(),
        "n_read": cells.n_read[group],
        "share": reviews / np.where(total > 0, total, np.nan),
        "share_low": share_low,
        "share_high": share_high,
        "net_sentiment": 100 * held.net,
        "net_low": net_low,
        "net_high": net_high,
        "emotion": top["emotion"].map(dict(enumerate(EMOTIONS))),
        "emotion_share": np.minimum(top["mass"] / mentioned, 1),
        "n_effective": held.n_effective,
        "low_support": held.n_effective.round(9) < options.min_reviews,
    }
    return typed(SCORES, {**{str(name): counts[name] for name in counts}, **figures})


def _net_intervals(held: Masses, cells: Cells, options: ScoreOptions) -> tuple[Floats, Floats]:
    ends = np.full((len(cells), 2), np.nan)
    keys = cells.keys()
    known: dict[tuple[float, ...], tuple[float, float]] = {}
    for cell in np.flatnonzero(held.reviews):
        driver = int(cell) % len(keys)
        sides, squares = held.sides[cell], held.squares[cell]
        key = (driver, *sides.tolist(), *squares.tolist())
        # Groups with the same counts have the same interval, so it is drawn once.
        if key not in known:
            random = generator(options.seed, "net", *keys[driver])
            known[key] = net_interval(
                sides, options.n_resamples, options.confidence, random, squares
            )
        ends[cell] = known[key]
    return ends[:, 0], ends[:, 1]


def _order(reviews: Floats, cells: Cells) -> Ints:
    """Order of the rows: by group, falling share, and name (the drivers are sorted by it)."""
    every = np.arange(len(cells))
    # Rounding must not decide between drivers of equal share.
    return np.lexsort((every, -reviews.round(9), cells.group_of(every)))


def _emotion_mix(emotions: pd.DataFrame, held: Masses, cells: Cells, order: Ints) -> pd.DataFrame:
    place = np.argsort(order)
    rows = emotions.iloc[np.argsort(place[emotions["cell"].to_numpy()], kind="stable")]
    cell = rows["cell"].to_numpy()
    figures = {
        "emotion": [EMOTIONS[code] for code in rows["emotion"]],
        "n_reviews": rows["n_reviews"].to_numpy(),
        "share": np.minimum(rows["mass"].to_numpy() / held.reviews[cell], 1),
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
