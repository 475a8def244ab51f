"""Make the three tables of the schema, with its column order and dtypes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from verbatim.schema import ID, TABLES, Column, names


def make_table(
    name: str, columns: Mapping[str, Any], extra: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Build one table from arrays, one per column of the schema; `extra` rides behind them.

    Examples
    --------
    >>> columns = {column.name: [] for column in TABLES["opinions"]}
    >>> list(make_table("opinions", columns).columns)[:4]
    ['id', 'sentence', 'driver', 'subdriver']
    """
    arrays = [_array(columns[column.name], column) for column in TABLES[name]]
    index = pd.RangeIndex(len(arrays[0]))
    table = pd.DataFrame(dict(enumerate(arrays)), index=index, copy=False)
    table.columns = _names(name).copy()  # each table may name its own
    if extra is None:
        return table
    return pd.concat([table, extra.reset_index(drop=True)], axis=1)


def concat_tables(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Stack tables of one kind; empty ones don't change a dtype."""
    filled = [table for table in tables if len(table)] or list(tables[:1])
    return pd.concat(filled, ignore_index=True)


def _array(values: Any, column: Column) -> Any:
    if column.name == ID:
        # By dtype, so that a part without opinions has ids of the kind that the others have.
        is_text = np.asarray(values).dtype.kind in "OU"
        return pd.array(values, dtype=_dtype("str" if is_text else "int64"))
    dtype = _dtype(column.dtype)
    if isinstance(dtype, np.dtype):
        # An array of pandas around one of NumPy would only be taken off again.
        return np.array(values, dtype)
    if isinstance(values, np.ndarray):
        # What `pandas.array` makes of these, without its search for what they might be.
        if values.dtype.kind == "f":
            missing = np.isnan(values)
            return pd.arrays.IntegerArray(np.where(missing, 1, values).astype(dtype.type), missing)
        if values.dtype == object and column.dtype == "str":
            texts = pa.array(values, pa.large_string(), from_pandas=True)
            return dtype.__from_arrow__(texts)
    return pd.array(values, dtype=dtype)


@cache
def _names(table: str) -> pd.Index[Any]:
    """To make an index of names costs pandas more than to make five of the columns."""
    return pd.Index(names(table))


@cache
def _dtype(name: str) -> Any:
    """Looking a dtype up by its name costs pandas more than making a short column."""
    return pd.api.types.pandas_dtype(name)


def is_missing(value: Any) -> bool:
    """Whether a single value is None, NaN, NaT or NA; a list or an array is none of them.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(""), is_missing([None])
    (True, False, False)
    """
    missing = pd.isna(value) if pd.api.types.is_scalar(value) else False
    return bool(missing)
