"""Write an analysis to a directory of Parquet files and meta.json, whole or not at all."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
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
_PLAIN = re.compile(r"(U?I|u?i)nt(8|16|32|64)|[Ff]loat(32|64)|bool(ean)?|str|datetime64\[.*\]")
"""Dtypes of which Parquet holds any value."""


@contextmanager
def whole_directory(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a temporary directory that becomes `path` when the block ends without an error.

    Raises
    ------
    StorageError
        `path` can't be made, or is there and `overwrite` is False, or it holds something else
        than what we write. Raised before the block runs.
    """
    path = path.absolute()
    if path.exists() and not overwrite:
        raise StorageError(f"{path} is there already; choose another or pass overwrite=True")
    check_ours(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    try:
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        replace_directory(temporary, path)
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_ours(path: Path) -> None:
    """Raise `StorageError` if `path` is there and holds something else than what we write."""
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


def replace_directory(new: Path, path: Path) -> None:
    """Move a directory to `path`; what was there before is whole until it is gone.

    Raises
    ------
    StorageError
        Something else than what we write is there.
    """
    check_ours(path)
    former = path.with_name(f".{path.name}-former")
    _remove_ours(former)  # of a run that was killed here
    if path.exists():
        path.rename(former)
    new.rename(path)
    sync_directory(path.parent)
    _remove_ours(former)


def _remove_ours(directory: Path) -> None:
    """Remove a directory, which may have been removed in part."""
    if not directory.exists():
        return
    if others := foreign_entries(directory):
        raise _not_overwritten(directory, others)
    shutil.rmtree(directory, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, even if the machine stops."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Let the names in a directory outlive a stop of the machine, where the system can do so."""
    if os.name == "posix":
        _sync(path)


def sync_tree(directory: Path) -> None:
    """Let all files in a directory outlive a stop of the machine."""
    for path in [directory, *directory.rglob("*")]:
        if path.is_file() or os.name == "posix":
            _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def save(analysis: Analysis, path: Path, *, overwrite: bool = False) -> Path:
    """Write `analysis` to the directory `path`; see `Analysis.save`."""
    with whole_directory(path, overwrite=overwrite) as directory:
        write_tables(analysis, directory)
    return path


def write_tables(analysis: Analysis, directory: Path) -> None:
    """Write the tables and meta.json into a directory that is there."""
    for name, table in analysis.tables.items():
        write_file(directory / f"{name}.parquet", parquet_bytes(table))
    write_file(directory / META, meta_bytes(analysis.meta))


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Make a Parquet file of a table; the same bytes for the same table."""
    buffer = io.BytesIO()
    _writable(table).to_parquet(buffer, compression="zstd", index=False)
    return buffer.getvalue()


def meta_bytes(meta: Mapping[str, Any]) -> bytes:
    """Make ``meta.json``."""
    return (json.dumps(dict(meta), ensure_ascii=False, indent=1) + "\n").encode()


def _writable(table: pd.DataFrame) -> pd.DataFrame:
    """A caller's column of values that Parquet can't hold is written as text."""
    odd = {
        str(name): _held(column)
        for name, column in table.items()
        if not _PLAIN.fullmatch(str(column.dtype))
    }
    return table.assign(**odd)


def _held(column: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(column.dtype, pd.SparseDtype):
        column = column.astype(column.dtype.subtype)
    if _comes_back(column):
        return column
    return column.astype(object).map(str, na_action="ignore").astype("str")


def _comes_back(column: pd.Series[Any]) -> bool:
    """Whether a column can be written, and read again: the one doesn't tell of the other."""
    import pyarrow as pa

    file = io.BytesIO()
    try:
        column.to_frame("column").to_parquet(file, index=False)
        pd.read_parquet(file)
    except (pa.ArrowException, NotImplementedError, OverflowError, TypeError, ValueError):
        return False
    return True
