"""From predictions to columns: offsets of the original text, drivers of the taxonomy, labels.

This is the one place where an engine's arrays become the columns of the schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim import labels
from verbatim.engines.base import Predictions
from verbatim.sentences import Sentence
from verbatim.taxonomy import Taxonomy
from verbatim.taxonomy.phrases import fold
from verbatim.text import NormalText

CLEAR = 0.05
"""Sentiment up to which a text counts as neutral (VADER's threshold)."""
MIXED_SHARE = 0.25
"""Share of the opinions' weight that the rarer sign needs to make a text mixed."""
DECIMALS = 4

Columns = dict[str, NDArray[Any]]
"""A table's columns; a float column holds NaN and an object column None where it is NA."""


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
        Gives each opinion its driver and sub-driver.
    """
    counts = np.array([len(document.sentences) for document in documents], np.int64)
    owner = np.repeat(np.arange(len(documents)), counts)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    sentence_of = np.repeat(np.arange(len(owner)), np.diff(predictions.first))
    return {
        "verbatims": _verbatims(documents, predictions, owner, sentence_of),
        "sentences": _sentences(documents, predictions, owner, number, sentence_of),
        "opinions": _opinions(documents, predictions, owner, number, sentence_of, taxonomy),
    }


def _verbatims(
    documents: Sequence[Document],
    predictions: Predictions,
    owner: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
) -> Columns:
    n = len(documents)
    whole = predictions.sentences
    judged = ~np.isnan(whole.sentiment)
    total = np.bincount(owner[judged], whole.sentiment[judged], n)
    n_judged = np.bincount(owner[judged], minlength=n)
    sentiment = np.where(n_judged > 0, total / np.maximum(n_judged, 1), np.nan)
    intensity = np.zeros((n, len(labels.EMOTIONS)), np.int64)
    np.add.at(intensity, owner, whole.emotions)
    strongest = np.where(intensity.any(axis=1), intensity.argmax(axis=1), -1)
    return {
        "id": np.arange(n),
        "text": _objects([document.text for document in documents]),
        "status": _objects([document.status for document in documents]),
        "language": _objects([document.language for document in documents]),
        "n_sentences": np.bincount(owner, minlength=n),
        "n_opinions": np.bincount(owner[sentence_of], minlength=n),
        "sentiment": sentiment.round(DECIMALS),
        "label": _text_labels(sentiment, owner[sentence_of], predictions.opinions.sentiment),
        "emotion": _names(labels.EMOTIONS, strongest),
    }


def _sentences(
    documents: Sequence[Document],
    predictions: Predictions,
    owner: NDArray[np.int64],
    number: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
) -> Columns:
    whole = predictions.sentences
    spans = [
        document.normal.span(sentence.start, sentence.start + len(sentence.text))
        for document in documents
        for sentence in document.sentences
        if document.normal is not None
    ]
    start, end = np.array(spans, np.int64).reshape(-1, 2).T
    intensity = np.where(whole.emotions > 0, whole.emotions, np.nan)
    return {
        "id": owner,
        "sentence": number,
        "start": start,
        "end": end,
        "sentiment": whole.sentiment.astype(float).round(DECIMALS),
        "label": _text_labels(whole.sentiment, sentence_of, predictions.opinions.sentiment),
        **{f"emotion_{name}": intensity[:, i] for i, name in enumerate(labels.EMOTIONS)},
        **{f"intent_{name}": whole.intents[:, i] for i, name in enumerate(labels.INTENTS)},
        "touchpoint": _names(labels.TOUCHPOINTS, whole.touchpoint),
        "stage": _names(labels.STAGES, whole.stage),
        "interaction": _names(labels.INTERACTIONS, whole.interaction),
        "effort": _names(labels.EFFORTS, whole.effort),
        "resolution": _names(labels.RESOLUTIONS, whole.resolution),
    }


def _opinions(
    documents: Sequence[Document],
    predictions: Predictions,
    owner: NDArray[np.int64],
    number: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
    taxonomy: Taxonomy,
) -> Columns:
    found = predictions.opinions
    universal = _names(labels.DRIVERS, found.driver)
    places = [(document, sentence) for document in documents for sentence in document.sentences]
    spans = {
        part: [
            _original(*places[row], *span)
            for row, span in zip(sentence_of.tolist(), getattr(found, part).tolist(), strict=True)
        ]
        for part in ("target", "assessment", "evidence")
    }
    texts = [places[row][0].text or "" for row in sentence_of.tolist()]
    assigned = taxonomy.assign_all(
        (driver, _words(text, target, evidence))
        for driver, text, target, evidence in zip(
            universal.tolist(), texts, spans["target"], spans["evidence"], strict=True
        )
    )
    return {
        "id": owner[sentence_of],
        "sentence": number[sentence_of],
        "driver": _objects([driver for driver, _ in assigned]),
        "subdriver": _objects([subdriver for _, subdriver in assigned]),
        "universal": universal,
        "sentiment": found.sentiment.astype(float).round(DECIMALS),
        "label": _labels(found.sentiment, 0.0),
        "strength": found.strength.astype(np.int64),
        "confidence": found.confidence.astype(float).round(DECIMALS),
        **_span_columns("target", spans["target"], texts),
        **_span_columns("assessment", spans["assessment"], texts),
        **_span_columns("evidence", spans["evidence"]),
        "negated": found.negated,
        "emotion": _names(labels.EMOTIONS, found.emotion),
    }


Span = tuple[int, int] | None


def _original(document: Document, sentence: Sentence, start: int, end: int) -> Span:
    """Offsets in the original text; None for "there is none"."""
    if start < 0 or document.normal is None:
        return None
    return document.normal.span(sentence.start + start, sentence.start + end)


def _words(text: str, target: Span, evidence: Span) -> tuple[str, ...]:
    """Words of an opinion, in which the taxonomy looks for its phrases."""
    return fold(" ".join(text[span[0] : span[1]] for span in (target, evidence) if span))


def _span_columns(part: str, spans: Sequence[Span], texts: Sequence[str] | None = None) -> Columns:
    offsets = np.array([span or (np.nan, np.nan) for span in spans], float).reshape(-1, 2)
    columns = {f"{part}_start": offsets[:, 0], f"{part}_end": offsets[:, 1]}
    if texts is None:
        return columns
    said = [text[slice(*span)] if span else None for span, text in zip(spans, texts, strict=True)]
    return {part: _objects(said), **columns}


def _text_labels(
    sentiment: NDArray[Any], text_of: NDArray[np.int64], opinions: NDArray[np.float32]
) -> NDArray[Any]:
    """Sign of each text, from its sentiment and the weight of its opinions of either sign.

    Parameters
    ----------
    sentiment : array of shape (n,)
        NaN where a text judges nothing.
    text_of : array of shape (m,)
        For each opinion its text.
    opinions : array of shape (m,)
        Their sentiments.
    """
    n = len(sentiment)
    positive = np.bincount(text_of, np.maximum(opinions, 0), n)
    negative = np.bincount(text_of, np.maximum(-opinions, 0), n)
    balance = np.where(np.isnan(sentiment), positive - negative, sentiment)
    signs = _labels(balance, CLEAR)
    is_silent = np.isnan(sentiment) & (np.bincount(text_of, minlength=n) == 0)
    signs[is_silent] = "none"
    weight = positive + negative
    signs[(weight > 0) & (np.minimum(positive, negative) > MIXED_SHARE * weight)] = "mixed"
    return signs


def _labels(sentiment: NDArray[Any], threshold: float) -> NDArray[Any]:
    names = np.array(["negative", "neutral", "positive"], object)
    signs = np.sign(sentiment) * (np.abs(sentiment) > threshold)
    named: NDArray[Any] = names[signs.astype(np.int64) + 1]
    return named


def _names(names: tuple[str, ...], indices: NDArray[Any]) -> NDArray[Any]:
    """Names at `indices`, None for -1."""
    named: NDArray[Any] = np.array([*names, None], object)[indices]
    return named


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    column = np.empty(len(values), object)
    column[:] = values
    return column
