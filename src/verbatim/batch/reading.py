"""Read the parts of a file, on one core or on several, to the same bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from concurrent.futures import BrokenExecutor
from functools import lru_cache
from threading import Thread

import pandas as pd

from verbatim.analyzer import Analyzer
from verbatim.batch.plan import Plan
from verbatim.errors import VerbatimError
from verbatim.parallel import n_workers
from verbatim.schema import ID
from verbatim.storage import parquet_bytes
from verbatim.taxonomy import Taxonomy

Files = dict[str, bytes]
"""Content of the files of a part, by table."""


def read(plan: Plan, n_done: int, analyzer: Analyzer) -> Generator[tuple[int, Files], None, None]:
    """Yield the rows and the files of each part after those done, in order.

    Raises
    ------
    VerbatimError
        A process was ended from outside.
    """
    try:
        yield from _read(plan, n_done, analyzer)
    except BrokenExecutor:
        raise VerbatimError(
            "a process that read was ended from outside, most likely for want of memory; "
            "the same goes on with fewer processes (--jobs)"
        ) from None


def _read(plan: Plan, n_done: int, analyzer: Analyzer) -> Iterator[tuple[int, Files]]:
    left = -(-(plan.source.n_rows + plan.source.n_rejected) // plan.chunk_rows) - n_done
    job = (plan.text, plan.id)
    workers = n_workers(analyzer.n_jobs)
    if workers == 1 or left < workers:
        # Too few parts for the processes: each part is spread over all of them.
        return (_read_part(analyzer, job, *part) for part in _todo(plan, n_done))
    from joblib import Parallel, delayed

    # joblib leaves each process its share of the cores for the threads of the engine.
    parallel = Parallel(
        n_jobs=analyzer.n_jobs, batch_size=1, pre_dispatch="n_jobs", return_as="generator"
    )
    call = delayed(_read_in_worker)
    name = plan.meta["engine"]["name"]
    made = (analyzer.taxonomy.to_yaml(), name, analyzer.question, os.getpid())
    return parallel(  # type: ignore[no-any-return]
        call(made, job, *part) for part in _todo(plan, n_done)
    )


def _todo(plan: Plan, n_done: int) -> Iterator[tuple[pd.DataFrame, int]]:
    """Yield the rows of each part that isn't done, and how many rows stand before."""
    start = 0
    for number, table in enumerate(plan.source.tables(plan.chunk_rows, plan.wanted)):
        if number >= n_done:
            yield table.frame[list(plan.wanted)], start
        start += len(table.frame)


def _read_part(
    analyzer: Analyzer, job: tuple[str, str | None], frame: pd.DataFrame, start: int
) -> tuple[int, Files]:
    """Read the rows of a part; those numbered by their position begin with `start`."""
    if not len(frame):
        return 0, {}
    text, id = job
    (analysis,) = analyzer.stream([frame], text=text, id=id)
    shift = start if id is None else 0
    return len(frame), {
        name: parquet_bytes(table.assign(**{ID: table[ID] + shift}) if shift else table)
        for name, table in analysis.tables.items()
    }


def _read_in_worker(
    made: tuple[str, str, str | None, int],
    job: tuple[str, str | None],
    frame: pd.DataFrame,
    start: int,
) -> tuple[int, Files]:
    return _read_part(_worker_analyzer(*made), job, frame, start)


@lru_cache(maxsize=1)
def _worker_analyzer(taxonomy: str, engine: str, question: str | None, parent: int) -> Analyzer:
    """Made once in each process."""
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    return Analyzer(taxonomy=Taxonomy.from_yaml(taxonomy), engine=engine, question=question)


def _end_with(parent: int) -> None:
    """End this process when the one that feeds it is gone, even if it was killed.

    Otherwise a process that was reading a task at that moment would wait for the rest for ever.
    """
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
