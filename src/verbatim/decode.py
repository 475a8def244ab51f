"""From predictions to columns: offsets of the original text, drivers of the taxonomy, labels.

This is the one place where an engine's arrays become the columns of the schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

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
_NO_SPAN = (-1, -1)

Columns = dict[str, NDArray[Any]]
"""A table's columns; a float column holds NaN and an object column None where it is NA."""


class Document(NamedTuple):
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
    places = _places(documents)
    whole = _original(places, _bounds(documents), np.arange(len(owner)))
    return {
        "verbatims": _verbatims(documents, predictions, owner, sentence_of),
        "sentences": _sentences(whole, predictions, owner, number, sentence_of),
        "opinions": _opinions(
            documents, places, whole, predictions, owner, number, sentence_of, taxonomy
        ),
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
    felt = whole.emotions.any(axis=1)
    np.add.at(intensity, owner[felt], whole.emotions[felt])
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
    spans: NDArray[np.int64],
    predictions: Predictions,
    owner: NDArray[np.int64],
    number: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
) -> Columns:
    whole = predictions.sentences
    start, end = spans.T
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
    places: Places,
    whole: NDArray[np.int64],
    predictions: Predictions,
    owner: NDArray[np.int64],
    number: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
    taxonomy: Taxonomy,
) -> Columns:
    found = predictions.opinions
    universal = _names(labels.DRIVERS, found.driver)
    target, assessment, evidence = (
        _original(places, part, sentence_of)
        for part in (found.target, found.assessment, found.evidence)
    )
    # Evidence that the question gave, and not the answer: all of the answer is.
    evidence = np.where(evidence < 0, whole[sentence_of], evidence)
    texts = [documents[i].text or "" for i in owner[sentence_of].tolist()]
    targets, assessments, evidences = (
        _said(texts, part) for part in (target, assessment, evidence)
    )
    assigned = taxonomy.assign_all(
        (driver, fold(f"{named or ''} {shown or ''}"))
        for driver, named, shown in zip(universal.tolist(), targets, evidences, strict=True)
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
        "target": _objects(targets),
        **_span_columns("target", target),
        "assessment": _objects(assessments),
        **_span_columns("assessment", assessment),
        **_span_columns("evidence", evidence),
        "negated": found.negated,
        "emotion": _names(labels.EMOTIONS, found.emotion),
    }


class Places(NamedTuple):
    """Where n sentences stand: in which normalised text, and where they begin in it.

    Attributes
    ----------
    normals : list of NormalText, length n
    starts : int64 array of shape (n,)
    is_edited : bool array of shape (n,)
        Whether offsets of the normalised text are others than those of the original.
    """

    normals: list[NormalText]
    starts: NDArray[np.int64]
    is_edited: NDArray[np.bool_]


def _places(documents: Sequence[Document]) -> Places:
    """Places of the sentences of all documents, in order."""
    held = [
        (document.normal, sentence.start)
        for document in documents
        if document.normal is not None
        for sentence in document.sentences
    ]
    return Places(
        [normal for normal, _ in held],
        np.array([start for _, start in held], np.int64),
        np.array([normal.layers is not None for normal, _ in held], bool),
    )


def _bounds(documents: Sequence[Document]) -> NDArray[np.int64]:
    """Where the sentences of all documents begin and end in themselves, shape (n, 2)."""
    sizes = [len(sentence.text) for document in documents for sentence in document.sentences]
    return np.stack([np.zeros(len(sizes), np.int64), np.array(sizes, np.int64)], axis=1)


def _original(
    places: Places, spans: NDArray[Any], sentence_of: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Spans of sentences as spans of the original texts; (-1, -1) where nothing there is meant."""
    is_there = spans[:, :1] >= 0
    moved = np.where(is_there, spans + places.starts[sentence_of, None], spans).astype(np.int64)
    for row in np.flatnonzero(places.is_edited[sentence_of] & is_there[:, 0]).tolist():
        start, end = places.normals[sentence_of[row]].span(*moved[row].tolist())
        moved[row] = (start, end) if start < end else _NO_SPAN
    return moved


def _said(texts: Sequence[str], spans: NDArray[np.int64]) -> list[str | None]:
    """What stands at the spans, None where there is none."""
    return [
        text[start:end] if start >= 0 else None
        for text, (start, end) in zip(texts, spans.tolist(), strict=True)
    ]


def _span_columns(part: str, spans: NDArray[np.int64]) -> Columns:
    offsets = np.where(spans >= 0, spans, np.nan)
    return {f"{part}_start": offsets[:, 0], f"{part}_end": offsets[:, 1]}


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
