"""Write an analysis to a directory of Parquet files and meta.json, whole or not at all."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.errors import StorageError

META = "meta.json"


@contextmanager
def whole_directory(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a temporary directory that becomes `path` when the block ends without an error.

    Raises
    ------
    StorageError
        `path` can't be made, or is there and `overwrite` is False. Raised before the block runs.
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
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_ours(path: Path) -> None:
    """Raise `StorageError` if `path` is there and holds something else than an analysis."""
    is_ours = path.is_dir() and ((path / META).is_file() or not any(path.iterdir()))
    if path.exists() and not is_ours:
        raise StorageError(f"{path} holds something else than an analysis; it is not overwritten")


def replace_directory(new: Path, path: Path) -> None:
    """Move a directory to `path`; what was there before is whole until it is gone."""
    former = path.with_name(f".{path.name}-former")
    shutil.rmtree(former, ignore_errors=True)  # of a run that was killed here
    if path.exists():
        path.rename(former)
    new.rename(path)
    sync_directory(path.parent)
    shutil.rmtree(former, ignore_errors=True)


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
    """A caller's column of mixed kinds, which Parquet can't hold, is written as text."""
    mixed = {
        name: column.map(str, na_action="ignore").astype("str")
        for name, column in table.items()
        if column.dtype == object and not _fits_arrow(column)
    }
    return table.assign(**{str(name): column for name, column in mixed.items()})


def _fits_arrow(column: pd.Series[Any]) -> bool:
    import pyarrow as pa

    try:
        pa.array(column, from_pandas=True)
    except (pa.ArrowException, OverflowError, UnicodeError):
        return False
    return True
