"""The sentences of a journey, where each stands on the map, and what it says: arrays alone.

Texts are not held; `Sample.texts` reads those that are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.grouping import Groups
from verbatim.journey.activities import Activity
from verbatim.journey.steps import OTHER, Step

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.integer[Any]]
"""Whole numbers of any width: what there is one of per sentence is held in few bytes."""

NOWHERE, UNRELIABLE = -1, -2
"""Step of a sentence that has none, and of one whose value isn't told reliably."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The n sentences drawn: those of reviews that count that stand at a stage of the map.

    Attributes
    ----------
    verbatim, number : int32 arrays of shape (n,)
        Row in the verbatims, and number in its verbatim.
    start, end : int32 arrays of shape (n,)
        Where its text stands in that of its verbatim.
    label : int8 array of shape (n,)
        Index into `verbatim.labels.SENTIMENT_LABELS`.
    suggestion, request, unsolved : bool arrays of shape (n,)
    at_stage, at_cell : int32 arrays of shape (n,)
        Its pair of a place and a review, for the stage and for the cell.
    """

    verbatim: Numbers
    number: Numbers
    start: Numbers
    end: Numbers
    label: Numbers
    suggestion: Bools
    request: Bools
    unsolved: Bools
    at_stage: Numbers
    at_cell: Numbers

    def __len__(self) -> int:
        return len(self.verbatim)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair of a place and a review that is there; int64 arrays of shape (p,)."""

    place: Ints
    verbatim: Ints

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class Felt:
    """Emotions of the sentences drawn: the row of each, index into `EMOTIONS`, intensity."""

    row: Numbers
    emotion: Numbers
    level: Numbers


@dataclass(frozen=True, slots=True)
class Opinions:
    """The m opinions in sentences drawn.

    Attributes
    ----------
    driver, row : int16 and int32 arrays of shape (m,)
        Row in the drivers, row of the sentence.
    label : int8 array of shape (m,)
        Index into `verbatim.labels.SENTIMENT_LABELS`.
    confidence : float64 array of shape (m,)
    """

    driver: Numbers
    row: Numbers
    label: Numbers
    confidence: Floats


@dataclass(frozen=True, slots=True)
class Told:
    """Mentions of activities: the row of the sentence, and index into `Sample.activities`."""

    row: Numbers
    activity: Numbers


@dataclass(frozen=True, slots=True)
class Ties:
    """A number of each verbatim that the order of the rows can't change, uint64."""

    of_row: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Tally:
    """Sentences of reviews that count, drawn or not; int64 arrays.

    Attributes
    ----------
    stage, touchpoint : arrays of shape (n_steps,)
        Sentences that the engine or a phrase gives each step.
    emotion : array of shape (n_emotions,)
    reach : array of shape (4,)
        All; at a step, `NOWHERE`, and `UNRELIABLE`.
    told : array of shape (1,)
        Sentences of any review with a stage of the engine.
    """

    stage: Ints
    touchpoint: Ints
    emotion: Ints
    reach: Ints
    told: Ints


@dataclass(frozen=True, slots=True)
class Sample:
    """What a journey is made of.

    A *place* is a whole stage or one of its cells: the whole stage first, then a cell per
    touchpoint, the last of which is `OTHER`; so for every stage of every group.

    Attributes
    ----------
    analysis : Analysis
    groups : Groups
    stages, touchpoints : tuple of Step
    weights : float64 array of shape (n_verbatims,)
        In units of their group; 0 for reviews that don't count.
    drivers : DataFrame
        Columns driver and name; one row per driver.
    activities : tuple of Activity
        Different ones.
    """

    analysis: Analysis
    groups: Groups
    stages: tuple[Step, ...]
    touchpoints: tuple[Step, ...]
    weights: Floats
    ties: Ties
    drivers: pd.DataFrame
    sentences: Sentences
    pairs: Pairs
    felt: Felt
    opinions: Opinions
    told: Told
    activities: tuple[Activity, ...]
    tally: Tally

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

    def tie(self, rows: Numbers) -> NDArray[np.uint64]:
        """A number of each sentence's review that the order of the rows can't change."""
        return self.ties.of_row[self.sentences.verbatim[rows]]

    def places(self, rows: Numbers) -> Ints:
        """Place of each sentence: of all of them the stage, then of all of them the cell."""
        held = self.sentences
        pair = np.concatenate([held.at_stage[rows], held.at_cell[rows]])
        return np.asarray(self.pairs.place[pair])

    def per_pair(self, rows: Numbers | slice, values: Floats | None = None) -> Floats:
        """Sum of the values of sentences, whole numbers, by pair of a place and a review."""
        held, size = self.sentences, len(self.pairs)
        total = np.bincount(held.at_stage[rows], values, minlength=size).astype(np.float64)
        total += np.bincount(held.at_cell[rows], values, minlength=size)
        return total

    def texts(self, rows: Numbers) -> dict[int, str]:
        """Read the texts of sentences."""
        wanted = np.unique(rows)
        verbatim, first = self.sentences.verbatim[wanted], 0
        found: dict[int, str] = {}
        for block in self.analysis.blocks():
            n = len(block)
            here = wanted[(verbatim >= first) & (verbatim < first + n)]
            if len(here):
                whole = block.select("verbatims", ["text"])["text"]
                cut = whole.iloc[self.sentences.verbatim[here] - first].tolist()
                spans = zip(
                    self.sentences.start[here].tolist(),
                    self.sentences.end[here].tolist(),
                    strict=True,
                )
                texts = (text[start:end] for text, (start, end) in zip(cut, spans, strict=True))
                found.update(zip(here.tolist(), texts, strict=True))
            first += n
        return found

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
