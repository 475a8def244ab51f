"""Write the results as Markdown: systems are columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.results import Results
from benchmarks.systems import SYSTEMS

Part = Mapping[str, Any]

NOTHING = "-"

HEADLINES: tuple[tuple[str, str], ...] = (
    ("own_dev", "driver F1, each once a sentence"),
    ("own_dev", "driver + sign F1, each once a sentence"),
    ("own_dev", "target span F1 (exact)"),
    ("own_dev", "target span F1 (exact, articles aside)"),
    ("own_dev", "assessment span F1 (exact)"),
    ("own_dev", "emotion micro-F1"),
    ("own_dev", "intent micro-F1"),
    ("oats_hotels", "driver F1, each once a sentence"),
    ("oats_hotels", "driver + sign F1, each once a sentence"),
    ("memd_hotel", "driver F1, each once a sentence"),
    ("memd_hotel", "driver + sign F1, each once a sentence"),
    ("memd_restaurant", "driver F1, each once a sentence"),
    ("memd_restaurant", "driver + sign F1, each once a sentence"),
    ("semeval14_restaurants", "driver F1, each once a sentence"),
    ("semeval14_restaurants", "driver + sign F1, each once a sentence"),
    ("semeval16_restaurants", "driver F1, each once a sentence"),
    ("semeval16_restaurants", "driver + sign F1, each once a sentence"),
    ("vader_amazon", "Pearson r"),
    ("vader_amazon", "3-way macro-F1"),
    ("uci_sentences", "accuracy"),
    ("airline_tweets", "macro-F1"),
    ("checklist_sentiment", "failures, worst capability"),
    ("arts_restaurants", "accuracy, originals"),
    ("arts_restaurants", "robustness score (ARS)"),
    ("arts_laptops", "accuracy, originals"),
    ("arts_laptops", "robustness score (ARS)"),
    ("suggestions_software", "F1"),
    ("goemotions_test", "macro-F1 over 13 emotions"),
    ("hotel_reviews_with_stars", "mean of the six"),
    ("hotel_reviews_with_stars", "importance from text with importance from stars"),
)

README_PARTS = (("speed", "throughput"), ("batch", "large_files"))

INTRODUCTION = """# Results

Written by `python -m benchmarks`; what each measure means stands in [README.md](README.md).
`-`: the system doesn't offer it, or it wasn't run. In brackets: for accuracy the 95% interval of
resampled texts, for speed the slowest and the fastest round.
"""


def render(results: Results) -> str:
    """Write the whole page."""
    accuracy, speed = results.get("accuracy", {}), results.get("speed", {})
    blocks = [INTRODUCTION]
    if accuracy:
        blocks += ["## Accuracy in short\n", _headlines(accuracy)]
        blocks += ["## Accuracy, set by set\n", *_parts(accuracy)]
    if "evidence" in results:
        blocks += ["## Evidence\n", *_parts(results["evidence"])]
    if speed:
        blocks += ["## Speed and memory\n", *_parts(speed)]
    if "statistics" in results:
        blocks += ["## Statistics\n", *_environments(results["statistics"])]
        blocks += [_tables(name, part) for name, part in results["statistics"].items()]
    if "taxonomies" in results:
        blocks += ["## Own taxonomies\n", *_environments(results["taxonomies"])]
        blocks += [_tables(name, part) for name, part in results["taxonomies"].items()]
    if "journey" in results:
        blocks += ["## The customer's journey\n", *_environments(results["journey"])]
        blocks += [_tables(name, part) for name, part in results["journey"].items()]
    if "discovery" in results:
        blocks += ["## Discovery\n", *_environments(results["discovery"])]
        blocks += [_tables(name, part) for name, part in results["discovery"].items()]
    if "moments" in results:
        blocks += ["## Moments\n", *_parts(results["moments"])]
    if "batch" in results:
        blocks += ["## Large files\n", *_parts(results["batch"])]
    return "\n".join(blocks)


def _tables(name: str, part: Part) -> str:
    tables = (f"{title}:\n\n{table}\n" for title, table in part["tables"].items())
    return "\n".join([f"### {name}\n\n{part['about']}\n", *tables])


def summary(results: Results) -> str:
    """Write the part that the project's README shows."""
    accuracy = results.get("accuracy", {})
    blocks = [_headlines(accuracy)] if accuracy else []
    for section, name in README_PARTS:
        if part := results.get(section, {}).get(name):
            measures = part["measures"]
            blocks.append(_table(measures.items(), _systems(measures.values())))
    return "\n".join(blocks)


def _parts(section: Mapping[str, Part]) -> list[str]:
    return [*_environments(section), *(_part(name, part) for name, part in section.items())]


def _environments(section: Mapping[str, Part]) -> list[str]:
    """Say where the parts were measured; name the parts if they weren't all measured alike."""
    parts: dict[str, list[str]] = {}
    for name, part in section.items():
        parts.setdefault(_environment(part["environment"]), []).append(name)
    if len(parts) == 1:
        return [f"{next(iter(parts))}.\n"]
    return [f"{', '.join(names)}: {where}.\n" for where, names in parts.items()]


def _part(name: str, part: Part) -> str:
    measures = part["measures"]
    sizes = [f"{part[key]:,} {key}" for key in ("texts", "gold opinions") if key in part]
    facts = "; ".join([part["about"], *sizes])
    return f"### {name}\n\n{facts}\n\n{_table(measures.items(), _systems(measures.values()))}"


def _environment(environment: Mapping[str, str]) -> str:
    return ", ".join(
        f"{value} cores" if name == "cores" else f"{name} {value}"
        for name, value in environment.items()
    )


def _headlines(accuracy: Mapping[str, Part]) -> str:
    rows = [
        (f"{name}: {measure}", accuracy[name]["measures"].get(measure, {}))
        for name, measure in HEADLINES
        if name in accuracy
    ]
    return _table(rows, _systems(cells for _, cells in rows))


def _systems(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Systems that occur, in the order of the registry, others last."""
    found = {name for cells in rows for name in cells}
    return [name for name in SYSTEMS if name in found] + sorted(found - set(SYSTEMS))


def _table(rows: Iterable[tuple[str, Mapping[str, Part]]], systems: Sequence[str]) -> str:
    head = f"| measure | {' | '.join(systems)} |\n|---|{'---|' * len(systems)}\n"
    lines = (
        f"| {label} | {' | '.join(cell(cells.get(name)) for name in systems)} |\n"
        for label, cells in rows
    )
    return head + "".join(lines)


def cell(estimate: Part | None) -> str:
    """One cell: value, interval, n.

    Examples
    --------
    >>> cell({"value": 0.5, "low": 0.4, "high": 0.61, "n": 1200})
    '0.500 [0.400, 0.610] (n 1,200)'
    >>> cell(None)
    '-'
    """
    if estimate is None:
        return NOTHING
    text = number(estimate["value"])
    if "low" in estimate:
        text += f" [{number(estimate['low'])}, {number(estimate['high'])}]"
    return text + (f" (n {estimate['n']:,})" if "n" in estimate else "")


def number(value: float) -> str:
    """Three digits that matter, no more than three decimals; a count as it is.

    Examples
    --------
    >>> number(0.12345), number(12.345), number(12345.6), number(20)
    ('0.123', '12.3', '12,346', '20')
    """
    if isinstance(value, int):
        return f"{value:,}"
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.3f}"
