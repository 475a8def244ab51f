"""From judgements to opinions: choose the driver, merge what is one opinion, weigh the sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from verbatim.engines.lexicon.pairing import OVERALL, Judgement
from verbatim.engines.lexicon.resources import NEUTRAL
from verbatim.engines.lexicon.spans import GENERIC, Chunk, Cue, Target
from verbatim.engines.lexicon.words import CONCESSION, CONTRAST, FACTS, PLAIN

NORMALISER = 15.0
"""VADER's: a sum of valences s becomes s / sqrt(s^2 + 15), in -1..1."""
STRONG = {1: 2.1, -1: 1.5, 0: math.inf}
"""Size of the valence from which praise and blame count as strong: people soften their blame."""
BEFORE_CONTRAST, AFTER_CONTRAST = 0.5, 1.5
"""VADER's weights of what stands before and behind a `but`."""
ABSTAIN = 1 / 3
"""Measured precision of a rule below which the engine says nothing."""
UNKNOWN_RULE = 0.5
"""Confidence in a rule that was never seen in the sentences it is measured on."""
SHORT_SENTENCE, CLEAR_VALENCE = 12, 1.5
EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4


class Opinion(NamedTuple):
    """One opinion, its spans in words."""

    driver: int
    valence: float
    rule: str
    confidence: float
    target: tuple[int, int] | None
    assessment: tuple[int, int] | None
    evidence: tuple[int, int]
    negated: bool

    @property
    def strength(self) -> int:
        """-2 strongly negative to 2 strongly positive."""
        sign = sign_of(self.valence)
        return sign * (2 if abs(self.valence) >= STRONG[sign] else 1)


def opinions_of(
    judgements: Sequence[Judgement], low: Sequence[str], confidence: Mapping[str, float]
) -> list[Opinion]:
    """Opinions in text order; two judgements of one target, driver and sign are one opinion."""
    groups: dict[tuple[int, Target | None, int], list[Judgement]] = {}
    for judgement in judgements:
        key = (driver_of(judgement), judgement.target, sign_of(judgement.cue.valence))
        groups.setdefault(key, []).append(judgement)
    found = []
    for (driver, target, sign), group in groups.items():
        strongest = group[0]
        if len(group) > 1:
            strongest = max(group, key=lambda judgement: abs(judgement.cue.valence))
        rule = rule_of(strongest, driver, sign, low, alone=len(groups) == 1)
        trust = confidence.get(rule, UNKNOWN_RULE)
        if trust >= ABSTAIN:
            found.append(_opinion(driver, target, group, strongest.cue, rule, trust))
    return sorted(found, key=attrgetter("evidence")) if len(found) > 1 else found


def sign_of(valence: float) -> int:
    """-1, 0 or 1; `okay` and `average` are neutral judgements."""
    return (valence > NEUTRAL) - (valence < -NEUTRAL)


def rule_of(judgement: Judgement, driver: int, sign: int, low: Sequence[str], alone: bool) -> str:
    """Name the rule behind an opinion, as finely as its reliability differs."""
    cue, target = judgement.cue, judgement.target
    parts = [cue.kind, judgement.relation] if sign else [cue.kind, judgement.relation, "neutral"]
    if target is not None:
        if target.weak:
            parts.append("weak target")
        if target.driver == OVERALL:
            parts.append("general target")
    elif driver == OVERALL:
        length = "short" if len(low) <= SHORT_SENTENCE else "long"
        if cue.end - cue.shown_start >= len(low) - 1 or _is_plain(low, cue):
            length = "nothing else"
        parts += ["alone" if alone else "among others", length]
        if abs(cue.valence) >= CLEAR_VALENCE:
            parts.append("clear")
    return ", ".join(parts)


def _is_plain(low: Sequence[str], cue: Cue) -> bool:
    """Whether the words beside a cue name nothing: `it was great` says no more than `great`."""
    return PLAIN.issuperset(low[: cue.shown_start]) and PLAIN.issuperset(low[cue.end :])


def driver_of(judgement: Judgement) -> int:
    """The driver of the cue if it has one of its own, else the target's, else the whole."""
    cue, target = judgement.cue, judgement.target
    if cue.driver != GENERIC and not cue.weak:
        return cue.driver
    if target is not None and (cue.driver == GENERIC or target.driver != OVERALL):
        return target.driver
    return cue.driver if cue.driver != GENERIC else OVERALL


def _opinion(
    driver: int,
    target: Target | None,
    group: Sequence[Judgement],
    strongest: Cue,
    rule: str,
    confidence: float,
) -> Opinion:
    cues = [judgement.cue for judgement in group]
    shown = _run(cues, strongest, target)
    start, end = shown
    if target is not None:
        start, end = min(start, target.start), max(end, target.end)
    return Opinion(
        driver=driver,
        valence=_combined([cue.valence for cue in cues]),
        rule=rule,
        confidence=confidence,
        target=None if target is None else (target.start, target.end),
        assessment=None if _is_bare_fact(strongest) else shown,
        evidence=(start, end),
        negated=strongest.negated,
    )


def _combined(valences: Sequence[float]) -> float:
    """The strongest, and a little for each that agrees."""
    if len(valences) == 1:
        return valences[0]
    strongest = max(valences, key=abs)
    return strongest + 0.25 * (sum(valences) - strongest)


def _is_bare_fact(cue: Cue) -> bool:
    return cue.kind in FACTS and cue.kind != "absence"


def _run(cues: Sequence[Cue], strongest: Cue, target: Target | None) -> tuple[int, int]:
    """The strongest cue, with those right beside it, on its side of the target."""
    start, end = strongest.shown_start, strongest.end
    if len(cues) == 1:
        return start, end
    for cue in sorted(cues, key=lambda cue: cue.start):
        is_across = target is not None and (cue.start < target.start) != (start < target.start)
        if not is_across and cue.shown_start <= end + 1 and cue.end >= start - 1:
            start, end = min(start, cue.shown_start), max(end, cue.end)
    return start, end


def sentence_sentiment(low: Sequence[str], chunks: Sequence[Chunk]) -> float:
    """Weighted sum of the real cues' valences on VADER's scale; NaN without any.

    What is judged neutral counts 0.
    """
    values: list[float] = []
    after = False
    for chunk in chunks:
        weight = AFTER_CONTRAST if after else 1.0
        if chunk.opener in CONTRAST:
            weight, after, values = _turn(chunk, values)
        for cue in chunk.cues:
            if cue.real and cue.valence:
                values.append(weight * cue.valence * abs(sign_of(cue.valence)))
    if not values:
        return math.nan
    total = sum(values)
    if total and "!" in low:
        total += math.copysign(min(low.count("!"), MOST_EXCLAMATIONS) * EXCLAMATION, total)
    return total / math.sqrt(total * total + NORMALISER)


def _turn(chunk: Chunk, values: list[float]) -> tuple[float, bool, list[float]]:
    """At a contrast: what it concedes weighs less, what it is set against weighs more."""
    if chunk.opener in CONCESSION:
        return BEFORE_CONTRAST, chunk.start <= 1, values
    return AFTER_CONTRAST, True, [value * BEFORE_CONTRAST for value in values]
