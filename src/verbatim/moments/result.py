"""Moments, as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.comparison.result import records
from verbatim.moments import view


@dataclass(frozen=True, eq=False, repr=False)
class Moments:
    """Alerts worth a call back today, and wow moments worth celebrating. Immutable.

    The columns are documented in `verbatim.moments.columns` and in `meta`. The tables that you take
    out are yours: changing them doesn't change the moments.

    Parameters
    ----------
    table : DataFrame
    count_table : DataFrame
    meta : mapping
        How it was made, as JSON can hold it: options, counts, the rules with their version, columns
        that the engine left empty, meaning of the columns, engine, taxonomy, versions.
    """

    table: pd.DataFrame
    count_table: pd.DataFrame
    meta: Mapping[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per verbatim and kind: alerts, then wow moments, each by falling urgency."""
        return self.table.copy(deep=False)

    @property
    def alerts(self) -> pd.DataFrame:
        """The rows that are worth a call back."""
        return self.table[self.table["kind"] != "wow"].reset_index(drop=True)

    @property
    def wows(self) -> pd.DataFrame:
        """The rows that are worth celebrating."""
        return self.table[self.table["kind"] == "wow"].reset_index(drop=True)

    @property
    def counts(self) -> pd.DataFrame:
        """One row per group and kind: the reviews that hold such a moment, of those read."""
        return self.count_table.copy(deep=False)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return view.text(self.table, self.meta)

    def _repr_html_(self) -> str:
        return view.html(self.table, self.meta)

    def to_dict(self) -> dict[str, Any]:
        """``meta``, ``moments`` and ``counts``, these as lists of records; None where NA."""
        tables = {"moments": records(self.table), "counts": records(self.count_table)}
        return {"meta": dict(self.meta), **tables}

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)
