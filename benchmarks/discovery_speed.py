"""Time and peak memory of discovery, each size in a process of its own.

Command: ``python -m benchmarks.discovery_speed N``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.corpora import ROOT, SAMPLES
from benchmarks.made_opinions import analysis_of
from verbatim.analysis import Analysis

SIZES = (10_000, 100_000, 1_000_000)
PER_REVIEW = 3
SEED = 0


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """One row per number of opinions."""
    rows = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.discovery_speed", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    return rows


def made(size: int) -> Analysis:
    """Opinions whose targets and assessments are those of the samples, freely combined.

    A target goes with any assessment of its driver and one in three has a word more, so that most
    opinions are unlike all others, as they are in a corpus of this size.
    """
    read = _samples()
    random = np.random.default_rng(SEED)
    drivers = read.groupby("driver")
    parts = []
    for driver, rows in drivers:
        n = round(size * len(rows) / len(read))
        target = random.choice(rows["target"].astype("str").fillna("").to_numpy(object), n)
        words = " ".join(sorted(rows["target"].dropna())).split() or [""]
        more = random.choice(np.array(words, dtype=object), n)
        longer = (random.random(n) < 1 / 3) & (target != "")
        target = np.where(longer, more + " " + target, target)
        parts.append(
            pd.DataFrame(
                {
                    "driver": driver,
                    "target": np.where(target == "", None, target),
                    "assessment": random.choice(rows["assessment"].to_numpy(dtype=object), n),
                    "sign": random.choice([-1, 1], n),
                }
            )
        )
    opinions = pd.concat(parts, ignore_index=True)
    n_reviews = len(opinions) // PER_REVIEW
    opinions["review"] = random.integers(0, n_reviews, len(opinions))
    return analysis_of(opinions, [f"review {i}" for i in range(n_reviews)])


def _samples() -> pd.DataFrame:
    import verbatim

    parts = []
    for name, column in SAMPLES.items():
        texts = pd.read_csv(ROOT / "data" / "samples" / name)[column]
        parts.append(verbatim.analyze(texts.fillna("").tolist(), engine="lexicon").opinions)
    read = pd.concat(parts, ignore_index=True)
    return read[["driver", "target", "assessment"]].dropna(subset=["driver", "assessment"])


def _run(size: int) -> dict[str, Any]:
    analysis = made(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = perf_counter()
    themes = analysis.discover()
    taken = perf_counter() - begin
    begin = perf_counter()
    themes.tag(analysis)
    return {
        "opinions": len(analysis.opinions),
        "reviews": len(analysis),
        "themes": len(themes),
        "unassigned": round(themes.meta["share_unassigned"], 3),
        "discover, s": round(taken, 1),
        "tag, s": round(perf_counter() - begin, 1),
        "peak before, MiB": before // 1024,
        "peak, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(_run(int(sys.argv[1]))))
