"""What each set and each trick buys: short runs of equally many steps, each without one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.evaluate import Dev
from training.material import Material
from training.options import Options
from training.train import LOG, Run, new_model, train

COLUMNS = {
    "driver F1, each once a sentence": "driver F1",
    "driver + sign F1, each once a sentence": "driver + sign F1",
    "target span F1 (exact)": "target F1",
    "assessment span F1 (exact)": "assessment F1",
    "emotion micro-F1": "emotion F1",
    "intent micro-F1": "intent F1",
    "sentence sentiment r": "sentiment r",
}
"""Measures on own/dev that the table shows, and their heads."""

NAMES = {
    "written": "the sentences written and labelled for this project",
    "mams": "MAMS",
    "oposum": "OPOSUM",
    "goemotions": "GoEmotions",
    "graded": "VADER's graded sentences",
    "constructions": "built sentences",
}


def variants(options: Options) -> dict[str, Options]:
    """Settings of each short run, by what is different."""
    sources = {name: asdict(share) for name, share in options.sources.items()}

    def without(source: str) -> Options:
        kept = {name: share for name, share in sources.items() if name != source}
        return options.with_changes({"sources": kept})

    changed: Mapping[str, dict[str, Any]] = {
        "without spoiled texts": {"augment": 0.0},
        "without the moving average": {"average": 0.0},
        "without label smoothing": {"smoothing": 0.0},
        "without drawing attention to an opinion's words": {"losses": {"evidence": 0.0}},
        "with one rate for all layers": {"layer_decay": 1.0},
        "with trained word embeddings": {"train_embeddings": True},
    }
    return {
        "everything": options,
        **{f"without {NAMES[name]}": without(name) for name in sources if name in NAMES},
        **{name: options.with_changes(change) for name, change in changed.items()},
    }


def ablate(
    work: Path, options: Options, material: Callable[[Options], Material], dev: Dev
) -> Iterator[dict[str, dict[str, float]]]:
    """Train every variant in a folder of its own, or go on with it.

    Yields
    ------
    dict
        Measures of the variants so far, after each of them.
    """
    measured: dict[str, dict[str, float]] = {}
    for number, (name, changed) in enumerate(variants(options).items()):
        folder = work / f"{number:02d}"
        train(Run.start(folder, changed, new_model(changed)), material(changed), dev)
        last = json.loads((folder / LOG).read_text("utf-8").splitlines()[-1])["dev"]
        measured[name] = {key: last[key] for key in COLUMNS}
        print(name, measured[name], flush=True)
        yield measured


def table(measured: Mapping[str, Mapping[str, float]], steps: int, n: int) -> str:
    """Markdown: the full mix first, then the difference that each change makes.

    Examples
    --------
    >>> full = dict.fromkeys(COLUMNS, 0.5)
    >>> print(table({"everything": full, "without MAMS": full | {"intent micro-F1": 0.4}}, 50, 9))
    ... # doctest: +ELLIPSIS
    Runs of 50 steps; own/dev, 9 sentences...
    | everything | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 |
    | without MAMS | +0.000 | +0.000 | +0.000 | +0.000 | +0.000 | -0.100 | +0.000 |
    """
    full = measured["everything"]
    lines = [
        f"Runs of {steps:,} steps; own/dev, {n:,} sentences; differences from the first line. "
        "One run each: differences of .01 are noise.\n",
        f"| run | {' | '.join(COLUMNS.values())} |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    for name, values in measured.items():
        cells = (
            f"{values[key]:.3f}" if values is full else f"{values[key] - full[key]:+.3f}"
            for key in COLUMNS
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
