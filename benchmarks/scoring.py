"""Time and memory of the driver scores with an outcome, on simulated reviews.

Command: ``python -m benchmarks.scoring [--reviews N] [--drivers N] [--out FILE]``. The analysis is
made and saved by one process, read and scored by another, whose peak memory counts.
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
scores = analysis.drivers(outcome="stars", n_resamples=int(sys.argv[2]))
seconds = time.perf_counter() - start
print(json.dumps({"seconds": round(seconds, 1), "peak GiB": round(peak(), 2),
                  "GiB once loaded": round(loaded, 2), "opinions": len(analysis.opinions)}))
"""


def measure(n: int = N_REVIEWS, n_drivers: int = N_DRIVERS) -> dict[str, Any]:
    """Score n reviews in a fresh process: seconds, and peak memory of the whole process."""
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "analysis")
        subprocess.run([sys.executable, "-c", _MAKE, path, str(n), str(n_drivers)], check=True)
        command = [sys.executable, "-c", _SCORE, path, str(N_RESAMPLES)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    sizes = {"reviews": n, "drivers": n_drivers, "resamples": N_RESAMPLES}
    return {**sizes, **json.loads(done.stdout)}


_MAKE = """
import sys
import numpy as np
from benchmarks.simulation import as_analysis, draw, make_model

n, n_drivers = int(sys.argv[2]), int(sys.argv[3])
model = make_model(n_drivers)
states, outcome = draw(model, n, np.random.default_rng(0))
as_analysis(model, states, np.clip(np.round(outcome), 1, 5)).save(sys.argv[1])
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures, and write them as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("--reviews", type=int, default=N_REVIEWS, metavar="N")
    parser.add_argument("--drivers", type=int, default=N_DRIVERS, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the measures as JSON")
    options = parser.parse_args(arguments)
    found = measure(options.reviews, options.drivers)
    print("\n".join(f"{name}: {value:,}" for name, value in found.items()))
    if options.out is not None:
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
