"""Sort rows into groups, by the values of one or more columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.errors import OptionError

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of rows.

    Attributes
    ----------
    values : DataFrame
        One row per group, sorted, NA last; one column per column grouped by. Without any there is
        one group and no column.
    of_row : int64 array of shape (n_rows,)
        Row in `values` for each row.
    """

    values: pd.DataFrame
    of_row: Ints


def group(columns: Mapping[Hashable, pd.Series[Any]], n_rows: int) -> Groups:
    """Group rows by the values of `columns`; NA is a value of its own.

    Raises
    ------
    OptionError
        A column holds values that can't be grouped by, such as lists.

    Examples
    --------
    >>> groups = group({"city": pd.Series(["b", None, "a", "b"])}, 4)
    >>> groups.of_row.tolist()
    [1, 2, 0, 1]
    """
    codes = np.zeros(n_rows, dtype=np.int64)
    for name, column in columns.items():
        ranks = _ranks(name, column)
        codes = codes * (ranks.max(initial=0) + 1) + ranks
        codes = np.unique(codes, return_inverse=True)[1]
    first = np.unique(codes, return_index=True)[1] if columns else [0]
    values = {name: _values_at(column, first) for name, column in columns.items()}
    return Groups(pd.DataFrame(values, index=range(len(first))), codes)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Mark names that stand for several values, such as the number 1 and the text "1".

    Examples
    --------
    >>> distinct(["1", "1", "2"])
    ('1', '1*', '2')
    """
    found: dict[str, None] = {}
    for name in names:
        while name in found:
            name += "*"
        found[name] = None
    return tuple(found)


def _ranks(name: Hashable, column: pd.Series[Any]) -> Ints:
    """Rank of each row's value among the column's values, sorted; NA ranks last."""
    try:
        codes, values = pd.factorize(column)
    except TypeError as error:
        raise OptionError(
            f"column {name!r} holds values that can't be grouped by ({error}); "
            "give a column of plain values such as texts, numbers or dates"
        ) from error
    rank = np.empty(len(values) + 1, dtype=np.int64)
    rank[_sorted(pd.Index(values))] = np.arange(len(values))
    rank[-1] = len(values)
    return rank[codes]


def _sorted(values: pd.Index[Any]) -> Ints:
    try:
        return np.asarray(values.argsort())
    except TypeError:  # values of several types have no order, their names have
        names = [(type(value).__name__, str(value)) for value in values]
        return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)


def _values_at(column: pd.Series[Any], rows: Any) -> pd.Series[Any]:
    values: pd.Series[Any] = column.iloc[rows].reset_index(drop=True)
    # None, NaN and NA meet in one group; which of them came first must not show.
    return values.where(values.notna(), None) if values.dtype == object else values
