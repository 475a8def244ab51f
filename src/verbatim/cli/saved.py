"""The commands ``verbatim drivers`` and ``verbatim moments``, and names in a saved analysis."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verbatim.cli.options import (
    MIN_REVIEWS,
    By,
    Lower,
    MinReviews,
    Outcome,
    Saved,
    Weight,
    check_support,
)
from verbatim.errors import OptionError, unknown

if TYPE_CHECKING:
    from verbatim.analysis import Analysis
    from verbatim.cli.request import Scoring

LIST_FORMATS = ("text", "csv", "jsonl")
LEVELS = ("driver", "subdriver")


def drivers(
    folder: Saved,
    by: By = None,
    outcome: Outcome = None,
    weight: Weight = None,
    lower_is_better: Lower = False,
    min_reviews: MinReviews = MIN_REVIEWS,
    level: Annotated[
        str, typer.Option(help="driver or subdriver; theme where themes were saved.")
    ] = "driver",
) -> None:
    """Score the drivers of a saved analysis, without reading the verbatims again."""
    from verbatim.analysis import Analysis
    from verbatim.cli.request import Scoring
    from verbatim.report.rows import driver_rows
    from verbatim.report.screen import Screen
    from verbatim.report.terminal import drivers_text, outcome_text

    check_support(min_reviews)
    screen = Screen.of(sys.stdout)
    saved = Analysis.open(folder)
    _check_level(level, saved, folder)
    scoring = resolved(folder, Scoring(tuple(by or ()), outcome, weight))
    scores = saved.drivers(
        by=scoring.by or None,
        outcome=scoring.outcome,
        weight=scoring.weight,
        level=level,
        higher_is_better=not lower_is_better,
        min_reviews=min_reviews,
    )
    print(drivers_text(scores, screen))
    if outcome is not None and not by:
        print("\n" + outcome_text(driver_rows(scores), outcome, screen))


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
    from verbatim.cli import texts
    from verbatim.cli.request import Scoring
    from verbatim.report.write import write_text
    from verbatim.sheets import BOM

    if format not in LIST_FORMATS:
        raise OptionError(unknown("format", format, LIST_FORMATS))
    saved = Analysis.load(folder)
    scoring = resolved(folder, Scoring(tuple(by or ())))
    found = saved.moments(kinds=kind or None, by=scoring.by or None)
    listed = texts.moments_text(found, by or [], format)
    if target is None:
        print(listed, end="")
        return
    write_text(target, BOM + listed if format == "csv" else listed)
    print(f"Written to {target}")


def resolved(folder: Path, asked: Scoring) -> Scoring:
    """Take the names that a saved analysis gives to the columns of the file, which a user knows.

    Where the file had a column with the name of one of ours, that is the one which is meant.
    """
    own = _names_in(folder)
    for name in dict.fromkeys(asked.columns):
        if own.get(name, name) != name:
            print(f"note: {name!r} is the file's column, {own[name]!r} here", file=sys.stderr)
    return asked.renamed(own)


def _names_in(folder: Path) -> dict[str, str]:
    """Names that the tables give to the columns of the file, as far as that is known."""
    from verbatim.analysis import Analysis
    from verbatim.batch.manifest import Manifest
    from verbatim.intake import own_names
    from verbatim.report.names import shown_name
    from verbatim.schema import ID

    manifest = Manifest.read(folder)
    if manifest is None:  # it was saved from Python
        own = {shown_name(name): name for name in Analysis.open(folder).columns}
        return own | {name: name for name in own.values()}
    carried = manifest.options["columns"]
    id = manifest.options["id"]
    return dict(zip(carried, own_names(carried), strict=True)) | ({} if id is None else {id: ID})


def _check_level(level: str, saved: Analysis, folder: Path) -> None:
    levels = [*LEVELS, *(["theme"] if "themes" in saved.meta else [])]
    if level == "theme" and level not in levels:
        raise OptionError(f"--level theme: {folder} holds no themes; give {' or '.join(levels)}")
    if level not in levels:
        raise OptionError(unknown("level", level, levels))
