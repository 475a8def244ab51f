"""Write results, whole or not at all; a place that can't be written is refused before the work."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from verbatim.errors import StorageError

if TYPE_CHECKING:
    from verbatim.cli.steps import Result


@contextmanager
def folder(path: Path | None, overwrite: bool) -> Iterator[Path | None]:
    """Yield a temporary folder that becomes `path` in the end; None where nothing is written."""
    from verbatim.storage import whole_directory

    if path is None:
        yield None
        return
    if path.exists() and not overwrite:
        raise StorageError(f"{path} is there already; name another folder or give --overwrite")
    with whole_directory(path, overwrite=overwrite) as directory:
        yield directory


def write(result: Result, directory: Path, *, as_csv: bool) -> None:
    """Write the analysis, its driver scores, quotes, rejected rows and report."""
    from verbatim.report import report_html
    from verbatim.storage import write_tables

    analysis, scores = result.analysis, result.scores
    write_tables(analysis, directory)
    if as_csv:
        for name, table in analysis.tables.items():
            table.to_csv(directory / f"{name}.csv", index=False)
    scores.frame.to_csv(directory / "drivers.csv", index=False)
    scores.quotes.to_csv(directory / "quotes.csv", index=False)
    (directory / "drivers.json").write_text(scores.to_json(indent=1) + "\n", "utf-8")
    if result.grouped is not None:
        result.grouped.frame.to_csv(directory / "drivers_by_group.csv", index=False)
    if len(result.table.rejected):
        result.table.rejected.to_csv(directory / "rejected.csv", index=False)
    page = report_html(analysis, result.by, result.outcome)
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
