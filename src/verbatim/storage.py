"""Write an analysis to a directory of Parquet files and meta.json, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.errors import StorageError
from verbatim.schema import SCHEMA_VERSION, TABLES

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
    if overwrite and path.exists() and not _is_ours(path):
        raise StorageError(f"{path} holds something else than an analysis; it is not overwritten")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    try:
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        if path.exists():
            shutil.rmtree(path)
        temporary.rename(path)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    return path.is_dir() and ((path / META).is_file() or not any(path.iterdir()))


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
        _writable(table).to_parquet(directory / f"{name}.parquet", compression="zstd", index=False)
    meta = json.dumps(dict(analysis.meta), ensure_ascii=False, indent=1)
    (directory / META).write_text(meta + "\n", "utf-8")


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


def load(path: Path) -> Analysis:
    """Read the analysis in the directory `path`; see `Analysis.load`."""
    try:
        meta = json.loads((path / META).read_text("utf-8"))
        version = meta["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path} holds no analysis ({META} is missing or broken)") from error
    if version != SCHEMA_VERSION:
        raise StorageError(
            f"{path} was written with schema version {version}, this verbatim reads "
            f"{SCHEMA_VERSION}; analyse the texts again"
        )
    try:
        tables = {name: pd.read_parquet(path / f"{name}.parquet") for name in TABLES}
    except (OSError, ValueError) as error:
        raise StorageError(f"{path} is not a whole analysis: {error}") from error
    return Analysis(tables, meta)
