"""What an analysis holds, counted: rows by status, reviews by sign and by emotion."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import wilson
from verbatim.labels import EMOTIONS, SENTIMENT_LABELS, STATUSES
from verbatim.schema import ID

STATUS_WORDS = {
    "ok": "read",
    "truncated": "read up to the limit",
    "empty": "empty",
    "not_text": "not text",
    "not_english": "not English",
}
READ = ("ok", "truncated")

LABEL_WORDS = {
    "positive": "positive",
    "mixed": "mixed",
    "neutral": "neutral",
    "negative": "negative",
    "none": "no judgement",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a whole: `n` of them, a share of 0 to 1 with Wilson's interval."""

    key: str
    words: str
    n: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an analysis by status, those read by sign, and sentences and opinions in all."""

    n_rows: int
    n_read: int
    n_with_opinions: int
    n_sentences: int
    n_opinions: int
    statuses: tuple[Part, ...]
    labels: tuple[Part, ...]


def count(analysis: Analysis, confidence: float = 0.95) -> Counts:
    """Count the rows of `analysis`; every status and every sign has its part, 0 too."""
    rows = analysis.select("verbatims", ["status", "label", "n_opinions"])
    statuses = rows["status"].value_counts()
    read = rows[rows["status"].isin(READ)]
    labels = read["label"].value_counts()
    return Counts(
        n_rows=len(rows),
        n_read=len(read),
        n_with_opinions=int((read["n_opinions"] > 0).sum()),
        n_sentences=len(analysis.select("sentences", ["sentence"])),
        n_opinions=len(analysis.select("opinions", ["sentence"])),
        statuses=tuple(
            _part(key, STATUS_WORDS[key], int(statuses.get(key, 0)), len(rows), confidence)
            for key in STATUSES
        ),
        labels=tuple(
            _part(key, words, int(labels.get(key, 0)), len(read), confidence)
            for key, words in LABEL_WORDS.items()
            if key in SENTIMENT_LABELS
        ),
    )


def emotion_parts(analysis: Analysis, confidence: float = 0.95) -> list[Part]:
    """Emotions by the reviews that hold them in any sentence, the most frequent first."""
    n_read = int(analysis.column("status").isin(READ).sum())
    held = Counter[str]()
    for block in analysis.blocks():
        sentences = block.select("sentences", [ID, *(f"emotion_{name}" for name in EMOTIONS)])
        for name in EMOTIONS:
            held[name] += int(sentences.loc[sentences[f"emotion_{name}"].notna(), ID].nunique())
    ranked = sorted(EMOTIONS, key=lambda emotion: -held[emotion])
    return [
        _part(emotion, emotion, held[emotion], n_read, confidence)
        for emotion in ranked
        if held[emotion]
    ]


def _part(key: str, words: str, n: int, whole: int, confidence: float) -> Part:
    if not whole:
        return Part(key, words, n, 0.0)
    low, high = wilson(np.array([float(n)]), np.array([float(whole)]), confidence)
    return Part(key, words, n, n / whole, float(low[0]), float(high[0]))
