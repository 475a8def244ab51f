"""What the engine makes of the model's logits, one sentence at a time, in the terms of training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.examples import ATTRIBUTES, Span
from training.tokenise import Encoded
from verbatim.engines.base import ABSENT
from verbatim.engines.neural import opinions as engine
from verbatim.engines.neural.engine import told
from verbatim.engines.neural.session import Said
from verbatim.engines.neural.settings import Settings, sigmoid
from verbatim.engines.neural.tokens import Group
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS

EVEN = Settings(
    opinion=0.5,
    inside=0.5,
    link=0.5,
    another=0.5,
    emotion=0.5,
    intent=0.5,
    attribute=0.5,
    sentiment=0.0,
    slope=1.0,
    intercept=0.0,
)
"""What is as likely as not is said, and confidence is the raw probability."""


@dataclass(frozen=True, slots=True)
class Found:
    """An opinion that was found; spans in code points."""

    driver: str
    sign: int
    strength: int
    confidence: float
    target: Span | None
    assessment: Span | None


def opinions(said: Said, encoded: Encoded, settings: Settings) -> list[Found]:
    """Opinions of a sentence, in the order of the drivers."""
    rows = engine.opinions(_alone(said), _group(encoded), settings)
    return [
        Found(
            DRIVERS[driver],
            int(np.sign(strength)),
            strength,
            float(confidence),
            *(None if span[0] == ABSENT else span for span in (target, assessment)),
        )
        for _, (driver, _, strength, confidence, target, assessment, _) in rows
    ]


def _alone(said: Said) -> Said:
    return {name: values[None] for name, values in said.items()}


def _group(encoded: Encoded) -> Group:
    """Make a group of one sentence."""
    words = encoded.words
    is_first = [word is not None and word != words[i - 1] for i, word in enumerate(words)]
    start, end = np.array(encoded.offsets, np.int32).T
    return Group(
        np.zeros(1, np.int64),
        np.array([encoded.ids], np.int64),
        start[None],
        end[None],
        np.array([is_first]),
    )


def emotions(said: Said, settings: Settings) -> dict[str, int]:
    """Emotions that are felt, and their intensity 1 to 3."""
    (felt,) = engine.emotions_of(_alone(said), settings)
    return {EMOTIONS[i]: int(felt[i]) for i in np.flatnonzero(felt)}


def intents(said: Said, settings: Settings) -> frozenset[str]:
    """Intents of a sentence."""
    return frozenset(
        INTENTS[i] for i in np.flatnonzero(sigmoid(said["intents"]) >= settings.intent)
    )


def attributes(said: Said, settings: Settings) -> dict[str, str | None]:
    """Likeliest value of each attribute, None where it isn't likely enough."""
    found: dict[str, str | None] = {}
    for name, values in ATTRIBUTES.items():
        (value,) = told(said[name][None], settings.attribute)
        found[name] = None if value == ABSENT else values[value]
    return found
