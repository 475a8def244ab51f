"""Analyses made by hand: each sentence with its stage, touchpoint and all else said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.schema import TABLES, names
from verbatim.tables import make_table

TAXONOMY = {
    "name": "hotel",
    "drivers": {"waiting": {"name": "Waiting"}, "staff": {"name": "People"}, "food": {}},
}


@dataclass(frozen=True)
class Says:
    """One sentence; `opinions` are (driver, -1, 0 or 1)."""

    text: str = "Something was so."
    stage: str | None = None
    touchpoint: str | None = None
    label: str = "none"
    opinions: tuple[tuple[str, int], ...] = ()
    emotions: dict[str, int] = field(default_factory=dict)
    intents: tuple[str, ...] = ()
    resolution: str | None = None


def bad(stage: str, driver: str = "waiting", **more: Any) -> Says:
    """A sentence that criticises."""
    return Says(stage=stage, label="negative", opinions=((driver, -1),), **more)


def good(stage: str, driver: str = "staff", **more: Any) -> Says:
    """A sentence that praises."""
    return Says(stage=stage, label="positive", opinions=((driver, 1),), **more)


def held_out(**heads: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """Counts of an engine: by head and value, the sentences found and those that are right."""
    return {
        head: {
            value: {"annotated": right, "found": {value: right, "none": found - right}}
            for value, (found, right) in values.items()
        }
        for head, values in heads.items()
    }


def analysis_of(
    reviews: Sequence[Sequence[Says]],
    counts: dict[str, Any] | None = None,
    status: Sequence[str] | None = None,
    **columns: Any,
) -> Analysis:
    """Make the analysis of reviews; `columns` are the caller's own."""
    states = ["ok"] * len(reviews) if status is None else status
    verbatims, sentences, opinions = [], [], []
    for key, (review, state) in enumerate(zip(reviews, states, strict=True)):
        text = ""
        for number, said in enumerate(review):
            start = len(text) + bool(text)
            text = f"{text} {said.text}".strip()
            where = {"id": key, "sentence": number, "start": start, "end": start + len(said.text)}
            sentences.append({**where, **_sentence(said)})
            opinions += [{**where, **_opinion(*one, start)} for one in said.opinions]
        head = {"id": key, "text": text, "status": state, "language": "en", "label": "none"}
        verbatims.append({**head, "n_sentences": len(review), "n_opinions": 0})
    tables = {
        "verbatims": _table("verbatims", verbatims, pd.DataFrame(columns) if columns else None),
        "sentences": _table("sentences", sentences),
        "opinions": _table("opinions", opinions),
    }
    engine = {"name": "test", "version": "1"} | ({"held_out": counts} if counts else {})
    return Analysis(tables, {"engine": engine, "taxonomy": TAXONOMY, "id": "position"})


def shuffled(analysis: Analysis, seed: int) -> Analysis:
    """Put the rows of each table into another order."""
    tables = {
        name: table.sample(frac=1, random_state=seed).reset_index(drop=True)
        for name, table in analysis.tables.items()
    }
    return Analysis(tables, analysis.meta)


def _sentence(said: Says) -> dict[str, Any]:
    return {
        "label": said.label,
        "stage": said.stage,
        "touchpoint": said.touchpoint,
        "resolution": said.resolution,
        **{f"emotion_{name}": level for name, level in said.emotions.items()},
        **{f"intent_{name}": True for name in said.intents},
    }


def _opinion(driver: str, sign: int, start: int) -> dict[str, Any]:
    return {
        "driver": driver,
        "universal": driver,
        "sentiment": sign / 2,
        "label": {1: "positive", -1: "negative", 0: "neutral"}[sign],
        "strength": sign,
        "confidence": 0.9,
        "evidence_start": start,
        "evidence_end": start + 1,
    }


def _table(
    name: str, rows: Sequence[dict[str, Any]], extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    empty = {column.name: False if column.dtype == "bool" else None for column in TABLES[name]}
    filled = [{**empty, **row} for row in rows]
    return make_table(
        name, {column: [row[column] for row in filled] for column in names(name)}, extra
    )
