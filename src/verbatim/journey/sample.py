"""Place the sentences of an analysis on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.cells import lay_out
from verbatim.grouping import Groups
from verbatim.journey.steps import OTHER, Step
from verbatim.labels import EMOTIONS
from verbatim.reliability import is_told_reliably
from verbatim.schema import ID
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import in_units

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SENTENCE = (
    *(ID, "sentence", "start", "end", "label", "stage", "touchpoint", "resolution"),
    *("intent_suggestion", "intent_request"),
    *(f"emotion_{name}" for name in EMOTIONS),
)
"""Columns of the sentences that a journey reads."""

NOWHERE, UNRELIABLE = -1, -2
"""Step of a sentence that has none, and of one whose value isn't told reliably."""


@dataclass(frozen=True)
class Sample:
    """The sentences of reviews that count, and where each stands.

    A *place* is a whole stage or one of its cells: the whole stage first, then a cell per
    touchpoint, the last of which is `OTHER`; so for every stage of every group.

    Attributes
    ----------
    analysis : Analysis
    groups : Groups
    stages, touchpoints : tuple of Step
    weights : float64 array of shape (n_verbatims,)
        In units of their group; 0 for reviews that don't count.
    verbatim : int64 array of shape (n_sentences,)
        Row in the verbatims of each sentence; -1 if it isn't there or doesn't count.
    stage, touchpoint : int64 arrays of shape (n_sentences,)
        Number of the step, `NOWHERE` or `UNRELIABLE`.
    texts : object array of shape (n_sentences,)
    sentences : DataFrame
        Columns `SENTENCE`.
    """

    analysis: Analysis
    groups: Groups
    stages: tuple[Step, ...]
    touchpoints: tuple[Step, ...]
    weights: Floats
    verbatim: Ints
    stage: Ints
    touchpoint: Ints
    texts: NDArray[np.object_]
    sentences: pd.DataFrame

    @property
    def width(self) -> int:
        """Places per stage."""
        return len(self.touchpoints) + 2

    @property
    def n_places(self) -> int:
        """Places of all groups."""
        return len(self.groups.values) * len(self.stages) * self.width

    @property
    def n_read(self) -> Ints:
        """Reviews of each group that count."""
        read = self.groups.of_row[self.weights > 0]
        return np.bincount(read, minlength=len(self.groups.values)).astype(np.int64)

    @property
    def n_effective(self) -> Floats:
        """Effective number of reviews of each group: the sum of their weights."""
        order = np.argsort(self.weights, kind="stable")
        size = len(self.groups.values)
        sums = np.bincount(self.groups.of_row[order], self.weights[order], minlength=size)
        return sums.astype(np.float64)

    @cached_property
    def tie(self) -> NDArray[np.uint64]:
        """Number of each sentence's review that the order of the rows can't change."""
        return np.asarray(pd.util.hash_pandas_object(self.sentences[ID], index=False))

    @cached_property
    def drawn(self) -> Ints:
        """Rows of the sentences that stand somewhere on the map."""
        return np.flatnonzero((self.verbatim >= 0) & (self.stage >= 0))

    @cached_property
    def placed(self) -> Placed:
        """Each sentence drawn in its stage, and again in its cell."""
        rows = self.drawn
        group = self.groups.of_row[self.verbatim[rows]]
        stage = (group * len(self.stages) + self.stage[rows]) * self.width
        step = self.touchpoint[rows]
        cell = stage + 1 + np.where(step >= 0, step, len(self.touchpoints))
        both = np.concatenate([rows, rows])
        return Placed(np.concatenate([stage, cell]), both, self.verbatim[both])

    def labels(self, places: Ints) -> pd.DataFrame:
        """Columns that say which group, stage and touchpoint each place is; a stage has NA."""
        stage = places // self.width
        group = self.groups.values.iloc[stage // len(self.stages)].reset_index(drop=True)
        names = np.array([step.name for step in self.stages], object)
        cells = np.array([None, *(step.name for step in self.touchpoints), OTHER], object)
        columns = {
            "stage": names[stage % len(self.stages)],
            "touchpoint": cells[places % self.width],
        }
        return pd.concat([group, pd.DataFrame(columns, dtype="str")], axis=1)

    def keys(self, places: Ints) -> list[tuple[str, ...]]:
        """What the random numbers of each place depend on."""
        rows = self.labels(places)
        return [tuple(map(str, row)) for row in rows.itertuples(index=False, name=None)]


@dataclass(frozen=True, slots=True)
class Placed:
    """Sentences by place; a sentence stands in several.

    Attributes
    ----------
    place, row, verbatim : int64 arrays of shape (p,)
        Place, row in the sentences, row in the verbatims.
    """

    place: Ints
    row: Ints
    verbatim: Ints

    def take(self, kept: Bools | Ints) -> Placed:
        """Some of them."""
        return Placed(self.place[kept], self.row[kept], self.verbatim[kept])


def take(
    analysis: Analysis,
    groups: Groups,
    stages: Sequence[Step],
    touchpoints: Sequence[Step],
    weight: str | None,
) -> Sample:
    """Place every sentence."""
    weights = in_units(review_weights(analysis, weight), groups.of_row, len(groups.values))
    sentences = analysis.select("sentences", SENTENCE)
    verbatim = _rows_of(analysis, sentences[ID])
    counts = (verbatim >= 0) & (weights[verbatim] > 0) if len(verbatim) else verbatim >= 0
    verbatim = np.where(counts, verbatim, -1)
    texts = _texts(analysis, sentences, verbatim)
    return Sample(
        analysis=analysis,
        groups=groups,
        stages=tuple(stages),
        touchpoints=tuple(touchpoints),
        weights=weights,
        verbatim=verbatim,
        stage=_steps_of("stage", stages, sentences["stage"], texts, analysis.meta),
        touchpoint=_steps_of(
            "touchpoint", touchpoints, sentences["touchpoint"], texts, analysis.meta
        ),
        texts=texts,
        sentences=sentences,
    )


@dataclass(frozen=True, slots=True)
class Opinions:
    """The m opinions of reviews that count.

    Attributes
    ----------
    drivers : DataFrame
        Columns driver and name; one row per driver.
    driver, sentence : int64 arrays of shape (m,)
        Row in `drivers`, row in the sentences.
    label : object array of shape (m,)
    confidence : float64 array of shape (m,)
    """

    drivers: pd.DataFrame
    driver: Ints
    sentence: Ints
    label: NDArray[np.object_]
    confidence: Floats


def opinions_of(sample: Sample) -> Opinions:
    """Find the driver and the sentence of each opinion; those without either are left out."""
    analysis = sample.analysis
    drivers = lay_out(analysis, sample.groups, "driver").drivers
    columns = (ID, "sentence", "driver", "label", "confidence")
    table = analysis.select("opinions", columns)
    driver = pd.Index(drivers["driver"]).get_indexer(table["driver"]).astype(np.int64)
    number = sample.sentences["sentence"].to_numpy()
    width = int(max(number.max(initial=0), table["sentence"].max() if len(table) else 0)) + 1
    key = _rows_of(analysis, table[ID]) * width + table["sentence"].to_numpy()
    counts = sample.verbatim >= 0
    known = pd.Index(
        np.where(counts, sample.verbatim * width + number, -1 - np.arange(len(number)))
    )
    sentence = known.get_indexer(pd.Index(key)).astype(np.int64)
    kept = (driver >= 0) & (sentence >= 0)
    return Opinions(
        drivers,
        driver[kept],
        sentence[kept],
        table["label"].to_numpy(dtype=object)[kept],
        table["confidence"].to_numpy(np.float64)[kept],
    )


def _rows_of(analysis: Analysis, ids: pd.Series[Any]) -> Ints:
    """Row in the verbatims of each id."""
    known = pd.Index(analysis.select("verbatims", [ID])[ID])
    return np.asarray(known.get_indexer(pd.Index(ids)), dtype=np.int64)


def _texts(analysis: Analysis, sentences: pd.DataFrame, verbatim: Ints) -> NDArray[np.object_]:
    whole = analysis.select("verbatims", ["text"])["text"].to_numpy(dtype=object)
    starts, ends = (sentences[name].tolist() for name in ("start", "end"))
    texts = np.full(len(verbatim), "", dtype=object)
    for i, (row, start, end) in enumerate(zip(verbatim.tolist(), starts, ends, strict=True)):
        if row >= 0:
            texts[i] = whole[row][start:end]
    return texts


def _steps_of(
    head: str,
    steps: Sequence[Step],
    values: pd.Series[Any],
    texts: NDArray[np.object_],
    meta: Mapping[str, Any],
) -> Ints:
    """Step of each sentence: the first whose phrase it holds, else that of the engine's value."""
    found = np.full(len(values), NOWHERE, dtype=np.int64)
    for number, step in enumerate(steps):
        told = number if is_told_reliably(meta, head, step.values) else UNRELIABLE
        found[values.isin(step.values).to_numpy(dtype=bool)] = told
    for number, step in reversed(list(enumerate(steps))):
        if (pattern := step.pattern) is not None:
            holds = np.fromiter((pattern.search(text) is not None for text in texts), bool)
            found[holds] = number
    return found
