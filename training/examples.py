"""What a training row says, whatever set it comes from, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verbatim.labels import EFFORTS, INTERACTIONS, RESOLUTIONS, STAGES, TOUCHPOINTS
from verbatim.text import NormalText, normalise

Span = tuple[int, int]

SIGNS = (1, -1, 0)
"""Order of the signs in arrays: positive, negative, neutral."""

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "touchpoint": TOUCHPOINTS,
    "stage": STAGES,
    "interaction": INTERACTIONS,
    "effort": EFFORTS,
    "resolution": RESOLUTIONS,
}
"""Attributes of a sentence of which it has one value or none; in arrays, none comes last."""

TASKS = ("drivers", "spans", "emotions", "intensity", "intents", "attributes", "sentiment")
"""What a row may be labelled for. A row adds nothing to the loss of a task it is not named for."""


GRADE = {2: 0.7, 1: 0.4, 0: 0.0, -1: -0.4, -2: -0.7}
"""Sentiment of a polarity on the scale of the graded sets: raters' means seldom exceed 3 of 4."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A labelled opinion.

    Attributes
    ----------
    drivers : tuple of str
        One of these is meant; empty where the set does not say.
    sign : int or None
        1, -1 or 0; None where the set does not say.
    strong : bool or None
        Whether the polarity is 2 or -2; None for a neutral opinion or where the set does not say.
    target, assessment : (start, end) or None
        Spans in code points of the text.
    """

    drivers: tuple[str, ...] = ()
    sign: int | None = None
    strong: bool | None = None
    target: Span | None = None
    assessment: Span | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its labels.

    Attributes
    ----------
    source : str
        Name of the set, one of `training.data.SOURCES`.
    text : str
        Normalised text.
    tasks : frozenset of str
        The `TASKS` that the row is labelled for; labels of other tasks are empty.
    opinions : tuple of Opinion
    unknown : frozenset of str
        Drivers of which the row's set does not say whether they are there.
    emotions : mapping of str to int
        Intensity 1 to 3; 1 throughout where the set gives no intensity.
    intents : frozenset of str
    attributes : mapping of str to str or None
        One value per key of `ATTRIBUTES`.
    sentiment : float or None
        -1 (negative) to 1 (positive).
    """

    source: str
    text: str
    tasks: frozenset[str]
    opinions: tuple[Opinion, ...] = ()
    unknown: frozenset[str] = frozenset()
    emotions: Mapping[str, int] = field(default_factory=dict)
    intents: frozenset[str] = frozenset()
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    sentiment: float | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A normalised text and where the spans of the raw one stand in it."""

    normal: NormalText

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normal.text

    def span(self, span: tuple[int, int] | list[int] | None) -> Span | None:
        """Move a span of the raw text; None if nothing of it is left."""
        if span is None:
            return None
        start, end = span
        if self.normal.layers is None:
            return start, end
        pieces = [self.normal.span(i, i + 1) for i in range(len(self.text))]
        inside = [i for i, (first, last) in enumerate(pieces) if first < end and last > start]
        return (inside[0], inside[-1] + 1) if inside else None


def cleaned(text: str) -> Cleaned:
    """Normalise as the analyzer does, so that the model learns from what it will read.

    Examples
    --------
    >>> raw = "so <b>clean</b>"
    >>> clean = cleaned(raw)
    >>> start, end = clean.span((6, 11))
    >>> clean.text[start:end]
    'clean'
    """
    return Cleaned(normalise(text))
