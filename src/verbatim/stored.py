"""An analysis on disk, of which is read what is needed when it is needed.

A table is one file, or a directory of that name that holds it in parts; all sentences and opinions
of a verbatim stand in the part of that verbatim.

A save puts another directory in the place of an earlier one, so one file tells whether it is the
same: whatever is read stands between two looks at ``meta.json``.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.directory import META
from verbatim.errors import StorageError
from verbatim.schema import ID, TABLES, names
from verbatim.selection import check_columns, check_table
from verbatim.tables import concat_tables

Bools = NDArray[np.bool_]

_SHORT = 1 << 22
"""Bytes of files that are read at once, which is sooner done."""


class ReplacedError(StorageError):
    """Another analysis stands where this one was."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells whether a directory is the one that was opened.

    Attributes
    ----------
    meta : Path
        Its ``meta.json``.
    state : tuple of int
        What the system says of that file.
    """

    meta: Path
    state: tuple[int, int, int]

    @classmethod
    def of(cls, directory: Path) -> Stamp:
        """Look at a directory."""
        meta = directory / META
        return cls(meta, _state(meta))

    def check(self) -> None:
        """Raise `StorageError` if the directory is another by now."""
        try:
            is_same = _state(self.meta) == self.state
        except OSError:
            is_same = False
        if not is_same:
            raise ReplacedError(
                f"{self.meta.parent} was replaced or removed since it was opened; open it again"
            )


def _state(file: Path) -> tuple[int, int, int]:
    told = os.stat(file)
    return told.st_ino, told.st_size, told.st_mtime_ns


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Some verbatims, with all their sentences and opinions, on disk.

    Attributes
    ----------
    files : mapping of str to Path
        By table.
    stamp : Stamp
    kept : bool array of shape (n_verbatims,), optional
        Which of the verbatims count; all unless told.
    """

    files: Mapping[str, Path]
    stamp: Stamp
    kept: Bools | None = None

    @property
    def n_rows(self) -> int:
        """Verbatims in the files, those that don't count as well."""
        import pyarrow.parquet as pq

        file = self.files["verbatims"]
        with told_if_damaged([file], self.stamp):
            return int(pq.read_metadata(file).num_rows)

    def read(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns of the rows that count."""
        if self.kept is None:
            return _read([self.files[table]], self.stamp, columns)
        frame = _read([self.files[table]], self.stamp, [ID, *columns])
        rows = self.kept
        if table != "verbatims":
            ids = _read([self.files["verbatims"]], self.stamp, [ID])[ID]
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
        return tuple(self.schema(table).empty_table().to_pandas().columns)

    def schema(self, table: str) -> Any:
        """Arrow schema of a table."""
        import pyarrow.parquet as pq

        first = self.parts[0]
        with told_if_damaged([first.files[table]], first.stamp):
            return pq.read_schema(first.files[table])

    def read(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns."""
        if all(part.kept is None for part in self.parts):
            files = [part.files[table] for part in self.parts]
            return _read(files, self.parts[0].stamp, columns)
        return concat_tables([part.read(table, columns) for part in self.parts])

    def whole(self, table: str) -> pd.DataFrame:
        """Read a long table column by column: little more is held than the table itself."""
        files = [part.files[table] for part in self.parts]
        with told_if_damaged(files, self.parts[0].stamp):
            size = sum(file.stat().st_size for file in files)
        if size < _SHORT:
            return self[table]
        columns = {name: self.read(table, [name])[name] for name in self.columns(table)}
        return pd.DataFrame(columns, copy=False)

    def keep(self, rows: Bools) -> StoredTables:
        """Leave out verbatims that count; `rows` has a value for each of those that do."""
        counted = [np.ones(p.n_rows, bool) if p.kept is None else p.kept for p in self.parts]
        every = np.concatenate(counted)
        every[every] = rows
        ends = np.cumsum([len(kept) for kept in counted])[:-1]
        parts = zip(self.parts, np.split(every, ends), strict=True)
        left = [Part(part.files, part.stamp, kept) for part, kept in parts if kept.any()]
        first = self.parts[0]
        return StoredTables(tuple(left) or (Part(first.files, first.stamp, counted[0] & False),))


@dataclass(frozen=True, eq=False, repr=False)
class StoredAnalysis(Analysis):
    """An analysis on disk, of which no more is held than what was asked for."""

    tables: StoredTables

    def select(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Read some columns of a table."""
        check_table(table, columns)
        try:
            return self.tables.read(table, columns)
        except StorageError:
            check_columns(columns, self.tables.columns(table))
            raise

    def blocks(self) -> Iterator[Analysis]:
        """Yield one analysis for each part."""
        for part in self.tables.parts:
            yield StoredAnalysis(StoredTables((part,)), self.meta)

    def _keep(self, rows: Bools) -> Analysis:
        return StoredAnalysis(self.tables.keep(rows), self.meta)

    @property
    def columns(self) -> tuple[str, ...]:
        """The caller's own columns."""
        return self.tables.columns("verbatims")[len(names("verbatims")) :]


def _read(files: Sequence[Path], stamp: Stamp, columns: Sequence[Hashable]) -> pd.DataFrame:
    """Read some columns of files as one table."""
    wanted = list(dict.fromkeys(map(str, columns)))
    with told_if_damaged(files, stamp):
        paths: Any = list(files)  # which pandas takes, and its types don't tell
        return pd.read_parquet(paths, columns=wanted, use_threads=False, pre_buffer=False)


@contextmanager
def told_if_damaged(files: Sequence[Path], stamp: Stamp) -> Iterator[None]:
    """Raise a `StorageError` that names what of an analysis can't be read, or was replaced."""
    stamp.check()
    try:
        yield
    except (OSError, ValueError) as error:
        stamp.check()
        damaged = files[0] if len(files) == 1 else files[0].parent
        raise StorageError(f"{damaged} of an analysis is not whole: {error}") from error
    stamp.check()
