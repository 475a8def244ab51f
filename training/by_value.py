"""How right each value of a sentence's attributes, emotions and intents is on held-out rows.

The counts go into ``meta.json``, and from there into every analysis: `verbatim.reliability` makes
precision, recall and F1 of them, also for values that a user has merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from benchmarks.readings import Reading
from training.examples import ATTRIBUTES
from verbatim.labels import EMOTIONS, INTENTS

NONE = "none"
"""What the annotators say where they name no value."""

Counts = dict[str, dict[str, Any]]


def by_value(rows: Sequence[Mapping[str, Any]], readings: Sequence[Reading]) -> dict[str, Counts]:
    """Per head and value: sentences annotated with it, and what those are on which it was found.

    Returns
    -------
    dict
        ``{head: {value: {"annotated": n, "found": {annotated value or "none": n}}}}``; for emotions
        and intents, of which a sentence has several, what is found is the value or ``"none"``.
    """
    heads = {
        name: _single(values, [row[name] for row in rows], [r.attributes[name] for r in readings])
        for name, values in ATTRIBUTES.items()
    }
    emotions = [reading.emotions for reading in readings]
    intents = [reading.intents for reading in readings]
    return heads | {
        "emotion": _several(EMOTIONS, [row["emotions"] for row in rows], emotions),
        "intent": _several(INTENTS, [row["intents"] for row in rows], intents),
    }


def _single(
    values: Sequence[str], gold: Sequence[str | None], found: Sequence[str | None]
) -> Counts:
    annotated = Counter(gold)
    pairs = Counter(zip(found, gold, strict=True))
    return {
        value: {
            "annotated": annotated[value],
            "found": {
                real or NONE: pairs[value, real] for real in (*values, None) if pairs[value, real]
            },
        }
        for value in values
    }


def _several(
    values: Sequence[str], gold: Sequence[Collection[str]], found: Sequence[Collection[str]]
) -> Counts:
    """Each value by itself, against all others as "none"."""

    def only(value: str, held: Sequence[Collection[str]]) -> list[str | None]:
        return [value if value in each else None for each in held]

    return {
        value: _single((value,), only(value, gold), only(value, found))[value] for value in values
    }
