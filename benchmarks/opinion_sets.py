"""Measures on sets whose sentences have annotated opinions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.matching import match, match_counts
from benchmarks.metrics import (
    Estimate,
    accuracy,
    calibration_error,
    class_macro_f1,
    estimate,
    f1,
    label_counts,
    macro_f1,
    micro_f1,
    precision,
    recall,
    set_counts,
)
from benchmarks.readings import ATTRIBUTES, CONFIDENCE, OPINIONS, SPANS, STRENGTH, Opinion, Reading

Row = Mapping[str, Any]
Scores = dict[str, Estimate]

ATTRIBUTE_NAMES = ("touchpoint", "stage", "effort", "interaction", "resolution")
SIGNS = ("positive", "negative", "mixed", "none")
Span = tuple[int, int]
_ARTICLE = re.compile(
    r"(?:the|an?|this|that|these|those|my|our|your|his|her|its|their)\s+(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold opinion: drivers that may stand for it (None: skip it), its sign (None: any)."""

    accept: frozenset[str] | None
    sign: int | None
    strength: int | None = None


def same_driver(opinion: Opinion, gold: Gold) -> bool:
    return gold.accept is not None and opinion.driver in gold.accept


def same_pair(opinion: Opinion, gold: Gold) -> bool:
    return same_driver(opinion, gold) and gold.sign in (None, opinion.sign)


def same_strength(opinion: Opinion, gold: Gold) -> bool:
    return same_driver(opinion, gold) and gold.strength == opinion.strength


def category_set(
    rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]
) -> Scores:
    """Driver and driver+sign, for sets that say which drivers are accepted for a category."""
    if OPINIONS not in offers:
        return {}
    gold = [[_accepting(o) for o in row["opinions"]] for row in rows]
    return _driver_scores(readings, gold)


def own_dev(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Everything that ``labels.md`` defines."""
    gold = [[_own(o) for o in row["opinions"]] for row in rows]
    scores: Scores = {}
    if OPINIONS in offers:
        scores |= _driver_scores(readings, gold)
    if STRENGTH in offers:
        opinions = [reading.opinions for reading in readings]
        counts = match_counts(opinions, gold, same_strength, _is_skipped)
        scores["driver + 5-point polarity F1"] = estimate(counts, f1)
    if SPANS in offers:
        scores |= _span_scores(rows, readings)
    if ATTRIBUTES in offers:
        scores |= _attribute_scores(rows, readings)
    if CONFIDENCE in offers:
        scores["calibration error of the confidence (10 bins)"] = _calibration(readings, gold)
    return scores | sign_scores(rows, readings, "polarity")


def _accepting(opinion: Row) -> Gold:
    accept = opinion["accept"]
    return Gold(None if accept is None else frozenset(accept), opinion["sign"])


def _own(opinion: Row) -> Gold:
    polarity = opinion["polarity"]
    return Gold(frozenset({opinion["driver"]}), int(np.sign(polarity)), polarity)


def _driver_scores(readings: Sequence[Reading], gold: Sequence[Sequence[Gold]]) -> Scores:
    opinions = [reading.opinions for reading in readings]
    scores: Scores = {}
    for name, fits in (("driver", same_driver), ("driver + sign", same_pair)):
        counts = match_counts(opinions, gold, fits, _is_skipped)
        scores |= precision_recall_f1(name, counts)
    return scores | _once_per_sentence(opinions, gold)


def _once_per_sentence(
    opinions: Sequence[Sequence[Opinion]], gold: Sequence[Sequence[Gold]]
) -> Scores:
    """Each driver, or driver and sign, counted once a sentence, as in ``AGREEMENT.md``."""
    drivers = match_counts(
        [list({o.driver: o for o in row}.values()) for row in opinions],
        [list({g.accept: g for g in row}.values()) for row in gold],
        same_driver,
        _is_skipped,
    )
    pairs = match_counts(
        [list({(o.driver, o.sign): o for o in row}.values()) for row in opinions],
        [list({(g.accept, g.sign): g for g in row}.values()) for row in gold],
        same_pair,
        _is_skipped,
    )
    return {
        "driver F1, each once a sentence": estimate(drivers, f1),
        "driver + sign F1, each once a sentence": estimate(pairs, f1),
    }


def _is_skipped(gold: Gold) -> bool:
    return gold.accept is None


def precision_recall_f1(name: str, counts: Any) -> Scores:
    return {
        f"{name} F1": estimate(counts, f1),
        f"{name} precision": estimate(counts, precision),
        f"{name} recall": estimate(counts, recall),
    }


def _span_scores(rows: Sequence[Row], readings: Sequence[Reading]) -> Scores:
    scores = {
        f"{part} span F1 (exact)": estimate(_span_counts(rows, readings, part), f1)
        for part in ("target", "assessment")
    }
    aside = _span_counts(rows, readings, "target", without_article)
    return scores | {"target span F1 (exact, articles aside)": estimate(aside, f1)}


def _span_counts(
    rows: Sequence[Row],
    readings: Sequence[Reading],
    part: str,
    of: Callable[[str, Span], Span] = lambda _, span: span,
) -> Any:
    gold = [{of(r["text"], tuple(o[part])) for o in r["opinions"] if o[part]} for r in rows]
    found = [
        {of(row["text"], getattr(o, part)) for o in reading.opinions if getattr(o, part)}
        for row, reading in zip(rows, readings, strict=True)
    ]
    return set_counts([frozenset(spans) for spans in gold], [frozenset(spans) for spans in found])


def without_article(text: str, span: Span) -> Span:
    """Leave out an article, or whose it is, at the start of a span.

    Annotators differ in it: some sources have it in nearly every target, others in none.

    Examples
    --------
    >>> without_article("Our room was cold", (0, 8)), without_article("Theory is dull", (0, 6))
    ((4, 8), (0, 6))
    """
    found = _ARTICLE.match(text, *span)
    return (found.end() if found else span[0], span[1])


def _attribute_scores(rows: Sequence[Row], readings: Sequence[Reading]) -> Scores:
    from verbatim.labels import EMOTIONS, INTENTS

    emotions = label_counts([r["emotions"] for r in rows], [r.emotions for r in readings], EMOTIONS)
    intents = label_counts([r["intents"] for r in rows], [r.intents for r in readings], INTENTS)
    scores = {
        "emotion micro-F1": estimate(emotions, micro_f1),
        "intent micro-F1": estimate(intents, micro_f1),
    }
    for name in ATTRIBUTE_NAMES:
        gold = [row[name] for row in rows]
        found = [reading.attributes[name] for reading in readings]
        named = sorted({value for value in gold if value is not None})
        if named:
            scores[f"{name} accuracy (none counts)"] = accuracy(gold, found)
            scores[f"{name} macro-F1 (named values)"] = estimate(
                label_counts([{g} for g in gold], [{f} for f in found], named), macro_f1
            )
    return scores


def _calibration(readings: Sequence[Reading], gold: Sequence[Sequence[Gold]]) -> Estimate:
    confidence: list[float] = []
    right: list[bool] = []
    for reading, row in zip(readings, gold, strict=True):
        matched = {p for p, _ in match(reading.opinions, row, same_pair)}
        confidence += [o.confidence or 0.0 for o in reading.opinions]
        right += [i in matched for i in range(len(reading.opinions))]
    return Estimate(calibration_error(confidence, right), n=len(right))


def sentence_label(signs: Collection[int]) -> str:
    """Sign of a sentence from those of its opinions; only neutral ones count as none.

    Examples
    --------
    >>> sentence_label([1, 0]), sentence_label([1, -1]), sentence_label([])
    ('positive', 'mixed', 'none')
    """
    positive, negative = any(s > 0 for s in signs), any(s < 0 for s in signs)
    if positive and negative:
        return "mixed"
    return "positive" if positive else "negative" if negative else "none"


def sign_scores(rows: Sequence[Row], readings: Sequence[Reading], key: str) -> Scores:
    gold = [sentence_label([o[key] for o in row["opinions"]]) for row in rows]
    found = ["none" if r.label == "neutral" else r.label for r in readings]
    return {
        "sentence sign accuracy (4 values)": accuracy(gold, found),
        "sentence sign macro-F1 (4 values)": class_macro_f1(gold, found, SIGNS),
    }
