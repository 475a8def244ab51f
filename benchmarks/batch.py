"""Files of a million reviews through the command: rate, memory, cores, and what SIGKILL leaves.

And the report of fewer, with all of its sections.

The shared reviews are cycled, each time with their sentences in another order, one of them left
out, and a sentence of their own. The memory is that of all processes of the command together
(Linux tells), looked at twice a second.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.accuracy import SETS, read_rows
from benchmarks.baselines import split_sentences
from benchmarks.metrics import Estimate
from benchmarks.watched import Watched, kill, parts_done, watch

Table = dict[str, dict[str, Estimate]]
Texts = Sequence[str]

REVIEWS = "hotel_reviews_with_stars"
ROWS = {"lexicon": 1_000_000, "neural": 200_000}
SCALING_ROWS = {"lexicon": 200_000, "neural": 20_000}
"""Fewer rows, as the rate doesn't depend on their number."""
KILL_ROWS, KILLS, KILL_PARTS = 12_000, 20, 24
ENGINE_OF_KILLS = "lexicon"
REPORT_ROWS = 20_000
COLUMNS = ["id", "hotel", "stars", "date", "review"]
QUARTERS = (0.25, 0.5, 0.75, 1.0)


def variations(texts: Texts, n: int, seed: int = 0) -> Iterator[str]:
    """Yield n reviews, none twice.

    Examples
    --------
    >>> list(variations(["Good. Clean."], 2))
    ['Good. We had room 0.', 'Good. We had room 1.']
    """
    draw = random.Random(seed)
    cut = [split_sentences(text) for text in texts]
    for i in range(n):
        sentences = list(cut[i % len(cut)])
        draw.shuffle(sentences)
        kept = sentences[: max(1, len(sentences) - 1)]
        yield " ".join([*kept, f"We had room {i}."])


@contextmanager
def written(texts: Texts, n: int) -> Iterator[Path]:
    """Write n reviews as CSV into a folder that goes away again."""
    draw = random.Random(n)
    with TemporaryDirectory() as folder:
        path = Path(folder, "reviews.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for i, text in enumerate(variations(texts, n)):
                writer.writerow(_row(i, text, draw))
        yield path


def _row(i: int, text: str, draw: random.Random) -> tuple[object, ...]:
    """One row of `COLUMNS`: a review and what somebody could say of it."""
    date = f"{draw.randint(2023, 2025)}-{draw.randint(1, 12):02}-15"
    return f"r{i}", draw.choice("ABCDE"), draw.randint(1, 5), date, text


def _arguments(file: Path, engine: str, jobs: int) -> list[str]:
    options = {"--text": "review", "--id": "id", "--by": "hotel", "--outcome": "stars"}
    options |= {"--engine": engine, "--jobs": str(jobs)}
    return [str(file), *(part for pair in options.items() for part in pair)]


def large_files(texts: Texts, limit: int | None) -> Table:
    """Rate and memory of the whole command with two processes."""
    table: Table = {}
    for engine, rows in ROWS.items():
        n = min(rows, limit or rows)
        with written(texts, n) as file:
            run = watch(_arguments(file, engine, 2), file.parent)
        for row, value in _memory_and_rate(run, n).items():
            table.setdefault(row, {})[f"verbatim {engine}"] = Estimate(value)
    return table


def _memory_and_rate(run: Watched, n: int) -> dict[str, float]:
    starts = (0, *QUARTERS)
    quarters = {
        f"peak MB while {100 * start:.0f} to {100 * end:.0f}% of the rows are read": run.peak_mb(
            start, end - 1 / run.n_parts
        )
        for start, end in zip(starts, QUARTERS, strict=False)
    }
    return {
        "rows": n,
        "rows a second, tables": n / run.read_s,
        "rows a second, with scores and report": n / run.seconds,
        **quarters,
        "peak MB of scores and report": run.peak_mb(1, 1),
        "peak MB": run.peak_mb(),
    }


def workers(texts: Texts, limit: int | None) -> Table:
    """Rows a second of the tables with one process and with two, a thread each."""
    table: Table = {}
    for engine, rows in SCALING_ROWS.items():
        n = min(rows, limit or rows)
        with written(texts, n) as file:
            seconds = [_seconds(file, engine, jobs) for jobs in (1, 2)]
        found = {
            "rows": n,
            "rows a second, 1 process": n / seconds[0],
            "rows a second, 2 processes": n / seconds[1],
            "speed of 2 relative to 1": seconds[0] / seconds[1],
        }
        for row, value in found.items():
            table.setdefault(row, {})[f"verbatim {engine}"] = Estimate(value)
    return table


def _seconds(file: Path, engine: str, jobs: int) -> float:
    """Seconds of the whole command, start and all, without scores and report."""
    with TemporaryDirectory() as folder:
        arguments = [*_arguments(file, engine, jobs), "--tables-only", "--chunk-rows", "1000"]
        return watch(arguments, Path(folder), threads=1).seconds


def kills(texts: Texts, limit: int | None) -> Table:
    """Kill a run at a random moment, let it go on, and compare what it leaves; again and again."""
    n = min(KILL_ROWS, limit or KILL_ROWS)
    draw = random.Random(0)
    with written(texts, n) as file, TemporaryDirectory() as whole:
        chunk = ["--chunk-rows", str(-(-n // KILL_PARTS))]
        arguments = [*_arguments(file, ENGINE_OF_KILLS, 2), *chunk]
        seconds = watch(arguments, Path(whole)).seconds
        expected = _content(Path(whole))
        # One in each twentieth of the run, so that all that it does is interrupted.
        moments = [seconds * (i + draw.random()) / KILLS for i in range(KILLS)]
        found = [_killed(arguments, moment, expected) for moment in moments]
    parts = [done for done, _ in found]
    counted = {
        "rows": Estimate(n),
        "runs killed": Estimate(KILLS),
        "parts done when killed, median [fewest, most]": Estimate(
            median_low(parts), min(parts), max(parts)
        ),
        "runs that left the same bytes": Estimate(sum(same for _, same in found)),
    }
    return {row: {f"verbatim {ENGINE_OF_KILLS}": value} for row, value in counted.items()}


def _killed(
    arguments: Sequence[str], moment: float, expected: Mapping[str, bytes]
) -> tuple[int, bool]:
    """Parts done when the kill struck, and whether the result is as expected after going on."""
    while True:
        with TemporaryDirectory() as folder:
            if kill(arguments, Path(folder), moment):
                done = parts_done(Path(folder))
                watch(arguments, Path(folder))
                return done, _content(Path(folder)) == expected
        moment *= 0.95  # it had ended before


def report(texts: Texts, limit: int | None) -> Table:
    """Seconds and size of the report, all sections, from an analysis that is saved."""
    import pandas as pd

    import verbatim

    n = min(REPORT_ROWS, limit or REPORT_ROWS)
    draw = random.Random(0)
    # Whole reviews again and again: what is written of them doesn't depend on how they were read.
    rows = [_row(i, texts[i % len(texts)], draw) for i in range(n)]
    analysis = verbatim.analyze(pd.DataFrame(rows, columns=COLUMNS), text="review", id="id")
    began = perf_counter()
    tagged = analysis.discover().tag(analysis)
    discovered = perf_counter() - began
    with TemporaryDirectory() as folder:
        saved = verbatim.Analysis.open(tagged.save(Path(folder, "analysis")))
        began = perf_counter()
        path = saved.report(Path(folder, "r.html"), by="hotel", outcome="stars", date="date")
        found = {
            "rows": n,
            "opinions": len(tagged.opinions),
            "seconds to discover the themes": discovered,
            "seconds to write the report": perf_counter() - began,
            "MB of the report": path.stat().st_size / 1e6,
        }
    return {row: {"verbatim neural": Estimate(value)} for row, value in found.items()}


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


PARTS: dict[str, tuple[str, Callable[[Texts, int | None], Table]]] = {
    "large_files": (
        "the whole command with two processes, scores and report included",
        large_files,
    ),
    "workers": ("tables only, in parts of 1,000 rows, one thread in each process", workers),
    "report": ("the whole report, themes, journey and experience included", report),
    "kills": (
        "SIGKILL at a random moment of each twentieth of a run, then the same command again",
        kills,
    ),
}


def run_batch(
    data: Path, names: Sequence[str], systems: object, limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and results; `limit` is the most rows of a file."""
    path = data / SETS[REVIEWS].path
    if not path.is_file():
        print(f"skipped the large files: {path} is not there")
        return
    texts = list(dict.fromkeys(row["text"] for row in read_rows(path)))
    for name in names:
        about, measure = PARTS[name]
        table = measure(texts, limit)
        cells = {row: {s: e.to_dict() for s, e in cell.items()} for row, cell in table.items()}
        yield name, {"about": about, "measures": cells}
