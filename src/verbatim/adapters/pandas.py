"""A pandas accessor: ``df.verbatim.analyze("review")``, once this module is imported.

>>> import pandas as pd
>>> import verbatim.adapters.pandas
>>> reviews = pd.DataFrame({"review": ["Lovely staff", "Dirty room"], "stars": [5, 2]})
>>> reviews.verbatim.analyze("review", engine="lexicon").opinions["driver"].tolist()
['staff', 'cleanliness']
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.analyzer import analyze

__all__ = ["VerbatimAccessor"]


@pd.api.extensions.register_dataframe_accessor("verbatim")
class VerbatimAccessor:
    """What ``df.verbatim`` is. A column of that name stays at ``df["verbatim"]``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def analyze(self, text: str, **options: Any) -> Analysis:
        """Analyse the verbatims in the column `text`; the other columns ride along.

        Parameters
        ----------
        text : str
            The column that holds the verbatims.
        **options
            Those of `verbatim.analyze`: id, taxonomy, engine, n_jobs, question, progress.

        Raises
        ------
        InputError
            There is no such column.
        OptionError, TaxonomyError
            An option has a value that is not allowed.
        """
        return analyze(self._frame, text=text, **options)
