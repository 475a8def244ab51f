"""How often comparisons and trends are wrong, how often they find what is there, and how long.

Draws groups of reviews of which the truth is known, compares them, and counts: differences that are
rejected though they aren't there, intervals that hold the truth, false discoveries among all, and
changes of level that are found.

Command: ``python -m benchmarks.comparison [--trials N] [--out FILE]``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.simulation import as_analysis, draw, make_model
from verbatim.analysis import Analysis
from verbatim.comparison import compare
from verbatim.comparison.differences import (
    Differences,
    Sampling,
    net_differences,
    share_differences,
)
from verbatim.comparison.impacts import impact_differences
from verbatim.comparison.permutation import MENTION, SENTIMENT, Values
from verbatim.comparison.sums import Sums
from verbatim.trend.changes import Series, find_changes
from verbatim.trend.scan import scan

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.05
SAMPLING = Sampling(1000, 1 - LEVEL, 0, [("driver",)])
SIZES = ((5, 500), (10, 100), (30, 30), (30, 1000), (100, 100), (300, 3000))

PRAISED = (0.75, 0.15, 0.10)
"""Chances that a review that mentions the driver is positive, negative, or neither."""

POLARISED, NEUTRAL = (0.5, 0.5, 0.0), (0.1, 0.1, 0.8)
"""The same net sentiment, and as unlike as can be."""

STARS: Floats = np.arange(1.0, 6.0)
MENTIONING, SILENT = (0.35, 0.25, 0.2, 0.12, 0.08), (0.05, 0.05, 0.1, 0.25, 0.55)
"""Chances of one to five stars in the reviews that mention the driver, and in the others."""


def net_errors(
    n: int,
    rest: int,
    trials: int,
    seed: int = 0,
    chances: Sequence[float] = PRAISED,
    rest_chances: Sequence[float] | None = None,
    weighted: bool = False,
) -> dict[str, float]:
    """Errors of the difference of net sentiment of n and of `rest` reviews, where there is none."""
    random = np.random.default_rng(seed)
    pairs = (
        (_reviews(n, chances, random, weighted), _reviews(rest, other, random, weighted))
        for _ in range(trials)
        for other in [chances if rest_chances is None else rest_chances]
    )
    return _errors([net_differences(one, other, SAMPLING) for one, other in pairs])


def share_errors(
    n: int, rest: int, trials: int, seed: int = 0, share: float = 0.15
) -> dict[str, float]:
    """Errors of the difference of a share."""
    random = np.random.default_rng(seed)

    def sums(size: int) -> Sums:
        k = random.binomial(size, share)
        return _sums(np.array([k, 0, 0]), np.array([k, 0, 0]), size, size)

    return _errors([share_differences(sums(n), sums(rest), SAMPLING) for _ in range(trials)])


def impact_errors(
    n: int, rest: int, trials: int, seed: int = 0, share: float = 0.3
) -> dict[str, float]:
    """Errors of the difference of impact."""
    random = np.random.default_rng(seed)

    def sums(size: int) -> Sums:
        said = random.random(size) < share
        stars = np.where(
            said, random.choice(STARS, size, p=MENTIONING), random.choice(STARS, size, p=SILENT)
        )
        return _with_outcomes(said, stars - 4)

    pairs = ((sums(n), sums(rest)) for _ in range(trials))
    return _errors([impact_differences(*pair, 1 - LEVEL) for pair in pairs])


def _reviews(n: int, chances: Sequence[float], random: np.random.Generator, weighted: bool) -> Sums:
    side = random.choice(3, n, p=chances)
    weight = random.lognormal(sigma=0.7, size=n) if weighted else np.ones(n)
    sides, squares = (np.bincount(side, power, 3) for power in (weight, weight**2))
    return _sums(sides, squares, n, n)


def _sums(sides: NDArray[Any], squares: NDArray[Any], reviews: int, read: int) -> Sums:
    nothing = np.zeros((1, 1, 5))
    return Sums(
        np.array([[reviews]]),
        np.asarray(sides, dtype=float)[None, None],
        np.asarray(squares, dtype=float)[None, None],
        np.array([read]),
        np.array([float(read)]),
        np.array([float(read)]),
        np.zeros((1, 1), dtype=np.int64),
        nothing,
        np.zeros(1, dtype=np.int64),
        nothing[0],
    )


def _with_outcomes(said: NDArray[np.bool_], stars: Floats) -> Sums:
    powers = np.stack([np.ones(len(stars)), stars, np.ones(len(stars)), stars, stars**2], axis=1)
    everything = _sums(np.zeros(3), np.zeros(3), 0, len(stars))
    return Sums(
        *(getattr(everything, name) for name in Sums.__slots__[:6]),
        np.array([[said.sum()]]),
        powers[said].sum(axis=0)[None, None],
        np.array([len(stars)]),
        powers.sum(axis=0)[None],
    )


def _errors(found: Sequence[Differences]) -> dict[str, float]:
    """Share of trials that reject, at two levels, and share of intervals that hold 0.

    A trial in which there is nothing to test rejects nothing; one without an interval isn't counted
    among the intervals.
    """
    p = np.array([each.p[0, 0] for each in found])
    low, high = (np.array([getattr(each, end)[0, 0] for each in found]) for end in ("low", "high"))
    known = ~np.isnan(low)
    held = (low <= 1e-9) & (high >= -1e-9)
    return {
        "rejected": float((p <= LEVEL).mean()),
        "rejected at .01": float((p <= 0.01).mean()),
        "rejected at .001": float((p <= 0.001).mean()),
        "coverage": float(held[known].mean()) if known.any() else float("nan"),
    }


def false_discoveries(
    trials: int, seed: int = 0, n: int = 1500, groups: int = 6, n_drivers: int = 15
) -> dict[str, float]:
    """False discovery rate and power where two drivers are judged worse in one group of several.

    Against the rest their net sentiment is then better, a little, in all other groups, which is no
    false discovery; every other difference is.
    """
    random = np.random.default_rng(seed)
    model = make_model(n_drivers, seed=seed)
    shares, powers = [], []
    for _ in range(trials):
        states, outcome = draw(model, n, random)
        group = random.choice(groups, n, p=_uneven(groups))
        bad = np.isin(np.arange(n_drivers), [0, 1])
        changed = (group == 0)[:, None] & bad & (states == 1) & (random.random(states.shape) < 0.7)
        analysis = _grouped(as_analysis(model, np.where(changed, 2, states), outcome), group)
        frame = compare(analysis, "group", "stars", n_resamples=100).frame
        found = frame[frame["significant"] & (frame["measure"] != "impact")]
        true = found["driver"].isin(model.names[:2]) & (found["measure"] == "net_sentiment")
        shares.append(float((~true).mean()) if len(found) else 0.0)
        own = found["group"].eq("0") & true
        powers.append(own.sum() / 2)
    error = float(np.std(shares) / np.sqrt(trials))
    return {
        "false discovery rate": float(np.mean(shares)),
        "standard error": error,
        "power": float(np.mean(powers)),
    }


def _uneven(groups: int) -> Floats:
    size = np.arange(groups, 0.0, -1)
    return size / size.sum()


def _grouped(analysis: Analysis, group: Ints) -> Analysis:
    table = analysis.tables["verbatims"].assign(group=pd.Series(group).astype("str"))
    return Analysis({**analysis.tables, "verbatims": table}, analysis.meta)


def trend_errors(
    trials: int,
    seed: int = 0,
    periods: int = 12,
    mean: float = 40,
    spread: float = 0.0,
    change: float = 0.0,
) -> dict[str, float]:
    """How often a series of periods is said to change, where net sentiment falls by `change`.

    Parameters
    ----------
    trials, seed : int
    periods : int
    mean : float
        Reviews of a period, on average.
    spread : float
        Standard deviation of the chance of praise between periods.
    change : float
        By how much the chance of praise falls, and that of criticism rises, at two thirds.
    """
    random = np.random.default_rng(seed)
    p, near, dispersion = [], [], []
    for _ in range(trials):
        good = 0.6 + spread * random.standard_normal(periods)
        good[2 * periods // 3 :] -= change
        good = np.clip(good, 0.05, 0.85)
        chances = np.column_stack([good, 0.85 - good, np.full(periods, 0.15)])
        counts = random.multinomial(random.poisson(mean, periods), chances).astype(float)
        found = scan(counts, SENTIMENT, 999, random)
        p.append(found.p)
        dispersion.append(found.dispersion)
        near.append(abs(found.split - 2 * periods // 3) <= 1)
    return {
        "rejected": float((np.array(p) <= LEVEL).mean()),
        "rejected at .01": float((np.array(p) <= 0.01).mean()),
        "within a period": float(np.mean(near)),
        "dispersion": float(np.nanmean(dispersion)),
    }


def false_trends(trials: int, seed: int = 0, n_series: int = 42) -> float:
    """Share of trials in which any of many series that don't change is said to."""
    random = np.random.default_rng(seed)
    false = 0
    for trial in range(trials):
        series = [
            Series(0, "share", (str(i),), counts, values)
            for i in range(n_series)
            for counts, values in [_calm(random, i)]
        ]
        false += bool(find_changes(series, LEVEL, trial)[1])
    return false / trials


def _calm(random: np.random.Generator, i: int) -> tuple[Floats, Values]:
    sizes = random.poisson(60, 12)
    if i % 2:
        return random.multinomial(sizes, (0.12, 0.88, 0.0)).astype(float), MENTION
    return random.multinomial(sizes // 6, PRAISED).astype(float), SENTIMENT


def seconds(n: int = 1_000_000, groups: int = 50, n_drivers: int = 21) -> dict[str, float]:
    """Time of comparisons and of a trend of n reviews."""
    random = np.random.default_rng(0)
    model = make_model(n_drivers)
    states, outcome = draw(model, n, random)
    analysis = _grouped(as_analysis(model, states, outcome), random.integers(0, groups, n))
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 730, n), unit="D")
    table = analysis.tables["verbatims"].assign(day=days, weight=random.uniform(0.2, 2, n))
    analysis = Analysis({**analysis.tables, "verbatims": table}, analysis.meta)
    calls = {
        "compare by group": lambda: analysis.compare("group", "stars"),
        "compare by group, weighted": lambda: analysis.compare("group", "stars", "weight"),
        "compare by month": lambda: analysis.compare("day", "stars", freq="M"),
        "trend by month": lambda: analysis.trend(outcome="stars"),
        "trend by day": lambda: analysis.trend(freq="D"),
    }
    taken = {}
    for name, call in calls.items():
        start = time.perf_counter()
        call()
        taken[name] = round(time.perf_counter() - start, 1)
    return taken


def measure(trials: int) -> dict[str, Any]:
    """All error rates."""
    rows: list[dict[str, Any]] = []
    for n, rest in SIZES:
        cases = {
            "net sentiment": net_errors(n, rest, trials),
            "net sentiment, weighted": net_errors(n, rest, trials, weighted=True),
            "net sentiment, polarised against neutral": net_errors(
                n, rest, trials, chances=POLARISED, rest_chances=NEUTRAL
            ),
            "share": share_errors(n, rest, trials),
            "impact": impact_errors(n, rest, trials),
        }
        rows += [{"case": case, "n": n, "rest": rest, **found} for case, found in cases.items()]
    trends = [
        {"periods": periods, "mean": mean, "spread": spread, "change": change}
        for periods, mean in ((6, 20), (12, 40), (24, 40))
        for spread, change in ((0, 0), (0.05, 0), (0.1, 0), (0, 0.1), (0, 0.2))
    ]
    return {
        "differences": rows,
        "false discoveries": false_discoveries(max(10, trials // 10)),
        "trends": [{**one, **trend_errors(trials // 2, **one)} for one in trends],
        "any false trend of 42": false_trends(max(10, trials // 10)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, and write the figures as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparison", description=__doc__)
    parser.add_argument("--trials", type=int, default=1000, metavar="N")
    parser.add_argument("--speed", action="store_true", help="time a million reviews as well")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args(arguments)
    found = measure(options.trials)
    if options.speed:
        found["seconds"] = seconds()
    for name, figures in found.items():
        print(f"\n{name}")
        table = pd.DataFrame(figures) if isinstance(figures, list) else figures
        print(table.round(3).to_string(index=False) if isinstance(figures, list) else figures)
    if options.out is not None:
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
