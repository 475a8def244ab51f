"""Read an analysis from its directory: all at once, or what is needed when it is needed.

A table is one file, or a directory of that name that holds it in parts; all sentences and opinions
of a verbatim stand in the part of that verbatim.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import StorageError
from verbatim.schema import ID, SCHEMA_VERSION, TABLES, names
from verbatim.storage import META
from verbatim.tables import concat_tables

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Some verbatims, with all their sentences and opinions, on disk.

    Attributes
    ----------
    files : mapping of str to Path
        By table.
    kept : bool array of shape (n_verbatims,), optional
        Which of the verbatims count; all unless told.
    """

    files: Mapping[str, Path]
    kept: Bools | None = None

    @property
    def n_rows(self) -> int:
        """Verbatims in the files, those that don't count as well."""
        import pyarrow.parquet as pq

        file = self.files["verbatims"]
        with _told_if_damaged([file]):
            return int(pq.read_metadata(file).num_rows)

    def read(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns of the rows that count."""
        if self.kept is None:
            return _read([self.files[table]], columns)
        frame = _read([self.files[table]], [ID, *columns])
        rows = self.kept
        if table != "verbatims":
            ids = _read([self.files["verbatims"]], [ID])[ID]
            rows = frame[ID].isin(ids[self.kept]).to_numpy()
        return frame.loc[rows, list(columns)].reset_index(drop=True)


@dataclass(frozen=True, eq=False, slots=True)
class StoredTables(Mapping[str, pd.DataFrame]):
    """Tables that are read anew whenever they are taken out."""

    parts: tuple[Part, ...]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.read(table, self.columns(table))

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def columns(self, table: str) -> tuple[str, ...]:
        """Columns of a table."""
        import pyarrow.parquet as pq

        file = self.parts[0].files[table]
        with _told_if_damaged([file]):
            schema = pq.read_schema(file)
        return tuple(schema.empty_table().to_pandas().columns)

    def read(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns."""
        if all(part.kept is None for part in self.parts):
            return _read([part.files[table] for part in self.parts], columns)
        return concat_tables([part.read(table, columns) for part in self.parts])

    def whole(self, table: str) -> pd.DataFrame:
        """Read a table column by column: little more is held than the table itself."""
        columns = {name: self.read(table, [name])[name] for name in self.columns(table)}
        return pd.DataFrame(columns, copy=False)

    def keep(self, rows: Bools) -> StoredTables:
        """Leave out verbatims that count; `rows` has a value for each of those that do."""
        counted = [np.ones(p.n_rows, bool) if p.kept is None else p.kept for p in self.parts]
        every = np.concatenate(counted)
        every[every] = rows
        ends = np.cumsum([len(kept) for kept in counted])[:-1]
        parts = zip(self.parts, np.split(every, ends), strict=True)
        left = [Part(part.files, kept) for part, kept in parts if kept.any()]
        return StoredTables(tuple(left) or (Part(self.parts[0].files, counted[0] & False),))


@dataclass(frozen=True, eq=False, repr=False)
class StoredAnalysis(Analysis):
    """An analysis on disk, of which no more is held than what was asked for."""

    tables: StoredTables

    def select(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns of a table."""
        return self.tables.read(table, columns)

    def blocks(self) -> Iterator[Analysis]:
        """Yield one analysis for each part."""
        for part in self.tables.parts:
            yield StoredAnalysis(StoredTables((part,)), self.meta)

    def keep(self, rows: Bools) -> Analysis:
        """Leave out the other verbatims; see `Analysis.keep`."""
        return StoredAnalysis(self.tables.keep(rows), self.meta)

    @property
    def columns(self) -> tuple[str, ...]:
        """The caller's own columns."""
        return self.tables.columns("verbatims")[len(names("verbatims")) :]


def load(path: Path) -> Analysis:
    """Read the analysis in the directory `path`; see `Analysis.load`."""
    opened = open_stored(path)
    return Analysis({name: opened.tables.whole(name) for name in TABLES}, opened.meta)


def open_stored(path: Path) -> StoredAnalysis:
    """Open the analysis in the directory `path`; see `Analysis.open`."""
    meta = _read_meta(path)
    by_table = [_files(path / f"{name}.parquet") for name in TABLES]
    try:
        parts = tuple(
            Part(dict(zip(TABLES, files, strict=True))) for files in zip(*by_table, strict=True)
        )
    except ValueError:
        parts = ()
    if not parts:
        raise StorageError(f"{path} is not a whole analysis: files of its tables are missing")
    return StoredAnalysis(StoredTables(parts), meta)


def _read_meta(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise StorageError(f"there is no folder {path}; an analysis is saved by save(), or --out")
    if path.is_file():
        raise StorageError(
            f"{path} is a file; give the folder of a saved analysis, such as "
            f"`verbatim analyze {path} --out FOLDER` writes"
        )
    try:
        meta: dict[str, Any] = json.loads((path / META).read_text("utf-8"))
        version = meta["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path} holds no analysis ({META} is missing or broken)") from error
    if version != SCHEMA_VERSION:
        raise StorageError(
            f"{path} was written with schema version {version}, this verbatim reads "
            f"{SCHEMA_VERSION}; analyse the texts again"
        )
    return meta


def _files(path: Path) -> list[Path]:
    """Files of a table, in the order of its parts."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path] * path.is_file()


def _read(files: Sequence[Path], columns: Sequence[Hashable]) -> pd.DataFrame:
    """Read some columns of files as one table."""
    wanted = list(dict.fromkeys(map(str, columns)))
    with _told_if_damaged(files):
        paths: Any = list(files)  # which pandas takes, and its types don't tell
        return pd.read_parquet(paths, columns=wanted, use_threads=False, pre_buffer=False)


@contextmanager
def _told_if_damaged(files: Sequence[Path]) -> Iterator[None]:
    """Raise a `StorageError` that names what of an analysis can't be read."""
    try:
        yield
    except (OSError, ValueError) as error:
        damaged = files[0] if len(files) == 1 else files[0].parent
        raise StorageError(f"{damaged} of an analysis is not whole: {error}") from error
