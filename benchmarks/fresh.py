"""Run in a fresh interpreter: what importing, first use and a whole batch cost.

``python -m benchmarks.fresh SYSTEM`` reads a JSON list of texts from standard input and prints
one line of JSON. Without a system it does nothing with the texts: the cost of Python itself.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from benchmarks.systems import SYSTEMS

MODULES = {"VADER": "vaderSentiment.vaderSentiment", "TextBlob": "textblob"}
"""What a user imports; everything else is an engine of `verbatim`."""


def main(arguments: list[str]) -> None:
    texts = json.load(sys.stdin)
    costs = _costs(arguments[0], texts) if arguments else {}
    print(json.dumps(costs | {"peak_mb": peak_mb()}))


def _costs(name: str, texts: list[str]) -> dict[str, float]:
    begin = perf_counter()
    import_module(MODULES.get(name, "verbatim"))
    imported = perf_counter()
    system = SYSTEMS[name]()
    system.run(texts[:1])
    first = perf_counter()
    system.run(texts)
    return {"import_s": imported - begin, "first_call_s": first - imported}


def peak_mb() -> float:
    """Peak resident memory of this process in MB (10^6 bytes)."""
    status = Path("/proc/self/status")
    if status.is_file():
        # Not getrusage: its peak is inherited from the process that started this one.
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
