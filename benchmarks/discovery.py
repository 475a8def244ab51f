"""Discovery: agreement with human categories, new themes, and speed; a section of the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import discovery_speed, new_themes, theme_agreement
from benchmarks.statistics import records


def _agreement(data: Path, limit: int | None) -> dict[str, str]:
    rows = theme_agreement.measure(data, limit)
    return {name: records(part) for name, part in _by(rows, "set").items()}


def _new(data: Path, limit: int | None) -> dict[str, str]:
    rows = new_themes.measure(data, limit)
    return {f"{new_themes.CORPUS}, half of it before": records(rows)} if rows else {}


def _speed(data: Path, limit: int | None) -> dict[str, str]:
    sizes = discovery_speed.SIZES[: 1 if limit else None]
    return {"Made opinions": records(discovery_speed.measure(sizes))}


HISTORY = (
    ". Settings were first chosen with a view of this set, then anew, without it, by "
    "`benchmarks/discovery_settings.py` and, for names, by reading those of `own/train.jsonl` and "
    "of the samples; pooling and `lately` go back to that first time."
)
"""What a reader must know of how the settings came about."""

PARTS: dict[str, tuple[str, Callable[[Path, int | None], dict[str, str]]]] = {
    "agreement": (
        "themes against the categories of annotators, every system on the same",
        _agreement,
    ),
    "new_themes": ("a sub-topic left out of half of the reviews, then found as emerging", _new),
    "discovery_speed": ("time and memory of discovery, without the engine", _speed),
}


def run_discovery(
    data: Path, names: Sequence[str], systems: Mapping[str, Any], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and tables, in Markdown."""
    for name in names:
        about, run = PARTS[name]
        about += HISTORY if name != "discovery_speed" else ""
        begin = perf_counter()
        tables = run(data, limit)
        print(f"{name}: {perf_counter() - begin:.0f} s", flush=True)
        yield name, {"about": about, "tables": tables}


def _by(rows: Sequence[Mapping[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by the value of a column, which they lose."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        rest = {name: value for name, value in row.items() if name != key}
        found.setdefault(str(row[key]), []).append(rest)
    return found
