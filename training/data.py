"""Read the annotated sets into `Example` values.

Nothing here writes: a row leaves the data folder only as a tensor.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from training import constructions
from training.examples import ATTRIBUTES, GRADE, TASKS, Example, Opinion, cleaned
from training.held_out import HeldOut, words_of
from training.public import (
    read_dmaste,
    read_goemotions,
    read_graded,
    read_mams,
    read_oposum,
    text_of,
)

Row = dict[str, Any]

OWN_TASKS = frozenset(TASKS)

WRITTEN = Path(__file__).parent / "data"
"""Sentences written for this project, in the format of the own set."""

RELABELLED = WRITTEN / "public"
"""Labels of this project for rows of public sets, in the same format but for the texts: these stay
in the data folder, and a row names its own by the id."""

OWN, HELD_OUT = "own/train.jsonl", "own/dev.jsonl"
RELABELLED_SETS = (
    "public/mams_train.jsonl",
    "public/dmaste_triplets.jsonl",
    "public/oposum_clauses.jsonl",
)


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
    "own": ((OWN,), read_own),
    "written": (RELABELLED_SETS, read_own),
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
"""Per set: its files under the data folder, and what one row of them says. "written" is what this
project wrote: sentences with labels, and labels for rows of those files."""

MADE = "constructions"
"""The set that is made here, not read."""

SOURCES = (*READERS, MADE)

ANNOTATED = ("own", "written")
"""Sets that are labelled for everything."""


def load(folder: Path, source: str) -> list[Example]:
    """All examples of one set.

    A sentence that an annotated set has is left out of the others: its labels are known better
    there. What is held out is not learnt from in any form, whatever else a text says.
    """
    examples: Iterator[Example]
    if source in ANNOTATED:
        examples = (read_own(row) for row in _annotated(folder, source))
    elif source == MADE:
        examples = constructions.constructions()
    else:
        paths, reader = READERS[source]
        known = {words_of(row["text"]) for name in ANNOTATED for row in _annotated(folder, name)}
        read = (reader(row) for path in paths for row in rows(folder / path))
        examples = (example for example in read if words_of(example.text) not in known)
    held = HeldOut(row["text"] for row in rows(folder / HELD_OUT))
    return [e for e in examples if e.text.strip() and not held.shares(e.text)]


def _annotated(folder: Path, source: str) -> Iterator[Row]:
    if source == "own":
        yield from rows(folder / OWN)
        return
    for path in _files_of(WRITTEN):
        yield from rows(path)
    labels = [row for path in _files_of(RELABELLED) for row in rows(path)]
    if labels:
        sets = (rows(folder / name) for name in RELABELLED_SETS)
        texts = {row["id"]: text_of(row) for read in sets for row in read}
        yield from (row | {"text": texts[row["id"]]} for row in labels)


def _files_of(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.jsonl"))


def files(folder: Path, source: str) -> list[Path]:
    """Files that decide on the examples of a set."""
    ours = [*_files_of(WRITTEN), *_files_of(RELABELLED)]
    held = folder / HELD_OUT
    if source == MADE:
        return [held, Path(constructions.__file__), constructions.FILE]
    theirs = [folder / name for name in READERS[source][0]]
    if source in ANNOTATED:
        return [held, *theirs] if source == "own" else [held, *ours, *theirs]
    return [*ours, folder / OWN, held, *theirs]


def load_dev(folder: Path) -> tuple[list[Row], list[Example]]:
    """Rows of the own held-out set as they are, and as examples."""
    raw = list(rows(folder / HELD_OUT))
    return raw, [read_own(row) for row in raw]


def rows(path: Path) -> Iterator[Row]:
    """Rows of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
