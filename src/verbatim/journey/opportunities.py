"""Where a journey could be better: pains, unsolved problems, suggestions and requests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.journey.columns import OPPORTUNITIES, OPPORTUNITY_KINDS, STAKES
from verbatim.journey.options import JourneyOptions
from verbatim.journey.quotes import SPARE, choose, quote_columns, unlike
from verbatim.journey.sample import Bools, Floats, Ints, Opinions, Sample
from verbatim.journey.stakes import stakes
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
    row : int64 array of shape (m,)
        Row in the sentences.
    kind : int64 array of shape (m,)
        Index into `OPPORTUNITY_KINDS`.
    driver : int64 array of shape (m,)
        Row in the drivers, -1 for none.
    sure : float64 array of shape (m,)
    """

    row: Ints
    kind: Ints
    driver: Ints
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
    opinions: Opinions,
    outcome: Floats | None,
    options: JourneyOptions,
) -> pd.DataFrame:
    """One row per place, kind and driver, the most costly of a place first."""
    entries = _entries(sample, opinions)
    n_drivers = len(opinions.drivers) + 1
    where = np.full(len(sample.verbatim), -1)
    where[sample.drawn] = np.arange(len(sample.drawn))
    drawn = np.flatnonzero(where[entries.row] >= 0)
    at = where[entries.row[drawn]]
    place = np.concatenate([sample.placed.place[at], sample.placed.place[at + len(sample.drawn)]])
    both = np.concatenate([drawn, drawn])
    width = len(OPPORTUNITY_KINDS) * n_drivers
    key = place * width + entries.kind[both] * n_drivers + entries.driver[both] + 1
    verbatim = sample.verbatim[entries.row[both]]
    keys, code = np.unique(key, return_inverse=True)
    pair = np.unique(code * (len(sample.weights) + 1) + verbatim)
    column, review = pair // (len(sample.weights) + 1), pair % (len(sample.weights) + 1)
    n = np.bincount(column, minlength=len(keys))
    group = keys // width // (len(sample.stages) * sample.width)
    data: dict[str, object] = {
        "place": keys // width,
        "kind": np.array(OPPORTUNITY_KINDS, object)[keys % width // n_drivers],
        "code": keys % n_drivers - 1,
        "n_reviews": n,
        "share": np.minimum(
            sum_by(column, sample.weights[review], len(keys)) / sample.n_effective[group], 1
        ),
        "low_support": n < options.min_reviews,
        "key": keys,
    }
    if outcome is not None:
        data |= _stakes(sample, outcome, keys // width, column, review, options)
    rows = _ranked(pd.DataFrame(data))
    kept = np.isin(key, rows["key"].to_numpy())
    chosen = choose(sample, key[kept], entries.row[both][kept], entries.sure[both][kept], SPARE)
    said = unlike(rows["place"].tolist(), [chosen[one] for one in rows["key"].tolist()])
    return _table(sample, opinions.drivers, rows, said, outcome is not None)


def _entries(sample: Sample, opinions: Opinions) -> Entries:
    """Criticism by driver, and sentences that propose, ask or complain in vain, by theirs."""
    sentence, driver = opinions.sentence, opinions.driver
    is_negative = opinions.label == "negative"
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
        drivers = np.concatenate([driver[about], np.full(int(silent.sum()), -1)])
        parts.append((rows, OPPORTUNITY_KINDS.index(kind), drivers, np.ones(len(rows))))
    return Entries(
        row=np.concatenate([part[0] for part in parts]),
        kind=np.concatenate([np.full(len(part[0]), part[1]) for part in parts]),
        driver=np.concatenate([part[2] for part in parts]),
        sure=np.concatenate([part[3] for part in parts]),
    )


def _flagged(sample: Sample, kind: str) -> Bools:
    head, value = HEADS[kind]
    if head == "intent":
        return sample.sentences[f"intent_{value}"].to_numpy(dtype=bool)
    return (sample.sentences[head] == value).fillna(False).to_numpy(dtype=bool)


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
    drivers: pd.DataFrame,
    rows: pd.DataFrame,
    said: list[int],
    has_outcome: bool,
) -> pd.DataFrame:
    code = rows["code"].to_numpy(dtype=np.int64)
    keys = np.array([*drivers["driver"], None], object)
    names = np.array([*drivers["name"], NOTHING], object)
    columns = (*OPPORTUNITIES, *(STAKES if has_outcome else ()))
    data = {
        **{str(name): rows[name] for name in rows},
        "driver": keys[code],
        "name": names[code],
        **quote_columns(sample, said),
    }
    labels = sample.labels(rows["place"].to_numpy(dtype=np.int64))
    return pd.concat([labels, typed(columns, data)], axis=1)
