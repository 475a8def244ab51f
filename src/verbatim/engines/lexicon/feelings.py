"""Emotions and intents that words name outright. Rough, and silent rather than guessing."""

from __future__ import annotations

from collections.abc import Sequence

from verbatim.engines.lexicon.lookup import Match
from verbatim.engines.lexicon.resources import Feeling
from verbatim.engines.lexicon.spans import Cue
from verbatim.engines.lexicon.words import NEGATORS
from verbatim.labels import EMOTIONS, INTENTS

MOST_EMOTIONS = 3
NEGATION_REACH = 3
"""Words before an emotion's phrase in which a negation takes it back."""
PLEASANT = frozenset(map(EMOTIONS.index, ("joy", "gratitude", "admiration", "trust", "relief")))
EITHER = frozenset(map(EMOTIONS.index, ("surprise",)))
QUESTION = INTENTS.index("question")


def feelings_of(
    low: Sequence[str], named: Sequence[Match[Feeling]], cues: Sequence[Cue]
) -> tuple[dict[int, int], set[int]]:
    """Intensity of the three strongest emotions named and not taken back, and the intents shown.

    An emotion is taken back by a negation, and by `cues` in its words that were turned.
    """
    felt: dict[int, int] = {}
    intents: set[int] = set()
    for start, end, feelings in named:
        for feeling in feelings:
            if not feeling.intensity:
                if _shows(feeling, start, low):
                    intents.add(feeling.label)
            elif NEGATORS.isdisjoint(
                low[max(0, start - NEGATION_REACH) : start]
            ) and not _is_contradicted(feeling, start, end, cues):
                felt[feeling.label] = max(felt.get(feeling.label, 0), feeling.intensity)
    if len(felt) > MOST_EMOTIONS:
        strongest = sorted(felt.items(), key=lambda item: (-item[1], item[0]))
        felt = dict(strongest[:MOST_EMOTIONS])
    return felt, intents


def _is_contradicted(emotion: Feeling, start: int, end: int, cues: Sequence[Cue]) -> bool:
    """Whether a rule turned the words round: `not one of them smiled`, `if only they smiled`."""
    if emotion.label in EITHER:
        return False
    is_pleasant = emotion.label in PLEASANT
    for cue in cues:
        is_turned = cue.negated or cue.kind == "wish"
        if is_turned and cue.start < end and start < cue.end and (cue.valence > 0) != is_pleasant:
            return True
    return False


def _shows(intent: Feeling, start: int, low: Sequence[str]) -> bool:
    if intent.opens and start > 0:
        return False
    return intent.label != QUESTION or "?" in low[-3:]


def matching_emotion(emotions: dict[int, int], valence: float) -> int:
    """The strongest emotion of the sentence that goes with this sign, or -1."""
    fitting = [e for e in emotions if e in EITHER or (e in PLEASANT) == (valence > 0)]
    return max(fitting, key=lambda e: (emotions[e], -e), default=-1)
