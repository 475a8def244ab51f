"""An engine of verbatim, measured through the front door that users have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.readings import (
    ATTRIBUTES,
    CONFIDENCE,
    OPINIONS,
    SPANS,
    STRENGTH,
    Opinion,
    Reading,
    Span,
)

if TYPE_CHECKING:
    import pandas as pd

    from verbatim import Analysis

ATTRIBUTE_NAMES = ("touchpoint", "stage", "interaction", "effort", "resolution")
_EMOTION, _INTENT = "emotion_", "intent_"


class Engine:
    """One engine of verbatim, end to end."""

    offers = frozenset({OPINIONS, SPANS, CONFIDENCE, STRENGTH, ATTRIBUTES})

    def __init__(self, name: str) -> None:
        import verbatim

        self._analyzer = verbatim.Analyzer(engine=name, taxonomy="general")

    def run(self, texts: Sequence[str]) -> Analysis:
        return self._analyzer.analyze(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return readings(self.run(texts))


def readings(analysis: Analysis) -> list[Reading]:
    """One reading per verbatim: the opinions and attributes of all its sentences together.

    Drivers are the engine's universal ones, whatever the taxonomy made of them.
    """
    opinions = _by_verbatim(analysis.opinions)
    sentences = _by_verbatim(analysis.sentences)
    return [
        Reading(
            sentiment=float("nan") if row["sentiment"] is None else row["sentiment"],
            label=row["label"],
            opinions=tuple(_opinion(opinion) for opinion in opinions.get(row["id"], [])),
            **_attributes(sentences.get(row["id"], [])),
        )
        for row in _rows(analysis.verbatims[["id", "sentiment", "label"]])
    ]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts with None for whatever is missing."""
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(column): value for column, value in row.items()} for row in rows]


def _by_verbatim(table: pd.DataFrame) -> dict[Any, list[dict[str, Any]]]:
    grouped: dict[Any, list[dict[str, Any]]] = {}
    for row in _rows(table):
        grouped.setdefault(row["id"], []).append(row)
    return grouped


def _opinion(row: dict[str, Any]) -> Opinion:
    signs = {"positive": 1, "negative": -1, "neutral": 0}
    return Opinion(
        driver=row["universal"],
        sentiment=row["sentiment"],
        sign=signs[row["label"]],
        strength=row["strength"],
        confidence=row["confidence"],
        target=_span(row, "target"),
        assessment=_span(row, "assessment"),
        evidence=_span(row, "evidence"),
    )


def _span(row: dict[str, Any], part: str) -> Span | None:
    start, end = row[f"{part}_start"], row[f"{part}_end"]
    return None if start is None else (int(start), int(end))


def _attributes(sentences: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Any sentence's emotions and intents, and the first value of each other attribute."""
    return {
        "emotions": _set_columns(sentences, _EMOTION),
        "intents": _set_columns(sentences, _INTENT),
        "attributes": {
            name: next((row[name] for row in sentences if row[name] is not None), None)
            for name in ATTRIBUTE_NAMES
        },
    }


def _set_columns(sentences: Sequence[dict[str, Any]], prefix: str) -> frozenset[str]:
    return frozenset(
        column.removeprefix(prefix)
        for row in sentences
        for column, value in row.items()
        if column.startswith(prefix) and value
    )
