"""Turn a cue's dictionary valence into what it says here: boosted, negated, wished for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from verbatim.engines.lexicon.resources import NEUTRAL
from verbatim.engines.lexicon.spans import SHORTEST_CAPITALS, Chunk, Cue, Words
from verbatim.engines.lexicon.words import (
    COMPARATIVES,
    DEGREES_OF_ALL,
    DETERMINERS,
    FACTS,
    MODALS,
    NEGATORS,
    NOT_AFTER_TOO,
    NOT_NEGATING,
    NOUN_NEGATORS,
    WORSE,
)

NEGATION_REACH = 8
NOUN_NEGATION_REACH = 4
NEGATED_PRAISE, NEGATED_BLAME = -0.74, -0.5
"""Not good is nearly bad; not bad is only half good (the first is VADER's factor)."""
FAINTEST = 0.5
"""Size that a negated valence keeps at least, so that it stays a judgement."""
BOOSTER_DECAY = (1.0, 0.95, 0.9)
CAPITALS = 0.733
MOST_WORDS_IN_CAPITALS = 0.6
"""Share of words in capitals above which capitals stress nothing."""
WISH = -1.2
"""Valence of a good thing that is only wished for: a mild complaint."""
_DEGREES = frozenset({"less", "least", "so", "too"})
"""Words that change or stress what follows them, beside the boosters."""
_COMPARATIVES_OF_BLAME = COMPARATIVES | WORSE


def apply_rules(words: Words, chunks: Sequence[Chunk], boosters: Mapping[str, float]) -> None:
    """Set the valence of every cue, chunk by chunk."""
    low = words.low
    stressed = _stressed(words)
    may_wish, may_negate = not MODALS.isdisjoint(low), not NEGATORS.isdisjoint(low)
    for position, chunk in enumerate(chunks):
        if not chunk.cues:
            continue
        begin = _scope_start(chunks, position)
        for cue in chunk.cues:
            if cue.kind in FACTS:
                continue
            if stressed and not stressed.isdisjoint(range(cue.start, cue.end)):
                cue.valence += math.copysign(CAPITALS, cue.valence)
            _boost(low, cue, begin, boosters)
            is_wish = may_wish and _wish(low, cue, begin)
            if may_negate and not is_wish:
                _negate(low, cue, chunk.cues, begin)


def flip(cue: Cue) -> None:
    """Negate a cue; a neutral one stays neutral."""
    if abs(cue.valence) <= NEUTRAL:
        return
    turned = cue.valence * (NEGATED_PRAISE if cue.valence > 0 else NEGATED_BLAME)
    cue.valence = math.copysign(max(abs(turned), FAINTEST), turned)
    cue.negated = not cue.negated


def _scope_start(chunks: Sequence[Chunk], position: int) -> int:
    """A negation reaches over an `or` that names nothing new; `nor` is one itself."""
    chunk = chunks[position]
    if not position or chunk.opener not in ("or", "nor"):
        return chunk.start
    return chunk.start - 1 if chunk.targets else chunks[position - 1].start


def _stressed(words: Words) -> frozenset[int]:
    """Words in capitals where others are not; where most are, capitals stress nothing."""
    upper = list(filter(str.isupper, words.sentence.words))
    # Most sentences have an `I` or an `A` at most.
    if not upper or len(max(upper, key=len)) < SHORTEST_CAPITALS:
        return frozenset()
    if len(upper) > MOST_WORDS_IN_CAPITALS * len(words.low):
        return frozenset()
    return frozenset(i for i in range(len(words.low)) if words.is_upper(i))


def _boost(low: Sequence[str], cue: Cue, begin: int, boosters: Mapping[str, float]) -> None:
    sign = 1 if cue.valence > 0 else -1
    for distance, decay in enumerate(BOOSTER_DECAY, start=1):
        position = cue.start - distance
        if position < begin:
            return
        word = low[position]
        scalar = boosters.get(word)
        if scalar is None and word not in _DEGREES:
            continue
        if word in ("less", "least") and distance == 1:
            flip(cue)
            cue.span_start = position
        elif scalar is not None:
            cue.valence += sign * scalar * decay
            cue.span_start = position
        elif word == "too" and distance == 1 and cue.valence > 0:
            cue.valence, cue.span_start = WISH, position
        elif word in ("so", "too"):
            cue.span_start = position


def _negate(low: Sequence[str], cue: Cue, neighbours: Sequence[Cue], begin: int) -> None:
    for distance in range(1, NEGATION_REACH + 1):
        position = cue.start - distance
        if position < begin:
            return
        word = low[position]
        if word not in NEGATORS or (word in NOUN_NEGATORS and distance > NOUN_NEGATION_REACH):
            continue
        if _negates_nothing(low, position) or _another_takes_it(low, cue, neighbours, position):
            return
        if _is_superlative(low, position, cue):
            cue.valence += math.copysign(1.0, cue.valence)
        else:
            flip(cue)
        if distance <= 4:
            cue.span_start = position if cue.span_start < 0 else min(position, cue.span_start)
        return


def _negates_nothing(low: Sequence[str], position: int) -> bool:
    following = low[position + 1] if position + 1 < len(low) else ""
    return (low[position], following) in NOT_NEGATING


def _another_takes_it(
    low: Sequence[str], cue: Cue, neighbours: Sequence[Cue], negator: int
) -> bool:
    """In `didn't like the terrible food`, `like` takes the negation and `terrible` stands."""
    return any(
        other is not cue
        and other.end <= cue.start
        and (
            other.start <= negator < other.end
            or (negator < other.start and not DETERMINERS.isdisjoint(low[other.end : cue.start]))
        )
        for other in neighbours
    )


def _is_superlative(low: Sequence[str], negator: int, cue: Cue) -> bool:
    """`couldn't be better`, `never had ruder staff`, `never seen such dirt`: as much as can be."""
    between = low[negator + 1 : cue.end]
    is_ever = low[negator] in ("never", "nothing", "nobody", "rarely") or "ever" in between
    if is_ever and not DEGREES_OF_ALL.isdisjoint(between[1:]):
        return True
    degrees = COMPARATIVES if cue.valence > 0 else _COMPARATIVES_OF_BLAME
    if degrees.isdisjoint(between):
        return False
    could_be = negator > 0 and low[negator - 1] in ("could", "ca", "can")
    return is_ever or (could_be and (cue.valence > 0 or not {"be", "been"}.isdisjoint(between)))


def _wish(low: Sequence[str], cue: Cue, begin: int) -> bool:
    """`could have been cleaner`, `should be better`, `would be nice`: good, and not there."""
    if cue.valence <= 0:
        return False
    before = low[max(begin, cue.start - 6) : cue.start]
    for offset, word in enumerate(before):
        if word in MODALS and not any(later in NEGATORS for later in before[offset + 1 :]):
            rest = before[offset + 1 :]
            modal_of_lack = word in ("could", "should", "ought") and (
                "be" in rest or "been" in rest
            )
            goes_on = low[cue.end] if cue.end < len(low) else ""
            conditional = word == "would" and "be" in rest and goes_on in ("if", "to", "when")
            missed = word == "would" and "been" in rest
            if modal_of_lack or conditional or missed:
                cue.valence = WISH
                cue.kind = "wish"
                cue.span_start = max(begin, cue.start - 6) + offset
                return True
    return False


def too_much(low: Sequence[str], position: int) -> bool:
    """Whether `too` at `position` means more than is good, not `also`."""
    return position + 1 < len(low) and low[position + 1] not in NOT_AFTER_TOO
