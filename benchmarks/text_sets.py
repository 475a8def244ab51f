"""Measures on sets that say one thing of a text: its sign, a score, emotions, a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from benchmarks.metrics import (
    Estimate,
    accuracy,
    class_macro_f1,
    estimate,
    f1,
    label_counts,
    macro_f1,
    micro_f1,
    pearson,
    precision,
    recall,
    set_counts,
)
from benchmarks.opinion_sets import Row, Scores
from benchmarks.readings import ATTRIBUTES, Reading, polarity

CLASSES = (1, 0, -1)

RATERS_BAND = 0.5
"""On the raters' scale of -4 to 4: a mean that rounds to 0 is neutral."""

UNRENDERED = "<__main__."
"""CheckList cases that were stored as the name of a Python object instead of as a text."""

NOT_NEGATIVE = "Q & A: no"
"""The CheckList test whose gold 0 stands for "not negative": "Was it awful? No" may be praise."""


def two_signs(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Positive or negative; a system that answers neutral is wrong."""
    gold, found = _signs(rows, readings)
    decided = np.column_stack([np.array(found) != 0, np.ones(len(found))])
    return {
        "accuracy": accuracy(gold, found),
        "share with a sign": estimate(decided, lambda c: c[..., 0] / c[..., 1]),
    }


def three_signs(
    rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]
) -> Scores:
    """Positive, neutral or negative."""
    gold, found = _signs(rows, readings)
    return {"macro-F1": class_macro_f1(gold, found, CLASSES), "accuracy": accuracy(gold, found)}


def _signs(rows: Sequence[Row], readings: Sequence[Reading]) -> tuple[list[int], list[int]]:
    return [row["sign"] for row in rows], [reading.sign for reading in readings]


def raters(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Against the mean of 20 raters: correlation, and the sign."""
    gold = [row["score"] for row in rows]
    signs = [polarity(score, RATERS_BAND) for score in gold]
    found = [reading.sign for reading in readings]
    return {
        "Pearson r": pearson([reading.score for reading in readings], gold),
        "3-way macro-F1": class_macro_f1(signs, found, CLASSES),
    }


def checklist(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Failure rates: by capability, then by test."""
    kept = [pair for pair in zip(rows, readings, strict=True) if rendered(pair[0])]
    by_capability: dict[str, list[bool]] = {}
    by_test: dict[str, list[bool]] = {}
    for row, reading in kept:
        failed = fails(row, reading.sign)
        by_capability.setdefault(row["capability"], []).append(failed)
        by_test.setdefault(f"{row['capability']}: {row['test']}", []).append(failed)
    rates = {f"failures, {name}": _rate(found) for name, found in sorted(by_capability.items())}
    worst = max((rate.value for rate in rates.values()), default=float("nan"))
    tests = {name: _rate(found) for name, found in sorted(by_test.items())}
    return {"failures, worst capability": Estimate(worst), **rates, **tests}


def rendered(row: Row) -> bool:
    """Whether the case holds a text at all."""
    return not row["text"].startswith(UNRENDERED)


def fails(row: Row, sign: int) -> bool:
    """Whether a minimum functionality test fails: any sign but the wanted one.

    Examples
    --------
    >>> fails({"test": "neutral words in context", "sign": 0}, 1)
    True
    >>> fails({"test": "Q & A: no", "sign": 0}, 1)
    False
    """
    if row["test"] == NOT_NEGATIVE and row["sign"] == 0:
        return sign < 0
    return bool(sign != row["sign"])


def _rate(failed: Sequence[bool]) -> Estimate:
    """Share of failures; templates are no sample of anything, so there is no interval."""
    return Estimate(float(np.mean(failed)), n=len(failed))


def suggestions(
    rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]
) -> Scores:
    """Find texts with the intent `suggestion`; no system was trained on the set."""
    if ATTRIBUTES not in offers:
        return {}
    yes, no = frozenset({1}), frozenset[int]()
    counts = set_counts(
        [yes if row["suggestion"] else no for row in rows],
        [yes if "suggestion" in reading.intents else no for reading in readings],
    )
    return {
        "F1": estimate(counts, f1),
        "precision": estimate(counts, precision),
        "recall": estimate(counts, recall),
    }


def emotions(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Our 13 emotions, each present or not."""
    if ATTRIBUTES not in offers:
        return {}
    from verbatim.labels import EMOTIONS

    counts = label_counts([r["emotions"] for r in rows], [r.emotions for r in readings], EMOTIONS)
    return {
        "macro-F1 over 13 emotions": estimate(counts, macro_f1),
        "micro-F1": estimate(counts, micro_f1),
    }
