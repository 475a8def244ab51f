"""What the commands do: read a file, check its columns, analyse, score."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import verbatim
from verbatim import batch, intake
from verbatim.analysis import Analysis
from verbatim.cli import output
from verbatim.cli.request import Request, Scoring, check_id, check_scoring
from verbatim.cli.result import Result
from verbatim.errors import InputError
from verbatim.readers import Progress, Source, look_through
from verbatim.schema import ID


def read(
    request: Request, place: batch.Place, results: Mapping[str, Any], *, show_progress: bool
) -> batch.Plan | None:
    """Make the tables in `place`; None if all that is asked for is there already.

    Wrong columns stop it before the work. `results` says what else will be made.
    """
    scoring = request.scoring
    results = {**asdict(scoring), "by": list(scoring.by), **results}
    analyzer = verbatim.Analyzer(
        taxonomy=request.taxonomy,
        engine=request.engine,
        n_jobs=request.jobs,
        question=request.question,
    )
    with _progress("Looking through", "B", show_progress) as progress:
        source = look_through(request.file, request.sheet, progress)
    with _told_in_full(source, request):
        plan = batch.make_plan(
            source,
            analyzer,
            text=request.text,
            id=request.id,
            columns=[*request.columns, *scoring.columns] if request.columns else None,
            sheet=request.sheet,
            chunk_rows=batch.CHUNK_ROWS if request.chunk_rows is None else request.chunk_rows,
            results=results,
        )
    check_scoring(source, plan.text, scoring)
    if batch.is_complete(plan, place, output.result_files(results)):
        return None
    with _progress("Reading", " rows", show_progress) as progress:
        batch.read_parts(plan, place, analyzer, progress)
    if request.jobs != 1:
        _end_workers()
    return plan


@contextmanager
def _told_in_full(source: Source, request: Request) -> Iterator[None]:
    """Where a file doesn't fit, say where, and what is peculiar about it, which may be why."""
    try:
        yield
    except InputError:
        for note in source.notes:
            print(f"note: {note}", file=sys.stderr)
        check_id(source, request.id)
        raise


def _end_workers() -> None:
    """End the processes that read, which wait for more: scores and report need their memory."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor(reuse=True).shutdown(wait=True)


def score(request: Request, plan: batch.Plan, directory: Path) -> Result:
    """Score the drivers of the tables in a directory."""
    analysis = Analysis.open(directory)
    scoring = own_names(request.scoring, plan)
    drivers = partial(
        analysis.drivers,
        outcome=scoring.outcome,
        weight=scoring.weight,
        higher_is_better=not scoring.lower_is_better,
        min_reviews=scoring.min_reviews,
    )
    grouped = drivers(by=scoring.by, n_quotes=0) if scoring.by else None
    return Result(analysis, scoring, drivers(), grouped)


def own_names(scoring: Scoring, plan: batch.Plan) -> Scoring:
    """Take the names that the tables give to the columns of the file."""
    own = dict(zip(plan.carried, intake.own_names(plan.carried), strict=True))
    return scoring.renamed(own if plan.id is None else {**own, plan.id: ID})


@contextmanager
def _progress(what: str, unit: str, show: bool) -> Iterator[Progress]:
    """Yield what draws a bar with rate and time left on stderr, if that is a terminal."""
    from tqdm import tqdm

    with tqdm(
        desc=what,
        unit=unit,
        unit_scale=True,
        leave=False,
        file=sys.stderr,
        disable=None if show else True,
    ) as bar:

        def draw(done: int, total: int) -> None:
            if bar.total is None:  # what an earlier run has done says nothing of the rate
                bar.total, bar.initial, bar.n = total, done, done
            bar.update(done - bar.n)

        yield draw
