"""Write results, whole or not at all; a place that can't be written is refused before the work."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verbatim.analysis import Analysis
    from verbatim.batch import Place
    from verbatim.cli.request import Scoring
    from verbatim.cli.result import Result


@contextmanager
def place(out: Path | None, overwrite: bool) -> Iterator[Place]:
    """Claim the place to write to; one that goes away again where nothing shall stay."""
    from verbatim.batch import claimed

    if out is not None:
        with claimed(out, overwrite) as claim, _told_to_go_on(claim):
            yield claim
        return
    with tempfile.TemporaryDirectory() as folder, claimed(Path(folder, "analysis")) as claim:
        yield claim


@contextmanager
def _told_to_go_on(place: Place) -> Iterator[None]:
    """Say where the parts are that an interrupted run has done."""
    from verbatim.batch import n_done

    try:
        with warnings.catch_warnings():
            # joblib's way to say that what the processes were at is lost
            warnings.filterwarnings("ignore", message=".*tasks have been successfully executed")
            warnings.filterwarnings("ignore", message=".*tasks which were still being processed")
            yield
    except KeyboardInterrupt:
        if n := n_done(place):
            print(
                f"verbatim: stopped; {n} parts are done in {place.directory.name}, "
                "and the same command goes on",
                file=sys.stderr,
            )
        raise


def result_files(results: Mapping[str, Any]) -> list[str]:
    """Names of the files that are written beside the tables, by the options they are made with.

    Examples
    --------
    >>> result_files({"format": "parquet", "by": []})
    ['drivers.csv', 'quotes.csv', 'drivers.json', 'report.html']
    """
    from verbatim.schema import TABLES

    tables = [f"{name}.csv" for name in TABLES] if results.get("format") == "csv" else []
    if results.get("tables_only"):
        return tables
    grouped = ["drivers_by_group.csv"] if results.get("by") else []
    return [*tables, "drivers.csv", "quotes.csv", "drivers.json", *grouped, "report.html"]


def write_tables_as_csv(directory: Path) -> None:
    """Write each table as one CSV file, part by part."""
    import pandas as pd

    from verbatim.schema import TABLES
    from verbatim.sheets import ENCODING, harmless

    for name in TABLES:
        with (directory / f"{name}.csv").open("w", encoding=ENCODING, newline="") as file:
            for number, part in enumerate(sorted((directory / f"{name}.parquet").iterdir())):
                table = harmless(pd.read_parquet(part))
                table.to_csv(file, index=False, header=number == 0)


def write_scores(result: Result, directory: Path) -> None:
    """Write the driver scores, the quotes and the report."""
    from verbatim.sheets import write_csv

    scores = result.scores
    write_csv(scores.frame, directory / "drivers.csv")
    write_csv(scores.quotes, directory / "quotes.csv")
    (directory / "drivers.json").write_text(scores.to_json(indent=1) + "\n", "utf-8")
    if result.grouped is not None:
        write_csv(result.grouped.frame, directory / "drivers_by_group.csv")
    (directory / "report.html").write_text(page(result.analysis, result.scoring), "utf-8")


def page(analysis: Analysis, scoring: Scoring, title: str | None = None) -> str:
    """Make the report of an analysis."""
    from verbatim.report import report_html

    return report_html(
        analysis,
        scoring.by,
        scoring.outcome,
        title,
        weight=scoring.weight,
        date=scoring.date,
        freq=scoring.freq,
        higher_is_better=not scoring.lower_is_better,
        min_reviews=scoring.min_reviews,
    )
