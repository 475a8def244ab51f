"""The command ``verbatim``: analyse a file, explain a verbatim, score and report an analysis."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbatim.errors import InputError, OptionError, StorageError, VerbatimError, unknown

if TYPE_CHECKING:
    import pandas as pd

    from verbatim.analysis import Analysis
    from verbatim.readers import Table
    from verbatim.report.screen import Screen

app = typer.Typer(
    name="verbatim",
    help="From customer verbatims to experience drivers, offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

File = Annotated[Path, typer.Argument(help="CSV, TSV, JSON, JSON lines, Parquet or XLSX.")]
Text = Annotated[str | None, typer.Option(help="Column that holds the verbatims.")]
By = Annotated[list[str] | None, typer.Option(help="Column to group by; may be given again.")]
Outcome = Annotated[str | None, typer.Option(help="Numeric column, such as stars or a score.")]
Id = Annotated[str | None, typer.Option(help="Column of unique ids.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet of a workbook; the first unless told.")]
Pack = Annotated[str, typer.Option(help="A shipped taxonomy, or a YAML file of your own.")]
EngineName = Annotated[str, typer.Option(help="Engine that reads the sentences.")]
Jobs = Annotated[int, typer.Option(help="Processes that read; -1 takes every core.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an earlier analysis.")]
Saved = Annotated[Path, typer.Argument(help="Folder of a saved analysis.")]

TAXONOMY = "general"
ENGINE = "lexicon"


def main() -> None:
    """Run the command; an error of ours is one message on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except VerbatimError as error:
        print(f"verbatim: {error}", file=sys.stderr)
        sys.exit(2)
    finally:
        _flush()


def _flush() -> None:
    """Let a reader that went away, such as ``head``, be no error when Python ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(wanted: bool) -> None:
    if wanted:
        from verbatim import __version__

        typer.echo(f"verbatim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Carry the options that every command shares."""


@app.command()
def analyze(
    file: File,
    text: Text = None,
    by: By = None,
    outcome: Outcome = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write; must not be there.")] = None,
    id: Id = None,
    sheet: Sheet = None,
    taxonomy: Pack = TAXONOMY,
    engine: EngineName = ENGINE,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    format: Annotated[str, typer.Option(help="Of the tables: parquet, or csv as well.")] = "parquet",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no summary.")] = False,
) -> None:
    """Read a file of verbatims and score its experience drivers."""
    if format not in FORMATS:
        raise OptionError(unknown("format", format, FORMATS))
    screen = _screen()
    with _output(out, overwrite) as folder:
        table = _read(file, sheet)
        text = _choose_columns(table, text, [*(by or []), *filter(None, [outcome, id])], outcome)
        analysis = _analyze(table.frame, text, id, taxonomy, engine, jobs)
        by = [_own_name(analysis, column) for column in by or []]
        outcome = outcome and _own_name(analysis, outcome)
        if folder is not None:
            _write(analysis, table, folder, by, outcome, format)
    if not quiet:
        _show_table(table, file, text)
        _show_summary(analysis, by, outcome, screen)
        typer.echo(f"\nWritten to {out}" if out else "\nNothing was written; add --out FOLDER")


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A verbatim; - reads it from standard input.")],
    taxonomy: Pack = TAXONOMY,
    engine: EngineName = ENGINE,
    json: Annotated[bool, typer.Option("--json", help="Show the analysis as JSON.")] = False,
) -> None:
    """Show one verbatim with its opinions marked in place."""
    import verbatim
    from verbatim.report.terminal import explain_text

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    analysis = verbatim.analyze(text, taxonomy=taxonomy, engine=engine)
    typer.echo(analysis.to_json(indent=2) if json else explain_text(analysis, _screen()))


@app.command()
def drivers(
    folder: Saved,
    by: By = None,
    outcome: Outcome = None,
    level: Annotated[str, typer.Option(help="driver or subdriver.")] = "driver",
) -> None:
    """Score the drivers of a saved analysis, without reading the verbatims again."""
    from verbatim.report.terminal import drivers_text, outcome_text

    analysis, screen = _load(folder), _screen()
    scores = analysis.drivers(by=by or None, outcome=outcome, level=level)
    typer.echo(drivers_text(scores, screen))
    if outcome:
        typer.echo("\n" + outcome_text(scores, outcome, screen))


@app.command()
def report(
    source: Annotated[Path, typer.Argument(help="Folder of a saved analysis, or a file.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")] = Path(
        "report.html"
    ),
    by: By = None,
    outcome: Outcome = None,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    text: Text = None,
    taxonomy: Pack = TAXONOMY,
    engine: EngineName = ENGINE,
    jobs: Jobs = 1,
) -> None:
    """Write a report as one HTML file that needs nothing else."""
    from verbatim.report import report_html

    _check_writable(output)
    if source.is_dir():
        analysis = _load(source)
    else:
        table = _read(source, None)
        text = _choose_columns(table, text, [*(by or []), *filter(None, [outcome])], outcome)
        analysis = _analyze(table.frame, text, None, taxonomy, engine, jobs)
        by = [_own_name(analysis, column) for column in by or []]
        outcome = outcome and _own_name(analysis, outcome)
    _replace(output, report_html(analysis, by or None, outcome, title))
    typer.echo(f"Written to {output}")
