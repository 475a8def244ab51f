"""Analyses made by hand, sentence by sentence; no engine reads anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.schema import SCHEMA_VERSION, TABLES, names
from verbatim.tables import make_table


@dataclass(frozen=True)
class Told:
    """One sentence: its text, opinions as driver and sign, and what its heads say."""

    text: str = "Something happened."
    opinions: tuple[tuple[str, str], ...] = ()
    touchpoint: str | None = None
    stage: str | None = None
    interaction: str | None = None
    effort: str | None = None
    resolution: str | None = None
    intents: tuple[str, ...] = ()
    emotions: tuple[str, ...] = ()


@dataclass
class _Rows:
    verbatims: list[dict[str, Any]] = field(default_factory=list)
    sentences: list[dict[str, Any]] = field(default_factory=list)
    opinions: list[dict[str, Any]] = field(default_factory=list)


def analysis_of(
    reviews: Sequence[Sequence[Told]],
    *,
    held_out: Mapping[str, Any] | None = None,
    status: Sequence[str] | None = None,
    **extra: Any,
) -> Analysis:
    """Make the analysis of reviews; `extra` are the caller's own columns."""
    rows = _Rows()
    for key, review in enumerate(reviews):
        _add(rows, key, review, "ok" if status is None else status[key])
    own = pd.DataFrame(extra) if extra else None
    tables = {
        "verbatims": _table("verbatims", rows.verbatims, own),
        "sentences": _table("sentences", rows.sentences),
        "opinions": _table("opinions", rows.opinions),
    }
    engine: dict[str, Any] = {"name": "by hand", "version": "1"}
    if held_out is not None:
        engine["held_out"] = held_out
    meta = {
        "schema_version": SCHEMA_VERSION,
        "verbatim_version": "0.1.0",
        "engine": engine,
        "taxonomy": {"name": "general", "drivers": {}},
        "id": "position",
    }
    return Analysis(tables, meta)


def shuffled(analysis: Analysis, seed: int) -> Analysis:
    """Put the rows of each table into another order."""
    tables = {
        name: table.sample(frac=1, random_state=seed).reset_index(drop=True)
        for name, table in analysis.tables.items()
    }
    return Analysis(tables, analysis.meta)


def right(counts: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Held-out counts of a head: of each value how many are right of how many found."""
    return {
        value: {"annotated": n_found, "found": {value: n_right, "none": n_found - n_right}}
        for value, (n_right, n_found) in counts.items()
    }


def _add(rows: _Rows, key: int, review: Sequence[Told], status: str) -> None:
    text = ""
    for number, told in enumerate(review):
        start = len(text) + bool(text)
        text = f"{text} {told.text}".strip()
        labels = {sign for _, sign in told.opinions}
        label = "mixed" if {"positive", "negative"} <= labels else min(labels, default="none")
        place = {"id": key, "sentence": number, "label": label}
        heads = ("touchpoint", "stage", "interaction", "effort", "resolution")
        row = place | {"start": start, "end": len(text)} | {h: getattr(told, h) for h in heads}
        row |= {f"intent_{intent}": True for intent in told.intents}
        row |= {f"emotion_{emotion}": 2 for emotion in told.emotions}
        rows.sentences.append(row)
        for driver, sign in told.opinions:
            rows.opinions.append(_opinion(place, driver, sign, told, start))
    rows.verbatims.append(
        {
            "id": key,
            "text": text,
            "status": status,
            "language": "en",
            "n_sentences": len(review),
            "n_opinions": sum(len(told.opinions) for told in review),
            "label": "none",
        }
    )


def _opinion(
    place: Mapping[str, Any], driver: str, sign: str, told: Told, start: int
) -> dict[str, Any]:
    value = {"positive": 1.0, "negative": -1.0, "neutral": 0.0}[sign]
    return {
        **place,
        "label": sign,
        "driver": driver,
        "universal": driver,
        "sentiment": value,
        "strength": int(value),
        "confidence": 0.9,
        "evidence_start": start,
        "evidence_end": start + 1,
        "emotion": told.emotions[0] if told.emotions else None,
    }


def _table(
    name: str, rows: Sequence[dict[str, Any]], extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    empty = {column.name: False if column.dtype == "bool" else None for column in TABLES[name]}
    filled = [{**empty, **row} for row in rows]
    return make_table(
        name, {column: [row[column] for row in filled] for column in names(name)}, extra
    )
