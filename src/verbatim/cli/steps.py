"""What the commands do: read a file, check its columns, analyse, score, summarise."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import verbatim
from verbatim import batch, intake
from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.errors import InputError, unknown
from verbatim.moments import Moments
from verbatim.readers import Progress, Source, look_through
from verbatim.report.counts import count
from verbatim.report.rows import driver_rows
from verbatim.report.screen import Screen, visible
from verbatim.report.terminal import counts_text, drivers_text, outcome_text
from verbatim.report.terminal_groups import groups_text
from verbatim.report.wording import counted
from verbatim.schema import ID
from verbatim.taxonomy import resolve

_EXAMPLES = 3
_UNCLEAR = "a later row holds a word, or some may be codes (007, or 1.1 beside 1.10)"


@dataclass(frozen=True, slots=True)
class Request:
    """What to read, which of its columns mean what, and how to read it."""

    file: Path
    text: str | None = None
    by: tuple[str, ...] = ()
    outcome: str | None = None
    weight: str | None = None
    id: str | None = None
    columns: tuple[str, ...] = ()
    sheet: str | None = None
    taxonomy: str = "general"
    engine: str = "neural"
    jobs: int = 1
    chunk_rows: int | None = None
    lower_is_better: bool = False


class Scored(NamedTuple):
    """Columns to score by."""

    by: tuple[str, ...]
    outcome: str | None
    weight: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """An analysis with its scores, and the columns that these are by."""

    analysis: Analysis
    columns: Scored
    higher_is_better: bool
    scores: DriverScores
    grouped: DriverScores | None


def read(
    request: Request,
    place: batch.Place,
    results: dict[str, Any],
    files: Collection[str] = (),
    *,
    show_progress: bool,
) -> batch.Plan | None:
    """Make the tables in `place`; None if all that is asked for is there already.

    Wrong columns stop it before the work. `results` is what else will be made, into `files`.
    """
    analyzer = verbatim.Analyzer(
        taxonomy=request.taxonomy, engine=request.engine, n_jobs=request.jobs
    )
    with _progress("Looking through", "B", show_progress) as progress:
        source = look_through(request.file, request.sheet, progress)
    scored = [*request.by, *_figures(request).values()]
    plan = batch.make_plan(
        source,
        analyzer,
        text=request.text,
        id=request.id,
        columns=[*request.columns, *scored] if request.columns else None,
        sheet=request.sheet,
        chunk_rows=batch.CHUNK_ROWS if request.chunk_rows is None else request.chunk_rows,
        results={
            "by": list(request.by),
            "outcome": request.outcome,
            "weight": request.weight,
            "lower_is_better": request.lower_is_better,
            **results,
        },
    )
    _check_scored(source, plan.text, request)
    if batch.is_complete(plan, place, files):
        return None
    with _progress("Reading", " rows", show_progress) as progress:
        batch.read_parts(plan, place, analyzer, progress)
    if request.jobs != 1:
        _end_workers()
    return plan


def _end_workers() -> None:
    """End the processes that read, which wait for more: scores and report need their memory."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor(reuse=True).shutdown(wait=True)


def score(request: Request, plan: batch.Plan, directory: Path) -> Result:
    """Score the drivers of the tables in a directory."""
    analysis = Analysis.open(directory)
    columns = own_names(request, plan)
    higher_is_better = not request.lower_is_better
    drivers = partial(
        analysis.drivers,
        outcome=columns.outcome,
        weight=columns.weight,
        higher_is_better=higher_is_better,
    )
    grouped = drivers(by=columns.by, n_quotes=0) if columns.by else None
    return Result(analysis, columns, higher_is_better, drivers(), grouped)


def _check_scored(source: Source, text: str, request: Request) -> None:
    """See that the columns to score by are there and fit."""
    frame = source.head.frame
    for column in (*request.by, *_figures(request).values()):
        if column not in frame.columns:
            raise InputError(unknown("column", column, frame.columns))
        if column == text:
            raise InputError(
                f"column {column!r} is the text; --by, --outcome and --weight need others"
            )
    for option, column in _figures(request).items():
        if not pd.api.types.is_numeric_dtype(frame[column]):
            wrong = frame[column].dropna().map(str)
            wrong = wrong[pd.to_numeric(wrong, errors="coerce").isna()]
            example = (
                f"row {wrong.index[0] + 1} holds {wrong.iloc[0]!r}" if len(wrong) else _UNCLEAR
            )
            raise InputError(f"--{option} needs numbers, {column!r} has others too; {example}")


def _figures(request: Request) -> dict[str, str]:
    """Columns that must be numbers, by their options."""
    options = {"outcome": request.outcome, "weight": request.weight}
    return {option: column for option, column in options.items() if column is not None}


def own_names(request: Request, plan: batch.Plan) -> Scored:
    """Names that the analysis gives the columns to score by."""
    own = dict(zip(plan.carried, intake.own_names(plan.carried), strict=True)) | {plan.id: ID}
    figures = {option: own[column] for option, column in _figures(request).items()}
    by = tuple(own[column] for column in request.by)
    return Scored(by, figures.get("outcome"), figures.get("weight"))


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


def reading_text(request: Request, plan: batch.Plan, directory: Path) -> str:
    """Say what was read of the file, and what was kept aside."""
    source = plan.source
    form = ", ".join(filter(None, [source.format, source.encoding]))
    lines = [
        f"{request.file} ({form}): {counted(source.n_rows, 'row')}, "
        f"{source.n_rejected:,} kept aside"
    ]
    if source.n_rejected:
        rejected = pd.read_csv(directory / batch.REJECTED, nrows=_EXAMPLES)
        lines += [f"line {row.line}: {row.reason}" for row in rejected.itertuples()]
    lines += source.notes
    if request.text is None:
        lines.append(f"text column: {visible(plan.text)} (the one with the most words)")
    return "\n".join(lines)


def summary(request: Request, result: Result) -> str:
    """Say what was found, for a terminal."""
    screen = Screen.of(sys.stdout)
    parts = [counts_text(count(result.analysis)), drivers_text(result.scores, screen)]
    rows = driver_rows(result.scores)
    if rows and request.outcome is not None:
        parts.append(outcome_text(rows, request.outcome, screen))
    if rows and result.grouped is not None:
        compared = result.analysis.compare(by=result.columns.by, weight=result.columns.weight)
        parts.append(groups_text(compared, " and ".join(request.by), screen))
    return "\n\n".join(parts)


def moments_text(moments: Moments, format: str) -> str:
    """Moments as lines to read, or all of them as CSV or as JSON lines."""
    if format == "text":
        return f"{visible(repr(moments))}\n"
    if format == "csv":
        return moments.frame.to_csv(index=False, lineterminator="\n")
    rows = moments.to_dict()["moments"]
    return "".join(f"{json.dumps(row, ensure_ascii=False, allow_nan=False)}\n" for row in rows)


def taxonomies_text() -> str:
    """Names of the shipped taxonomies and what they are for."""
    available = [resolve(name) for name in verbatim.available_taxonomies()]
    return _aligned([(taxonomy.name, taxonomy.description) for taxonomy in available])


def taxonomy_text(name: str) -> str:
    """Drivers of a taxonomy with their meaning and their sub-drivers."""
    taxonomy = resolve(name)
    rows: list[tuple[str, str]] = []
    for driver in taxonomy.drivers:
        rows.append((driver.id, driver.description or driver.name))
        if driver.subdrivers:
            rows.append(("", "> " + ", ".join(sub.id for sub in driver.subdrivers)))
    return f"{taxonomy.name}: {taxonomy.description}\n\n{_aligned(rows)}"


def _aligned(rows: Sequence[tuple[str, str]]) -> str:
    import textwrap

    width = max(len(key) for key, _ in rows) + 2
    room = max(20, Screen.of(sys.stdout).width - width)
    return "\n".join(
        key.ljust(width) + textwrap.fill(words, room).replace("\n", "\n" + " " * width)
        for key, words in rows
    )
