"""Choose rows and columns of the tables, and say what is wrong with what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from inspect import signature
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from verbatim.errors import OptionError, unknown
from verbatim.schema import TABLES
from verbatim.tables import is_missing

Bools = NDArray[np.bool_]
Function = TypeVar("Function", bound=Callable[..., Any])


def is_among(column: pd.Series[Any], wanted: object) -> Bools:
    """Mark the rows whose value is `wanted`, or one of them if it is a list of any kind.

    None, NaN and NA stand for each other.

    Examples
    --------
    >>> stars = pd.Series([1, None, 3], dtype="Int64")
    >>> is_among(stars, range(1, 3)).tolist(), is_among(stars, [None, 3]).tolist()
    ([True, False, False], [False, True, True])
    """
    values = list(wanted) if pd.api.types.is_list_like(wanted) else [wanted]  # type: ignore[call-overload]
    known = [value for value in values if not is_missing(value)]
    found = np.asarray(_isin(column, known), dtype=bool)
    if len(known) < len(values):
        found = found | column.isna().to_numpy(dtype=bool)
    return found


def _isin(column: pd.Series[Any], values: Sequence[object]) -> pd.Series[Any]:
    try:
        return column.isin(values)
    except (pa.ArrowException, TypeError):  # Arrow looks for values of its own type alone
        return column.astype(object).isin(values)


def where_holds(where: object, rows: pd.DataFrame) -> Bools:
    """Mark the rows for which the function `where` of the table says True; NA is no.

    Raises
    ------
    OptionError
        It is no function, or doesn't return True or False for each row.
    """
    if not callable(where):
        raise OptionError(
            f"the condition is a {type(where).__name__}, no function of the verbatims table; "
            "give a mask to keep(), or columns by their names"
        )
    said = where(rows)
    if isinstance(said, pd.Series):  # in any order, as its index tells
        if not said.index.is_unique or len(said.index.symmetric_difference(rows.index)):
            raise OptionError(
                f"the condition returned {len(said)} values for {len(rows)} rows, or with another "
                "index; return one value per row"
            )
        said = said.reindex(rows.index)
    return as_mask(said, len(rows), "the condition")


def as_mask(rows: Any, n_rows: int, name: str = "rows") -> Bools:
    """Check that `rows` has True or False for each row; NA is no.

    Examples
    --------
    >>> as_mask([True, None], 2).tolist()
    [True, False]
    >>> as_mask([0, 2], 3)
    Traceback (most recent call last):
    verbatim.errors.OptionError: rows holds int64; give True or False for each of the 3 rows
    """
    wanted = f"give True or False for each of the {n_rows} rows"
    if not pd.api.types.is_list_like(rows) or isinstance(rows, (Mapping, set, pd.DataFrame)):
        raise OptionError(f"{name} is a {type(rows).__name__}; {wanted}")
    found = pd.Series(list(rows) if not hasattr(rows, "dtype") else np.asarray(rows))
    known = found.dropna()
    if len(known) and pd.api.types.infer_dtype(known) != "boolean":
        raise OptionError(f"{name} holds {found.dtype}; {wanted}")
    if len(found) != n_rows:
        raise OptionError(f"{name} holds {len(found)} values; {wanted}")
    return found.eq(True).fillna(False).to_numpy(dtype=bool)


def check_table(table: str, columns: object) -> None:
    """Raise `OptionError` if there is no such table, or its columns aren't given as a list."""
    if table not in TABLES:
        raise OptionError(unknown("table", table, TABLES))
    if isinstance(columns, str) or not pd.api.types.is_list_like(columns):
        raise OptionError(f"columns={columns!r}; give a list of names, such as [{columns!r}]")


def check_columns(columns: Iterable[Hashable], known: Iterable[Hashable]) -> None:
    """Raise `OptionError` if a column isn't among those there are."""
    there = list(known)
    for column in columns:
        if column not in there:
            raise OptionError(unknown("column", column, there))


def taking(function: Function, options: Iterable[str]) -> Function:
    """Give `function` back if it has all these options; else raise `OptionError` with a guess.

    Examples
    --------
    >>> taking(is_among, ["wantd"])
    Traceback (most recent call last):
    verbatim.errors.OptionError: unknown option 'wantd'; did you mean 'wanted'? There are: wanted
    """
    known = list(signature(function).parameters)[1:]
    for option in options:
        if option not in known:
            raise OptionError(unknown("option", option, known))
    return function
