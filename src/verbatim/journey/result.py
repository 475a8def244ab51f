"""A journey, as a value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.journey import view
from verbatim.journey.findings import findings
from verbatim.results import Result, visible


class Journey(Result):
    """The customer's journey by stage and touchpoint. Immutable.

    `frame` has one row per cell, a touchpoint at a stage: volume and net sentiment. The columns
    are documented in `verbatim.journey.columns` and, with their formulae, in `meta`. In
    the tables other than `stages` and `frame` a row whose touchpoint is NA is about a whole stage.
    A table that you take out is yours: changing it doesn't change the journey.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``stages``, ``cells``, ``activities``, ``feelings``, ``discoveries``, ``opportunities`` and
        ``reliability``.
    meta : mapping
        How they were made, as JSON can hold it: options, the map's stages and touchpoints, counts,
        what isn't told reliably, meaning of the columns, engine, taxonomy, versions.
    """

    main = "cells"

    @property
    def stages(self) -> pd.DataFrame:
        """One row per stage: the emotional curve."""
        return self.tables["stages"].copy(deep=False)

    @property
    def activities(self) -> pd.DataFrame:
        """What customers did at each stage and cell, the most common first."""
        return self.tables["activities"].copy(deep=False)

    @property
    def feelings(self) -> pd.DataFrame:
        """Emotions of each stage and cell, the most frequent first, each with a quote."""
        return self.tables["feelings"].copy(deep=False)

    @property
    def discoveries(self) -> pd.DataFrame:
        """What was tested at each stage and cell against the rest, the surest first."""
        return self.tables["discoveries"].copy(deep=False)

    @property
    def opportunities(self) -> pd.DataFrame:
        """Pains, unsolved problems, suggestions and requests, the most costly first."""
        return self.tables["opportunities"].copy(deep=False)

    @property
    def reliability(self) -> pd.DataFrame:
        """What the engine tells reliably, with its accuracy on held-out sentences."""
        return self.tables["reliability"].copy(deep=False)

    def __repr__(self) -> str:
        return visible(view.text(self.tables, self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables, self.meta)

    def findings(self, n: int = 5) -> list[str]:
        """Say what stands out and what costs most, stage by stage, in up to n sentences."""
        return list(map(visible, findings(self.tables, self.meta, n)))

    def plot(self) -> Any:
        """Chart of the emotional curve, net sentiment by stage; an Altair chart.

        Raises
        ------
        OptionError
            Altair isn't installed: ``pip install "verbatim-cx[report]"``.
        """
        from verbatim.charts import journey_chart

        return journey_chart(self.tables["stages"], self.meta)
