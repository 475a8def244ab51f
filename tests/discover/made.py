"""Reviews made from what they say: driver, thing judged, judgement and sign of each opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.discover import Themes
from verbatim.schema import TABLES
from verbatim.tables import make_table

Opinion = tuple[str | None, str | None, str | None, int]

LIFT: list[Opinion] = [
    ("facilities", "lift", "slow", -1),
    ("facilities", "lifts", "very slow", -1),
    ("facilities", "elevator", "slow", -1),
    ("facilities", "the lift", "so slow", -1),
]
POOL: list[Opinion] = [
    ("facilities", "pool", "lovely", 1),
    ("facilities", "swimming pool", "warm", 1),
    ("facilities", "the pool", "great", 1),
    ("facilities", "rooftop pool", "great", 1),
]
BREAKFAST: list[Opinion] = [
    ("food", "breakfast", "cold", -1),
    ("food", "breakfast buffet", "great", 1),
    ("food", "the breakfast", "tasty", 1),
]
COFFEE: list[Opinion] = [
    ("food", "coffee", "weak", -1),
    ("food", "the coffee", "strong", 1),
    ("food", "cup of coffee", "cold", -1),
]
STAFF: list[Opinion] = [
    ("staff", "staff", "friendly", 1),
    ("staff", "receptionist", "rude", -1),
    ("staff", "the staff", "very friendly", 1),
]
STAY: list[Opinion] = [
    ("overall", None, "would come back", 1),
    (None, None, "will come back", 1),
    ("overall", "we", "come back again", 1),
]
EVERYTHING = [LIFT, POOL, BREAKFAST, COFFEE, STAFF, STAY]


def analysis_of(reviews: Sequence[Sequence[Opinion]], **own: Any) -> Analysis:
    """Make the analysis: one sentence per opinion, "ASSESSMENT TARGET."."""
    texts, sentences, opinions = [], [], []
    for key, review in enumerate(reviews):
        text = ""
        for number, (driver, target, how, sign) in enumerate(review):
            start = len(text) + bool(text)
            said = " ".join(part for part in (how, target) if part)
            text = f"{text} {said}.".strip()
            spans = {"assessment": (start, how)}
            spans["target"] = (start + (len(how) + 1 if how else 0), target)
            row: dict[str, Any] = {
                "id": key,
                "sentence": number,
                "driver": driver,
                "universal": driver or "overall",
                "sentiment": float(sign),
                "label": {1: "positive", -1: "negative", 0: "neutral"}[sign],
                "strength": sign,
                "confidence": 0.9,
                "evidence_start": start,
                "evidence_end": len(text) - 1,
                "negated": False,
            }
            for part, (first, words) in spans.items():
                if words:
                    row |= {part: words, f"{part}_start": first, f"{part}_end": first + len(words)}
            opinions.append(row)
            sentences.append({"id": key, "sentence": number, "start": start, "end": len(text)})
        texts.append(text)
    verbatims = [
        {"id": i, "text": t, "status": "ok" if t else "empty", "n_sentences": len(r)}
        | {"n_opinions": len(r), "label": "none"}
        for i, (t, r) in enumerate(zip(texts, reviews, strict=True))
    ]
    extra = pd.DataFrame(own) if own else None
    tables = {
        "verbatims": _table("verbatims", verbatims, extra),
        "sentences": _table("sentences", [{**row, "label": "none"} for row in sentences]),
        "opinions": _table("opinions", opinions),
    }
    meta = {
        "engine": {"name": "test", "version": "1"},
        "taxonomy": {"name": "hotel"},
        "id": "position",
        "schema_version": 1,
        "verbatim_version": "0",
    }
    return Analysis(tables, meta)


def corpus(sizes: Sequence[int], topics: Sequence[list[Opinion]], seed: int = 0) -> Analysis:
    """Reviews of one to three opinions, so many drawn from each topic."""
    random = np.random.default_rng(seed)
    drawn = [
        topic[int(random.integers(len(topic)))]
        for size, topic in zip(sizes, topics, strict=True)
        for _ in range(size)
    ]
    random.shuffle(drawn)  # type: ignore[arg-type]
    reviews: list[list[Opinion]] = []
    while drawn:
        n = int(random.integers(1, 4))
        reviews.append([tuple(opinion) for opinion in drawn[:n]])  # type: ignore[misc]
        drawn = drawn[n:]
    return analysis_of(reviews)


def _table(
    name: str, rows: Sequence[dict[str, Any]], extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    empty = {"bool": False, "int64": 0}
    columns = {c.name: [row.get(c.name, empty.get(c.dtype)) for row in rows] for c in TABLES[name]}
    return make_table(name, columns, extra)


def theme_named(themes: Themes, word: str) -> str:
    """Id of the largest theme whose name holds a word."""
    rows = themes.frame[themes.frame["name"].str.contains(word, case=False)]
    return str(rows.sort_values("n_reviews")["theme"].iloc[-1])
