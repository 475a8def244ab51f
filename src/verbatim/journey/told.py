"""What the engine tells reliably of stages, touchpoints and emotions, as a table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.journey.columns import RELIABILITY
from verbatim.journey.sample import Sample
from verbatim.journey.steps import Step
from verbatim.labels import EMOTIONS
from verbatim.reliability import accuracy, is_told_reliably


def reliability_table(sample: Sample) -> pd.DataFrame:
    """One row per stage, touchpoint and emotion."""
    rows = [
        _row(sample, head, step)
        for head, steps in (
            ("stage", sample.stages),
            ("touchpoint", sample.touchpoints),
            ("emotion", tuple(Step(name, (name,)) for name in EMOTIONS)),
        )
        for step in steps
    ]
    return typed(RELIABILITY, {one.name: [row[one.name] for row in rows] for one in RELIABILITY})


def _row(sample: Sample, head: str, step: Step) -> dict[str, object]:
    found = accuracy(sample.analysis.meta, head, step.values) if step.values else None
    told = is_told_reliably(sample.analysis.meta, head, step.values) if step.values else True
    return {
        "head": head,
        "name": step.name,
        "is_drawn": told or bool(step.phrases) or head == "emotion",
        "n_sentences": _n_sentences(sample, head, step),
        **{name: getattr(found, name, None) for name in ("precision", "recall", "f1")},
        **{name: getattr(found, name, None) for name in ("n_found", "n_annotated")},
    }


def _n_sentences(sample: Sample, head: str, step: Step) -> int:
    counts = sample.verbatim >= 0
    if head == "emotion":
        felt = sample.sentences[f"emotion_{step.name}"].notna().to_numpy()
        return int((felt & counts).sum())
    given = sample.sentences[head].isin(step.values).to_numpy(dtype=bool)
    steps = sample.stages if head == "stage" else sample.touchpoints
    placed = sample.stage if head == "stage" else sample.touchpoint
    return int(((given | (placed == steps.index(step))) & counts & np.ones_like(given)).sum())
