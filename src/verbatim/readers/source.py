"""A file that has been looked through once, and that can be read again in tables of any size."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.errors import InputError
from verbatim.readers.kinds import Kind
from verbatim.readers.table import Block, Table, column_names, rejected_frame

Progress = Callable[[int, int], object]
"""Called with what is done and what there is."""

_LOOKED_AT_ONCE = 10_000
_MISSING = Kind(None, has_missing=True)
_EXAMPLES = 5
_PLACES = {"xlsx": "row", "json": "record", "parquet": "row"}
"""What stands before a number that tells where in a file, if it isn't a line."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A file of a known format.

    Attributes
    ----------
    format : str
    encoding : str or None
    blocks : callable
        Takes a number of rows and yields blocks of so many, from the first row on.
    kind_of : callable
        Tells the kind of a block of a column.
    names_of : callable
        Names for the keys of the columns.
    notes : tuple of str
        What is peculiar about the file, in sentences.
    """

    format: str
    encoding: str | None
    blocks: Callable[[int], Iterator[Block]]
    kind_of: Callable[[list[Any]], Kind]
    names_of: Callable[[Sequence[str]], list[str]] = column_names
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of change of a file."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Look at a file."""
        status = os.stat(path)
        return cls(status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """A file of verbatims that has been looked through.

    Attributes
    ----------
    path : Path
    format : str
        ``csv``, ``tsv``, ``json``, ``jsonl``, ``parquet`` or ``xlsx``.
    encoding : str or None
        Encoding of a text format.
    n_rows, n_rejected : int
        Rows that can be read, and pieces that can't.
    head : Table
        Its first rows.
    notes : tuple of str
        What is repaired while reading, in sentences.
    stamp : Stamp
        The file as it was then.
    read : callable
        Takes a number of rows and the columns wanted, and yields tables; see `tables`.
    """

    path: Path
    format: str
    encoding: str | None
    n_rows: int
    n_rejected: int
    head: Table
    notes: tuple[str, ...]
    stamp: Stamp
    read: Callable[[int, Collection[str] | None], Iterator[Table]]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(map(str, self.head.frame.columns))

    @property
    def place(self) -> str:
        """What a number counts that tells where in the file something is."""
        return _PLACES.get(self.format, "line")

    def tables(self, rows: int, columns: Collection[str] | None = None) -> Iterator[Table]:
        """Read the file from its first row on, so many rows and rejected pieces at a time.

        A column has the same dtype in each table, and the tables don't depend on `columns`, but
        for the columns they have. A table may be shorter where rows are very long, and without a
        row where none can be read.

        Raises
        ------
        InputError
            The file was changed since it was looked through.
        """
        with named_errors(self.path):
            for table in self.read(rows, columns):
                if Stamp.of(self.path) != self.stamp:
                    raise InputError("the file was changed while it was read; start again")
                yield table

    def find(self, column: str, is_wrong: Callable[[Any], bool]) -> tuple[str, Any] | None:
        """Look for the first value of a column that is wrong; where it stands, and the value.

        The place is that in the file: a line, a row of the sheet, or the number of the record.
        """
        done = 0
        for table in self.tables(_LOOKED_AT_ONCE, [column]):
            places = table.lines or range(done + 1, done + 1 + len(table.frame))
            done += len(table.frame)
            for place, value in zip(places, table.frame[column], strict=True):
                if is_wrong(value):
                    return f"{self.place} {place}", value
        return None


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Let an error of reading begin with the file's name."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        fix = "copy it again"
        raise InputError(f"{path}: the compressed file is damaged ({error}); {fix}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


class _Survey:
    """What a pass over the blocks of a file gathers."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.kinds: dict[str, Kind] = {}
        self.n_rows = self.n_rejected = self.n_short = self.n_repaired = 0
        self.short: list[int] = []
        self.repaired: list[int] = []
        self.head: Block | None = None

    def see(self, block: Block) -> None:
        if self.head is None or not self.head.n_rows:
            self.head = block
        before = Kind(None, has_missing=self.n_rows > 0)
        for key, values in block.columns.items():
            self.kinds[key] = self.kinds.get(key, before) & self.raw.kind_of(values)
        for key in self.kinds.keys() - block.columns.keys():
            self.kinds[key] &= _MISSING if block.n_rows else Kind()
        self.n_rows += block.n_rows
        self.n_rejected += len(block.rejected)
        self.n_short += len(block.short)
        self.n_repaired += len(block.repaired)
        self.short += block.short[: _EXAMPLES + 1 - len(self.short)]
        self.repaired += block.repaired[: _EXAMPLES + 1 - len(self.repaired)]


def survey(path: Path, raw: Raw, progress: Progress | None = None) -> Source:
    """Look a file through: its columns, what they hold, and how many rows there are."""
    stamp, seen = Stamp.of(path), _Survey(raw)
    for block in raw.blocks(_LOOKED_AT_ONCE):
        seen.see(block)
        if progress is not None:
            progress(block.position, stamp.size)
    columns = _named(seen)

    def read(rows: int, wanted: Collection[str] | None = None) -> Iterator[Table]:
        chosen = {k: v for k, v in columns.items() if wanted is None or v[0] in wanted}
        for block in raw.blocks(rows):
            yield _typed(block, chosen, raw)

    head = _typed(seen.head or Block({}, 0, []), columns, raw)
    notes = (*raw.notes, *_short_notes(seen), *_repaired_notes(seen))
    return Source(
        path, raw.format, raw.encoding, seen.n_rows, seen.n_rejected, head, notes, stamp, read
    )


def source_of_frames(
    path: Path,
    format: str,
    n_rows: int,
    frames: Callable[[int, Collection[str] | None], Iterator[pd.DataFrame]],
) -> Source:
    """Make a source of a file that knows its rows and the dtypes of its columns."""

    def read(rows: int, wanted: Collection[str] | None = None) -> Iterator[Table]:
        return (Table(frame, rejected_frame(), format) for frame in frames(rows, wanted))

    stamp = Stamp.of(path)
    empty = Table(pd.DataFrame(), rejected_frame(), format)
    head = next(read(_LOOKED_AT_ONCE), empty)
    return Source(path, format, None, n_rows, 0, head, (), stamp, read)


Columns = Mapping[str, tuple[str, Kind]]
"""Name and kind of each column, by its key in the blocks."""


def _named(seen: _Survey) -> Columns:
    names = seen.raw.names_of(list(seen.kinds))
    named = dict(zip(seen.kinds, zip(names, seen.kinds.values(), strict=True), strict=True))
    # A separator behind the last column makes one without a name or a value.
    return {
        key: (name, kind)
        for i, (key, (name, kind)) in enumerate(named.items(), start=1)
        if name != f"column_{i}" or kind.fits is not None
    }


def _typed(block: Block, columns: Columns, raw: Raw) -> Table:
    nothing = [None] * block.n_rows
    frame = pd.DataFrame(
        {
            name: kind.column(block.columns.get(key, nothing))
            for key, (name, kind) in columns.items()
        },
        index=range(block.n_rows),
    )
    rejected = rejected_frame(block.rejected)
    return Table(frame, rejected, raw.format, raw.encoding, lines=block.lines)


def _short_notes(seen: _Survey) -> Iterator[str]:
    if seen.n_short:
        width = len(seen.kinds)
        lines = _examples(seen.short)
        yield f"{seen.n_short:,} rows have fewer than {width} fields; the rest is NA ({lines})"


def _repaired_notes(seen: _Survey) -> Iterator[str]:
    if seen.n_repaired:
        yield (
            f"{seen.n_repaired:,} lines hold bytes that are not {seen.raw.encoding}; "
            f"they were read as Windows-1252 ({_examples(seen.repaired)})"
        )


def _examples(lines: list[int]) -> str:
    more = ", ..." * (len(lines) > _EXAMPLES)
    return f"line {', '.join(map(str, lines[:_EXAMPLES]))}{more}"
