"""From predictions to rows: offsets of the original text, drivers of the taxonomy, labels.

This is the one place where an engine's arrays become the columns of the schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from verbatim import labels
from verbatim.engines.base import Predictions
from verbatim.schema import TABLES
from verbatim.sentences import Sentence
from verbatim.taxonomy import Taxonomy
from verbatim.taxonomy.phrases import fold
from verbatim.text import NormalText

CLEAR = 0.05
"""Sentiment up to which a text counts as neutral (VADER's threshold)."""
MIXED_SHARE = 0.25
"""Share of its opinions' weight that the rarer sign needs to make a verbatim mixed."""

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Document:
    """A verbatim made ready for an engine; no sentences unless its status lets it be read."""

    text: str | None
    status: str
    language: str | None
    normal: NormalText | None
    sentences: tuple[Sentence, ...]


def decode(
    documents: Sequence[Document], predictions: Predictions, taxonomy: Taxonomy
) -> dict[str, Columns]:
    """Columns of the three tables; ids are positions in `documents`.

    Parameters
    ----------
    documents : sequence of Document
    predictions : Predictions
        For the sentences of all documents, in order.
    taxonomy : Taxonomy
        Gives drivers and sub-drivers their names.
    """
    tables = {name: {c.name: [] for c in columns} for name, columns in TABLES.items()}
    row = 0
    for position, document in enumerate(documents):
        first, last = row, row + len(document.sentences)
        starts = predictions.first[first], predictions.first[last]
        opinions = _opinions(document, position, predictions, first, taxonomy, tables["opinions"])
        _sentences(document, position, predictions, first, tables["sentences"], opinions)
        _verbatim(document, position, predictions, (first, last), tables["verbatims"], opinions)
        assert starts[1] - starts[0] == sum(map(len, opinions))
        row = last
    return tables


def _opinions(
    document: Document,
    position: int,
    predictions: Predictions,
    first: int,
    taxonomy: Taxonomy,
    columns: Columns,
) -> list[list[float]]:
    """Append the rows of one document; return the signed weights of its opinions by sentence."""
    found = predictions.opinions
    weights: list[list[float]] = []
    for number, sentence in enumerate(document.sentences):
        begin, end = predictions.first[first + number], predictions.first[first + number + 1]
        weights.append([])
        for k in range(begin, end):
            spans = {
                part: _original(document, sentence, getattr(found, part)[k])
                for part in ("target", "assessment", "evidence")
            }
            universal = labels.DRIVERS[found.driver[k]]
            words = _words(document.text, spans["target"], spans["evidence"])
            driver, subdriver = taxonomy.assign(universal, words)
            sentiment = float(found.sentiment[k])
            weights[-1].append(sentiment)
            row = {
                "id": position,
                "sentence": number,
                "driver": driver,
                "subdriver": subdriver,
                "universal": universal,
                "sentiment": round(sentiment, 4),
                "label": label_of(sentiment, 0.0),
                "strength": int(found.strength[k]),
                "confidence": round(float(found.confidence[k]), 4),
                **_span_columns(document.text, spans),
                "negated": bool(found.negated[k]),
                "emotion": _name(labels.EMOTIONS, found.emotion[k]),
            }
            for name, value in row.items():
                columns[name].append(value)
    return weights


Span = tuple[int, int] | None


def _original(document: Document, sentence: Sentence, span: Any) -> Span:
    if span[0] < 0:
        return None
    assert document.normal is not None
    return document.normal.span(sentence.start + int(span[0]), sentence.start + int(span[1]))


def _words(text: str | None, target: Span, evidence: Span) -> tuple[str, ...]:
    """Words of an opinion, in which the taxonomy looks for its phrases."""
    assert text is not None
    return fold(" ".join(text[span[0] : span[1]] for span in (target, evidence) if span))


def _span_columns(text: str | None, spans: dict[str, Span]) -> dict[str, Any]:
    assert text is not None
    row: dict[str, Any] = {}
    for part, span in spans.items():
        if part != "evidence":
            row[part] = text[span[0] : span[1]] if span else None
        row[f"{part}_start"], row[f"{part}_end"] = span or (None, None)
    return row


def _sentences(
    document: Document,
    position: int,
    predictions: Predictions,
    first: int,
    columns: Columns,
    opinions: Sequence[Sequence[float]],
) -> None:
    whole = predictions.sentences
    for number, sentence in enumerate(document.sentences):
        i = first + number
        assert document.normal is not None
        start, end = document.normal.span(sentence.start, sentence.start + len(sentence.text))
        sentiment = float(whole.sentiment[i])
        row = {
            "id": position,
            "sentence": number,
            "start": start,
            "end": end,
            "sentiment": None if np.isnan(sentiment) else round(sentiment, 4),
            "label": text_label(sentiment, opinions[number]),
            **{
                f"emotion_{name}": int(value) or None
                for name, value in zip(labels.EMOTIONS, whole.emotions[i], strict=True)
            },
            **{
                f"intent_{name}": bool(value)
                for name, value in zip(labels.INTENTS, whole.intents[i], strict=True)
            },
            "touchpoint": _name(labels.TOUCHPOINTS, whole.touchpoint[i]),
            "stage": _name(labels.STAGES, whole.stage[i]),
            "interaction": _name(labels.INTERACTIONS, whole.interaction[i]),
            "effort": _name(labels.EFFORTS, whole.effort[i]),
            "resolution": _name(labels.RESOLUTIONS, whole.resolution[i]),
        }
        for name, value in row.items():
            columns[name].append(value)


def _verbatim(
    document: Document,
    position: int,
    predictions: Predictions,
    span: tuple[int, int],
    columns: Columns,
    opinions: Sequence[Sequence[float]],
) -> None:
    judged = predictions.sentences.sentiment[span[0] : span[1]]
    judged = judged[~np.isnan(judged)]
    sentiment = float(judged.mean()) if len(judged) else float("nan")
    flat = [weight for weights in opinions for weight in weights]
    intensity = Counter(
        dict(enumerate(predictions.sentences.emotions[span[0] : span[1]].sum(axis=0).tolist()))
    )
    strongest = max(intensity, key=lambda e: (intensity[e], -e))
    row = {
        "id": position,
        "text": document.text,
        "status": document.status,
        "language": document.language,
        "n_sentences": len(document.sentences),
        "n_opinions": len(flat),
        "sentiment": None if np.isnan(sentiment) else round(sentiment, 4),
        "label": text_label(sentiment, flat),
        "emotion": labels.EMOTIONS[strongest] if intensity[strongest] else None,
    }
    for name, value in row.items():
        columns[name].append(value)


def text_label(sentiment: float, opinions: Sequence[float]) -> str:
    """Sign of a text from its sentiment and the signed weights of its opinions.

    Examples
    --------
    >>> text_label(0.4, [0.6, 0.5]), text_label(0.1, [0.6, -0.5]), text_label(float("nan"), [])
    ('positive', 'mixed', 'none')
    """
    positive = sum(weight for weight in opinions if weight > 0)
    negative = -sum(weight for weight in opinions if weight < 0)
    if min(positive, negative) > MIXED_SHARE * (positive + negative):
        return "mixed"
    if np.isnan(sentiment):
        return label_of(positive - negative, CLEAR) if opinions else "none"
    return label_of(sentiment, CLEAR)


def label_of(sentiment: float, threshold: float) -> str:
    """`positive`, `negative`, or `neutral` within the threshold."""
    if abs(sentiment) <= threshold:
        return "neutral"
    return "positive" if sentiment > 0 else "negative"


def _name(names: tuple[str, ...], index: Any) -> str | None:
    return names[index] if index >= 0 else None


