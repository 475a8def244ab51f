"""Where a journey could be better: pains, unsolved problems, suggestions and requests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.journey.columns import OPPORTUNITIES, OPPORTUNITY_KINDS, STAKES
from verbatim.journey.options import JourneyOptions
from verbatim.journey.quotes import SPARE, choose, quote_columns, unlike
from verbatim.journey.sample import Bools, Floats, Ints, Numbers, Sample
from verbatim.journey.stakes import stakes
from verbatim.labels import SENTIMENT_LABELS
from verbatim.reliability import is_told_reliably
from verbatim.weights.effective import sum_by

HEADS = {
    "unsolved": ("resolution", "unsolved"),
    "suggestion": ("intent", "suggestion"),
    "request": ("intent", "request"),
}
"""Head and value of the engine behind each kind; pains rest on opinions."""

NOTHING = "In general"
"""Name of what no driver is judged by."""

MOST = 10
"""Opportunities of a place."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Sentences that hold an opportunity.

    Attributes
    ----------
    row : int array of shape (m,)
        Row in the sentences drawn.
    kind : int64 array of shape (m,)
        Index into `OPPORTUNITY_KINDS`.
    driver : int64 array of shape (m,)
        Row in the drivers, -1 for none.
    sure : float64 array of shape (m,)
    """

    row: Numbers
    kind: Numbers
    driver: Numbers
    sure: Floats


def kinds_told(sample: Sample) -> list[str]:
    """Kinds that the engine tells reliably."""
    meta = sample.analysis.meta
    return [
        kind
        for kind in OPPORTUNITY_KINDS
        if kind not in HEADS or is_told_reliably(meta, HEADS[kind][0], [HEADS[kind][1]])
    ]


def opportunities_table(
    sample: Sample,
    outcome: Floats | None,
    options: JourneyOptions,
) -> pd.DataFrame:
    """One row per place, kind and driver, the most costly of a place first."""
    entries = _entries(sample)
    n_drivers = len(sample.drivers) + 1
    width = len(OPPORTUNITY_KINDS) * n_drivers
    about = entries.kind.astype(np.int64) * n_drivers + entries.driver + 1
    key = sample.places(entries.row) * width + np.tile(about, 2)
    verbatim = np.tile(sample.sentences.verbatim[entries.row], 2)
    keys, code = np.unique(key, return_inverse=True)
    pair = np.unique(code * (len(sample.weights) + 1) + verbatim)
    column, review = pair // (len(sample.weights) + 1), pair % (len(sample.weights) + 1)
    n = np.bincount(column, minlength=len(keys))
    weight = sample.weights[review]
    mass, square = (sum_by(column, each, len(keys)) for each in (weight, weight**2))
    group = keys // width // (len(sample.stages) * sample.width)
    data: dict[str, object] = {
        "place": keys // width,
        "kind": np.array(OPPORTUNITY_KINDS, object)[keys % width // n_drivers],
        "code": keys % n_drivers - 1,
        "n_reviews": n,
        "share": np.minimum(mass / sample.n_effective[group], 1),
        "low_support": (mass**2 / square).round(9) < options.min_reviews,
        "key": keys,
    }
    if outcome is not None:
        data |= _stakes(sample, outcome, keys // width, column, review, options)
    rows = _ranked(pd.DataFrame(data))
    kept = np.flatnonzero(np.isin(key, rows["key"].to_numpy()))
    which = kept % max(len(entries.row), 1)
    chosen = choose(sample, [(key[kept], entries.row[which], entries.sure[which])], SPARE)
    said = unlike(rows["place"].tolist(), [chosen[one] for one in rows["key"].tolist()])
    return _table(sample, rows, said, outcome is not None)


def _entries(sample: Sample) -> Entries:
    """Criticism by driver, and sentences that propose, ask or complain in vain, by theirs."""
    opinions = sample.opinions
    sentence, driver = opinions.row, opinions.driver
    is_negative = opinions.label == SENTIMENT_LABELS.index("negative")
    parts = [(sentence[is_negative], 0, driver[is_negative], opinions.confidence[is_negative])]
    for kind in kinds_told(sample)[1:]:
        flagged = _flagged(sample, kind)
        about = flagged[sentence]
        # A sentence is about what it criticises, or about all that it judges if that is nothing.
        criticises = np.zeros(len(flagged), dtype=bool)
        criticises[sentence[is_negative]] = True
        about &= is_negative | ~criticises[sentence]
        silent = flagged.copy()
        silent[sentence] = False
        rows = np.concatenate([sentence[about], np.flatnonzero(silent)])
        drivers = np.concatenate([driver[about], np.full(int(silent.sum()), -1, np.int16)])
        parts.append((rows, OPPORTUNITY_KINDS.index(kind), drivers, np.ones(len(rows))))
    return Entries(
        row=np.concatenate([part[0] for part in parts]),
        kind=np.concatenate([np.full(len(part[0]), part[1], np.int8) for part in parts]),
        driver=np.concatenate([part[2] for part in parts]),
        sure=np.concatenate([part[3] for part in parts]),
    )


def _flagged(sample: Sample, kind: str) -> Bools:
    flagged: Bools = getattr(sample.sentences, kind)
    return flagged


def _stakes(
    sample: Sample,
    outcome: Floats,
    place: Ints,
    column: Ints,
    review: Ints,
    options: JourneyOptions,
) -> dict[str, object]:
    """Points of all opportunities, from one regression per group and level."""
    gain = outcome if options.higher_is_better else -outcome
    figures = {
        name: np.full(len(place), np.nan) for name in ("points", "points_low", "points_high")
    }
    n = np.zeros(len(place), dtype=np.int64)
    group = place // (len(sample.stages) * sample.width)
    level = 2 * group + (place % sample.width > 0)
    for one in np.unique(level).tolist():
        rows = np.flatnonzero(level == one)
        inside = level[column] == one
        weights = np.where(sample.groups.of_row == one // 2, sample.weights, 0)
        found = stakes(
            gain,
            weights,
            review[inside],
            np.searchsorted(rows, column[inside]),
            len(rows),
            options.confidence,
        )
        n[rows] = found.n
        for name, values in zip(figures, (found.points, found.low, found.high), strict=True):
            figures[name][rows] = values
    return {"outcome_n": n, **figures}


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """The first of each place: by points, those without behind, then by reviews."""
    points = rows["points"].fillna(-np.inf) if "points" in rows else pd.Series(0.0, rows.index)
    order = np.lexsort((rows["key"], -rows["n_reviews"], -points.round(9), rows["place"]))
    ranked = rows.iloc[order]
    rank = ranked.groupby("place").cumcount() + 1
    return ranked.assign(rank=rank)[rank <= MOST].reset_index(drop=True)


def _table(
    sample: Sample,
    rows: pd.DataFrame,
    said: list[int],
    has_outcome: bool,
) -> pd.DataFrame:
    code = rows["code"].to_numpy(dtype=np.int64)
    keys = np.array([*sample.drivers["driver"], None], object)
    names = np.array([*sample.drivers["name"], NOTHING], object)
    columns = (*OPPORTUNITIES, *(STAKES if has_outcome else ()))
    data = {
        **{str(name): rows[name] for name in rows},
        "driver": keys[code],
        "name": names[code],
        **quote_columns(sample, said),
    }
    labels = sample.labels(rows["place"].to_numpy(dtype=np.int64))
    return pd.concat([labels, typed(columns, data)], axis=1)
