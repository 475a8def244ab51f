"""A trend, as a value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.results import Result, visible
from verbatim.trend import view
from verbatim.trend.findings import findings, with_groups

_DRAWN = ("periods", "changes")


class Trend(Result):
    """Drivers through time, and where they change. Immutable.

    `frame` has one row per driver, by falling number of reviews, and period, in the order of time;
    of a trend in groups one per group, driver and period.
    The columns are documented in `verbatim.trend.columns` and, with their formulae, in `meta`. A
    table that you take out is yours: changing it doesn't change the trend.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``periods``, ``changes`` and ``tests``.
    meta : mapping
        How they were made, as JSON can hold it: options, counts, periods, rows without a date,
        meaning of the columns, engine, taxonomy, versions.
    """

    main = "periods"

    @property
    def changes(self) -> pd.DataFrame:
        """One row per change of a level, by driver, measure and time."""
        return self.tables["changes"].copy(deep=False)

    @property
    def tests(self) -> pd.DataFrame:
        """One row per driver and measure: its clearest split, and whether it stands out."""
        return self.tables["tests"].copy(deep=False)

    def __repr__(self) -> str:
        return visible(view.text(self.tables, self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables, self.meta)

    def plot(self) -> Any:
        """Altair chart of net sentiment by period, with its changes; needs the extra `report`."""
        from verbatim.charts import trend_chart

        frame, changes = (with_groups(self.tables[name], self.meta) for name in _DRAWN)
        return trend_chart(frame, changes)

    def findings(self, n: int = 5) -> list[str]:
        """Say what changes in up to n sentences, the surest first, or that nothing does."""
        return list(map(visible, findings(self.tables["changes"], self.meta, n)))
