"""Analyses made by hand from what each review says; no engine reads anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.schema import TABLES, names
from verbatim.tables import make_table

TAXONOMY = {
    "name": "hotel",
    "description": "for the tests",
    "drivers": {
        "staff": {"name": "People", "subdrivers": {"manner": {"name": "Manner"}}},
        "room": {"name": "Room"},
        "price": {},
    },
}

OF_ALL_GROUPS = ["outcome_low", "outcome_high", "outcome_gap_low", "outcome_gap_high"]
"""Columns of a group that depend on the others: an imagined outcome is drawn from them all."""


@dataclass(frozen=True)
class Says:
    """One opinion, in a sentence of its own unless the sentence is the one before's."""

    driver: str | None
    sentiment: float
    sentence: str = ""
    emotion: str | None = None
    intensity: int = 2
    confidence: float = 0.9
    subdriver: str | None = None


def analysis_of(
    reviews: Sequence[Sequence[Says]],
    *,
    status: Sequence[str] | None = None,
    ids: Sequence[Any] | None = None,
    taxonomy: dict[str, Any] = TAXONOMY,
    **extra: Any,
) -> Analysis:
    """Make the analysis of reviews; `extra` are the caller's own columns."""
    keys = list(range(len(reviews))) if ids is None else list(ids)
    statuses = ["ok"] * len(reviews) if status is None else list(status)
    verbatims, sentences, opinions = [], [], []
    for key, state, review in zip(keys, statuses, reviews, strict=True):
        text, rows = _sentences(key, review)
        sentences += rows
        opinions += [_opinion(key, rows, said) for said in review]
        verbatims.append(
            {
                "id": key,
                "text": text,
                "status": state,
                "language": "en",
                "n_sentences": len(rows),
                "n_opinions": len(review),
                "label": "none",
            }
        )
    own = pd.DataFrame(extra) if extra else None
    tables = {
        "verbatims": _table("verbatims", verbatims, own),
        "sentences": _table("sentences", sentences),
        "opinions": _table("opinions", opinions),
    }
    meta = {"engine": {"name": "test", "version": "1"}, "taxonomy": taxonomy, "id": "position"}
    return Analysis(tables, meta)


def shuffled(analysis: Analysis, seed: int) -> Analysis:
    """Put the rows of each table into another order."""
    tables = {
        name: table.sample(frac=1, random_state=seed).reset_index(drop=True)
        for name, table in analysis.tables.items()
    }
    return Analysis(tables, analysis.meta)


def _sentences(key: Any, review: Sequence[Says]) -> tuple[str, list[dict[str, Any]]]:
    text, rows = "", []
    for said in review:
        words = said.sentence or f"Something about {said.driver}."
        if not rows or rows[-1]["words"] != words:
            start = len(text) + bool(text)
            text = f"{text} {words}".strip()
            rows.append({"id": key, "sentence": len(rows), "start": start, "end": len(text)})
            rows[-1] |= {"words": words, "label": "none"}
        if said.emotion:
            rows[-1][f"emotion_{said.emotion}"] = said.intensity
    return text, rows


def _opinion(key: Any, rows: Sequence[dict[str, Any]], said: Says) -> dict[str, Any]:
    words = said.sentence or f"Something about {said.driver}."
    row = next(row for row in rows if row["words"] == words)
    label = "positive" if said.sentiment > 0 else "negative" if said.sentiment < 0 else "neutral"
    return {
        "id": key,
        "sentence": row["sentence"],
        "driver": said.driver,
        "subdriver": said.subdriver,
        "universal": said.driver or "overall",
        "sentiment": said.sentiment,
        "label": label,
        "strength": round(2 * said.sentiment),
        "confidence": said.confidence,
        "evidence_start": row["start"],
        "evidence_end": row["end"],
        "emotion": said.emotion,
    }


def _table(
    name: str, rows: Sequence[dict[str, Any]], extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    empty = {column.name: False if column.dtype == "bool" else None for column in TABLES[name]}
    filled = [{**empty, **row} for row in rows]
    return make_table(
        name, {column: [row[column] for row in filled] for column in names(name)}, extra
    )
