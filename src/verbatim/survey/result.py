"""The survey scores, as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd

from verbatim.survey import view
from verbatim.tables import is_missing


@dataclass(frozen=True, eq=False, repr=False)
class SurveyScores:
    """Scores of one measure, for everybody or for each group. Immutable.

    The columns are documented in ``docs/survey.md`` and, with their formulae, in `meta`. A frame
    that you take out is yours: changing it doesn't change the scores.

    Parameters
    ----------
    table : DataFrame
        One row per group, the columns of the group first.
    meta : mapping
        How they were made, as JSON can hold it: measure, scale, options, counts of responses and
        of rows left out, formulae, meaning of the columns, versions.
    """

    table: pd.DataFrame
    meta: Mapping[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per group, sorted by its values, NA last; a single row without groups."""
        return self.table.copy(deep=False)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return view.text(self.table, self.meta)

    def _repr_html_(self) -> str:
        return view.html(self.table, self.meta)

    def to_dict(self) -> dict[str, Any]:
        """``meta``, and ``scores`` as a list of records; plain values, None where there is none."""
        names = [str(name) for name in self.table]
        columns = [[_plain(value) for value in self.table[name]] for name in self.table]
        rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
        return {"meta": dict(self.meta), "scores": rows}

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)


def _plain(value: Any) -> Any:
    """Make a value that JSON can hold: dates as ISO 8601, anything unknown as its text."""
    if is_missing(value):
        return None
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, (bool, int, str)) or (isinstance(plain, float) and isfinite(plain)):
        return plain
    return plain.isoformat() if hasattr(plain, "isoformat") else str(plain)
