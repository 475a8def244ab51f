"""The command ``verbatim analyze``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbatim.cli.options import (
    ENGINE,
    JOBS,
    MIN_REVIEWS,
    TAXONOMY,
    By,
    Date,
    EngineName,
    File,
    Freq,
    Id,
    Jobs,
    Lower,
    MinReviews,
    Outcome,
    Pack,
    Question,
    Sheet,
    Text,
    Weight,
    check_frequency,
    check_numbers,
    check_support,
)
from verbatim.errors import OptionError, unknown

if TYPE_CHECKING:
    from verbatim.cli.request import Request

FORMATS = ("parquet", "csv")


def analyze(
    file: File,
    text: Text = None,
    question: Question = None,
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    date: Date = None,
    freq: Freq = None,
    lower_is_better: Lower = False,
    min_reviews: MinReviews = MIN_REVIEWS,
    out: Annotated[Path | None, typer.Option(help="Folder to write the results to.")] = None,
    id: Id = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Column to carry along; may be given again; all unless told."),
    ] = None,
    sheet: Sheet = None,
    taxonomy: Pack = TAXONOMY,
    engine: EngineName = ENGINE,
    jobs: Jobs = JOBS,
    chunk_rows: Annotated[
        int | None, typer.Option(help="Rows of a part; fewer take less memory.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier analysis in that folder.")
    ] = False,
    format: Annotated[
        str, typer.Option(help="Of the tables: parquet, or csv as well.")
    ] = "parquet",
    tables_only: Annotated[
        bool, typer.Option("--tables-only", help="Write no scores and no report.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no summary.")] = False,
) -> None:
    """Read a file of verbatims and score its experience drivers.

    A run that was stopped goes on when the same command is given again.
    """
    from verbatim.cli.request import Request, Scoring

    if format not in FORMATS:
        raise OptionError(unknown("format", format, FORMATS))
    check_numbers(jobs, chunk_rows)
    check_frequency(freq)
    check_support(min_reviews)
    request = Request(
        file,
        Scoring(tuple(by or ()), outcome, weight, date, freq, lower_is_better, min_reviews),
        text=text,
        id=id,
        columns=tuple(columns or ()),
        sheet=sheet,
        taxonomy=taxonomy,
        engine=engine,
        question=question,
        jobs=jobs,
        chunk_rows=chunk_rows,
    )
    results = {"format": format, "tables_only": tables_only}
    shown = _written(request, results, out, overwrite=overwrite, quiet=quiet)
    if quiet:
        return
    if shown is None:
        print(f"{out} holds all of this already")
        return
    print("\n\n".join(shown) + "\n")
    print(f"Written to {out}" if out else "Nothing was written; --out FOLDER writes it")


def _written(
    request: Request, results: Mapping[str, Any], out: Path | None, *, overwrite: bool, quiet: bool
) -> list[str] | None:
    """Write what is asked for, and give what there is to show; None if it is all there already."""
    from verbatim.batch import publish
    from verbatim.cli import output, steps, texts

    with output.place(out, overwrite) as place:
        plan = steps.read(request, place, results, show_progress=not quiet)
        if plan is None:
            return None
        shown = [texts.reading_text(request, plan, place.directory)]
        if not results["tables_only"]:
            result = steps.score(request, plan, place.directory)
            shown += [] if quiet else [texts.summary(request, result)]
            output.write_scores(result, place.directory)
        elif not quiet:
            shown.append(texts.tables_text(place.directory))
        if results["format"] == "csv":
            output.write_tables_as_csv(place.directory)
        publish(place)
    return shown
