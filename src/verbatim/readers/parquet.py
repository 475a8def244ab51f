"""Rows of a Parquet file, a batch at a time, with one dtype per column whatever the batch."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from verbatim.errors import InputError
from verbatim.readers.kinds import as_text
from verbatim.readers.table import MOST_HELD, distinct

_INDEX = re.compile(r"__index_level_\d+__")
_READ_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows of a file, and its columns: whether any value of them may be absent."""

    n_rows: int
    columns: Mapping[str, bool]


def find_shape(stream: BinaryIO) -> Shape:
    """Read what the file says about itself."""
    with _file(stream) as file:
        nulls = _null_counts(file.metadata)
        names = [field.name for field in file.schema_arrow if not _INDEX.fullmatch(field.name)]
        has_nulls = {name: nulls.get(name, True) for name in distinct(names)}
        return Shape(int(file.metadata.num_rows), has_nulls)


def read_frames(
    stream: BinaryIO, shape: Shape, rows: int, columns: Collection[str] | None = None
) -> Iterator[pd.DataFrame]:
    """Yield so many rows at a time, fewer where rows are very long."""
    names = [name for name in shape.columns if columns is None or name in columns]
    with _file(stream) as file:
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        size = sum(group.total_byte_size for group in groups)
        long = max(1, MOST_HELD * max(file.metadata.num_rows, 1) // max(size, 1))
        for batch in file.iter_batches(min(rows, long), columns=names):
            series = {name: _series(batch.column(name), shape.columns[name]) for name in names}
            yield pd.DataFrame(series, index=range(len(batch)))


@contextmanager
def _file(stream: BinaryIO) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(stream, buffer_size=_READ_AT_ONCE, pre_buffer=False) as file:
            yield file
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise InputError(f"the Parquet file is damaged ({error}); write it again") from None


def _null_counts(metadata: Any) -> dict[str, bool]:
    """Whether a column holds nulls, where the file says so."""
    found: dict[str, bool] = {}
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        for j in range(group.num_columns):
            column = group.column(j)
            told = column.is_stats_set and column.statistics.has_null_count
            nulls = not told or column.statistics.null_count > 0
            found[column.path_in_schema] = found.get(column.path_in_schema, False) or nulls
    return found


def _series(values: pa.Array, has_nulls: bool) -> pd.Series[Any]:
    """Make a column; what pandas has no dtype for becomes text, as in JSON."""
    if kinds.is_dictionary(values.type):
        values = values.dictionary_decode()
    cast = next((to for holds, to in _CASTS if holds(values.type)), None)
    if cast is not None:
        values = values.cast(cast)
    elif not any(holds(values.type) for holds in _KEPT):
        values = pa.array([_text(value) for value in values.to_pylist()], pa.large_string())
    dtype = _NULLABLE.get(values.type) if has_nulls else None
    mapper = None if dtype is None else lambda _: dtype()
    column: pd.Series[Any] = values.to_pandas(types_mapper=mapper)
    return column


def _text(value: object) -> str | None:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else as_text(value)


_Holds = Callable[[pa.DataType], bool]
_CASTS: tuple[tuple[_Holds, pa.DataType], ...] = (
    (kinds.is_string, pa.large_string()),
    (kinds.is_null, pa.large_string()),
    (kinds.is_decimal, pa.float64()),
    (kinds.is_date, pa.timestamp("s")),
    (kinds.is_float16, pa.float32()),
)
_KEPT: tuple[_Holds, ...] = (
    kinds.is_large_string,
    kinds.is_boolean,
    kinds.is_integer,
    kinds.is_floating,
    kinds.is_timestamp,
)
_NULLABLE: Mapping[pa.DataType, Any] = {
    pa.bool_(): pd.BooleanDtype,
    pa.int8(): pd.Int8Dtype,
    pa.int16(): pd.Int16Dtype,
    pa.int32(): pd.Int32Dtype,
    pa.int64(): pd.Int64Dtype,
    pa.uint8(): pd.UInt8Dtype,
    pa.uint16(): pd.UInt16Dtype,
    pa.uint32(): pd.UInt32Dtype,
    pa.uint64(): pd.UInt64Dtype,
}
