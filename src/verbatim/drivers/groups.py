"""Sort the verbatims into groups, by the values of one or more columns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.columns import group_name
from verbatim.errors import OptionError


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of verbatims.

    Attributes
    ----------
    values : DataFrame
        One row per group, sorted, NA last; one column per column grouped by. Without any there is
        one group and no column.
    of_verbatim : int64 array of shape (n_verbatims,)
        Row in `values` for each verbatim.
    """

    values: pd.DataFrame
    of_verbatim: NDArray[np.int64]


def by_columns(by: str | Sequence[str] | None, outcome: str | None) -> list[Hashable]:
    """Make a list of `by`; a column given twice, or also as the outcome, raises `OptionError`.

    Examples
    --------
    >>> by_columns("city", None), by_columns(["city", "year"], "stars"), by_columns(None, None)
    (['city'], ['city', 'year'], [])
    """
    many = isinstance(by, Sequence) and not isinstance(by, str)
    names: list[Hashable] = [] if by is None else list(by) if many else [by]
    for position, name in enumerate(names):
        if name in names[:position]:
            raise OptionError(f"by={by!r} names {name!r} twice; name each column once")
    if outcome is not None and outcome in names:
        raise OptionError(
            f"{outcome!r} is given as outcome and in by, so it would be the same for a whole "
            "group; give it once"
        )
    return names


def group(analysis: Analysis, names: Sequence[Hashable]) -> Groups:
    """Group the verbatims by the values of the columns `names`; NA is a value of its own.

    Raises
    ------
    OptionError
        A column isn't there, or holds values that can't be grouped by, such as lists.
    """
    codes = np.zeros(len(analysis), dtype=np.int64)
    columns = {name: analysis.column(name) for name in names}
    for name, column in columns.items():
        ranks = _ranks(name, column)
        codes = codes * (ranks.max(initial=0) + 1) + ranks
        codes = np.unique(codes, return_inverse=True)[1]
    first = np.unique(codes, return_index=True)[1] if names else [0]
    values = {group_name(name): _values_at(column, first) for name, column in columns.items()}
    return Groups(pd.DataFrame(values, index=range(len(first))), codes)


def _ranks(name: Hashable, column: pd.Series[Any]) -> NDArray[np.int64]:
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


def _sorted(values: pd.Index[Any]) -> NDArray[np.int64]:
    try:
        return np.asarray(values.argsort())
    except TypeError:  # values of several types have no order, their names have
        return np.array(
            sorted(range(len(values)), key=lambda i: _type_and_text(values[i])), dtype=int
        )


def _type_and_text(value: object) -> tuple[str, str]:
    return type(value).__name__, str(value)


def _values_at(column: pd.Series[Any], rows: Any) -> pd.Series[Any]:
    values: pd.Series[Any] = column.iloc[rows].reset_index(drop=True)
    # None, NaN and NA meet in one group; which of them came first must not show.
    return values.where(values.notna(), None) if values.dtype == object else values
