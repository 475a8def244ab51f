"""An evaluation, as a value."""

from __future__ import annotations

import pandas as pd

from verbatim.evaluation import view
from verbatim.results import Result, visible


class Evaluation(Result):
    """How often a taxonomy gives labelled texts their driver. Immutable.

    `frame` has one row per driver of the taxonomy, in its order.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``drivers`` and ``confusions``; their columns stand in `verbatim.evaluation.columns` and,
        with their formulae, in `meta`.
    meta : mapping
        How it was made, as JSON can hold it: counts, accuracy, texts left open or out, methods.
    """

    main = "drivers"

    @property
    def confusions(self) -> pd.DataFrame:
        """One row per label and other driver that was given instead, the most frequent first."""
        return self.tables["confusions"].copy(deep=False)

    def __repr__(self) -> str:
        return visible(view.text(self.tables, self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables, self.meta)
