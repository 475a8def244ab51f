"""Read the annotated sets into `Example` values.

Nothing here writes: a row leaves the data folder only as a tensor.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from training.examples import ATTRIBUTES, TASKS, Example, Opinion, cleaned
from training.public import read_dmaste, read_goemotions, read_graded, read_mams, read_oposum

Row = dict[str, Any]

OWN_TASKS = frozenset(TASKS)

GRADE = {2: 0.7, 1: 0.4, 0: 0.0, -1: -0.4, -2: -0.7}
"""Sentiment of a polarity on the scale of the graded sets: raters' means seldom exceed 3 of 4."""

WRITTEN = Path(__file__).parent / "data"
"""Sentences written for this project, in the format of the own set."""


def read_own(row: Row) -> Example:
    """Row of the set that is annotated for everything."""
    text = cleaned(row["text"])
    return Example(
        source="own",
        text=text.text,
        tasks=OWN_TASKS if row["opinions"] or not row["emotions"] else OWN_TASKS - {"sentiment"},
        opinions=tuple(
            Opinion(
                drivers=(opinion["driver"],),
                sign=int(np.sign(opinion["polarity"])),
                strong=abs(opinion["polarity"]) == 2 if opinion["polarity"] else None,
                target=text.span(opinion["target"]),
                assessment=text.span(opinion["assessment"]),
            )
            for opinion in row["opinions"]
        ),
        emotions=row["emotions"],
        intents=frozenset(row["intents"]),
        attributes={name: row[name] for name in ATTRIBUTES},
        sentiment=_grade([opinion["polarity"] for opinion in row["opinions"]]),
    )


def _grade(polarities: list[int]) -> float:
    return float(np.mean([GRADE[p] for p in polarities])) if polarities else 0.0


READERS: Mapping[str, tuple[tuple[str, ...], Callable[[Row], Example]]] = {
    "own": (("own/train.jsonl",), read_own),
    "mams": (("public/mams_train.jsonl", "public/mams_dev.jsonl"), read_mams),
    "oposum": (("public/oposum_clauses.jsonl",), read_oposum),
    "dmaste": (("public/dmaste_triplets.jsonl",), read_dmaste),
    "goemotions": (("public/goemotions_train.jsonl",), read_goemotions),
    "graded": (
        (
            "public/vader_movies.jsonl",
            "public/vader_editorials.jsonl",
            "public/vader_tweets.jsonl",
        ),
        read_graded,
    ),
}
"""Per set: its files under the data folder, and what one row of them says."""


def load(folder: Path, source: str) -> list[Example]:
    """All examples of one set."""
    reader = READERS[source][1]
    examples = [reader(row) for path in files(folder, source) for row in rows(path)]
    return [example for example in examples if example.text.strip()]


def files(folder: Path, source: str) -> list[Path]:
    """Files of one set; the own one includes the sentences written for this project."""
    written = sorted(WRITTEN.glob("*.jsonl")) if source == "own" else []
    return [folder / name for name in READERS[source][0]] + written


def load_dev(folder: Path) -> tuple[list[Row], list[Example]]:
    """Rows of the own held-out set as they are, and as examples."""
    raw = list(rows(folder / "own" / "dev.jsonl"))
    return raw, [read_own(row) for row in raw]


def rows(path: Path) -> Iterator[Row]:
    """Rows of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
