"""Moments, as a value."""

from __future__ import annotations

import pandas as pd

from verbatim.moments import view
from verbatim.results import Result, visible


class Moments(Result):
    """Alerts worth a call back today, and wow moments worth celebrating. Immutable.

    `frame` has one row per verbatim and kind: alerts, then wow moments, each by falling urgency.
    The columns are documented in `verbatim.moments.columns` and in `meta`. The tables that you take
    out are yours: changing them doesn't change the moments.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``moments`` and ``counts``.
    meta : mapping
        How it was made, as JSON can hold it: options, counts, the rules with their version, columns
        that the engine left empty, meaning of the columns, engine, taxonomy, versions.
    """

    main = "moments"

    @property
    def alerts(self) -> pd.DataFrame:
        """The rows that are worth a call back."""
        return self.frame[self.frame["kind"] != "wow"].reset_index(drop=True)

    @property
    def wows(self) -> pd.DataFrame:
        """The rows that are worth celebrating."""
        return self.frame[self.frame["kind"] == "wow"].reset_index(drop=True)

    @property
    def counts(self) -> pd.DataFrame:
        """One row per group and kind: the reviews that hold such a moment, of those read."""
        return self.tables["counts"].copy(deep=False)

    def __repr__(self) -> str:
        return visible(view.text(self.tables[self.main], self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables[self.main], self.meta)
