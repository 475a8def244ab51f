"""Open the directory of an analysis, whole and of one save, whatever others do to it meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from verbatim.analysis import Analysis
from verbatim.atomic import only_save, real
from verbatim.directory import META, former
from verbatim.errors import StorageError
from verbatim.schema import ID, SCHEMA_VERSION, TABLES, Column
from verbatim.storage import DIGESTS
from verbatim.stored import (
    Part,
    ReplacedError,
    Stamp,
    StoredAnalysis,
    StoredTables,
    told_if_damaged,
)

_TRIES = 3
"""How often a directory is read that others replace meanwhile, before they are made to wait."""
_ARROW = {
    "str": ("string", "large_string", "null"),
    "id": ("int64", "string", "large_string"),
    "Int64": ("int64",),
    "Int8": ("int8",),
    "float64": ("double",),
}
"""Types in a file for a dtype of the schema, where the names differ."""


Read = TypeVar("Read")


def load(path: Path) -> Analysis:
    """Read the analysis in the directory `path`; see `Analysis.load`."""
    return _as_it_stays(_load, path)


def open_stored(path: Path) -> StoredAnalysis:
    """Open the analysis in the directory `path`; see `Analysis.open`."""
    return _as_it_stays(_open, path)


def _as_it_stays(read: Callable[[Path], Read], path: Path) -> Read:
    """Read a directory; once more if another was put in its place meanwhile."""
    for _ in range(_TRIES):
        try:
            return read(path)
        except ReplacedError:
            continue
    with only_save(real(path)):
        return read(path)


def _load(path: Path) -> Analysis:
    opened = _open(path, is_verified=True)
    return Analysis({name: opened.tables.whole(name) for name in TABLES}, opened.meta)


def _open(path: Path, is_verified: bool = False) -> StoredAnalysis:
    directory, stamp, meta = _read_meta(path)
    digests = meta.pop(DIGESTS, {})
    by_table = [_files(directory / f"{name}.parquet") for name in TABLES]
    try:
        parts = tuple(
            Part(dict(zip(TABLES, files, strict=True)), stamp)
            for files in zip(*by_table, strict=True)
        )
    except ValueError:
        parts = ()
    if not parts:
        stamp.check()
        raise StorageError(f"{path} is not a whole analysis: files of its tables are missing")
    tables = StoredTables(parts)
    if is_verified:
        _check_digests(directory, stamp, digests)
    _check_columns(tables)
    return StoredAnalysis(tables, meta)


def _read_meta(path: Path) -> tuple[Path, Stamp, dict[str, Any]]:
    directory = _directory(path)
    if directory.is_file():
        raise StorageError(
            f"{path} is a file; give the folder of a saved analysis, such as "
            f"`verbatim analyze {path} --out FOLDER` writes"
        )
    try:
        stamp = Stamp.of(directory)
        meta: dict[str, Any] = json.loads(stamp.meta.read_text("utf-8"))
        version = meta["schema_version"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        if not directory.exists():
            raise ReplacedError(f"{path} was replaced while it was read") from error
        raise StorageError(f"{path} holds no analysis ({META} is missing or broken)") from error
    if version != SCHEMA_VERSION:
        raise StorageError(
            f"{path} was written with schema version {version!r}, this verbatim reads "
            f"{SCHEMA_VERSION}; analyse the texts again"
        )
    _check_provenance(path, meta)
    return directory, stamp, meta


def _directory(path: Path) -> Path:
    """Where the analysis is that was saved as `path`."""
    place = real(path)
    # A save that is just replacing it has moved it away, as has one that was killed then.
    for directory in (place, former(place), place):
        if directory.exists() and (directory == place or (directory / META).is_file()):
            return directory
    raise StorageError(f"there is no folder {path}; an analysis is saved by save(), or --out")


def _check_provenance(path: Path, meta: Mapping[str, Any]) -> None:
    try:
        told = [meta["id"], meta["taxonomy"]["name"]]
        told += [meta["engine"][name] for name in ("name", "version")]
    except (KeyError, TypeError) as error:
        raise StorageError(
            f"{path} holds no analysis ({META} doesn't tell its engine, taxonomy and id: {error})"
        ) from error


def _check_digests(directory: Path, stamp: Stamp, digests: Mapping[str, str]) -> None:
    """See that the files are those that were saved; an analysis of earlier tells no digests."""
    for name, digest in digests.items():
        file = directory / name
        with told_if_damaged([file], stamp), file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                raise ValueError("it isn't the file that was saved")


def _check_columns(tables: StoredTables) -> None:
    """See that the tables have the columns of the schema, of its types, and ids of one kind."""
    ids = set()
    for name, columns in TABLES.items():
        part, schema = tables.parts[0], tables.schema(name)
        types = dict(zip(schema.names, map(str, schema.types), strict=True))
        with told_if_damaged([part.files[name]], part.stamp):
            for column in columns:
                _check_type(column, types.get(column.name))
        ids.add(types[ID].removeprefix("large_"))
    if len(ids) > 1:
        meta = tables.parts[0].stamp.meta
        raise StorageError(f"{meta.parent} holds tables of several analyses: their ids differ")


def _check_type(column: Column, found: str | None) -> None:
    if found is None:
        raise ValueError(f"it has no column {column.name!r}")
    if found not in _ARROW.get(column.dtype, (column.dtype,)):
        raise ValueError(f"its column {column.name!r} holds {found}, not {column.dtype}")


def _files(path: Path) -> list[Path]:
    """Files of a table, in the order of its parts."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path] * path.is_file()
