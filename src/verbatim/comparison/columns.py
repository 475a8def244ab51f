"""The table of a comparison: one list of columns, from which everything else follows.

In front stand the columns named in `by`, as text; then the columns listed here, in this order.
"""

from __future__ import annotations

from verbatim.drivers.columns import SUBDRIVER, THEME
from verbatim.schema import Column

MEASURES = ("net_sentiment", "share", "impact")
"""What is compared; impact only with an outcome."""

REFERENCE = (
    Column("reference", "str", "what the group is compared with: a group, or rest", nullable=True),
)

DIFFERENCES: tuple[Column, ...] = (
    Column("name", "str", "name of the driver or sub-driver for people, from the taxonomy"),
    Column(
        "measure",
        "str",
        "net_sentiment: 100 (P - N) / n over the n reviews that mention the driver; share: of all "
        "reviews read that mention it; impact: mean outcome of all reviews less that of the "
        "reviews that don't mention it",
        values=MEASURES,
    ),
    Column("value", "float64", "the measure in the group", True),
    Column("reference_value", "float64", "the measure in the reference", True),
    Column("difference", "float64", "value - reference_value", True),
    Column("low", "float64", "lower end of the interval of difference", True),
    Column("high", "float64", "upper end of the interval of difference", True),
    Column(
        "p_value",
        "float64",
        "chance of one as large where there is none",
        True,
        None,
        0,
        1,
    ),
    Column(
        "q_value", "float64", "Benjamini-Hochberg over all p-values of the table", True, None, 0, 1
    ),
    Column("significant", "bool", "whether q_value is at most fdr"),
    Column(
        "n_reviews",
        "int64",
        "reviews of the group that mention the driver; for impact, of those with an outcome",
        low=0,
    ),
    Column("n_read", "int64", "reviews of the group, whether they mention it or not", low=0),
    Column("reference_n_reviews", "int64", "reviews of the reference that mention it", low=0),
    Column("reference_n_read", "int64", "reviews of the reference", low=0),
    Column(
        "low_support",
        "bool",
        "whether n_reviews or reference_n_reviews (for share n_read or reference_n_read), with "
        "weights their effective number, is below min_reviews",
    ),
)

METHODS = {
    "net_sentiment": "interval: Bayesian bootstrap of both sides; test: studentised permutation of "
    "the reviews that mention the driver, twice the smaller tail",
    "share": "interval: Newcombe; test: studentised permutation of all reviews, twice the smaller "
    "tail",
    "impact": "interval and test: Student's t, variance by the delta method, Satterthwaite's "
    "degrees of freedom",
    "q_value": "Benjamini and Hochberg over all p-values of the table",
    "weights": "weighted reviews count as their effective number (Kish): (sum of weights)^2 / sum "
    "of squared weights",
}
"""How the figures are made."""

RESERVED = frozenset(column.name for column in (*REFERENCE, *SUBDRIVER, *THEME, *DIFFERENCES))


def group_column(name: object) -> str:
    """Name of the column that shows the group: `by_` before a name that the table needs.

    Examples
    --------
    >>> group_column("city"), group_column("value")
    ('city', 'by_value')
    """
    return f"by_{name}" if name in RESERVED else str(name)
