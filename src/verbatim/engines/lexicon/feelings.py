"""Emotions and intents that words name outright. Rough, and silent rather than guessing."""

from __future__ import annotations

from collections.abc import Sequence

from verbatim.engines.lexicon.resources import Lexicon
from verbatim.engines.lexicon.words import NEGATORS
from verbatim.labels import EMOTIONS, INTENTS

MOST_EMOTIONS = 3
PLEASANT = frozenset(map(EMOTIONS.index, ("joy", "gratitude", "admiration", "trust", "relief")))
EITHER = frozenset(map(EMOTIONS.index, ("surprise",)))
QUESTION = INTENTS.index("question")


def emotions_of(low: Sequence[str], lexicon: Lexicon) -> dict[int, int]:
    """Intensity 1 to 3 of each emotion named and not negated; the three strongest."""
    felt: dict[int, int] = {}
    for match in lexicon.emotions.find(low):
        if any(word in NEGATORS for word in low[max(0, match.start - 3) : match.start]):
            continue
        for emotion, intensity in match.values:
            felt[emotion] = max(felt.get(emotion, 0), intensity)
    strongest = sorted(felt.items(), key=lambda item: (-item[1], item[0]))[:MOST_EMOTIONS]
    return dict(strongest)


def intents_of(low: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Intents that a phrase of the lexicon shows."""
    found: set[int] = set()
    is_question = "?" in low[-3:]
    for match in lexicon.intents.find(low):
        for intent, opens in match.values:
            if opens and match.start > 0:
                continue
            if intent == QUESTION and not is_question:
                continue
            found.add(intent)
    return found


def matching_emotion(emotions: dict[int, int], valence: float) -> int:
    """The strongest emotion of the sentence that goes with this sign, or -1."""
    fitting = [e for e in emotions if e in EITHER or (e in PLEASANT) == (valence > 0)]
    return max(fitting, key=lambda e: (emotions[e], -e), default=-1)
