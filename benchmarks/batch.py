"""Rate and peak memory of ``verbatim analyze`` by the length of the file, and whether it resumes.

Command: ``python -m benchmarks.batch [--rows N ...] [--jobs N] [--kills N] [--out FILE]``. The file
is made up; each run is a process of its own, whose peak memory counts (and that of the largest of
those that it starts, with more than one job; Linux tells). Growth is linear where the rate stays
the same: by processor time, if the machine is busy. In the end a run is killed at random moments
and goes on each time, and its result is compared byte for byte with that of an uninterrupted one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = (10_000, 20_000, 40_000, 80_000)
ENGINE = "lexicon"
KILLS = 5
PROCESSOR = "processor seconds"

_SUBJECTS = (
    *("the staff", "our room", "breakfast", "the wifi", "the location", "check-in", "the bed"),
    *("the app", "parking", "the price", "the pool", "the bathroom", "the refund", "support"),
)
_VERBS = ("was", "seemed", "is", "could have been", "was never")
_JUDGEMENTS = (
    *("lovely", "dirty", "very slow", "excellent", "terrible", "a bit noisy", "friendly"),
    *("far too expensive", "not clean", "broken", "comfortable", "fine", "confusing"),
)
_TAILS = ("", "", " and we waited 45 minutes", " but we loved the view", ", nobody helped us")
_COMMON = ("Great service.", "Good.", "Nothing to complain about.", "Would recommend.")


def reviews(n: int, seed: int = 0) -> Iterator[tuple[str, str, int, str]]:
    """Yield id, hotel, stars and review; some sentences come again and again, as in real files."""
    draw = random.Random(seed)
    for i in range(n):
        sentences = [_sentence(draw) for _ in range(draw.choice((1, 1, 2, 2, 3, 5)))]
        yield f"r{i}", draw.choice("ABCDE"), draw.randint(1, 5), " ".join(sentences)


def _sentence(draw: random.Random) -> str:
    if draw.random() < 0.1:
        return draw.choice(_COMMON)
    subject, tail = draw.choice(_SUBJECTS).capitalize(), draw.choice(_TAILS)
    room = f" in room {draw.randint(1, 2000)}" if draw.random() < 0.3 else ""
    return f"{subject}{room} {draw.choice(_VERBS)} {draw.choice(_JUDGEMENTS)}{tail}."


def write_reviews(path: Path, n: int) -> Path:
    """Write n reviews as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "hotel", "stars", "review"])
        writer.writerows(reviews(n))
    return path


_MEASURED = """
import json, os, sys, time
from pathlib import Path
from verbatim.cli import main

def told(pid, name):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))

def processor(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

start = time.perf_counter()
try:
    main()
finally:
    me = os.getpid()
    others = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    found = {"seconds": round(time.perf_counter() - start, 1),
             "processor seconds": round(sum(map(processor, [me, *others])), 1),
             "MB": round(told(me, "VmHWM") / 1024)}
    if others:
        found["MB of the largest process"] = round(max(told(o, "VmHWM") for o in others) / 1024)
    print(json.dumps(found), file=sys.stderr)
"""


def measure(file: Path, n: int, jobs: int, *options: str) -> dict[str, Any]:
    """Run the command in a process of its own: seconds, rows a second and peak memory."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _MEASURED, *_arguments(file, folder, jobs), *options]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stderr.splitlines()[-1])
    rates = {f"rows a {unit[:-1]}": round(n / found[unit]) for unit in ("seconds", PROCESSOR)}
    return {**found, **rates}


def _arguments(file: Path, folder: str, jobs: int) -> list[str]:
    options = {"--text": "review", "--id": "id", "--by": "hotel", "--outcome": "stars"}
    options |= {"--engine": ENGINE, "--jobs": str(jobs), "--out": f"{folder}/out"}
    return ["analyze", str(file), "--quiet", *(part for pair in options.items() for part in pair)]


def resumes(file: Path, n: int, jobs: int, kills: int, seed: int = 0) -> dict[str, Any]:
    """Kill a run at random moments, let it go on, and compare what it leaves."""
    draw = random.Random(seed)
    options = ("--tables-only", "--chunk-rows", str(max(1, n // 20)))
    command = [sys.executable, "-m", "verbatim.cli"]
    with TemporaryDirectory() as whole, TemporaryDirectory() as killed:
        begin = time.perf_counter()
        subprocess.run([*command, *_arguments(file, whole, jobs), *options], check=True)
        seconds = time.perf_counter() - begin
        again = [*command, *_arguments(file, killed, jobs), *options]
        done = [_kill(again, draw.uniform(0.1, 0.5) * seconds, killed) for _ in range(kills)]
        subprocess.run(again, check=True)
        same = _content(Path(killed)) == _content(Path(whole))
    return {"rows": n, "parts done at each kill": done, "same bytes as uninterrupted": same}


def _kill(command: Sequence[str], after_s: float, folder: str) -> int:
    """Kill the command and count the parts that are done; a half result is an error."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    manifests = list(Path(folder).glob("*/manifest.json"))
    return sum(len(json.loads(path.read_text("utf-8"))["parts"]) for path in manifests)


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures, and write them as JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    parser.add_argument("--kills", type=int, default=KILLS, metavar="N")
    parser.add_argument("--tables-only", action="store_true", help="measure no scores and report")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the measures as JSON")
    options = parser.parse_args(arguments)
    found: dict[str, Any] = {"engine": ENGINE, "jobs": options.jobs, "runs": []}
    with TemporaryDirectory() as folder:
        for n in options.rows:
            file = write_reviews(Path(folder, f"{n}.csv"), n)
            run = {"rows": n, "tables": measure(file, n, options.jobs, "--tables-only")}
            if not options.tables_only:
                run["tables, scores, report"] = measure(file, n, options.jobs)
            found["runs"].append(run)
            print(json.dumps(run), flush=True)
        if options.kills:
            n = min(options.rows)
            found["resume"] = resumes(Path(folder, f"{n}.csv"), n, options.jobs, options.kills)
            print(json.dumps(found["resume"]), flush=True)
    if options.out is not None:
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
