"""A comparison, as a value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.comparison import view
from verbatim.comparison.findings import findings
from verbatim.results import Result, only_row, visible
from verbatim.tables import is_missing


class Comparison(Result):
    """Differences between groups or periods, by driver and measure. Immutable.

    `frame` has one row per group, driver and measure: groups in the order of their values, the
    pooled ones last, drivers by falling number of reviews.
    The columns are documented in `verbatim.comparison.columns` and, with their formulae, in `meta`.
    The table that you take out is yours: changing it doesn't change the comparison.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``differences``.
    meta : mapping
        How it was made, as JSON can hold it: options, counts, groups, what was pooled or set
        aside, meaning of the columns, engine, taxonomy, versions.
    """

    main = "differences"

    def __repr__(self) -> str:
        return visible(view.text(self.tables[self.main], self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables[self.main], self.meta)

    def findings(self, n: int = 5) -> list[str]:
        """Say what differs in up to n sentences, the surest first.

        Only significant differences are said; where there is none, that is.
        """
        return list(map(visible, findings(self.tables[self.main], self.meta, n)))

    def row(
        self, driver: str, measure: str = "net_sentiment", /, **group: object
    ) -> pd.Series[Any]:
        """Take out the row of one driver and measure.

        Parameters
        ----------
        driver, measure : str
        **group
            The columns of the group, or the sub-driver, and the value of each.

        Raises
        ------
        OptionError
            There is no such row, or more than one; the message says which there are.
        """
        rows = self.tables[self.main]
        keys = [*map(str, rows.columns[: list(rows.columns).index("name")]), "measure"]
        # The values of groups are kept as text.
        said = {column: v if is_missing(v) else str(v) for column, v in group.items()}
        return only_row(rows, keys, {"driver": driver, "measure": measure, **said})
