"""The caller's own ids, as the tables hold them: numbers of 64 bits, or text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from verbatim.errors import InputError
from verbatim.text import storable

_EXACT = 2**53
"""Up to here a float holds every whole number."""


def own_ids(column: pd.Series[Any]) -> Any:
    """Read a column of ids, of which each stands once.

    Raises
    ------
    InputError
        An id is missing, stands twice, or is a number that isn't whole.
    """
    check_filled(column)
    ids = pd.Series(as_ids(column))
    if repeated := ids[ids.duplicated()].tolist():
        raise repeated_id(column.name, repeated[0])
    return ids.to_numpy()


def check_filled(column: pd.Series[Any], start: int = 0) -> None:
    """Raise `InputError` if an id is missing; `start` is the number of the first row."""
    if column.isna().any():
        row = start + int(np.flatnonzero(column.isna())[0])
        raise InputError(f"id column {column.name!r} is empty in row {row}; every row needs an id")


def repeated_id(name: object, value: object) -> InputError:
    """Make the error for an id that stands twice."""
    return InputError(
        f"id column {name!r} holds {value!r} more than once; ids must differ "
        "(leave id out to number the rows)"
    )


def as_ids(column: pd.Series[Any]) -> Any:
    """Whole numbers of any dtype are int64, all else is text.

    Examples
    --------
    >>> as_ids(pd.Series([7.0, 8.0])), as_ids(pd.Series(["7", 8], dtype=object))
    (array([7, 8]), array(['7', '8'], dtype=object))
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    kind = pd.api.types.infer_dtype(column)
    if kind in ("floating", "mixed-integer-float"):
        _check_whole(column)
    elif kind != "integer":
        return np.array([storable(str(value)) for value in column], dtype=object)
    most = np.iinfo(np.int64).max
    for largest in (column.max(), column.min()) if len(column) else ():
        if not -most - 1 <= largest <= most:
            raise InputError(
                f"id column {column.name!r} holds {largest}, more than {most}; "
                "give such ids as text"
            )
    return column.to_numpy(dtype=np.int64)


def _check_whole(column: pd.Series[Any]) -> None:
    values = column.to_numpy(dtype=np.float64)
    odd = values[(values != np.floor(values)) | (np.abs(values) >= _EXACT)]
    if len(odd):
        raise InputError(
            f"id column {column.name!r} holds {odd[0]}, no whole number of which a float is sure; "
            "give ids as whole numbers or text"
        )
