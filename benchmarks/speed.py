"""Time and memory, every system on the same texts in the same run.

Every round times all systems on one slice of the texts, in another order each round, and no text
is used twice, so that neither a warm cache nor a busy machine favours anyone. What stands in
brackets is the slowest and the fastest round.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import forward
from benchmarks.baselines import split_sentences
from benchmarks.corpora import LONG_TEXTS, ROOT, WARM_UP, long_text, speed_corpora
from benchmarks.metrics import Estimate
from benchmarks.readings import System

Systems = Mapping[str, System]
Corpora = Mapping[str, Sequence[str]]
Table = dict[str, dict[str, Estimate]]

REFERENCE = "VADER"
ALONE = "Python alone"
ROUNDS = 5
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
PATIENCE_S = 60.0


def throughput(corpora: Corpora, systems: Systems) -> Table:
    """Documents and sentences per second, and the ratio to VADER round by round."""
    table: Table = {}
    for corpus, texts in corpora.items():
        slices = [texts[i::ROUNDS] for i in range(ROUNDS)]
        seconds = _rounds(slices, systems)
        sentences = [sum(len(split_sentences(text)) for text in part) for part in slices]
        for name, times in seconds.items():
            rows = {
                "documents per second": [len(p) / t for p, t in zip(slices, times, strict=True)],
                "sentences per second": [n / t for n, t in zip(sentences, times, strict=True)],
            }
            if REFERENCE in seconds:
                pairs = zip(seconds[REFERENCE], times, strict=True)
                rows[f"speed relative to {REFERENCE}"] = [base / t for base, t in pairs]
            for row, values in rows.items():
                table.setdefault(f"{corpus}: {row}", {})[name] = _middle(values)
    return table


def _rounds(slices: Sequence[Sequence[str]], systems: Systems) -> dict[str, list[float]]:
    order = list(systems)
    seconds: dict[str, list[float]] = {name: [] for name in order}
    for i, texts in enumerate(slices):
        turn = i % len(order)
        for name in order[turn:] + order[:turn]:
            gc.collect()
            seconds[name].append(_seconds(systems[name], [texts]))
    return seconds


def _seconds(system: System, calls: Sequence[Sequence[str]]) -> float:
    """Wall-clock seconds of these calls, one after the other."""
    begin = perf_counter()
    for texts in calls:
        system.run(texts)
    return perf_counter() - begin


def _middle(values: Sequence[float]) -> Estimate:
    return Estimate(median(values), min(values), max(values))


def batches(corpora: Corpora, systems: Systems) -> Table:
    """Documents per second by the number of texts in a call."""
    texts, sizes = corpora.get("sentences", ()), (1, 10, 100, 1000)
    table: Table = {}
    for i, size in enumerate(sizes):
        part = texts[i :: len(sizes)][:1000]
        if len(part) < size:
            break
        calls = [part[k : k + size] for k in range(0, len(part), size)]
        table[f"{size:,} texts a call"] = {
            name: Estimate(len(part) / _seconds(system, calls)) for name, system in systems.items()
        }
    return table


def latency(corpora: Corpora, systems: Systems) -> Table:
    """Milliseconds of a warm call with one text."""
    table: Table = {}
    for corpus in ("sentences", "reviews"):
        for name, system in systems.items():
            texts = corpora.get(corpus, ())[:200]
            times = sorted(1000 * _seconds(system, [[text]]) for text in texts)
            if times:
                slow = times[int(0.95 * (len(times) - 1))]
                table.setdefault(f"one of the {corpus}, median", {})[name] = Estimate(median(times))
                table.setdefault(f"one of the {corpus}, 95%", {})[name] = Estimate(slow)
    return table


def start(corpora: Corpora, systems: Systems) -> Table:
    """Seconds until a fresh interpreter has imported the package and read one sentence."""
    runs = [(name, _fresh(name, WARM_UP[:1])) for _ in range(ROUNDS) for name in systems]
    rows = {"import": "import_s", "build and first sentence": "first_call_s"}
    return {
        row: {name: _middle([r[key] for who, r in runs if who == name]) for name in systems}
        for row, key in rows.items()
    }


def memory(corpora: Corpora, systems: Systems) -> Table:
    """Peak resident megabytes of a fresh interpreter that reads so many reviews in one call."""
    reviews = corpora.get("reviews", ())
    return {
        f"{len(texts):,} reviews": {
            name: Estimate(_fresh(name, texts)["peak_mb"]) for name in [*systems, ALONE]
        }
        for texts in (reviews[:100], reviews[:2000])
        if texts
    }


def _fresh(name: str, texts: Sequence[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.fresh", *([] if name == ALONE else [name])]
    done = subprocess.run(
        command,
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def linearity(corpora: Corpora, systems: Systems) -> Table:
    """Milliseconds for one long text; how many times longer the last takes than one of a tenth."""
    table: Table = {}
    for kind in LONG_TEXTS:
        for name, system in systems.items():
            seconds = _growing(kind, system)
            for length, value in seconds.items():
                row = table.setdefault(f"{kind}, {length:,} characters", {})
                row[name] = Estimate(1000 * value)
            if LENGTHS[-1] in seconds:
                growth = seconds[LENGTHS[-1]] / seconds[LENGTHS[-2]]
                table.setdefault(f"{kind}, growth on the last step", {})[name] = Estimate(growth)
    return table


def _growing(kind: str, system: System) -> dict[int, float]:
    """Time each length as long as the growth so far lets expect no more than `PATIENCE_S`."""
    seconds: dict[int, float] = {}
    for length in LENGTHS:
        if _expected(list(seconds.values())) > PATIENCE_S:
            break
        seconds[length] = _seconds(system, [[long_text(kind, length)]])
    return seconds


def _expected(times: Sequence[float]) -> float:
    """Seconds of the next length if it grows as the last step did.

    Examples
    --------
    >>> _expected([1.0, 7.0]), _expected([1.0])
    (49.0, 10.0)
    """
    if len(times) < 2:
        return 10 * sum(times)
    return times[-1] * times[-1] / times[-2]


PARTS: dict[str, tuple[str, Callable[[Corpora, Systems], Table]]] = {
    "throughput": ("higher is better; median [slowest, fastest round]", throughput),
    "batches": ("documents per second, sentences of the corpora", batches),
    "latency": ("milliseconds of a warm call with one text; lower is better", latency),
    "start": ("seconds in a fresh interpreter; lower is better; median [min, max]", start),
    "linearity": (
        "milliseconds for one long text; 10 is linear growth; "
        f"- where more than {PATIENCE_S:.0f} s are to be expected",
        linearity,
    ),
    "forward": (forward.ABOUT, forward.forward),
    "memory": ("peak resident MB of a fresh interpreter; lower is better", memory),
}


def run_speed(
    data: Path, names: Sequence[str], systems: Systems, limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and results.

    Each part builds the systems anew: what one has read for another part, it might remember.
    """
    from benchmarks.systems import build

    corpora = speed_corpora(data, limit)
    for name in names:
        about, measure = PARTS[name]
        begin = perf_counter()
        fresh = build(list(systems))
        for system in fresh.values():
            system.run(WARM_UP)
        table = measure(corpora, fresh)
        print(f"{name}: {perf_counter() - begin:.1f} s", flush=True)
        if table:
            cells = {row: {s: e.to_dict() for s, e in cell.items()} for row, cell in table.items()}
            yield name, {"about": about, "measures": cells}
