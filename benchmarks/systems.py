"""What is measured: each system is a column of the results.

A new engine is one more line of `SYSTEMS`. Nothing heavy is imported here, because a fresh
interpreter that measures import time and memory starts from this module.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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


def _engine(name: str) -> System:
    from benchmarks.engines import Engine

    return Engine(name)


def _baseline(name: str) -> System:
    from benchmarks import baselines

    return getattr(baselines, name)()  # type: ignore[no-any-return]


def _trained(name: str) -> System:
    from benchmarks import trained

    return getattr(trained, name)()  # type: ignore[no-any-return]


SYSTEMS: dict[str, Callable[[], System]] = {
    "verbatim neural": lambda: _engine("neural"),
    "verbatim lexicon": lambda: _engine("lexicon"),
    "MiniLM + LR": lambda: _trained("FrozenLogistic"),
    "TF-IDF + LR": lambda: _trained("TfidfLogistic"),
    "VADER + keywords": lambda: _baseline("VaderKeywords"),
    "VADER": lambda: _baseline("Vader"),
    "TextBlob": lambda: _baseline("TextBlob"),
}

ENGINES = ("verbatim neural", "verbatim lexicon")
TIMED = (*ENGINES, "VADER", "TextBlob")
"""Systems of the speed tables; the other baselines are yardsticks of accuracy, not libraries."""


def build(names: Sequence[str]) -> dict[str, System]:
    """Build the systems that are installed; say which are not, and why."""
    from verbatim.errors import VerbatimError

    systems: dict[str, System] = {}
    for name in names:
        try:
            systems[name] = SYSTEMS[name]()
        except (ImportError, VerbatimError) as error:
            print(f"left out: {name} ({error})")
    return systems
