"""Time and memory of the driver scores with an outcome, on simulated reviews.

Command: ``python -m benchmarks.scoring [--reviews N] [--drivers N] [--weighted] [--out FILE]``. The
analysis is made and saved by one process, read and scored by another, whose peak memory counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

N_REVIEWS, N_DRIVERS, N_RESAMPLES = 1_000_000, 21, 1000

_SCORE = """
import json, resource, sys, time
from verbatim import Analysis

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

analysis = Analysis.load(sys.argv[1])
loaded, start = peak(), time.perf_counter()
weight = "weight" if sys.argv[3] == "weighted" else None
scores = analysis.drivers(outcome="stars", weight=weight, n_resamples=int(sys.argv[2]))
seconds = time.perf_counter() - start
print(json.dumps({"seconds": round(seconds, 1), "peak GiB": round(peak(), 2),
                  "GiB once loaded": round(loaded, 2), "opinions": len(analysis.opinions)}))
"""


def measure(
    n: int = N_REVIEWS, n_drivers: int = N_DRIVERS, weighted: bool = False
) -> dict[str, Any]:
    """Score n reviews in a fresh process: seconds, and peak memory of the whole process.

    Weights, if wanted, are all different (lognormal), so that no two reviews are alike.
    """
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "analysis")
        subprocess.run([sys.executable, "-c", _MAKE, path, str(n), str(n_drivers)], check=True)
        kind = "weighted" if weighted else "alike"
        command = [sys.executable, "-c", _SCORE, path, str(N_RESAMPLES), kind]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    sizes = {"reviews": n, "drivers": n_drivers, "resamples": N_RESAMPLES, "weighted": weighted}
    return {**sizes, **json.loads(done.stdout)}


_MAKE = """
import sys
import numpy as np
from benchmarks.simulation import as_analysis, draw, make_model
from verbatim import Analysis

n, n_drivers = int(sys.argv[2]), int(sys.argv[3])
model, random = make_model(n_drivers), np.random.default_rng(0)
states, outcome = draw(model, n, random)
made = as_analysis(model, states, np.clip(np.round(outcome), 1, 5))
verbatims = made.verbatims.assign(weight=random.lognormal(0, 0.7, n))
Analysis({**made.tables, "verbatims": verbatims}, made.meta).save(sys.argv[1])
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures, and write them as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("--reviews", type=int, default=N_REVIEWS, metavar="N")
    parser.add_argument("--drivers", type=int, default=N_DRIVERS, metavar="N")
    parser.add_argument("--weighted", action="store_true", help="give each review a weight")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the measures as JSON")
    options = parser.parse_args(arguments)
    found = measure(options.reviews, options.drivers, options.weighted)
    print("\n".join(f"{name}: {value:,}" for name, value in found.items()))
    if options.out is not None:
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
