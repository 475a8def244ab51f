"""What the commands do: read a file, check its columns, analyse, score, summarise."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import verbatim
from verbatim.analysis import Analysis
from verbatim.analyzer import Progress
from verbatim.drivers import DriverScores
from verbatim.errors import InputError, unknown
from verbatim.intake import CLASH_SUFFIX
from verbatim.readers import Table, choose_text_column, read_table
from verbatim.report.counts import count
from verbatim.report.rows import driver_rows
from verbatim.report.screen import Screen, visible
from verbatim.report.terminal import contrasts_text, counts_text, drivers_text, outcome_text
from verbatim.report.wording import counted
from verbatim.schema import ID, names
from verbatim.taxonomy import resolve


@dataclass(frozen=True, slots=True)
class Request:
    """What to read, which of its columns mean what, and how to read it."""

    file: Path
    text: str | None
    by: tuple[str, ...]
    outcome: str | None
    id: str | None
    sheet: str | None
    taxonomy: str
    engine: str
    jobs: int


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """An analysis with its scores; `by` and `outcome` are columns of its verbatims."""

    request: Request
    table: Table
    text: str
    analysis: Analysis
    by: tuple[str, ...]
    outcome: str | None
    scores: DriverScores
    grouped: DriverScores | None


def analyze(request: Request, *, show_progress: bool) -> Result:
    """Read the file, analyse it and score its drivers; wrong columns stop it before the work."""
    table = read_table(request.file, request.sheet)
    text = _check_columns(table.frame, request)
    with _progress(len(table.frame), show_progress) as progress:
        analysis = verbatim.analyze(
            table.frame,
            text=text,
            id=request.id,
            taxonomy=request.taxonomy,
            engine=request.engine,
            n_jobs=request.jobs,
            progress=progress,
        )
    by = tuple(_own_name(column, request.id) for column in request.by)
    outcome = request.outcome and _own_name(request.outcome, request.id)
    grouped = analysis.drivers(by=by, outcome=outcome, n_quotes=0) if by else None
    scores = analysis.drivers(outcome=outcome)
    return Result(request, table, text, analysis, by, outcome, scores, grouped)


def _check_columns(frame: pd.DataFrame, request: Request) -> str:
    """Name of the text column, once all columns asked for are known to be there."""
    text = choose_text_column(frame, request.text)
    for column in filter(None, (request.id, request.outcome, *request.by)):
        if column not in frame.columns:
            raise InputError(unknown("column", column, frame.columns))
        if column == text:
            raise InputError(f"column {column!r} is the text; --id, --by and --outcome need others")
    if request.outcome is not None and not pd.api.types.is_numeric_dtype(frame[request.outcome]):
        wrong = frame[request.outcome].dropna().map(str)
        wrong = wrong[pd.to_numeric(wrong, errors="coerce").isna()]
        example = f"; row {wrong.index[0] + 1} holds {wrong.iloc[0]!r}" if len(wrong) else ""
        raise InputError(f"--outcome needs numbers, {request.outcome!r} has others too{example}")
    return text


def _own_name(column: str, id: str | None) -> str:
    """Name that the analysis gives a column of the file."""
    if column == id:
        return ID
    while column in {ID, *names("verbatims")}:
        column += CLASH_SUFFIX
    return column


@contextmanager
def _progress(total: int, show: bool) -> Iterator[Progress]:
    """Yield what draws the bar on stderr, if that is a terminal."""
    from tqdm import tqdm

    with tqdm(
        total=total, unit=" rows", leave=False, file=sys.stderr, disable=None if show else True
    ) as bar:
        yield lambda done, _: bar.update(done - bar.n)


def summary(result: Result) -> str:
    """Say what was read and what was found, for a terminal."""
    screen = Screen.of(sys.stdout)
    parts = [
        _reading_text(result),
        counts_text(count(result.analysis)),
        drivers_text(result.scores, screen),
    ]
    rows = driver_rows(result.scores)
    if rows and result.request.outcome is not None:
        parts.append(outcome_text(rows, result.request.outcome, screen))
    if rows and result.grouped is not None:
        by = " and ".join(result.request.by)
        parts.append(contrasts_text(rows, driver_rows(result.grouped), by, screen))
    return "\n\n".join(parts) + "\n"


def _reading_text(result: Result) -> str:
    table = result.table
    kept_aside = len(table.rejected)
    source = ", ".join(filter(None, [table.format, table.encoding]))
    lines = [
        f"{result.request.file} ({source}): {counted(len(table.frame), 'row')}, "
        f"{kept_aside:,} kept aside",
        *(f"line {row.line}: {row.reason}" for row in table.rejected.head(3).itertuples()),
        *table.notes,
    ]
    if result.request.text is None:
        lines.append(f"text column: {visible(result.text)} (the one with the most words)")
    return "\n".join(lines)


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
