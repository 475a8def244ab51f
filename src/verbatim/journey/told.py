"""What the engine tells reliably of stages, touchpoints and emotions, as a table."""

from __future__ import annotations

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
        _row(sample, head, step, n_sentences)
        for head, steps, counts in (
            ("stage", sample.stages, sample.tally.stage),
            ("touchpoint", sample.touchpoints, sample.tally.touchpoint),
            ("emotion", tuple(Step(n, (n,)) for n in EMOTIONS), sample.tally.emotion),
        )
        for step, n_sentences in zip(steps, counts.tolist(), strict=True)
    ]
    return typed(RELIABILITY, {one.name: [row[one.name] for row in rows] for one in RELIABILITY})


def _row(sample: Sample, head: str, step: Step, n_sentences: int) -> dict[str, object]:
    found = accuracy(sample.analysis.meta, head, step.values) if step.values else None
    told = is_told_reliably(sample.analysis.meta, head, step.values) if step.values else True
    return {
        "head": head,
        "name": step.name,
        "is_drawn": told or bool(step.phrases) or head == "emotion",
        "n_sentences": n_sentences,
        **{name: getattr(found, name, None) for name in ("precision", "recall", "f1")},
        **{name: getattr(found, name, None) for name in ("n_found", "n_annotated")},
    }
