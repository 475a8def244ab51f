"""Compare the outcome of the reviews that mention a driver with that of those that don't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator, interval, resampled_means
from verbatim.drivers.cells import Cells, Ints
from verbatim.drivers.columns import OUTCOME
from verbatim.drivers.counts import Mentions, mean_by, sum_by
from verbatim.drivers.options import ScoreOptions
from verbatim.errors import OptionError

Floats = NDArray[np.float64]

MAX_BINS = 200
"""Different values up to which an outcome is resampled exactly; beyond, neighbours share a bin."""


def read_outcome(analysis: Analysis, name: str) -> Floats:
    """Read the outcome of each verbatim as float64, NaN where there is none.

    Raises
    ------
    OptionError
        The column isn't there or holds values that are not finite numbers.
    """
    column = analysis.column(name)
    values = column.astype(object).where(column.notna(), None)
    dated = column.dtype.kind in "mM"
    numbers = [np.nan if value is None else _number(value, dated) for value in values]
    outcome = np.array(numbers, dtype=np.float64)
    wrong = values[np.isinf(outcome)].drop_duplicates()
    if len(wrong):
        some = ", ".join(repr(value) for value in wrong.iloc[:3])
        raise OptionError(
            f"outcome {name!r} holds values that are not finite numbers: {some}; give a numeric "
            "column, such as stars or a 0 to 10 rating, with NA where the outcome isn't known"
        )
    return outcome


def _number(value: Any, dated: bool) -> float:
    return 0.0
