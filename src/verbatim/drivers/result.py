"""The scores of the drivers, as a value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.drivers import notebook, view
from verbatim.drivers.priorities import Priorities, prioritise
from verbatim.errors import OptionError
from verbatim.results import Result, only_row, visible


class DriverScores(Result):
    """Scores of each driver, its emotions and its quotes. Immutable.

    `frame` has one row per group and driver, by group, falling share, and name. The columns are
    documented in `verbatim.drivers.columns` and, with their formulae, in `meta`.
    A table that you take out is yours: changing it doesn't change the scores.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``drivers``, ``emotions`` and ``quotes``.
    meta : mapping
        How they were made, as JSON can hold it: options, counts, meaning of the columns, engine,
        taxonomy, versions.
    """

    main = "drivers"

    @property
    def emotions(self) -> pd.DataFrame:
        """One row per group, driver and emotion of its opinions, the most frequent first."""
        return self.tables["emotions"].copy(deep=False)

    @property
    def quotes(self) -> pd.DataFrame:
        """Sentences that represent what is said of each driver, for and against, best first."""
        return self.tables["quotes"].copy(deep=False)

    def __repr__(self) -> str:
        return visible(view.text(self.tables["drivers"], self.meta))

    def _repr_html_(self) -> str:
        return notebook.html(self.tables["drivers"], self.meta)

    def driver(self, driver: str, /, **group: object) -> pd.Series[Any]:
        """Take out the row of one driver.

        Parameters
        ----------
        driver : str
            Id of the driver, or its name as it is printed.
        **group
            Where a driver has several rows, the columns of the group or the sub-driver and the
            value of each.

        Raises
        ------
        OptionError
            There is no such row, or more than one; the message says which there are.
        """
        return only_row(self.frame, self._keys, {"driver": self._id(driver), **group})

    def priorities(self) -> Priorities:
        """Say what to fix first, what to keep up, and on what evidence: a sentence per driver.

        Raises
        ------
        OptionError
            The scores were made without an outcome.
        """
        return prioritise(self.frame, self.meta)

    def plot(self) -> Any:
        """Chart of net sentiment with intervals, one per group; an Altair chart.

        Raises
        ------
        OptionError
            Altair isn't installed: ``pip install "verbatim-cx[report]"``.
        """
        from verbatim.charts import sentiment_chart

        return sentiment_chart(self.tables["drivers"], self.meta)

    def plot_priorities(self) -> Any:
        """Chart of importance against net sentiment with the four quadrants; an Altair chart.

        Raises
        ------
        OptionError
            The scores were made without an outcome, or Altair isn't installed.
        """
        from verbatim.charts import priorities_chart

        return priorities_chart(self.priorities().table, self.meta)

    def plot_trend(self) -> Any:
        """Chart of net sentiment through time, for scores by one column of dates or periods.

        ``analysis.trend()`` makes the periods itself and tests for changes.

        Raises
        ------
        OptionError
            The scores are not by one column, or Altair isn't installed.
        """
        from verbatim.charts import trend_chart

        if len(self.meta["by"]) != 1:
            raise OptionError(
                f"plot_trend needs scores by one column of periods, these are by "
                f"{self.meta['by']}; give one, such as drivers(by='month'), or use analysis.trend()"
            )
        frame = self.frame
        periods = frame.iloc[:, 0]
        known = frame[periods.notna()]
        return trend_chart(known.assign(period=[view.label(value) for value in periods.dropna()]))

    def _id(self, driver: str) -> str:
        """Find the id of a driver by its name; on other levels the names are of something else."""
        table = self.tables["drivers"]
        is_named = table["name"].str.casefold() == str(driver).casefold()
        ids = table.loc[is_named, "driver"].unique()
        is_known = self.meta["level"] != "driver" or (table["driver"] == driver).any()
        return driver if is_known or len(ids) != 1 else str(ids[0])

    @property
    def _keys(self) -> list[str]:
        columns = list(self.tables["drivers"].columns)
        return columns[: columns.index("name")]
