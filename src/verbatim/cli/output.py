"""Write results, whole or not at all; a place that can't be written is refused before the work."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbatim.errors import StorageError

if TYPE_CHECKING:
    from verbatim.batch import Place
    from verbatim.cli.steps import Result


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

    from verbatim.cli.sheets import ENCODING, harmless
    from verbatim.schema import TABLES

    for name in TABLES:
        with (directory / f"{name}.csv").open("w", encoding=ENCODING, newline="") as file:
            for number, part in enumerate(sorted((directory / f"{name}.parquet").iterdir())):
                table = harmless(pd.read_parquet(part))
                table.to_csv(file, index=False, header=number == 0)


def write_scores(result: Result, directory: Path) -> None:
    """Write the driver scores, the quotes and the report."""
    from verbatim.cli.sheets import write_csv
    from verbatim.report import report_html

    scores = result.scores
    write_csv(scores.frame, directory / "drivers.csv")
    write_csv(scores.quotes, directory / "quotes.csv")
    (directory / "drivers.json").write_text(scores.to_json(indent=1) + "\n", "utf-8")
    if result.grouped is not None:
        write_csv(result.grouped.frame, directory / "drivers_by_group.csv")
    columns = result.columns
    page = report_html(
        result.analysis,
        columns.by,
        columns.outcome,
        weight=columns.weight,
        date=columns.date,
        freq=result.freq,
        higher_is_better=result.higher_is_better,
    )
    (directory / "report.html").write_text(page, "utf-8")


@contextmanager
def file(path: Path) -> Iterator[Callable[[str], None]]:
    """Yield a function that takes the text of `path`, which appears when the block has ended."""
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in it, such as {path / 'report.html'}")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield lambda text: _replace(path, temporary, text)
    finally:
        temporary.unlink(missing_ok=True)


def _replace(path: Path, temporary: Path, text: str) -> None:
    try:
        temporary.write_text(text, "utf-8")
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
