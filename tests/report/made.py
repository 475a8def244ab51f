"""Analyses made by hand: what the texts are said to hold is written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.labels import EMOTIONS
from verbatim.schema import SCHEMA_VERSION, TABLES
from verbatim.tables import make_table

META = {
    "schema_version": SCHEMA_VERSION,
    "verbatim_version": "0.1.0",
    "engine": {"name": "by hand", "version": "1"},
    "taxonomy": {
        "name": "general",
        "drivers": {name: {"name": name.capitalize()} for name in ("staff", "food", "price")},
    },
    "id": "position",
}

SIGNS = {-1: "negative", 0: "neutral", 1: "positive"}

Opinion = dict[str, Any]


def opinion(
    driver: str, strength: int, words: str, target: str | None = None, **other: Any
) -> Opinion:
    """An opinion that `words`, a part of its text, express; a bare fact with ``fact=True``."""
    return {"driver": driver, "strength": strength, "words": words, "target": target, **other}


def made(
    reviews: Sequence[tuple[str | None, Sequence[Opinion]]], columns: pd.DataFrame | None = None
) -> Analysis:
    """One verbatim of one sentence per review; a review without text is empty."""
    rows: dict[str, dict[str, list[Any]]] = {
        name: {column.name: [] for column in columns_} for name, columns_ in TABLES.items()
    }
    for i, (text, opinions) in enumerate(reviews):
        _append(rows["verbatims"], _verbatim(i, text, opinions))
        if text is not None:
            _append(rows["sentences"], _sentence(i, text, opinions))
        for one in opinions:
            _append(rows["opinions"], _opinion(i, text or "", one))
    extra = {"verbatims": columns}
    return Analysis({name: make_table(name, rows[name], extra.get(name)) for name in rows}, META)


def _append(columns: dict[str, list[Any]], row: dict[str, Any]) -> None:
    for name, values in columns.items():
        values.append(row.get(name))


def _verbatim(i: int, text: str | None, opinions: Sequence[Opinion]) -> dict[str, Any]:
    return {
        "id": i,
        "text": text,
        "status": "empty" if text is None else "ok",
        "language": None if text is None else "en",
        "n_sentences": int(text is not None),
        "n_opinions": len(opinions),
        "label": _label(opinions),
    }


def _sentence(i: int, text: str, opinions: Sequence[Opinion]) -> dict[str, Any]:
    felt = {f"emotion_{one['emotion']}": 2 for one in opinions if one.get("emotion") in EMOTIONS}
    intents = {column.name: False for column in TABLES["sentences"] if column.dtype == "bool"}
    where = {"id": i, "sentence": 0, "start": 0, "end": len(text), "label": _label(opinions)}
    return {**intents, **felt, **where}


def _label(opinions: Sequence[Opinion]) -> str:
    signs = {_sign(one["strength"]) for one in opinions}
    return "mixed" if {"positive", "negative"} <= signs else min(signs, default="none")


def _sign(strength: int) -> str:
    return SIGNS[(strength > 0) - (strength < 0)]


def _opinion(i: int, text: str, one: Opinion) -> dict[str, Any]:
    evidence = _span(text, one.get("evidence", one["words"]))
    assessment = None if one.get("fact") else one["words"]
    start, end = _span(text, assessment)
    target_start, target_end = _span(text, one["target"])
    return {
        "id": i,
        "sentence": 0,
        "driver": one["driver"],
        "subdriver": one.get("subdriver"),
        "universal": one["driver"],
        "sentiment": one["strength"] / 2,
        "label": _sign(one["strength"]),
        "strength": one["strength"],
        "confidence": one.get("confidence", 0.9),
        "target": one["target"],
        "target_start": target_start,
        "target_end": target_end,
        "assessment": assessment,
        "assessment_start": start,
        "assessment_end": end,
        "evidence_start": evidence[0],
        "evidence_end": evidence[1],
        "negated": one.get("negated", False),
        "emotion": one.get("emotion"),
    }


def _span(text: str, words: str | None) -> tuple[int | None, int | None]:
    if words is None:
        return None, None
    start = text.index(words)
    return start, start + len(words)
