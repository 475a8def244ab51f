"""The command and its sub-commands, the larger of which have a module of their own.

Nothing heavy is imported before a command runs, so that ``verbatim --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from verbatim.cli.analyze import analyze
from verbatim.cli.notes import bias_as_notes
from verbatim.cli.once import Command
from verbatim.cli.options import ENGINE, TAXONOMY, EngineName, Pack, Question
from verbatim.cli.report import report
from verbatim.cli.saved import drivers, moments
from verbatim.cli.themes import themes
from verbatim.errors import VerbatimError

app = typer.Typer(
    name="verbatim",
    help="From customer verbatims to experience drivers, offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


app.command(cls=Command)(analyze)


@app.command(cls=Command)
def explain(
    text: Annotated[str, typer.Argument(help="A verbatim; - reads it from standard input.")],
    taxonomy: Pack = TAXONOMY,
    engine: EngineName = ENGINE,
    question: Question = None,
    json: Annotated[bool, typer.Option("--json", help="Show the analysis as JSON.")] = False,
) -> None:
    """Show one verbatim with its opinions marked in place."""
    import verbatim
    from verbatim.report.explain import explain_text
    from verbatim.report.screen import Screen

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace").strip()
    analysis = verbatim.analyze(text, taxonomy=taxonomy, engine=engine, question=question)
    shown = analysis.to_json(indent=2) if json else explain_text(analysis, Screen.of(sys.stdout))
    print(shown)


app.command(cls=Command)(drivers)
app.command(cls=Command)(report)
app.command(cls=Command)(moments)
app.command(cls=Command)(themes)


@app.command(cls=Command)
def taxonomies(
    name: Annotated[str | None, typer.Argument(help="One to show, or a YAML file.")] = None,
) -> None:
    """List the shipped taxonomies, or the drivers of one."""
    from verbatim.cli import taxonomies as texts

    print(texts.taxonomy_text(name) if name else texts.taxonomies_text())
