"""ARTS: the sign towards one named target, and whether it survives rewritten sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np

from benchmarks.metrics import estimate, ratio
from benchmarks.opinion_sets import Row, Scores
from benchmarks.phrases import occurrences, overlap
from benchmarks.readings import Opinion, Reading, Span

_VARIANT = re.compile(r"_adv\d+$")


def robustness(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Accuracy on the original sentences, on all of them, and the aspect robustness score.

    The robustness score (ARS; Xing et al. 2020, Tasty burgers, soggy fries) is the share of
    original sentences that are right together with every rewritten variant of theirs. Resampling
    takes an original with its variants.
    """
    groups: dict[str, list[tuple[bool, bool]]] = {}
    for row, reading in zip(rows, readings, strict=True):
        right = target_sign(reading, occurrences(row["text"], row["target"])) == row["sign"]
        is_original = _VARIANT.search(row["key"]) is None
        groups.setdefault(base_key(row["key"]), []).append((right, is_original))
    outcomes = list(groups.values())
    return {
        "accuracy, originals": estimate(
            [(sum(r for r, o in g if o), sum(o for _, o in g)) for g in outcomes], ratio
        ),
        "accuracy, originals and variants": estimate(
            [(sum(r for r, _ in g), len(g)) for g in outcomes], ratio
        ),
        "robustness score (ARS)": estimate([(all(r for r, _ in g), 1) for g in outcomes], ratio),
    }


def base_key(key: str) -> str:
    """Key of the original sentence.

    Examples
    --------
    >>> base_key("11:4_0_adv12"), base_key("11:4_0")
    ('11:4_0', '11:4_0')
    """
    return _VARIANT.sub("", key)


def target_sign(reading: Reading, target: Sequence[Span]) -> int:
    """Sign towards the words that stand at `target`.

    Taken from the opinion whose own target shares most characters with them; if there is none,
    whose assessment or evidence does; if there is none, from the nearest opinion. Equally good
    opinions are added up. Without opinions that have a place it is the sign of the text.
    """
    placed = [opinion for opinion in reading.opinions if _spans(opinion)]
    if not placed or not target:
        return reading.sign
    fits = [_fit(opinion, target) for opinion in placed]
    best = max(fits)
    chosen = [o.sentiment for o, fit in zip(placed, fits, strict=True) if fit == best]
    return int(np.sign(sum(chosen)))


def _spans(opinion: Opinion) -> list[Span]:
    parts = (opinion.target, opinion.assessment, opinion.evidence)
    return [span for span in parts if span is not None]


def _fit(opinion: Opinion, target: Sequence[Span]) -> tuple[int, int, int]:
    """How well an opinion speaks of the words: larger is better."""
    spans = _spans(opinion)
    return (
        max(overlap(opinion.target, word) for word in target),
        max(overlap(span, word) for span in spans for word in target),
        -min(_distance(span, word) for span in spans for word in target),
    )


def _distance(a: Span, b: Span) -> int:
    """Characters between two spans; 0 if they touch."""
    return max(0, a[0] - b[1], b[0] - a[1])
