"""The command ``verbatim report``."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from verbatim.cli.options import (
    ENGINE,
    JOBS,
    TAXONOMY,
    By,
    Date,
    Freq,
    Id,
    Lower,
    Outcome,
    Sheet,
    Text,
    Weight,
    check_frequency,
    check_numbers,
)
from verbatim.errors import OptionError


def report(
    source: Annotated[Path, typer.Argument(help="Folder of a saved analysis, or a file.")],
    target: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")] = Path(
        "report.html"
    ),
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    date: Date = None,
    freq: Freq = None,
    lower_is_better: Lower = False,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    text: Text = None,
    id: Id = None,
    sheet: Sheet = None,
    taxonomy: Annotated[
        str | None,
        typer.Option(help="A shipped taxonomy, or a YAML file of your own.", show_default=TAXONOMY),
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="Engine that reads the sentences.", show_default=ENGINE)
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(help="Processes that read; -1 takes every core.", show_default=str(JOBS)),
    ] = None,
) -> None:
    """Write a report as one HTML file that needs nothing else.

    Of a file all that holds of analyze; a saved analysis was read, so no option changes how.
    """
    from verbatim.analysis import Analysis
    from verbatim.cli import output, steps, texts
    from verbatim.cli.request import Request, Scored
    from verbatim.cli.saved import resolved
    from verbatim.report import report_html

    reading: dict[str, Any] = {
        "text": text,
        "id": id,
        "sheet": sheet,
        "taxonomy": taxonomy,
        "engine": engine,
        "jobs": jobs,
    }
    check_frequency(freq)
    asked = Scored(tuple(by or ()), outcome, weight, date)
    with ExitStack() as held:
        write = held.enter_context(output.file(target))
        folder = source
        if source.is_dir():
            _check_unread(source, reading)
            columns = resolved(source, asked)
        else:
            given: dict[str, Any] = {"taxonomy": TAXONOMY, "engine": ENGINE, "jobs": JOBS} | {
                name: value for name, value in reading.items() if value is not None
            }
            check_numbers(given["jobs"])
            request = Request(source, **asked._asdict(), **given)
            place = held.enter_context(output.place(None, overwrite=False))
            plan = steps.read(request, place, {}, show_progress=True)
            assert plan is not None  # nothing is there yet
            folder, columns = place.directory, steps.own_names(request, plan)
            for note in texts.notes(plan):
                print(f"note: {note}", file=sys.stderr)
        page = report_html(
            Analysis.open(folder),
            columns.by,
            columns.outcome,
            title,
            weight=columns.weight,
            date=columns.date,
            freq=freq,
            higher_is_better=not lower_is_better,
        )
        write(page)
    print(f"Written to {target}")


def _check_unread(folder: Path, reading: dict[str, Any]) -> None:
    """Raise an `OptionError` if an option says how to read what has been read."""
    given = [f"--{name}" for name, value in reading.items() if value is not None]
    if given:
        raise OptionError(
            f"{folder} is a saved analysis, in which {' and '.join(given)} can't be changed; give "
            "the file of the verbatims, or leave it out"
        )
