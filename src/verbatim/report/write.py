"""Write a report to a file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from verbatim.atomic import write_file
from verbatim.errors import StorageError


def write_text(path: Path, text: str) -> Path:
    """Write a text file, which appears when all of it is there.

    Raises
    ------
    StorageError
        The path is a folder, or can't be written.
    """
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in it, such as {path / 'report.html'}")
    try:
        write_file(path, text.encode())
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    return path
