"""Weight an analysis so that its reviews have the known distribution of the customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import effective_number
from verbatim.weights.raking import rake, shares, trim
from verbatim.weights.targets import Margin, read_margins

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def post_stratify(
    analysis: Analysis,
    to: Mapping[str, Mapping[Any, float]],
    *,
    column: str = "weight",
    weight: str | None = None,
    limit: float | None = None,
) -> Analysis:
    """Add a column of weights with which the reviews have a known distribution.

    With one column in `to` a review weighs the known share of its value over its share in the
    sample; with several the weights are raked (see `verbatim.weights.raking`). They have mean 1.

    Only verbatims that were read are weighted, as only they are scored; others have weight 0.
    Reviews that lack a value in a column of `to` are kept: together they have the share that they
    have in the sample, and the known shares hold among the rest.

    Parameters
    ----------
    analysis : Analysis
    to : mapping of str to mapping
        For each column of the verbatims the share that each of its values has among all customers,
        summing to 1. A share of 0 leaves the value's reviews out.
    column : str
        Name of the new column.
    weight : str, optional
        Column of weights to start from, such as those of the design of a survey.
    limit : float, optional
        Bound of the weights, as a multiple of their mean. Weights above are trimmed to it, which
        makes figures surer and leaves the shares off what is known; `describe` says by how much.

    Returns
    -------
    Analysis
        With the new column last, and how it was made in ``meta["weights"][column]``.

    Raises
    ------
    OptionError
        A share or the limit is out of its range, shares don't sum to 1, a value has a share and no
        review or a review and no share, `column` is there already, or no weights have all shares at
        once. The message names the value and the fix.

    References
    ----------
    D. Holt and T. M. F. Smith (1979), Post stratification, JRSS A 142, 33-46.

    Examples
    --------
    >>> import pandas as pd, verbatim
    >>> reviews = pd.DataFrame({"review": ["Rude", "Dirty room", "Great"], "stars": [1, 1, 5]})
    >>> analysis = verbatim.analyze(reviews, text="review", engine="lexicon")
    >>> weighted = post_stratify(analysis, to={"stars": {1: 0.2, 5: 0.8}})
    >>> weighted.verbatims["weight"].round(2).tolist()
    [0.3, 0.3, 2.4]
    """
    bound = _limit(limit)
    if column in analysis.verbatims.columns:
        raise OptionError(
            f"column {column!r} is there already; name the new one otherwise, such as "
            f"column='{column}_2', or start from the analysis without it"
        )
    base = review_weights(analysis, weight)
    rows = np.flatnonzero(base > 0)
    margins = read_margins(analysis, to, rows, base[rows])
    raked = rake(margins, base[rows])
    kept = trim(raked, bound) if bound else raked
    weights = np.zeros(len(analysis))
    weights[rows] = kept
    made = {"weight": weight, "limit": bound, "n_trimmed": int((raked > kept).sum())}
    return _with_column(analysis, column, weights, made | _account(margins, base[rows], kept))


def _limit(limit: object) -> float | None:
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, Real) or not 1 < float(limit) < np.inf:
        raise OptionError(
            f"limit={limit!r} is not allowed; give a multiple of the mean weight above 1, such as 5"
        )
    return float(limit)


def _with_column(
    analysis: Analysis, column: str, weights: Floats, made: Mapping[str, Any]
) -> Analysis:
    verbatims = analysis.verbatims
    verbatims[column] = weights
    notes = {**analysis.meta.get("weights", {}), column: dict(made)}
    return Analysis(
        {**analysis.tables, "verbatims": verbatims}, {**analysis.meta, "weights": notes}
    )


def _account(margins: Sequence[Margin], base: Floats, weights: Floats) -> dict[str, Any]:
    """What the weights are and what they cost, as JSON can hold it."""
    number = effective_number(weights)
    return {
        "n": int((weights > 0).sum()),
        "n_effective": number,
        "design_effect": int((weights > 0).sum()) / number,
        "margins": [
            {
                "column": str(margin.column),
                "value": _plain(margin.values[i]),
                "n": int((margin.codes == i).sum()),
                "sample": float(before[i]),
                "target": float(margin.target[i]),
                "weighted": float(after[i]),
            }
            for margin, before, after in (
                (margin, shares(margin, base), shares(margin, weights)) for margin in margins
            )
            for i in range(len(margin.values))
        ],
    }


def _plain(value: Any) -> Any:
    """Make a value that JSON can hold; stars of 5.0 are 5."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float) and plain.is_integer():
        return int(plain)
    if plain is None or isinstance(plain, (bool, int, float, str)):
        return plain
    return plain.isoformat() if isinstance(plain, date) else str(plain)
