"""From logits to the opinions of a group of sentences.

A driver is said with a sign where the product of their probabilities reaches the threshold; each
assessment that belongs to them is an opinion. Where no driver reaches it and the sentence judges
all the same ("It was great"), the likeliest is said if it is likely at all. The same words are an
opinion about a second driver only if that is more likely than not, and never have both signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.engines.base import ABSENT
from verbatim.engines.neural.session import Said
from verbatim.engines.neural.settings import Floats, Settings, sigmoid
from verbatim.engines.neural.spans import Flags, Ints, Spans, heaviest_run, mean_over, tagged_spans
from verbatim.engines.neural.tokens import Group

SIGNS = np.array([1, -1, 0])
"""Sign of each place of the graph's sign axis."""
SIDES = (0, 1)
"""Places of praise and of blame among them."""
JUDGES = 0.5
"""Sentiment, to either side of 0, from which a sentence judges, whatever it judges."""
LIKELY = 0.25
"""Least probability of the driver that such a sentence is said to be about."""
ALSO = 0.5
"""Least probability of another driver that the same words judge too."""
NO_SPAN = (ABSENT, ABSENT)
Span = tuple[int, int]
Paired = tuple[int, Span | None, Span | None]
"""Place among the `Judged`, target and assessment."""


@dataclass(frozen=True, slots=True)
class Judged:
    """k drivers that are judged with a sign, in the order of their sentences.

    Attributes
    ----------
    row, driver, sign : int64 arrays of shape (k,)
        Sentence of the group, driver, and place in `SIGNS`.
    probability, strong, sentiment : float32 arrays of shape (k,)
        That it is said; of a strong judgement; -1 to 1.
    start, end : int64 arrays of shape (k,)
        Word pieces to which the model attended.
    """

    row: Ints
    driver: Ints
    sign: Ints
    probability: Floats
    strong: Floats
    sentiment: Floats
    start: Ints
    end: Ints


def judged(said: Said, group: Group, settings: Settings) -> Judged:
    """Choose what is said."""
    signs = sigmoid(said["signs"])
    probability = sigmoid(said["drivers"])[..., None] * signs
    row, driver, sign = at = np.nonzero(_is_said(probability, np.tanh(said["sentiment"]), settings))
    strong = sigmoid(said["strong"][at])
    start, end = heaviest_run(said["evidence"][at], group.is_first[row])
    return Judged(
        row=row,
        driver=driver,
        sign=sign,
        probability=probability[at],
        strong=strong,
        sentiment=(SIGNS[sign] * signs[at] * (1 + strong) / 2).astype(np.float32),
        start=start,
        end=end,
    )


def _is_said(probability: Floats, sentiment: Floats, settings: Settings) -> Flags:
    """Which drivers (n, 21, 3) are said with which sign."""
    is_said: Flags = probability >= settings.opinion
    is_open = ~is_said.any(axis=(1, 2)) & (np.abs(sentiment) >= JUDGES)
    row = np.flatnonzero(is_open)
    sign = np.where(sentiment[row] > 0, *SIDES)
    driver = probability[row, :, sign].argmax(axis=1)
    is_said[row, driver, sign] = probability[row, driver, sign] >= LIKELY
    return is_said


def opinions(said: Said, group: Group, settings: Settings) -> list[tuple[int, tuple[Any, ...]]]:
    """Sentence of the group and one value per field but the last two of `OpinionPredictions`.

    These two, `negated` and `emotion`, rest on the sentence as a whole.
    """
    found = judged(said, group, settings)
    targets, assessments = (
        _linked(
            tagged_spans(said[f"{part}_tags"], group.is_first, settings.inside),
            said[f"link_{part}"][found.row, found.driver, found.sign],
            found.row,
            settings.link,
            further,
        )
        for part, further in (("target", settings.link), ("assessment", settings.another))
    )
    pairs = [
        (k, *spans) for k in range(len(found.row)) for spans in pair(targets[k], assessments[k])
    ]
    confidence = settings.calibrated(found.probability)
    rows: list[tuple[int, tuple[Any, ...]]] = []
    for k, target, assessment in _once(pairs, found):
        row = int(found.row[k])
        strength = int(SIGNS[found.sign[k]]) * (2 if found.strong[k] > 0.5 else 1)
        evidence = _hull((int(found.start[k]), int(found.end[k])), assessment)
        spans = [_characters(span, row, group) for span in (target, assessment, evidence)]
        values = int(found.driver[k]), float(found.sentiment[k]), strength, confidence[k]
        rows.append((row, (*values, *spans)))
    return rows


def _once(pairs: list[Paired], found: Judged) -> list[Paired]:
    """Of opinions with the same words, the surest, and another driver's where that is likely."""
    by_words: dict[tuple[int, Span | None, Span | None], list[int]] = {}
    for k, target, assessment in pairs:
        by_words.setdefault((int(found.row[k]), target, assessment), []).append(k)

    def is_kept(k: int, others: list[int]) -> bool:
        surer = [o for o in others if found.probability[o] > found.probability[k]]
        is_likely = found.probability[k] >= ALSO
        return not surer or (is_likely and all(found.driver[o] != found.driver[k] for o in surer))

    return [
        (k, target, assessment)
        for k, target, assessment in pairs
        if is_kept(k, by_words[int(found.row[k]), target, assessment])
    ]


def _linked(
    spans: Spans, links: Floats, row: Ints, likeliest: float, further: float
) -> list[list[Span]]:
    """For each opinion the spans that belong to it, likeliest first.

    Parameters
    ----------
    spans : Spans
    links : array of shape (k, T)
        Logits: is this piece part of what belongs to the opinion?
    row : array of shape (k,)
        Sentence of each opinion.
    likeliest, further : float
        Least probability of the likeliest span, and of the others.
    """
    first, last = np.searchsorted(spans.row, row), np.searchsorted(spans.row, row, side="right")
    counts = last - first
    owner = np.repeat(np.arange(len(row)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = np.repeat(first, counts) + within
    start, end = spans.start[place], spans.end[place]
    score = mean_over(sigmoid(links)[owner], start, end)
    order = np.lexsort((start, -score, owner))
    is_likeliest = np.append(True, np.diff(owner[order]) > 0)[: len(order)]
    least = np.where(is_likeliest, likeliest, further)
    linked: list[list[Span]] = [[] for _ in row]
    for i in order[score[order] >= least]:
        linked[owner[i]].append((int(start[i]), int(end[i])))
    return linked


def pair(targets: list[Span], assessments: list[Span]) -> list[tuple[Span | None, Span | None]]:
    """Each assessment with the nearest target, one a target; both are given likeliest first.

    What is said twice of one target, for the same driver and with the same sign, is one opinion.

    Examples
    --------
    >>> pair([(1, 2), (6, 7)], [(8, 9), (3, 5)])
    [((1, 2), (3, 5)), ((6, 7), (8, 9))]
    >>> pair([(1, 2)], [(8, 9), (3, 5)])
    [((1, 2), (8, 9))]
    >>> pair([], [(3, 5), (8, 9)])
    [(None, (3, 5))]
    """
    if not assessments:
        return [(targets[0] if targets else None, None)]
    if not targets:
        return [(None, assessments[0])]
    said: dict[Span, Span] = {}
    for assessment in assessments:
        said.setdefault(min(targets, key=partial(_distance, assessment)), assessment)
    in_order = sorted((assessment, target) for target, assessment in said.items())
    return [(target, assessment) for assessment, target in in_order]


def _distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1])


def _hull(span: Span, other: Span | None) -> Span:
    return (min(span[0], other[0]), max(span[1], other[1])) if other else span


def _characters(span: Span | None, row: int, group: Group) -> tuple[int, int]:
    """Offsets in the sentence; a symbol that the tokenizer dropped can leave none."""
    if span is None:
        return NO_SPAN
    start, end = int(group.start[row, span[0]]), int(group.end[row, span[1] - 1])
    return (start, end) if start < end else NO_SPAN


def emotions_of(said: Said, settings: Settings) -> NDArray[np.uint8]:
    """Intensity 1 to 3 of each emotion, 0 where it is not felt: (n, 13)."""
    felt = sigmoid(said["emotions"]) >= settings.emotion
    return np.where(felt, 1 + np.rint(2 * sigmoid(said["intensity"])), 0).astype(np.uint8)
