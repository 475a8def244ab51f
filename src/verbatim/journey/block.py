"""Read the sentences of one block of an analysis, and place them on the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.grouping import Groups
from verbatim.journey.activities import Activity, activities, may_tell
from verbatim.journey.sample import (
    NOWHERE,
    UNRELIABLE,
    Bools,
    Felt,
    Floats,
    Ints,
    Opinions,
    Pairs,
    Sentences,
    Tally,
    Ties,
    Told,
)
from verbatim.journey.steps import KINDS, Step
from verbatim.labels import EMOTIONS, SENTIMENT_LABELS
from verbatim.reliability import is_told_reliably
from verbatim.schema import ID

SENTENCE = (
    *(ID, "sentence", "start", "end", "label", "stage", "touchpoint", "resolution"),
    *("intent_suggestion", "intent_request"),
    *(f"emotion_{name}" for name in EMOTIONS),
)
"""Columns of the sentences that a journey reads."""

Part = tuple[tuple[Ties, Sentences, Pairs, Felt, Opinions, Told], Tally]
"""What is read of a block; rows count on from block to block."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read a block.

    Attributes
    ----------
    meta : mapping
        Provenance of the analysis.
    groups : Groups
    stages, touchpoints : tuple of Step
    weights : float64 array of shape (n_verbatims,)
        Of all verbatims; 0 for reviews that don't count.
    drivers : DataFrame
        Columns driver and name; one row per driver.
    """

    meta: Mapping[str, Any]
    groups: Groups
    stages: tuple[Step, ...]
    touchpoints: tuple[Step, ...]
    weights: Floats
    drivers: pd.DataFrame

    def parts(self, analysis: Analysis, different: dict[Activity, int]) -> Iterator[Part]:
        """Read block by block; rows count on from block to block."""
        first = n_drawn = n_pairs = 0
        for block in analysis.blocks():
            verbatims = block.select("verbatims", [ID, "text"])
            part = self._part(block, verbatims, first, n_drawn, n_pairs, different)
            yield part
            first += len(verbatims)
            n_drawn += len(part[0][1])
            n_pairs += len(part[0][2])

    def _part(
        self,
        block: Analysis,
        verbatims: pd.DataFrame,
        first: int,
        n_drawn: int,
        n_pairs: int,
        different: dict[Activity, int],
    ) -> Part:
        ids = pd.Index(verbatims[ID])
        table = block.select("sentences", SENTENCE)
        row = _rows_of(ids, table[ID])
        counts = row >= 0
        counts[counts] = self.weights[first + row[counts]] > 0
        texts = _Texts(verbatims["text"].to_numpy(dtype=object), row, table)
        stage = self._steps("stage", self.stages, table, counts, texts)
        touchpoint = self._steps("touchpoint", self.touchpoints, table, counts, texts)
        drawn = np.flatnonzero(counts & (stage >= 0))
        verbatim = first + row[drawn]
        pairs, at = self._pairs(stage[drawn], touchpoint[drawn], verbatim)
        held = (
            Ties(np.asarray(pd.util.hash_pandas_object(verbatims[ID], index=False))),
            _sentences(table, drawn, verbatim, (at + n_pairs).reshape(2, -1)),
            pairs,
            _felt(table, drawn, n_drawn),
            self._opinions(block, ids, table, row, drawn, n_drawn),
            _told(texts.cut(drawn), n_drawn, different),
        )
        return held, self._tally(table, counts, stage, touchpoint)

    def _steps(
        self, head: str, steps: Sequence[Step], table: pd.DataFrame, counts: Bools, texts: _Texts
    ) -> Ints:
        """Step of each sentence: the first whose phrase it holds, else that of the engine."""
        of_value = np.full(len(KINDS[head]) + 1, NOWHERE)
        for number, step in enumerate(steps):
            told = number if is_told_reliably(self.meta, head, step.values) else UNRELIABLE
            of_value[[KINDS[head].index(value) for value in step.values]] = told
        found = of_value[_codes(KINDS[head], table[head])]
        patterns = [(n, step.pattern) for n, step in enumerate(steps) if step.pattern]
        if patterns:
            rows = np.flatnonzero(counts)
            said = texts.cut(rows)
            for number, pattern in reversed(patterns):
                holds = np.array([pattern.search(text) is not None for text in said], dtype=bool)
                found[rows[holds]] = number
        return found

    def _pairs(self, stage: Ints, touchpoint: Ints, verbatim: Ints) -> tuple[Pairs, Ints]:
        """Pairs of a place and a review, and that of each sentence, at its stage and its cell."""
        width = len(self.touchpoints) + 2
        whole = (self.groups.of_row[verbatim] * len(self.stages) + stage) * width
        cell = whole + 1 + np.where(touchpoint >= 0, touchpoint, len(self.touchpoints))
        size = len(self.weights)
        keys = np.concatenate([whole, cell]) * size + np.tile(verbatim, 2)
        different, at = np.unique(keys, return_inverse=True)
        return Pairs(different // size, different % size), at.astype(np.int64)

    def _opinions(
        self,
        block: Analysis,
        ids: pd.Index[Any],
        table: pd.DataFrame,
        row: Ints,
        drawn: Ints,
        n_drawn: int,
    ) -> Opinions:
        """Driver and sentence of each opinion; those without either are left out."""
        found = block.select("opinions", (ID, "sentence", "driver", "label", "confidence"))
        number, about = table["sentence"].to_numpy()[drawn], found["sentence"].to_numpy()
        width = int(max(number.max(initial=0), about.max(initial=0))) + 1
        known = pd.Index(row[drawn] * width + number)
        sentence = known.get_indexer(pd.Index(_rows_of(ids, found[ID]) * width + about))
        driver = _codes(self.drivers["driver"].tolist(), found["driver"])
        kept = np.flatnonzero((driver >= 0) & (sentence >= 0))
        return Opinions(
            driver=driver[kept].astype(np.int16),
            row=(sentence[kept] + n_drawn).astype(np.int32),
            label=_codes(SENTIMENT_LABELS, found["label"])[kept].astype(np.int8),
            confidence=found["confidence"].to_numpy(np.float64)[kept],
        )

    def _tally(self, table: pd.DataFrame, counts: Bools, stage: Ints, touchpoint: Ints) -> Tally:
        at = stage[counts]
        reach = [len(at), (at >= 0).sum(), (at == NOWHERE).sum(), (at == UNRELIABLE).sum()]
        felt = [(table[f"emotion_{n}"].notna().to_numpy() & counts).sum() for n in EMOTIONS]
        return Tally(
            stage=_given("stage", self.stages, table["stage"][counts], at),
            touchpoint=_given(
                "touchpoint", self.touchpoints, table["touchpoint"][counts], touchpoint[counts]
            ),
            emotion=np.array(felt, dtype=np.int64),
            reach=np.array(reach, dtype=np.int64),
            told=np.array([table["stage"].notna().sum()], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts of the sentences of a block, cut when they are needed."""

    whole: NDArray[np.object_]
    row: Ints
    table: pd.DataFrame

    def cut(self, rows: Ints) -> list[str]:
        """Texts of some sentences."""
        spans = self.table[["start", "end"]].to_numpy()[rows].tolist()
        texts = self.whole[self.row[rows]].tolist()
        return [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)]


def _sentences(table: pd.DataFrame, drawn: Ints, verbatim: Ints, at: Ints) -> Sentences:
    number, start, end = (
        table[name].to_numpy()[drawn].astype(np.int32) for name in ("sentence", "start", "end")
    )
    return Sentences(
        verbatim=verbatim.astype(np.int32),
        number=number,
        start=start,
        end=end,
        label=_codes(SENTIMENT_LABELS, table["label"])[drawn].astype(np.int8),
        suggestion=table["intent_suggestion"].to_numpy(dtype=bool)[drawn],
        request=table["intent_request"].to_numpy(dtype=bool)[drawn],
        unsolved=(table["resolution"] == "unsolved").fillna(False).to_numpy(dtype=bool)[drawn],
        at_stage=at[0].astype(np.int32),
        at_cell=at[1].astype(np.int32),
    )


def _felt(table: pd.DataFrame, drawn: Ints, n_drawn: int) -> Felt:
    columns = [table[f"emotion_{name}"].to_numpy(np.int8, na_value=0)[drawn] for name in EMOTIONS]
    levels = np.stack(columns)
    emotion, row = np.nonzero(levels)
    return Felt((row + n_drawn).astype(np.int32), emotion.astype(np.int8), levels[emotion, row])


def _told(texts: Sequence[str], n_drawn: int, different: dict[Activity, int]) -> Told:
    """Read the activities; new ones are added to `different`."""
    rows: list[int] = []
    codes: list[int] = []
    for row in np.flatnonzero(may_tell(texts)).tolist():
        for one in activities(texts[row]):
            rows.append(n_drawn + row)
            codes.append(different.setdefault(one, len(different)))
    return Told(np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32))


def _given(head: str, steps: Sequence[Step], values: pd.Series[Any], placed: Ints) -> Ints:
    """Sentences that the engine or a phrase gives each step."""
    code = _codes(KINDS[head], values)
    counts = [
        (np.isin(code, [KINDS[head].index(v) for v in step.values]) | (placed == number)).sum()
        for number, step in enumerate(steps)
    ]
    return np.array(counts, dtype=np.int64)


def _codes(values: Sequence[str], column: pd.Series[Any]) -> Ints:
    """Index of each of a column's values in `values`; -1 where it isn't there."""
    codes, different = pd.factorize(column)
    place = pd.Index(list(values), dtype="str").get_indexer(pd.Index(different, dtype="str"))
    return np.append(place, -1)[codes].astype(np.int64)


def _rows_of(ids: pd.Index[Any], column: pd.Series[Any]) -> Ints:
    """Row in the verbatims of each id."""
    return np.asarray(ids.get_indexer(pd.Index(column)), dtype=np.int64)
