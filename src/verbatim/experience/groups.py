"""Tell the groups of a table apart, those whose values look the same as well."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pandas as pd

from verbatim.comparison.findings import group_text
from verbatim.grouping import distinct
from verbatim.tables import is_missing

Key = tuple[Hashable, ...]
"""Values of the columns of a group; None for a missing one."""


def keys_of(table: pd.DataFrame, n_columns: int) -> list[Key]:
    """Key of the group of each row, which the first columns hold."""
    columns = [
        [None if is_missing(value) else value for value in table.iloc[:, i]]
        for i in range(n_columns)
    ]
    return list(zip(*columns, strict=True)) if columns else [()] * len(table)


def names_of(table: pd.DataFrame, n_columns: int) -> dict[Key, tuple[str, ...]]:
    """Texts of each group of a table, in its order.

    Examples
    --------
    >>> table = pd.DataFrame({"room": pd.Series([1, 1, "1", None], dtype=object)})
    >>> list(names_of(table, 1).values())
    [('1',), ('1*',), ('(missing)',)]
    """
    keys = list(dict.fromkeys(keys_of(table, n_columns)))
    texts = [_texts(values) for values in zip(*keys, strict=True)]
    return {key: tuple(map(dict.__getitem__, texts, key)) for key in keys}


def _texts(values: Iterable[Hashable]) -> dict[Hashable, str]:
    """Text of each value, unlike those of the others."""
    unique = list(dict.fromkeys(values))
    return dict(zip(unique, distinct(map(group_text, unique)), strict=True))
