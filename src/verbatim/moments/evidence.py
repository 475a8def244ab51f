"""What the engine says of a sentence that holds a trigger, and which of it agrees with the rule."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from verbatim.labels import EMOTIONS, INTENTS
from verbatim.moments.rules import Kind
from verbatim.schema import ID
from verbatim.tables import is_missing

Record = Mapping[Hashable, Any]

_AGAINST = ("anger", "disgust", "frustration", "anxiety", "sadness")
_FOR = ("joy", "gratitude", "admiration", "surprise", "relief", "trust")


def emotions(row: Record) -> dict[str, int]:
    """Emotions of a sentence, the strongest first, with their intensity, 1 to 3."""
    felt = {name: row[f"emotion_{name}"] for name in EMOTIONS}
    held = {name: int(value) for name, value in felt.items() if not is_missing(value)}
    return dict(sorted(held.items(), key=lambda item: -item[1]))


def intents(row: Record) -> list[str]:
    """Intents of a sentence."""
    return [name for name in INTENTS if row[f"intent_{name}"]]


def agreeing(row: Record, kind: Kind) -> list[str]:
    """Signs of the engine that agree with a moment of this kind, in words.

    Examples
    --------
    >>> from verbatim.moments.rules import load_rules
    >>> row = {f"emotion_{name}": None for name in EMOTIONS} | {"emotion_anger": 2}
    >>> row |= {f"intent_{name}": name == "churn" for name in INTENTS}
    >>> row |= {"label": "negative", "interaction": None, "resolution": "unsolved"}
    >>> agreeing(row, load_rules().kinds[0])
    ['negative', 'anger 2', 'intent to leave', 'not put right']
    """
    side, feelings = ("negative", _AGAINST) if kind.is_alert else ("positive", _FOR)
    felt = emotions(row)
    said = [side] if row["label"] == side else []
    said += [f"{name} {felt[name]}" for name in felt if name in feelings]
    if kind.is_alert:
        said += ["intent to leave"] if row["intent_churn"] else []
        said += ["warns others"] if row["intent_warn"] else []
        said += ["not put right"] if row["resolution"] == "unsolved" else []
    else:
        said += ["acted unasked"] if row["interaction"] == "proactive" else []
    return said


def extremes(opinions: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest sentiment of the opinions of each sentence: columns ``min``, ``max``."""
    return opinions.groupby([ID, "sentence"], sort=False)["sentiment"].agg(["min", "max"])
