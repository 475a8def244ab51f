"""Read the sentences of an analysis block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.cells import lay_out
from verbatim.grouping import Groups
from verbatim.journey.activities import Activity
from verbatim.journey.block import Reader
from verbatim.journey.sample import (
    Felt,
    Opinions,
    Pairs,
    Sample,
    Sentences,
    Tally,
    Ties,
    Told,
)
from verbatim.journey.steps import Step
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import in_units


def take(
    analysis: Analysis,
    groups: Groups,
    stages: Sequence[Step],
    touchpoints: Sequence[Step],
    weight: str | None,
) -> Sample:
    """Place every sentence, and read what the drawn ones say."""
    weights = in_units(review_weights(analysis, weight), groups.of_row, len(groups.values))
    drivers = lay_out(analysis, groups, "driver").drivers
    reader = Reader(analysis.meta, groups, tuple(stages), tuple(touchpoints), weights, drivers)
    different: dict[Activity, int] = {}
    grown: dict[type, list[_Grown]] = {}
    tallies: list[Tally] = []
    for parts, tally in reader.parts(analysis, different):
        tallies.append(tally)
        for part in parts:
            columns = grown.setdefault(type(part), [_Grown() for _ in fields(part)])
            for column, field in zip(columns, fields(part), strict=True):
                column.add(getattr(part, field.name))
    held: dict[type, Any] = {kind: kind(*(c.values for c in grown[kind])) for kind in grown}
    return Sample(
        analysis=analysis,
        groups=groups,
        stages=tuple(stages),
        touchpoints=tuple(touchpoints),
        weights=weights,
        ties=held[Ties],
        drivers=drivers,
        sentences=held[Sentences],
        pairs=held[Pairs],
        felt=held[Felt],
        opinions=held[Opinions],
        told=held[Told],
        activities=tuple(different),
        tally=Tally(*(sum(getattr(t, f.name) for t in tallies) for f in fields(Tally))),
    )


class _Grown:
    """An array that grows: joining the arrays of all blocks at the end would hold them twice."""

    def __init__(self) -> None:
        self._held: NDArray[Any] | None = None
        self._n = 0

    def add(self, values: NDArray[Any]) -> None:
        """Put values behind."""
        n = self._n + len(values)
        if self._held is None or n > len(self._held):
            larger = np.empty(n if self._held is None else 2 * n, dtype=values.dtype)
            larger[: self._n] = self.values
            self._held = larger
        self._held[self._n : n] = values
        self._n = n

    @property
    def values(self) -> NDArray[Any]:
        """What was put in."""
        return np.zeros(0) if self._held is None else self._held[: self._n]
