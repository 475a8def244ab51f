"""Write a report to a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verbatim.atomic import beside, real, write_file
from verbatim.errors import StorageError


def write_text(path: Path, text: str) -> Path:
    """Write a text file, which appears when all of it is there.

    Raises
    ------
    StorageError
        The path is a folder, or can't be written.
    """
    with _told(path):
        write_file(path, text.encode())
    return path


def check_target(path: Path) -> None:
    """Raise what `write_text` would, before the work whose outcome it shall write."""
    with _told(path):
        begun = beside(real(path))
        begun.touch(exist_ok=False)
        begun.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in it, such as {path / 'report.html'}")
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
