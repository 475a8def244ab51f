"""The numbers with which logits become statements: chosen on held-out sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.errors import ArtefactError

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and calibration; all thresholds but `sentiment` are probabilities.

    Attributes
    ----------
    opinion : float
        From here on a driver is judged with a sign: product of the driver's probability and the
        sign's.
    inside : float
        From here on a word is part of a span.
    link : float
        From here on a span may be the target of an opinion, and the likeliest one is its
        assessment: mean over its word pieces.
    another : float
        From here on a further span is the assessment of another target: one more opinion.
    emotion, intent : float
    attribute : float
        The likeliest touchpoint, stage and so on is said from this probability on.
    sentiment : float
        A sentence without opinions judges nothing if its sentiment is nearer to 0 than this.
    slope, intercept : float
        Of the calibration, on the scale of log odds (Platt, 1999).
    """

    opinion: float
    inside: float
    link: float
    another: float
    emotion: float
    intent: float
    attribute: float
    sentiment: float
    slope: float
    intercept: float

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Settings:
        """Make it of a JSON object; raise `ArtefactError` unless it has exactly our names."""
        names = [field.name for field in fields(cls)]
        if set(given) != set(names):
            raise ArtefactError(f"settings.json has {sorted(given)}; it needs {sorted(names)}")
        return cls(**{name: float(given[name]) for name in names})

    def calibrated(self, probability: Floats) -> Floats:
        """Share of opinions with such a raw probability that were right on held-out sentences."""
        p = np.clip(probability, 1e-6, 1 - 1e-6)
        odds: Floats = np.log(p / (1 - p))
        return sigmoid(np.float32(self.slope) * odds + np.float32(self.intercept))


def sigmoid(logits: Floats) -> Floats:
    """Probability of yes.

    Examples
    --------
    >>> sigmoid(np.float32([-1000, 0, 1000])).tolist()
    [0.0, 0.5, 1.0]
    """
    probability: Floats = np.float32(0.5) * (1 + np.tanh(logits / 2))
    return probability
