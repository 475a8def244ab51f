"""What a system says of a text, in terms that every measure understands."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Span = tuple[int, int]

OPINIONS = "opinions"
SPANS = "spans"
CONFIDENCE = "confidence"
STRENGTH = "strength"
ATTRIBUTES = "attributes"
"""What a system may offer beside a sentiment; `ATTRIBUTES`: emotions, intents, touchpoint, ..."""

NEUTRAL_BAND = 0.05
"""VADER's own convention: a compound of at least this is positive, of at most minus it negative."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion; spans count code points of the whole text, None is "none given"."""

    driver: str
    sentiment: float
    sign: int
    strength: int | None = None
    confidence: float | None = None
    target: Span | None = None
    assessment: Span | None = None
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system says of one text; `sentiment` is NaN where it sees no judgement."""

    sentiment: float
    label: str
    opinions: tuple[Opinion, ...] = ()
    emotions: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()
    attributes: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """Sign where three are allowed: a mixed text has that of its sentiment, none at all is 0.

        Examples
        --------
        >>> Reading(0.4, "mixed").sign, Reading(math.nan, "none").sign
        (1, 0)
        """
        if self.label == "mixed":
            return polarity(self.sentiment)
        return {"positive": 1, "negative": -1}.get(self.label, 0)

    @property
    def score(self) -> float:
        """The sentiment as a number for correlations: 0 where nothing is judged."""
        return 0.0 if math.isnan(self.sentiment) else self.sentiment


def polarity(score: float, band: float = NEUTRAL_BAND) -> int:
    """Sign of a score, 0 inside the neutral band.

    Examples
    --------
    >>> polarity(0.05), polarity(-0.04), polarity(-0.05)
    (1, 0, -1)
    """
    return int(score >= band) - int(score <= -band)


class System(Protocol):
    """A column of the results."""

    offers: frozenset[str]

    def run(self, texts: Sequence[str]) -> Any:
        """Do what a user would call for these texts; this is what is timed."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Run and put what was found into one `Reading` per text."""
