"""Phrases of a text: where they stand, what overlaps them, and the set that is measured by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benchmarks.matching import match_counts
from benchmarks.opinion_sets import Row, Scores, precision_recall_f1, sign_scores
from benchmarks.readings import SPANS, Opinion, Reading, Span


def opener(rows: Sequence[Row], readings: Sequence[Reading], offers: Collection[str]) -> Scores:
    """Phrases and signs without categories: an opinion is found if its words and sign agree."""
    scores = sign_scores(rows, readings, "sign")
    if SPANS not in offers:
        return scores
    gold = [[_phrase(row["text"], o) for o in row["opinions"]] for row in rows]
    opinions = [reading.opinions for reading in readings]
    for name, fits in (("phrase", _touches), ("phrase + sign", _touches_with_sign)):
        counts = match_counts(opinions, gold, fits, skip=lambda phrase: not phrase.spans)
        scores |= precision_recall_f1(name, counts)
    return scores


@dataclass(frozen=True, slots=True)
class Phrase:
    """A gold assessment: wherever its words stand in the text (nowhere: skip it), and its sign."""

    spans: tuple[Span, ...]
    sign: int


def _phrase(text: str, opinion: Row) -> Phrase:
    return Phrase(occurrences(text, opinion["assessment"]), opinion["sign"])


def occurrences(text: str, words: str | None) -> tuple[Span, ...]:
    """Every place where `words` stand, in any case.

    Examples
    --------
    >>> occurrences("Nice bed, nice view", "nice")
    ((0, 4), (10, 14))
    """
    if not words:
        return ()
    return tuple(found.span() for found in re.finditer(re.escape(words), text, re.IGNORECASE))


def overlap(a: Span | None, b: Span) -> int:
    """Characters in common.

    Examples
    --------
    >>> overlap((0, 5), (3, 9)), overlap(None, (3, 9))
    (2, 0)
    """
    return 0 if a is None else max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _touches(opinion: Opinion, phrase: Phrase) -> bool:
    words = opinion.assessment or opinion.evidence
    return any(overlap(words, span) > 0 for span in phrase.spans)


def _touches_with_sign(opinion: Opinion, phrase: Phrase) -> bool:
    return opinion.sign == phrase.sign and _touches(opinion, phrase)
