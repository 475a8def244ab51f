"""Read the scores, weights and groups of the respondents, and refuse what can't be a score."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import InputError, OptionError, not_a_name, unknown
from verbatim.grouping import Groups, group
from verbatim.survey.columns import group_names
from verbatim.survey.options import Scale
from verbatim.weights.columns import numbers, read_weights, shown

Floats = NDArray[np.float64]
Data = Analysis | pd.DataFrame | Iterable[object]


@dataclass(frozen=True, slots=True)
class Responses:
    """What the respondents answered, one entry per row of the data.

    Attributes
    ----------
    scores : float64 array of shape (n_rows,)
        NaN where there is none.
    weights : float64 array of shape (n_rows,)
        1 without weights; 0 where there is no score.
    groups : Groups
    columns : mapping
        Names of the columns read, as JSON can hold them: ``score``, ``by``, ``weight``.
    """

    scores: Floats
    weights: Floats
    groups: Groups
    columns: Mapping[str, Any]


def column_names(by: object) -> list[Hashable]:
    """Make a list of `by`: one name, or any ordered list of names.

    Raises
    ------
    OptionError
        It is a set, a mapping, a generator or a table, which give no names in an order, or what is
        in it can't be a name.

    Examples
    --------
    >>> column_names("city"), column_names(pd.Index(["city", "year"])), column_names(None)
    (['city'], ['city', 'year'], [])
    >>> column_names({"city", "year"})
    Traceback (most recent call last):
    verbatim.errors.OptionError: by is of type set; give a name, or a list of names, of columns
    """
    listed: Any = by
    is_list = isinstance(by, (Sequence, pd.Index, pd.Series)) and not isinstance(by, (str, bytes))
    if isinstance(by, pd.Series) and not by.is_unique:  # a column itself, no list of names
        raise OptionError(not_a_name("by", by))
    if by is None:
        names = []
    elif is_list or (isinstance(by, np.ndarray) and by.ndim == 1):
        names = list(listed)
    else:
        names = [listed]
    if any(pd.api.types.is_list_like(name, allow_sets=True) for name in names):
        raise OptionError(
            f"by is of type {type(by).__name__}; give a name, or a list of names, of columns"
        )
    return names


def check_single(option: str, name: object) -> None:
    """Raise `OptionError` if what should name one column is a list.

    Examples
    --------
    >>> check_single("outcome", ["stars", "csat"])
    Traceback (most recent call last):
    verbatim.errors.OptionError: outcome is of type list; give the name of one column
    """
    if pd.api.types.is_list_like(name):
        raise OptionError(not_a_name(option, name))


def read(
    data: Data, score: str | None, by: str | Sequence[str] | None, weight: str | None, scale: Scale
) -> Responses:
    """Read `data`; see `verbatim.survey.nps` for what it may be.

    Raises
    ------
    InputError
        `data` is of a kind that holds no scores, or a score isn't a whole number of the scale.
    OptionError
        A column isn't there or named twice, or a weight can't be one.
    """
    if hasattr(data, "to_pandas"):  # Arrow and Polars
        data = data.to_pandas()
    table = _table(data, score, by, weight)
    names = column_names(by)
    check_single("score", score)
    _check_names(score, names, by)
    found = {name: _column(table, name) for name in names}
    answers = table.iloc[:, 0] if score is None else _column(table, score)
    scores = _scores(answers, score, scale)
    weights = np.where(np.isnan(scores), 0.0, 1.0)
    if weight is not None:
        weights = read_weights(_column(table, weight), weight, ~np.isnan(scores), "response")
    grouped = dict(zip(group_names(names), found.values(), strict=True))
    columns = {"score": _text(score), "by": [str(name) for name in names], "weight": _text(weight)}
    return Responses(scores, weights, group(grouped, len(table)), columns)


def _table(data: Data, *named: object) -> pd.DataFrame:
    """Lay the data out as a table; scores alone are its only column."""
    if isinstance(data, (Analysis, pd.DataFrame)):
        table = data.verbatims if isinstance(data, Analysis) else data
        if named[0] is None:
            listed = ", ".join(map(str, table.columns)) or "none"
            raise OptionError(
                f"say which column holds the scores: score='...'. There are: {listed}"
            )
        return table
    if any(name is not None for name in named):
        raise OptionError(
            "score, by and weight name columns of a DataFrame or an Analysis, but the data is of "
            f"type {type(data).__name__}; leave them out or put everything into one DataFrame"
        )
    return _series(data).to_frame()


def _series(data: Any) -> pd.Series[Any]:
    if isinstance(data, pd.Series):
        return data
    if isinstance(data, np.ndarray):
        if data.ndim != 1:
            raise InputError(
                f"an array of shape {data.shape} is no list of scores; pass one dimension"
            )
        return pd.Series(data)
    # A set holds equal scores once, and text or a mapping would be read by letter or by key.
    no_list = (str, bytes, bytearray, Mapping, set, frozenset)
    if isinstance(data, no_list) or not isinstance(data, Iterable):
        raise InputError(
            f"{type(data).__name__} is not a source of scores; pass a list, an array or a Series "
            "of numbers, or a DataFrame or Analysis with score='column'"
        )
    return pd.Series(list(data), dtype=object)


def _check_names(score: Hashable, names: Sequence[Hashable], by: object) -> None:
    for position, name in enumerate(names):
        if name in names[:position]:
            raise OptionError(f"by={by!r} names {name!r} twice; name each column once")
    if score is not None and score in names:
        raise OptionError(
            f"{score!r} is given as score and in by, so it would be the same for a whole group; "
            "give it once"
        )


def _column(table: pd.DataFrame, name: object) -> pd.Series[Any]:
    if not isinstance(name, Hashable) or name not in table.columns:
        raise OptionError(unknown("column", name, table.columns))
    column = table[name]
    if isinstance(column, pd.DataFrame):
        raise InputError(f"column {name!r} stands more than once in the data; rename one of them")
    return column


def _scores(column: pd.Series[Any], name: str | None, scale: Scale) -> Floats:
    answers = numbers(column)
    whole = (answers >= scale.low) & (answers <= scale.high) & (answers == np.floor(answers))
    wrong = ~whole & column.notna().to_numpy(dtype=bool)
    if wrong.any():
        raise InputError(
            f"{'score' if name is None else f'score {name!r}'} holds {wrong.sum():,} of "
            f"{len(wrong):,} values that are not whole numbers from {scale.low} to {scale.high}: "
            f"{shown(_oddest(column[wrong]))}; check the scale, turn text into numbers, and set "
            "codes for no answer, such as 99, to NA"
        )
    return answers


def _oddest(wrong: pd.Series[Any]) -> pd.Series[Any]:
    """Of a column that is text for a few of its values, these: '7/10' rather than '7'."""
    odd = wrong[pd.to_numeric(wrong.astype(str), errors="coerce").isna()]
    return odd if len(odd) else wrong


def _text(name: object) -> str | None:
    return None if name is None else str(name)
