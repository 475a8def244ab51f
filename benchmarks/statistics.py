"""The simulations that check the statistics, as a section of the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import comparison, coverage, recovery, scoring

Records = Sequence[Mapping[str, Any]]
TRIALS = 400
"""Samples per case of the comparisons."""


def _coverage() -> dict[str, str]:
    title = f"Coverage of {coverage.CONFIDENCE:.0%} intervals (of the plain percentile bootstrap)"
    return {title: coverage.table(coverage.measure())}


def _recovery() -> dict[str, str]:
    sizes = f"{recovery.N_REVIEWS:,} reviews, {recovery.N_DRIVERS} drivers"
    return {
        f"{recovery.N_MODELS} models, {sizes}": recovery.table(recovery.recover()),
        "Coverage of the 95% intervals": recovery.coverage_table(recovery.cover()),
    }


def _comparison() -> dict[str, str]:
    found = comparison.measure(TRIALS)
    single = {name: value for name, value in found.items() if not isinstance(value, list)}
    return {
        "Differences between groups: error rates": records(found["differences"]),
        "Trends: error rates": records(found["trends"]),
        "Over many tests": records([{"what": name, "rate": rate} for name, rate in flat(single)]),
    }


def _scoring() -> dict[str, str]:
    runs = [scoring.measure(weighted=weighted) for weighted in (False, True)]
    taken = [{"what": name, "seconds": value} for name, value in comparison.seconds().items()]
    return {
        "Driver scores with an outcome": records(runs),
        "Comparisons and trends of a million reviews": records(taken),
    }


PARTS: dict[str, tuple[str, Callable[[], dict[str, str]]]] = {
    "coverage": ("how often intervals hold the truth", _coverage),
    "recovery": ("whether known rewards and penalties are found again", _recovery),
    "comparison": ("how often comparisons and trends are wrong, at a level of .05", _comparison),
    "scoring": ("time and memory of a million simulated reviews", _scoring),
}


def run_statistics(
    data: Path, names: Sequence[str], systems: Mapping[str, Any], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and tables, in Markdown; a limited run leaves them out."""
    for name in names if limit is None else ():
        about, run = PARTS[name]
        begin = perf_counter()
        tables = run()
        print(f"{name}: {perf_counter() - begin:.0f} s", flush=True)
        yield name, {"about": about, "tables": tables}


def flat(values: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Names and numbers of a mapping that may hold mappings.

    Examples
    --------
    >>> list(flat({"a": 1, "b": {"c": 2}}))
    [('a', 1), ('b: c', 2)]
    """
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}: {inner}", number) for inner, number in flat(value))
        else:
            yield name, value


def records(rows: Records) -> str:
    """Markdown table of rows that have the same keys.

    Examples
    --------
    >>> print(records([{"n": 1000, "rate": 0.0512}]))
    | n | rate |
    |---|---|
    | 1,000 | 0.051 |
    """
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", "|---|" + "---|" * (len(names) - 1)]
    lines += [f"| {' | '.join(_cell(row[name]) for name in names)} |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
