"""The commands and their options; what they do stands in `verbatim.cli.steps`.

Nothing heavy is imported before a command runs, so that ``verbatim --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from verbatim.cli.notes import bias_as_notes
from verbatim.errors import OptionError, VerbatimError, unknown

app = typer.Typer(
    name="verbatim",
    help="From customer verbatims to experience drivers, offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Text = Annotated[str | None, typer.Option(help="Column that holds the verbatims.")]
By = Annotated[list[str] | None, typer.Option(help="Column to group by; may be given again.")]
Outcome = Annotated[str | None, typer.Option(help="Numeric column, such as stars or a score.")]
Lower = Annotated[
    bool, typer.Option("--lower-is-better", help="The outcome is better the lower it is.")
]
Id = Annotated[str | None, typer.Option(help="Column of unique ids.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet of a workbook; the first unless told.")]
Pack = Annotated[str, typer.Option(help="A shipped taxonomy, or a YAML file of your own.")]
EngineName = Annotated[str, typer.Option(help="Engine that reads the sentences.")]
Weight = Annotated[
    str | None, typer.Option(help="Column of weights, a number of at least 0 per row.")
]
Jobs = Annotated[int, typer.Option(help="Processes that read; -1 takes every core.")]
File = Annotated[Path, typer.Argument(help="CSV, TSV, JSON, JSON lines, Parquet or XLSX.")]
Saved = Annotated[Path, typer.Argument(help="Folder of a saved analysis.")]

FORMATS = ("parquet", "csv")
LIST_FORMATS = ("text", "csv", "jsonl")


def main() -> None:
    """Run the command; an error of ours is one message on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with bias_as_notes():
            app(prog_name="verbatim")
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

        print(f"verbatim {__version__}")
        raise typer.Exit


@app.callback()
def _shared(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command()
def analyze(
    file: File,
    text: Text = None,
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    lower_is_better: Lower = False,
    out: Annotated[Path | None, typer.Option(help="Folder to write the results to.")] = None,
    id: Id = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Column to carry along; may be given again; all unless told."),
    ] = None,
    sheet: Sheet = None,
    taxonomy: Pack = "general",
    engine: EngineName = "neural",
    jobs: Jobs = 1,
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
    from verbatim.batch import publish
    from verbatim.cli import output, steps

    if format not in FORMATS:
        raise OptionError(unknown("format", format, FORMATS))
    request = steps.Request(
        file,
        text,
        tuple(by or ()),
        outcome,
        weight,
        id,
        tuple(columns or ()),
        sheet,
        taxonomy,
        engine,
        jobs,
        chunk_rows,
        lower_is_better,
    )
    results = {"format": format, "tables_only": tables_only}
    files = output.result_files({**results, "by": request.by})
    with output.place(out, overwrite) as place:
        plan = steps.read(request, place, results, files, show_progress=not quiet)
        if plan is not None:
            shown = [steps.reading_text(request, plan, place.directory)]
            if not tables_only:
                result = steps.score(request, plan, place.directory)
                if not quiet:
                    shown.append(steps.summary(request, result))
                output.write_scores(result, place.directory)
            if format == "csv":
                output.write_tables_as_csv(place.directory)
            publish(place)
    if quiet:
        return
    if plan is None:
        print(f"{out} holds all of this already")
        return
    print("\n\n".join(shown) + "\n")
    print(f"Written to {out}" if out else "Nothing was written; --out FOLDER writes it")


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A verbatim; - reads it from standard input.")],
    taxonomy: Pack = "general",
    engine: EngineName = "neural",
    json: Annotated[bool, typer.Option("--json", help="Show the analysis as JSON.")] = False,
) -> None:
    """Show one verbatim with its opinions marked in place."""
    import verbatim
    from verbatim.report.explain import explain_text
    from verbatim.report.screen import Screen

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace").strip()
    analysis = verbatim.analyze(text, taxonomy=taxonomy, engine=engine)
    shown = analysis.to_json(indent=2) if json else explain_text(analysis, Screen.of(sys.stdout))
    print(shown)


@app.command()
def drivers(
    folder: Saved,
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    lower_is_better: Lower = False,
    level: Annotated[str, typer.Option(help="driver or subdriver.")] = "driver",
) -> None:
    """Score the drivers of a saved analysis, without reading the verbatims again."""
    from verbatim.analysis import Analysis
    from verbatim.report.rows import driver_rows
    from verbatim.report.screen import Screen
    from verbatim.report.terminal import drivers_text, outcome_text

    screen = Screen.of(sys.stdout)
    saved = Analysis.open(folder)
    scores = saved.drivers(
        by=by or None,
        outcome=outcome,
        weight=weight,
        level=level,
        higher_is_better=not lower_is_better,
    )
    print(drivers_text(scores, screen))
    if outcome is not None and not by:
        print("\n" + outcome_text(driver_rows(scores), outcome, screen))


@app.command()
def report(
    source: Annotated[Path, typer.Argument(help="Folder of a saved analysis, or a file.")],
    target: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")] = Path(
        "report.html"
    ),
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    date: Annotated[str | None, typer.Option(help="Column of dates, for the trend.")] = None,
    freq: Annotated[str | None, typer.Option(help="Its periods: D, W, M, Q or Y.")] = None,
    lower_is_better: Lower = False,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    text: Text = None,
    id: Id = None,
    sheet: Sheet = None,
    taxonomy: Pack = "general",
    engine: EngineName = "neural",
    jobs: Jobs = 1,
) -> None:
    """Write a report as one HTML file that needs nothing else."""
    from verbatim.analysis import Analysis
    from verbatim.cli import output, steps
    from verbatim.report import report_html

    columns = steps.Scored(tuple(by or ()), outcome, weight)
    with ExitStack() as held:
        write = held.enter_context(output.file(target))
        folder = source
        if not source.is_dir():
            request = steps.Request(
                source,
                text,
                *columns,
                id,
                sheet=sheet,
                taxonomy=taxonomy,
                engine=engine,
                jobs=jobs,
            )
            place = held.enter_context(output.place(None, overwrite=False))
            plan = steps.read(request, place, {}, show_progress=True)
            folder = place.directory
            if plan is not None:  # nothing is there yet
                columns = steps.own_names(request, plan)
        page = report_html(
            Analysis.open(folder),
            columns.by,
            columns.outcome,
            title,
            weight=columns.weight,
            date=date,
            freq=freq,
            higher_is_better=not lower_is_better,
        )
        write(page)
    print(f"Written to {target}")


@app.command()
def moments(
    folder: Saved,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="safety, discrimination, legal, unsolved, churn, wow; all unless told."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Column to carry along; may be given again.")
    ] = None,
    format: Annotated[
        str, typer.Option(help="text for the most urgent ones; csv or jsonl for all.")
    ] = "text",
    target: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
) -> None:
    """List what a saved analysis holds that is worth a call back today, or worth celebrating."""
    from verbatim.analysis import Analysis
    from verbatim.cli import output, steps

    if format not in LIST_FORMATS:
        raise OptionError(unknown("format", format, LIST_FORMATS))
    found = Analysis.load(folder).moments(kinds=kind or None, by=by or None)
    listed = steps.moments_text(found, format)
    if target is None:
        print(listed, end="")
        return
    with output.file(target) as write:
        write(listed)
    print(f"Written to {target}")


@app.command()
def taxonomies(
    name: Annotated[str | None, typer.Argument(help="One to show, or a YAML file.")] = None,
) -> None:
    """List the shipped taxonomies, or the drivers of one."""
    from verbatim.cli import steps

    print(steps.taxonomy_text(name) if name else steps.taxonomies_text())
