"""Write a report to a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    return path
