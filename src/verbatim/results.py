"""What every result has in common: tables and how they were made, as plain values or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from verbatim.errors import OptionError, unknown
from verbatim.tables import is_missing

if TYPE_CHECKING:
    import pandas as pd

# Control characters and marks that turn the direction of writing: a review must not steer the
# terminal. Tabs and line ends stay.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Those of our own that keep a name together; a terminal has no use for them.
_ISOLATES = {ord("\N{FIRST STRONG ISOLATE}"): None, ord("\N{POP DIRECTIONAL ISOLATE}"): None}


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """Tables of figures and how they were made; the base of every result. Immutable.

    A table that you take out is yours: changing it doesn't change the result.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    meta : mapping
        How they were made, as JSON can hold it.
    """

    tables: Mapping[str, pd.DataFrame]
    meta: Mapping[str, Any]

    main: ClassVar[str]
    """Name of the table that `frame` is."""

    @property
    def frame(self) -> pd.DataFrame:
        """The main table."""
        return self.tables[self.main].copy(deep=False)

    def __len__(self) -> int:
        return len(self.tables[self.main])

    def to_dict(self) -> dict[str, Any]:
        """``meta``, and each table as a list of records; None where there is no figure."""
        tables = {name: records(table) for name, table in self.tables.items()}
        return {"meta": dict(self.meta), **tables}

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)


def visible(text: str) -> str:
    """Replace each character that steers a terminal by one that shows.

    Examples
    --------
    >>> visible("red " + chr(27) + "[31m")
    'red ?[31m'
    """
    return _STEERING.sub("?", text.translate(_ISOLATES))


def only_row(table: pd.DataFrame, keys: Sequence[str], wanted: Mapping[str, Any]) -> pd.Series[Any]:
    """Take out the row of which some of the `keys`, columns of the table, have the wanted values.

    Raises
    ------
    OptionError
        There is no such row, or more than one; the message says which there are.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"driver": ["staff", "room"], "n": [3, 5]})
    >>> int(only_row(table, ["driver"], {"driver": "room"})["n"])
    5
    """
    rows = table
    for column, value in wanted.items():
        if column not in keys:
            raise OptionError(unknown("column", column, keys))
        held = rows[column]
        rows = rows[held.isna() if is_missing(value) else held == value]
        if rows.empty:
            raise OptionError(unknown(column, value, dict.fromkeys(held)))
    if len(rows) > 1:
        telling = [key for key in keys if rows[key].nunique(dropna=False) > 1]
        example = ", ".join(f"{key}={rows[key].iloc[0]!r}" for key in telling)
        raise OptionError(f"that is {len(rows)} rows; say which one, such as {example}")
    return rows.iloc[0]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values that JSON can hold.

    Dates are ISO 8601, nothing is None, and what JSON has no form for is its text.

    Examples
    --------
    >>> import pandas as pd
    >>> records(pd.DataFrame({"n": [1], "share": [float("nan")]}))
    [{'n': 1, 'share': None}]
    """
    names = [str(name) for name in table]
    columns = [[_plain(value) for value in table[name]] for name in table]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if is_missing(value):
        return None
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, (bool, int, str, list)) or (isinstance(plain, float) and isfinite(plain)):
        return plain
    return plain.isoformat() if hasattr(plain, "isoformat") else str(plain)
