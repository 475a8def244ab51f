"""How often the intervals of the driver scores hold the true value.

Draws many samples of reviews from a known population, makes the interval of each, and counts how
many hold the truth; beside it, the same for the plain percentile bootstrap of the reviews.

Command: ``python -m benchmarks.coverage [--trials N] [--out FILE]``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.drivers.bootstrap import SIDES, interval, net_interval
from verbatim.drivers.outcomes import Histogram, mean_draws

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Ends = tuple[float, float]

CONFIDENCE = 0.95
N_RESAMPLES = 1000
SIZES = (5, 10, 30, 100, 1000)
STARS: Floats = np.arange(1.0, 6.0)
REVIEWS_PER_MENTION = 10

SIDES_OF: dict[str, tuple[float, float, float]] = {
    "even": (0.34, 0.33, 0.33),
    "leaning": (0.7, 0.2, 0.1),
    "praised": (0.9, 0.05, 0.05),
    "all but praised": (0.98, 0.01, 0.01),
    "split": (0.5, 0.5, 0.0),
    "mostly neutral": (0.1, 0.1, 0.8),
}
"""Chances that a review that mentions the driver is positive, negative, or neither."""

EVERYONE = (0.08, 0.05, 0.10, 0.22, 0.55)
"""Chances of one to five stars in the reviews that don't mention the driver."""

STARS_OF: dict[str, tuple[float, ...]] = {
    "as everyone": EVERYONE,
    "middling": (0.10, 0.20, 0.40, 0.20, 0.10),
    "low": (0.45, 0.25, 0.15, 0.10, 0.05),
    "lowest": (0.90, 0.05, 0.03, 0.01, 0.01),
    "highest": (0.01, 0.01, 0.02, 0.06, 0.90),
    "split": (0.50, 0.0, 0.0, 0.0, 0.50),
}
"""Chances of one to five stars in the reviews that mention it."""


def measure(trials: int = 1000, seed: int = 0) -> list[dict[str, Any]]:
    """Coverage and mean width per figure, population and number of reviews."""
    random = np.random.default_rng(seed)
    rows = []
    for n in SIZES:
        for name, chances in SIDES_OF.items():
            samples = random.multinomial(n, chances, trials)
            rows.append(_net(name, n, samples, np.array(chances), random))
        for name, stars in STARS_OF.items():
            samples = random.multinomial(n, stars, trials)
            rows += _outcome(name, n, samples, np.array(stars), random)
    return rows


def _net(
    name: str, n: int, samples: Ints, chances: Floats, random: np.random.Generator
) -> dict[str, Any]:
    def ours(sides: Ints) -> Ends:
        return net_interval(sides, N_RESAMPLES, CONFIDENCE, random)

    def plain(sides: Ints) -> Ends:
        low, high = _plain(SIDES, sides, random)
        return 100 * low, 100 * high

    true = 100 * float(chances @ SIDES)
    return _row("net_sentiment", name, n, true, samples, ours, plain)


def _outcome(
    name: str, n: int, samples: Ints, chances: Floats, random: np.random.Generator
) -> list[dict[str, Any]]:
    others = random.multinomial(n * (REVIEWS_PER_MENTION - 1), EVERYONE, len(samples))
    both = np.hstack([samples, others])
    mean = float(chances @ STARS)
    gap = mean - float(np.array(EVERYONE) @ STARS)

    def draws(counts: Ints, part: slice) -> Floats:
        everyone = counts[:5] + counts[5:]
        chosen, all_of_them = (
            Histogram(held, held, held * STARS) for held in (1.0 * counts[part], 1.0 * everyone)
        )
        return mean_draws(chosen, all_of_them, N_RESAMPLES, random)

    def mean_ends(counts: Ints) -> Ends:
        return interval(draws(counts, slice(5)), _mean(counts[:5]), CONFIDENCE)

    def gap_ends(counts: Ints) -> Ends:
        gaps = draws(counts, slice(5)) - draws(counts, slice(5, 10))
        return interval(gaps, _mean(counts[:5]) - _mean(counts[5:]), CONFIDENCE)

    def plain_mean(counts: Ints) -> Ends:
        return _plain(STARS, counts[:5], random)

    def plain_gap(counts: Ints) -> Ends:
        gaps = _resampled(STARS, counts[:5], random) - _resampled(STARS, counts[5:], random)
        return _ends(gaps)

    return [
        _row("outcome_mean", name, n, mean, both, mean_ends, plain_mean),
        _row("outcome_gap", name, n, gap, both, gap_ends, plain_gap),
    ]


def _row(
    figure: str,
    population: str,
    n: int,
    true: float,
    samples: Ints,
    ours: Callable[[Ints], Ends],
    plain: Callable[[Ints], Ends],
) -> dict[str, Any]:
    coverage, width = _coverage(ours, samples, true)
    return {
        "figure": figure,
        "population": population,
        "n": n,
        "coverage": round(coverage, 3),
        "width": round(width, 2),
        "plain_coverage": round(_coverage(plain, samples, true)[0], 3),
    }


def _coverage(ends_of: Callable[[Ints], Ends], samples: Ints, true: float) -> tuple[float, float]:
    """Share of the samples whose interval holds the truth, and the mean width."""
    different, times = np.unique(samples, axis=0, return_counts=True)
    ends = np.array([ends_of(sample) for sample in different])
    held = (ends[:, 0] <= true + 1e-9) & (true - 1e-9 <= ends[:, 1])
    weights = times / times.sum()
    return float(weights @ held), float(weights @ (ends[:, 1] - ends[:, 0]))


def _plain(values: Floats, counts: Ints, random: np.random.Generator) -> Ends:
    return _ends(_resampled(values, counts, random))


def _resampled(values: Floats, counts: Ints, random: np.random.Generator) -> Floats:
    n = counts.sum()
    return np.asarray(random.multinomial(n, counts / n, N_RESAMPLES) @ values / n)


def _ends(draws: Floats) -> Ends:
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def _mean(counts: Ints) -> float:
    return float(counts @ STARS / counts.sum())


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Coverage as a Markdown table: a row per figure and population, a column per n."""
    sizes = sorted({row["n"] for row in rows})
    head = "| figure | population | " + " | ".join(f"n = {n}" for n in sizes) + " |"
    lines = [head, "|---|---|" + "---|" * len(sizes)]
    for figure, population in dict.fromkeys((row["figure"], row["population"]) for row in rows):
        cells = [
            f"{row['coverage']:.3f} ({row['plain_coverage']:.3f})"
            for row in rows
            if (row["figure"], row["population"]) == (figure, population)
        ]
        lines.append(f"| {figure} | {population} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--trials", type=int, default=1000, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the rows as JSON")
    options = parser.parse_args(arguments)
    rows = measure(options.trials)
    print(f"Coverage of {CONFIDENCE:.0%} intervals (of the plain percentile bootstrap)\n")
    print(table(rows))
    if options.out is not None:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
