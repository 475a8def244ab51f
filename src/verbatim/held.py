"""Turn a caller's column into one that Parquet gives back as it was, or into text.

What can be written need not come back as it was: a column of times in several zones comes back in
one of them, and so on other days, and a category of times without its zone.
"""

from __future__ import annotations

import io
from datetime import datetime
from itertools import starmap
from typing import Any

import numpy as np
import pandas as pd

from verbatim.grouping import distinct
from verbatim.tables import is_missing


def held(column: pd.Series[Any]) -> pd.Series[Any]:
    """Give back a column that can be stored, or its values as text.

    Categories stay categories, in their order. Values that differ and look the same, such as 1 and
    "1", are marked as the names of groups are.

    Examples
    --------
    >>> held(pd.Series([1, "1", None, "a"], dtype=object)).tolist()
    ['1', '1*', nan, 'a']
    >>> held(pd.Series(pd.cut([1, 5], [0, 2, 9]))).cat.categories.tolist()
    ['(0, 2]', '(2, 9]']
    """
    if isinstance(column.dtype, pd.SparseDtype):
        column = column.astype(column.dtype.subtype)
    if comes_back(column):
        return column
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = _texts(column.cat.categories.to_series())
        return column.cat.rename_categories(names.tolist())
    return _texts(column)


def comes_back(column: pd.Series[Any]) -> bool:
    """Whether a column can be written, and read again as it was: the one doesn't tell of the other.

    Examples
    --------
    >>> noon = pd.Timestamp("2025-03-31 12:00")
    >>> zones = pd.Series([noon.tz_localize("Asia/Tokyo"), noon.tz_localize("UTC")], dtype=object)
    >>> comes_back(zones), comes_back(zones[:1])
    (False, True)
    """
    import pyarrow as pa

    file = io.BytesIO()
    try:
        column.to_frame("column").to_parquet(file, index=False)
        found = pd.read_parquet(file)["column"]
    except (pa.ArrowException, NotImplementedError, OverflowError, TypeError, ValueError):
        return False
    if isinstance(column.dtype, pd.CategoricalDtype):
        return isinstance(found.dtype, pd.CategoricalDtype) and all(
            starmap(_is_same, zip(column.cat.categories, found.cat.categories, strict=True))
        )
    if column.dtype != object or found.dtype == "str":  # texts are what they were
        return True
    return all(starmap(_is_same, zip(column, found, strict=True)))


def _is_same(one: Any, other: Any) -> bool:
    """Whether a value is the one that was written; of lists and mappings it isn't asked."""
    if is_missing(one) or not pd.api.types.is_scalar(one):
        return True
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.isoformat() == other.isoformat()
    return bool(one == other)


def _texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Values as text, those that differ and look the same told apart."""
    values = column.astype(object)
    kinds, texts = (values.map(name, na_action="ignore") for name in (_kind, str))
    pairs = pd.MultiIndex.from_arrays([kinds, texts])
    unique = pairs[pairs.get_level_values(1).notna()].unique().sort_values()
    marked = pd.Series(distinct(unique.get_level_values(1)), unique, dtype="str")
    return pd.Series(marked.reindex(pairs).to_numpy(), column.index, dtype="str")


def _kind(value: object) -> str:
    return type(value.item() if isinstance(value, np.generic) else value).__name__
