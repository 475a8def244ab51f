"""Whether known rewards and penalties are found again, and how often the intervals hold them.

Draws reviews from models (`benchmarks.simulation`) in which drivers are mentioned together and a
quarter of them does nothing to the outcome. The truth is known, so both ways to measure impact can
be compared with it: the points of the regression, and leaving the driver out.

Command: ``python -m benchmarks.recovery [--models N] [--trials N] [--out FILE]``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from benchmarks.simulation import Model, as_analysis, draw, make_model

N_DRIVERS, N_REVIEWS, N_MODELS = 21, 5000, 20
SIZES = (300, 1000, 5000)
MANY = 400_000
FIGURES = ("impact", "reward", "penalty", "points", "importance")


def recover(n_models: int = N_MODELS, n: int = N_REVIEWS, seed: int = 0) -> list[dict[str, Any]]:
    """Spearman's correlation of each estimate with the truth over the drivers, model by model."""
    rows = []
    for number in range(seed, seed + n_models):
        model = make_model(N_DRIVERS, number)
        frame = scored(model, n, number)
        rows.append(
            {
                "model": number,
                "points": _rank(frame["points"], model.points),
                "impact": _rank(frame["impact"], model.points),
                "reward": _rank(frame["reward"], model.reward),
                "penalty": _rank(frame["penalty"], model.penalty),
                "blamed": _misled(frame["impact_low"], frame["impact_high"], model),
                "blamed adjusted": _misled(frame["points_low"], frame["points_high"], model),
            }
        )
    return rows


def scored(model: Model, n: int, seed: int) -> pd.DataFrame:
    """Scores of n reviews of the model, in the order of its drivers."""
    states, outcome = draw(model, n, np.random.default_rng([seed, n]))
    scores = as_analysis(model, states, outcome).drivers(outcome="stars", n_quotes=0, seed=seed)
    return scores.frame.set_index("driver").loc[model.names]


def picture(seed: int = 0, n_drivers: int = 12) -> pd.DataFrame:
    """One model: what each driver really adds to the mean outcome, and what either way says.

    In hundredths of a star.
    """
    model = make_model(n_drivers, seed)
    frame = scored(model, N_REVIEWS, seed)
    table = pd.DataFrame({"true": model.points, "points": frame["points"].to_numpy()})
    table["leave out"] = frame["impact"].to_numpy()
    table.index = pd.Index(model.names)
    return (100 * table.sort_values("true", kind="stable")).round().astype(int)


def cover(trials: int = 100, seed: int = 0) -> list[dict[str, Any]]:
    """Share of the intervals that hold the truth, per figure and number of reviews."""
    model = make_model(8, seed)
    large = scored(model, MANY, seed + 1)
    truth = {name: large[name].to_numpy() for name in ("impact", "importance")}
    truth |= {"reward": model.reward, "penalty": model.penalty, "points": model.points}
    rows = []
    for n in SIZES:
        frames = [scored(model, n, 1000 + trial) for trial in range(trials)]
        for figure in FIGURES:
            low, high = (
                np.array([frame[f"{figure}_{end}"] for frame in frames]) for end in ("low", "high")
            )
            held = np.where(np.isnan(low), np.nan, (low <= truth[figure]) & (truth[figure] <= high))
            width = float(np.nanmean(high - low))
            rows.append(
                {"figure": figure, "n": n, "coverage": round(float(np.nanmean(held)), 3)}
                | {"width": round(width, 3)}
            )
    return rows


def _rank(estimate: pd.Series[float], truth: np.ndarray) -> float:
    return round(float(spearmanr(estimate, truth).statistic), 3)


def _misled(low: pd.Series[float], high: pd.Series[float], model: Model) -> float:
    """Share of the drivers that do nothing for which the interval says that they do."""
    idle = (model.reward == 0) & (model.penalty == 0)
    return round(float(((low > 0) | (high < 0)).to_numpy()[idle].mean()), 3)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Mean and lowest correlation as a Markdown table."""
    frame = pd.DataFrame(rows)
    lines = ["| Spearman with the truth | mean | lowest |", "|---|---|---|"]
    for name, said in {
        "points": "points (adjusted) with true points",
        "impact": "leave-driver-out with true points",
        "reward": "reward with true reward",
        "penalty": "penalty with true penalty",
    }.items():
        lines.append(f"| {said} | {frame[name].mean():.3f} | {frame[name].min():.3f} |")
    lines.append("\n| idle drivers whose interval excludes 0 | share |\n|---|---|")
    for name, said in {"blamed adjusted": "points", "blamed": "leave-driver-out"}.items():
        lines.append(f"| {said} | {frame[name].mean():.3f} |")
    return "\n".join(lines)


def coverage_table(rows: Sequence[dict[str, Any]]) -> str:
    """Coverage as a Markdown table: a row per figure, a column per n."""
    wide = pd.DataFrame(rows).pivot(index="figure", columns="n", values="coverage")
    lines = ["| figure | " + " | ".join(f"n = {n:,}" for n in wide) + " |"]
    lines.append("|---|" + "---|" * len(wide.columns))
    for figure in FIGURES:
        cells = " | ".join(f"{value:.3f}" for value in wide.loc[figure])
        lines.append(f"| {figure} | {cells} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recovery", description=__doc__)
    parser.add_argument("--models", type=int, default=N_MODELS, metavar="N")
    parser.add_argument("--trials", type=int, default=100, metavar="N", help="samples per size")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the rows as JSON")
    options = parser.parse_args(arguments)
    results = {"recovery": recover(options.models), "coverage": cover(options.trials)}
    print(f"{N_REVIEWS:,} reviews, {N_DRIVERS} drivers, {options.models} models\n")
    print(table(results["recovery"]))
    print(f"\nCoverage of the 95% intervals, {options.trials} samples\n")
    print(coverage_table(results["coverage"]))
    if options.out is not None:
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
