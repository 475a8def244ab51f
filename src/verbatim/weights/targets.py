"""Known distributions to weight to: read them, and match them with the reviews."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.grouping import group
from verbatim.tables import is_missing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOLERANCE = 0.001
"""By how much shares may miss a sum of 1, so that rounded ones can be given."""

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Margin:
    """One column with a known distribution over its K values, as m reviews hold them.

    Attributes
    ----------
    column : str
    values : list
        The K values in order. The last is None where reviews lack a value: they keep their share
        of the sample.
    codes : int64 array of shape (m,)
        Position in `values` of each review's value.
    target : float64 array of shape (K,)
        Shares of all customers, summing to 1 together with the share of the missing.
    """

    column: str
    values: list[Any]
    codes: Ints
    target: Floats


def read_margins(analysis: Analysis, to: Any, rows: Ints, base: Floats) -> list[Margin]:
    """Match each known distribution in `to` with the reviews in `rows` of these base weights.

    Raises
    ------
    OptionError
        `to` isn't a mapping of columns to mappings of values to shares; a column isn't there;
        shares don't sum to 1; a value has a share and no review, or a review and no share.
    """
    if not isinstance(to, Mapping) or not to:
        raise OptionError(
            f"to={to!r} is not a set of known distributions; give a share to each value of each "
            "column, such as to={'segment': {'new': 0.4, 'regular': 0.6}}"
        )
    return [
        _margin(name, analysis.column(name).iloc[rows], _shares(name, shares), base)
        for name, shares in to.items()
    ]


def _shares(name: Hashable, shares: Any) -> dict[Any, float]:
    """Shares of one column, scaled to sum to exactly 1."""
    # A Series, such as value_counts(normalize=True) makes, has keys too.
    found = dict(shares) if isinstance(shares, (Mapping, pd.Series)) else {}
    if not found:
        raise OptionError(
            f"the distribution of {name!r} is {shares!r}; give a share to each of its values, "
            "such as {'new': 0.4, 'regular': 0.6}"
        )
    for value, share in found.items():
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 <= float(share) <= 1:
            raise OptionError(
                f"the share of {name!r} {value!r} is {share!r}; give a number from 0 to 1"
            )
        if is_missing(value):
            raise OptionError(
                f"{name!r} can't be weighted to a share of missing values; leave it out and let "
                "the other shares sum to 1: reviews without a value keep their share of the sample"
            )
    total = float(sum(found.values()))
    if not isfinite(total) or abs(total - 1) > TOLERANCE:
        raise OptionError(
            f"the shares of {name!r} sum to {total:.6g}, not 1; check that none is missing, or "
            "divide each by their sum"
        )
    return {value: float(share) / total for value, share in found.items()}


def _margin(name: str, column: pd.Series[Any], shares: Mapping[Any, float], base: Floats) -> Margin:
    found = group({name: column}, len(column))
    values = list(found.values[name])
    missing = bool(values) and is_missing(values[-1])
    known = values[:-1] if missing else values
    _check_reviews(name, known, shares)
    _check_shares(name, known, np.bincount(found.of_row, minlength=len(values)), shares)
    target = np.array([shares[value] for value in known], dtype=np.float64)
    if missing:
        absent = _share_of(found.of_row == len(known), base)
        known, target = [*known, None], np.append(target * (1 - absent), absent)
    return Margin(name, known, found.of_row, target)


def _share_of(chosen: NDArray[np.bool_], base: Floats) -> float:
    # Sorted, so that rows in any order round alike.
    return float(np.sort(base[chosen]).sum() / np.sort(base).sum())


def _check_reviews(name: str, known: list[Any], shares: Mapping[Any, float]) -> None:
    """Every value with a share above 0 must have a review: weights can't make up people."""
    held = set(known)
    empty = [value for value, share in shares.items() if share > 0 and value not in held]
    if empty:
        raise OptionError(
            f"no review that counts has {name!r} {_some(empty)}, so weights can't give a share to "
            f"it; {_there_are(known)}; correct it, or merge it with the value nearest to it in "
            "both the column and the shares"
        )


def _check_shares(name: str, known: list[Any], counts: Ints, shares: Mapping[Any, float]) -> None:
    """Every value of the sample must have a share, if only 0."""
    unnamed = [(value, n) for value, n in zip(known, counts, strict=False) if value not in shares]
    if unnamed:
        n = int(sum(n for _, n in unnamed))
        raise OptionError(
            f"{n:,} review{'s have' if n > 1 else ' has'} {name!r} "
            f"{_some([value for value, _ in unnamed])}, to which no share is given; give one, and "
            "0 to leave these reviews out"
        )


def _there_are(known: list[Any]) -> str:
    return f"there are {_some(known)}" if known else "there are none with a value"


def _some(values: list[Any]) -> str:
    plain = [value.item() if isinstance(value, np.generic) else value for value in values]
    more = f" and {len(plain) - _LISTED} more" if len(plain) > _LISTED else ""
    return ", ".join(map(repr, plain[:_LISTED])) + more
