"""An evaluation, as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.comparison.result import records
from verbatim.evaluation import view


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """How often a taxonomy gives labelled texts their driver. Immutable.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``drivers`` and ``confusions``; their columns stand in `verbatim.evaluation.columns` and,
        with their formulae, in `meta`.
    meta : mapping
        How it was made, as JSON can hold it: counts, accuracy, texts left open or out, methods.
    """

    tables: Mapping[str, pd.DataFrame]
    meta: Mapping[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per driver of the taxonomy, in its order."""
        return self.tables["drivers"].copy(deep=False)

    @property
    def confusions(self) -> pd.DataFrame:
        """One row per label and other driver that was given instead, the most frequent first."""
        return self.tables["confusions"].copy(deep=False)

    def __len__(self) -> int:
        return len(self.tables["drivers"])

    def __repr__(self) -> str:
        return view.text(self.tables, self.meta)

    def _repr_html_(self) -> str:
        return view.html(self.tables, self.meta)

    def to_dict(self) -> dict[str, Any]:
        """``meta``, and each table as a list of records; None where there is no figure."""
        tables = {name: records(table) for name, table in self.tables.items()}
        return {"meta": dict(self.meta), **tables}

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)
