"""The sets, the measures of each, and the run over them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.opinion_sets import Row, Scores, category_set, own_dev
from benchmarks.phrases import opener
from benchmarks.readings import Reading, System
from benchmarks.reviews import stars
from benchmarks.targets import robustness
from benchmarks.text_sets import (
    checklist,
    emotions,
    raters,
    rendered,
    suggestions,
    three_signs,
    two_signs,
)

Measure = Callable[[Sequence[Row], Sequence[Reading], Collection[str]], Scores]


@dataclass(frozen=True, slots=True)
class Set:
    """A file of rows, what to measure on it, and what it is."""

    path: str
    measure: Measure
    about: str


def _categories(name: str, about: str) -> Set:
    return Set(f"eval/{name}.jsonl", category_set, about)


SETS: dict[str, Set] = {
    "own_dev": Set("own/dev.jsonl", own_dev, "many industries, annotated under labels.md"),
    "oats_hotels": _categories("oats_hotels", "sentences of hotel reviews"),
    "memd_hotel": _categories("memd_hotel", "sentences about hotels"),
    "memd_restaurant": _categories("memd_restaurant", "sentences about restaurants"),
    "memd_laptop": _categories("memd_laptop", "sentences about laptops"),
    "memd_clothing": _categories("memd_clothing", "sentences about clothing"),
    "semeval14_restaurants": _categories("semeval14_restaurants", "sentences about restaurants"),
    "semeval16_restaurants": _categories("semeval16_restaurants", "sentences about restaurants"),
    "opener_hotels": Set("eval/opener_hotels.jsonl", opener, "hotel sentences, phrases and signs"),
    "arts_restaurants": Set(
        "eval/arts_restaurants.jsonl", robustness, "sign towards a named target, rewritten"
    ),
    "arts_laptops": Set(
        "eval/arts_laptops.jsonl", robustness, "sign towards a named target, rewritten"
    ),
    "vader_amazon": Set("eval/vader_amazon.jsonl", raters, "product review snippets, 20 raters"),
    "uci_sentences": Set("eval/uci_sentences.jsonl", two_signs, "products, films, restaurants"),
    "airline_tweets": Set("eval/airline_tweets.jsonl", three_signs, "tweets to airlines"),
    "checklist_sentiment": Set(
        "eval/checklist_sentiment.jsonl", checklist, "minimum functionality tests; lower is better"
    ),
    "suggestions_software": Set(
        "eval/suggestions_software.jsonl", suggestions, "feature requests in a software forum"
    ),
    "goemotions_test": Set("eval/goemotions_test.jsonl", emotions, "Reddit comments"),
    "hotel_reviews_with_stars": Set(
        "eval/hotel_reviews_with_stars.jsonl", stars, "whole reviews; Spearman with the stars"
    ),
}


def read_rows(path: Path, limit: int | None = None) -> list[Row]:
    """Read JSON lines, at most `limit` of them."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return rows[:limit]


def score_set(
    measure: Measure, rows: Sequence[Row], systems: Mapping[str, System]
) -> Mapping[str, Any]:
    """Run every system over the rows once: ``{measure: {system: estimate}}``."""
    texts = [row["text"] for row in rows]
    table: dict[str, dict[str, Any]] = {}
    for name, system in systems.items():
        readings = system.read(texts)
        for key, found in measure(rows, readings, system.offers).items():
            cell = table.setdefault(key, {})
            if not math.isnan(found.value):
                cell[name] = found.to_dict()
    return table


def run_accuracy(
    data: Path, names: Sequence[str], systems: Mapping[str, System], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each set's name and results; a file that isn't there is named and left out."""
    for name in names:
        path = data / SETS[name].path
        if not path.is_file():
            print(f"skipped {name}: {path} is not there")
            continue
        begin = perf_counter()
        rows = read_rows(path, limit)
        measures = score_set(SETS[name].measure, rows, systems)
        print(f"{name}: {len(rows)} texts, {perf_counter() - begin:.1f} s", flush=True)
        yield name, {"about": SETS[name].about, **_sizes(rows), "measures": measures}


def _sizes(rows: Sequence[Row]) -> dict[str, int]:
    """How much gold there is; opinions without a counterpart in our drivers are left out."""
    opinions = [o for row in rows for o in row.get("opinions", ())]
    counted = [o for o in opinions if o.get("accept", ()) is not None]
    broken = sum(not rendered(row) for row in rows)
    sizes = {"texts": len(rows) - broken}
    return sizes | ({"gold opinions": len(counted)} if opinions else {})
