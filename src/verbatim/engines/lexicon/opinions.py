"""From judgements to opinions: choose the driver, merge what is one opinion, weigh the sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verbatim.engines.lexicon.pairing import OVERALL, Judgement
from verbatim.engines.lexicon.spans import GENERIC, Chunk, Cue, Target, Words
from verbatim.engines.lexicon.words import CONCESSION, CONTRAST

NORMALISER = 15.0
"""VADER's: a sum of valences s becomes s / sqrt(s^2 + 15), in -1..1."""
STRONG = 2.3
"""Valence from which an opinion counts as strong."""
FAINT = 0.4
"""Valence below which a cue says too little for an opinion."""
BEFORE_CONTRAST, AFTER_CONTRAST = 0.5, 1.5
"""VADER's weights of what stands before and behind a `but`."""
EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion, its spans in words."""

    driver: int
    valence: float
    kind: str
    target: tuple[int, int] | None
    assessment: tuple[int, int] | None
    evidence: tuple[int, int]
    negated: bool

    @property
    def strength(self) -> int:
        """-2, -1, 1 or 2."""
        size = 2 if abs(self.valence) >= STRONG else 1
        return size if self.valence > 0 else -size


def opinions_of(judgements: Sequence[Judgement], confidence: Mapping[str, float]) -> list[Opinion]:
    """Opinions in text order; two judgements of one target, driver and sign are one opinion."""
    groups: dict[tuple[int, Target | None, bool], list[Judgement]] = {}
    for judgement in judgements:
        driver = driver_of(judgement)
        if driver == GENERIC or abs(judgement.cue.valence) < FAINT:
            continue
        groups.setdefault((driver, judgement.target, judgement.cue.valence > 0), []).append(judgement)
    found = [_opinion(driver, target, group) for (driver, target, _), group in groups.items()]
    specific = [opinion for opinion in found if opinion.driver != OVERALL or opinion.target]
    return sorted(specific or found, key=lambda opinion: opinion.evidence)


def driver_of(judgement: Judgement) -> int:
    """The driver of the cue if it has one of its own, else the target's, else the whole."""
    cue, target = judgement.cue, judgement.target
    if cue.driver != GENERIC and not cue.weak:
        return cue.driver
    if target is not None and (cue.driver == GENERIC or target.driver != OVERALL):
        return target.driver
    return cue.driver if cue.driver != GENERIC else OVERALL


def _opinion(driver: int, target: Target | None, group: Sequence[Judgement]) -> Opinion:
    cues = [judgement.cue for judgement in group]
    strongest = max(group, key=lambda judgement: abs(judgement.cue.valence))
    shown = _run(cues, strongest.cue)
    start, end = shown
    if target is not None:
        start, end = min(start, target.start), max(end, target.end)
    return Opinion(
        driver=driver,
        valence=_combined([cue.valence for cue in cues]),
        kind=strongest.kind if target is not None else f"{strongest.kind}, no target",
        target=None if target is None else (target.start, target.end),
        assessment=None if _is_bare_fact(strongest.cue) else shown,
        evidence=(start, end),
        negated=strongest.cue.negated,
    )


def _combined(valences: Sequence[float]) -> float:
    """The strongest, and a little for each that agrees."""
    strongest = max(valences, key=abs)
    return strongest + 0.25 * (sum(valences) - strongest)


def _is_bare_fact(cue: Cue) -> bool:
    return cue.kind in ("absence", "fact") and cue.driver != GENERIC


def _run(cues: Sequence[Cue], strongest: Cue) -> tuple[int, int]:
    """The strongest cue, with those that stand right beside it (`clean and very quiet`)."""
    start, end = strongest.shown_start, strongest.end
    for cue in sorted(cues, key=lambda cue: cue.start):
        if cue.shown_start <= end + 1 and cue.end >= start - 1:
            start, end = min(start, cue.shown_start), max(end, cue.end)
    return start, end


def sentence_sentiment(words: Words, chunks: Sequence[Chunk]) -> float:
    """Weighted sum of the real cues' valences on VADER's scale; NaN without any."""
    low = words.low
    weighted: list[list[float]] = []
    after = False
    for chunk in chunks:
        weight = AFTER_CONTRAST if after else 1.0
        if chunk.opener in CONTRAST:
            weight, after, weighted = _turn(chunk, weighted)
        weighted.append([weight * cue.valence for cue in chunk.cues if cue.real and cue.valence])
    values = [value for chunk_values in weighted for value in chunk_values]
    if not values:
        return math.nan
    total = sum(values)
    total += math.copysign(min(low.count("!"), MOST_EXCLAMATIONS) * EXCLAMATION, total) if total else 0
    return total / math.sqrt(total * total + NORMALISER)


def _turn(chunk: Chunk, weighted: list[list[float]]) -> tuple[float, bool, list[list[float]]]:
    """At a contrast: what it concedes weighs less, what it is set against weighs more."""
    if chunk.opener in CONCESSION:
        return BEFORE_CONTRAST, chunk.start <= 1, weighted
    halved = [[value * BEFORE_CONTRAST for value in values] for values in weighted]
    return AFTER_CONTRAST, True, halved
