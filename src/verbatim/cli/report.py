"""The command ``verbatim report``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbatim.cli.options import (
    MIN_REVIEWS,
    By,
    Date,
    Freq,
    GivenEngine,
    GivenJobs,
    GivenPack,
    Id,
    Lower,
    MinReviews,
    Outcome,
    Question,
    Sheet,
    Text,
    Weight,
    check_frequency,
    check_numbers,
    check_support,
)
from verbatim.errors import OptionError

if TYPE_CHECKING:
    from verbatim.analysis import Analysis
    from verbatim.cli.request import Scoring


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
    min_reviews: MinReviews = MIN_REVIEWS,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    text: Text = None,
    id: Id = None,
    sheet: Sheet = None,
    taxonomy: GivenPack = None,
    engine: GivenEngine = None,
    question: Question = None,
    jobs: GivenJobs = None,
) -> None:
    """Write a report as one HTML file that needs nothing else.

    Of a file all that holds of analyze; a saved analysis was read, so no option changes how.
    """
    from verbatim.cli import output
    from verbatim.cli.request import Scoring
    from verbatim.report.write import check_target, write_text

    reading: dict[str, Any] = {
        "text": text,
        "id": id,
        "sheet": sheet,
        "taxonomy": taxonomy,
        "engine": engine,
        "question": question,
        "jobs": jobs,
    }
    check_frequency(freq)
    check_support(min_reviews)
    check_target(target)
    asked = Scoring(tuple(by or ()), outcome, weight, date, freq, lower_is_better, min_reviews)
    with _opened(source, asked, reading) as (analysis, scoring):
        write_text(target, output.page(analysis, scoring, title))
    print(f"Written to {target}")


@contextmanager
def _opened(
    source: Path, asked: Scoring, reading: Mapping[str, Any]
) -> Iterator[tuple[Analysis, Scoring]]:
    """Open a saved analysis, or read a file into one that goes away again.

    With it comes what to score by, as its tables name it.
    """
    from verbatim.analysis import Analysis
    from verbatim.cli import output, steps, texts
    from verbatim.cli.request import Request
    from verbatim.cli.saved import resolved

    if source.is_dir():
        _check_unread(source, reading)
        scoring = resolved(source, asked)
        yield Analysis.open(source), scoring
        return
    given = {name: value for name, value in reading.items() if value is not None}
    request = Request(source, asked, **given)
    check_numbers(request.jobs)
    with output.place(None, overwrite=False) as place:
        plan = steps.read(request, place, {"tables_only": True}, show_progress=True)
        assert plan is not None  # nothing is there yet
        for note in texts.notes(plan):
            print(f"note: {note}", file=sys.stderr)
        yield Analysis.open(place.directory), steps.own_names(asked, plan)


def _check_unread(folder: Path, reading: Mapping[str, Any]) -> None:
    """Raise an `OptionError` if an option says how to read what has been read."""
    given = [f"--{name}" for name, value in reading.items() if value is not None]
    if given:
        raise OptionError(
            f"{folder} is a saved analysis, in which {' and '.join(given)} can't be changed; give "
            "the file of the verbatims, or leave it out"
        )
