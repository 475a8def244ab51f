"""Say what a column of weights costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.results import visible
from verbatim.weights.columns import review_weights, was_read
from verbatim.weights.effective import effective_number

_MARGINS = ("column", "value", "n", "sample", "target", "weighted")


@dataclass(frozen=True, eq=False, repr=False)
class WeightSummary:
    """What weights of an analysis are and what they cost.

    Attributes
    ----------
    weight : str
        Column of the weights.
    n, n_zero : int
        Reviews that were read with a weight above 0, and those with a weight of 0, which don't
        count.
    n_effective : float
        Kish's effective number of reviews: so many of equal weight would tell as much.
    design_effect : float
        n / n_effective, from 1: how many times more reviews are needed than without weights.
    lowest, highest : float
        Lowest and highest weight above 0, as multiples of their mean.
    limit : float or None
        Bound of the weights in `post_stratify`.
    n_trimmed : int
        Reviews whose weight was cut to the bound.
    margins : DataFrame
        Of weights that `post_stratify` made, for each column and value weighted to: reviews, share
        in the sample, known share, and share with the weights, when they were made. Without rows
        for other weights.
    """

    weight: str
    n: int
    n_zero: int
    n_effective: float
    design_effect: float
    lowest: float
    highest: float
    limit: float | None
    n_trimmed: int
    margins: pd.DataFrame

    def __repr__(self) -> str:
        lines = [
            f"Weights {self.weight!r}: {self.n:,} reviews tell as much as {self.n_effective:,.1f} "
            f"of equal weight, design effect {self.design_effect:.2f}",
            f"from {self.lowest:.2f} to {self.highest:.2f} times the mean"
            + (f"; {self.n_zero:,} more weigh 0" if self.n_zero else ""),
        ]
        if self.limit is not None:
            lines.append(f"{self.n_trimmed:,} trimmed to {self.limit:g} times the mean")
        if len(self.margins):
            lines += ["", self.margins.to_string(index=False, float_format="{:.3f}".format)]
        return visible("\n".join(lines))


def describe(analysis: Analysis, weight: str = "weight") -> WeightSummary:
    """Summarise a column of weights: effective number of reviews, design effect, extremes.

    Parameters
    ----------
    analysis : Analysis
    weight : str
        Column of the verbatims, made by `post_stratify` or your own.

    Raises
    ------
    OptionError
        The column isn't there or holds values that are not weights.

    Examples
    --------
    >>> import pandas as pd, verbatim
    >>> reviews = pd.DataFrame({"review": ["Rude staff", "Great"], "w": [1.0, 3.0]})
    >>> describe(verbatim.analyze(reviews, text="review", engine="lexicon"), "w")
    Weights 'w': 2 reviews tell as much as 1.6 of equal weight, design effect 1.25
    from 0.50 to 1.50 times the mean
    """
    weights = review_weights(analysis, weight)
    held = np.sort(weights[weights > 0])
    mean = held.mean() if len(held) else np.nan
    number = effective_number(weights)
    made: dict[str, Any] = analysis.meta.get("weights", {}).get(weight, {})
    return WeightSummary(
        weight=str(weight),
        n=len(held),
        n_zero=int(was_read(analysis).sum()) - len(held),
        n_effective=number,
        design_effect=len(held) / number if number else np.nan,
        lowest=float(held[0] / mean) if len(held) else np.nan,
        highest=float(held[-1] / mean) if len(held) else np.nan,
        limit=made.get("limit"),
        n_trimmed=made.get("n_trimmed", 0),
        margins=pd.DataFrame(made.get("margins", []), columns=list(_MARGINS)),
    )
