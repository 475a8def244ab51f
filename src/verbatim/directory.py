"""Directories of ours: each appears whole or not at all, and what isn't ours is never removed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from verbatim.atomic import beside, only_save, real, sync_directory
from verbatim.errors import StorageError
from verbatim.schema import TABLES

META = "meta.json"
_MARKS = (META, "manifest.json")
"""Files by one of which a folder is known as ours."""
_OUTPUTS = (
    *_MARKS,
    *(f"{name}.{form}" for name in TABLES for form in ("parquet", "csv")),
    *("rejected.csv", "drivers.csv", "drivers_by_group.csv", "quotes.csv"),
    *("drivers.json", "report.html"),
    *("phrases.parquet", "quotes.parquet", "changes.parquet", "arrays.npz"),  # of themes
)
"""Every file that we write into a folder, but for the parts of a table."""
_NAME = "|".join(map(re.escape, _OUTPUTS))
_PART = r"part-\d{6,}\.parquet"
# With a dot and a number it is what `write_file` had begun when it was killed.
_OURS = re.compile(
    rf"{_NAME}|\.(?:{_NAME})-\d+|(?:{'|'.join(TABLES)})\.parquet/(?:{_PART}|\.{_PART}-\d+)?"
)
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in a folder that somebody has looked into."""
_MOST_NAMED = 5


@contextmanager
def whole_directory(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a temporary directory that becomes `path` when the block ends without an error.

    Raises
    ------
    StorageError
        `path` can't be made, or is there and `overwrite` is False, or it holds something else
        than what we write. Raised before the block runs.
    """
    path = real(path)
    temporary = beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with only_save(path):
            _check_free(path, overwrite)
        temporary.mkdir()
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    try:
        yield temporary
        replace_directory(temporary, path, overwrite=overwrite)
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_free(path: Path, overwrite: bool) -> None:
    """Raise `StorageError` if `path` can't be taken; no other save may move it meanwhile."""
    _put_back(path)
    if path.exists() and not overwrite:
        raise StorageError(f"{path} is there already; choose another or pass overwrite=True")
    check_ours(path)


def former(path: Path) -> Path:
    """Where the directory `path` lies while another is moved to its place."""
    return path.with_name(f".{path.name}-former")


def recover(path: Path) -> None:
    """Put back the directory `path` if a save was killed while it moved another to its place."""
    path = real(path)
    if not path.exists() and _is_ours(former(path)):
        with only_save(path):
            _put_back(path)


def _put_back(path: Path) -> None:
    if not path.exists() and _is_ours(former(path)):
        former(path).rename(path)


def _is_ours(path: Path) -> bool:
    is_marked = any((path / mark).is_file() for mark in _MARKS)
    return is_marked and not path.is_symlink() and not foreign_entries(path)


def check_ours(path: Path) -> None:
    """Raise `StorageError` if `path` is there and holds something else than what we write."""
    recover(path)
    if not path.exists():
        return
    others = foreign_entries(path) if path.is_dir() else [path.name]
    if not others and not any((path / mark).is_file() for mark in _MARKS):
        others = sorted(e.name for e in path.iterdir() if not e.name.startswith("."))
    if others:
        raise _not_overwritten(path, others)


def foreign_entries(directory: Path) -> list[str]:
    """Names in a directory of what we haven't written, as a file that the user has put there.

    What is left of a file by a run that was killed is ours too.
    """
    entries = chain(directory.glob("*"), directory.glob("*.parquet/*"))
    names = {
        entry.relative_to(directory).as_posix() + "/" * (entry.is_dir() and not entry.is_symlink())
        for entry in entries
    }
    return sorted(name for name in names - _OF_THE_SYSTEM if not _OURS.fullmatch(name))


def _not_overwritten(path: Path, others: list[str]) -> StorageError:
    listed = ", ".join(others[:_MOST_NAMED]) + ", ..." * (len(others) > _MOST_NAMED)
    return StorageError(
        f"{path} holds something else than an analysis ({listed}); it is not overwritten. "
        "Move that away or name another folder"
    )


def replace_directory(new: Path, path: Path, *, overwrite: bool = True) -> None:
    """Move a directory to `path`; what was there before is whole until it is gone.

    Of several that come at once each has its turn; if it can't be moved, what was there is again.

    Raises
    ------
    StorageError
        Something else than what we write is there, or anything if `overwrite` is False.
    """
    with only_save(path):
        _check_free(path, overwrite)
        _remove_ours(former(path))  # of a run that was killed here
        if path.exists():
            path.rename(former(path))
        try:
            new.rename(path)
        except BaseException:
            with suppress(OSError):
                _put_back(path)
            raise
        sync_directory(path.parent)
        _remove_ours(former(path))


def _remove_ours(directory: Path) -> None:
    """Remove a directory, which may have been removed in part."""
    if directory.is_symlink():  # made of a link that stood at the place of a result
        directory.unlink()
    if not directory.exists():
        return
    if others := foreign_entries(directory):
        raise _not_overwritten(directory, others)
    for mark in _MARKS:  # first, so that what is left of it is never taken for a whole one
        (directory / mark).unlink(missing_ok=True)
    shutil.rmtree(directory, ignore_errors=True)
