"""Read a column of weights, and refuse what can't be one."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Hashable
from decimal import Decimal
from math import frexp, inf, ldexp, nan
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.labels import READ
from verbatim.schema import ID

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

VANISHING = 1e-100
"""Part of the largest weight below which a weight counts as 0: its square would be lost."""


def was_read(analysis: Analysis) -> Bools:
    """Whether each verbatim was read, shape (n_verbatims,)."""
    return analysis.column("status").isin(READ).to_numpy(dtype=bool)


def review_weights(analysis: Analysis, name: str | None) -> Floats:
    """Weights of the verbatims that were read, the largest from 1 to 2; 0 for the others.

    Without a column everybody who was read weighs 1. The scale is divided by a power of two, which
    is exact.

    Raises
    ------
    OptionError
        The column isn't there, or a verbatim that was read has a weight that can't be one.
    """
    read = was_read(analysis)
    if name is None:
        return np.where(read, 1.0, 0.0)
    if not isinstance(name, Hashable):
        raise OptionError(
            f"weight is of type {type(name).__name__}, not the name of a column; put the weights "
            "into a column of the reviews before they are analysed"
        )
    ids = analysis.column(ID)
    weights = read_weights(analysis.column(name), name, read, "review that was read", ids)
    weights = weights / ldexp(1, frexp(weights.max(initial=0))[1] - 1)
    return np.where(weights < VANISHING, 0.0, weights)


def read_weights(
    column: pd.Series[Any],
    name: str,
    used: Bools,
    kind: str,
    ids: pd.Series[Any] | None = None,
) -> Floats:
    """Read weights as float64; rows that aren't used get 0, whatever they hold.

    Parameters
    ----------
    column : Series
    name : str
    used : bool array of shape (n_rows,)
        Rows that need a weight.
    kind : str
        What a row is, for messages.
    ids : Series, optional
        Ids of the rows, for messages; the labels of the rows by default.

    Raises
    ------
    OptionError
        A weight of a row used is missing, negative, infinite or not a number, or all are 0.
    """
    weights = numbers(column)
    wrong = used & ~(np.isfinite(weights) & (weights >= 0))
    if wrong.any():
        raise OptionError(
            f"weight {name!r} holds {wrong.sum():,} values that are not weights: "
            f"{shown(column[wrong])}; give each {kind} a finite number of at least 0, and 0 to "
            f"leave it out; the first stands in {_place(wrong, column, ids)}"
        )
    weights = np.where(used, weights, 0.0)
    with np.errstate(over="ignore"):
        total = weights.sum()
    if used.any() and not 0 < total < inf:
        raise OptionError(
            f"weight {name!r} sums to {total:g} over {used.sum():,} {kind.split()[0]}s; give "
            "weights of which at least one is above 0 and whose sum is finite"
        )
    return weights


def _place(wrong: Bools, column: pd.Series[Any], ids: pd.Series[Any] | None) -> str:
    first = int(np.argmax(wrong))
    if ids is None:
        return f"row {shown(column.index[[first]].to_series())}"
    return f"row {first}, id {shown(ids.iloc[[first]])}"


def numbers(column: pd.Series[Any]) -> Floats:
    """Numbers of a column, NaN for anything else, such as text or yes and no.

    Examples
    --------
    >>> numbers(pd.Series([2, Decimal("0.5"), None, True, "3"])).tolist()
    [2.0, 0.5, nan, nan, nan]
    """
    kinds: tuple[Callable[[Any], bool], ...] = (
        pd.api.types.is_bool_dtype,
        pd.api.types.is_complex_dtype,
    )
    if pd.api.types.is_numeric_dtype(column) and not any(is_kind(column) for is_kind in kinds):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.array([_number(value) for value in column.tolist()], dtype=np.float64)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (Real, Decimal)):
        return nan
    try:
        return float(value)
    except OverflowError:
        return inf


def shown(values: pd.Series[Any]) -> str:
    """Show up to three of the different values, the long ones cut.

    Examples
    --------
    >>> shown(pd.Series([3, 3, "x", 1.5, 2]))
    "3, 'x', 1.5, ..."
    """
    plain = (value.item() if isinstance(value, np.generic) else value for value in values[:1000])
    different = list(dict.fromkeys(map(reprlib.repr, plain)))
    return ", ".join(different[:3]) + (", ..." if len(different) > 3 else "")
