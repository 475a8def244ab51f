"""Whether the evidence of an opinion carries it: take its words away, and as many others.

A call is a driver and sign that a system finds in a sentence. It counts as changed when the system,
given the sentence without some of its words, does not find that driver with that sign any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.accuracy import SETS, read_rows
from benchmarks.metrics import Estimate, estimate, ratio
from benchmarks.readings import SPANS, Opinion, Reading, Span, System

ABOUT = "share of calls (driver and sign) on own/dev that change when words are taken away"
TRIES = 3
"""Draws of other words for each opinion."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Deletion:
    """An opinion of text number `text`, the text without its evidence, and without other words."""

    text: int
    call: tuple[str, int]
    without_evidence: str
    without_others: tuple[str, ...]


def run_deletion(
    data: Path, names: Sequence[str], systems: Mapping[str, System], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the one part; systems that give no evidence are left out."""
    path = data / SETS["own_dev"].path
    texts = [row["text"] for row in read_rows(path, limit)] if path.is_file() else []
    table: dict[str, dict[str, Any]] = {}
    for name, system in systems.items():
        if SPANS in system.offers and texts:
            for measure, value in deletion(texts, system).items():
                table.setdefault(measure, {})[name] = value.to_dict()
    if table:
        yield "deletion", {"about": ABOUT, "texts": len(texts), "measures": table}


def deletion(texts: Sequence[str], system: System) -> dict[str, Estimate]:
    """Share of calls that change, without the evidence and without as many other words."""
    readings = system.read(texts)
    tests = [d for i, r in enumerate(readings) for d in deletions(i, texts[i], r.opinions)]
    hidden = system.read([test.without_evidence for test in tests])
    spared = system.read([text for test in tests for text in test.without_others])
    counts = np.zeros((2, len(texts), 2))
    for k, test in enumerate(tests):
        others = spared[k * TRIES : (k + 1) * TRIES]
        counts[0, test.text] += (not _says(hidden[k], test.call), 1)
        counts[1, test.text] += (sum(not _says(r, test.call) for r in others), TRIES)
    return {
        "changed without the evidence": estimate(counts[0], ratio),
        "changed without as many other words": estimate(counts[1], ratio),
    }


def deletions(number: int, text: str, opinions: Sequence[Opinion]) -> Iterator[Deletion]:
    """One test per opinion beside whose evidence there are as many other words.

    Examples
    --------
    >>> staff = Opinion("staff", 1.0, 1, evidence=(6, 10))
    >>> [test] = deletions(0, "Staff kind", [staff])
    >>> test.without_evidence, test.without_others
    ('Staff', ('kind', 'kind', 'kind'))
    """
    words = [found.span() for found in _WORD.finditer(text)]
    for opinion in opinions:
        if opinion.evidence is not None:
            inside = [word for word in words if _overlap(word, opinion.evidence)]
            outside = [word for word in words if word not in inside]
            if inside and len(outside) >= len(inside):
                random = Random(f"{number} {opinion.driver} {opinion.evidence}")
                draws = [random.sample(outside, len(inside)) for _ in range(TRIES)]
                yield Deletion(
                    number,
                    (opinion.driver, opinion.sign),
                    _without(text, words, inside),
                    tuple(_without(text, words, draw) for draw in draws),
                )


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _without(text: str, words: Sequence[Span], removed: Sequence[Span]) -> str:
    return " ".join(text[start:end] for start, end in words if (start, end) not in removed)


def _says(reading: Reading, call: tuple[str, int]) -> bool:
    return call in {(opinion.driver, opinion.sign) for opinion in reading.opinions}
