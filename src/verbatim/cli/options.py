"""The options that several commands share, and checks of those that Python names otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verbatim.errors import OptionError

Text = Annotated[str | None, typer.Option(help="Column that holds the verbatims.")]
By = Annotated[list[str] | None, typer.Option(help="Column to group by; may be given again.")]
Outcome = Annotated[str | None, typer.Option(help="Numeric column, such as stars or a score.")]
Lower = Annotated[
    bool, typer.Option("--lower-is-better", help="The outcome is better the lower it is.")
]
Date = Annotated[str | None, typer.Option(help="Column of dates, for the trend.")]
Freq = Annotated[str | None, typer.Option(help="Its periods: D, W, M, Q or Y.")]
MinReviews = Annotated[
    int, typer.Option(help="A driver of fewer reviews is a hint, a smaller group isn't compared.")
]
Id = Annotated[str | None, typer.Option(help="Column of unique ids.")]
Sheet = Annotated[
    str | None, typer.Option(help="Sheet of a workbook; the first that isn't hidden unless told.")
]
Weight = Annotated[
    str | None, typer.Option(help="Column of weights, a number of at least 0 per row.")
]
File = Annotated[Path, typer.Argument(help="CSV, TSV, JSON, JSON lines, Parquet or XLSX.")]
Saved = Annotated[Path, typer.Argument(help="Folder of a saved analysis.")]

TAXONOMY, ENGINE, JOBS = "general", "neural", 1
MIN_REVIEWS = 30
_PACK = "A shipped taxonomy, or a YAML file of your own."
_ENGINE = "Engine that reads the sentences."
_JOBS = "Processes that read; -1 takes every core."
Pack = Annotated[str, typer.Option(help=_PACK)]
EngineName = Annotated[str, typer.Option(help=_ENGINE)]
Jobs = Annotated[int, typer.Option(help=_JOBS)]
Question = Annotated[
    str | None, typer.Option(help="What the texts answer: improve, or like; else comments.")
]
# The same where it matters whether they were given, as a saved analysis has been read already.
GivenPack = Annotated[str | None, typer.Option(help=_PACK, show_default=TAXONOMY)]
GivenEngine = Annotated[str | None, typer.Option(help=_ENGINE, show_default=ENGINE)]
GivenJobs = Annotated[int | None, typer.Option(help=_JOBS, show_default=str(JOBS))]


def check_numbers(jobs: int, chunk_rows: int | None = None) -> None:
    """Raise an `OptionError` that names an option as it was typed."""
    if jobs == 0:
        raise OptionError("--jobs 0; give a number of processes from 1, or -1 for every core")
    if chunk_rows is not None and chunk_rows < 1:
        raise OptionError(f"--chunk-rows {chunk_rows}; give a number of rows from 1")


def check_support(min_reviews: int) -> None:
    """Raise an `OptionError` that names the option as it was typed."""
    if min_reviews < 1:
        raise OptionError(f"--min-reviews {min_reviews}; give a number of reviews from 1")


def check_frequency(freq: str | None) -> None:
    """Raise an `OptionError` if there are no such periods."""
    from verbatim.comparison import periods

    if freq is not None:
        periods.check_frequency(freq)
