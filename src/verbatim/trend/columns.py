"""The tables of a trend: one list of columns, from which everything else follows.

The columns of the driver stand behind those of the period, which come first in `frame`, and before
all others in the other tables.
"""

from __future__ import annotations

from verbatim.drivers.columns import DRIVER, OUTCOME_MEAN, SUBDRIVER
from verbatim.schema import Column

MEASURES = ("net_sentiment", "share")
"""What may change."""

_NAME = Column("name", "str", "name of the driver or sub-driver for people, from the taxonomy")
_LOW, _HIGH = "lower end of the interval of", "upper end of the interval of"

PERIOD: tuple[Column, ...] = (
    Column("period", "str", "the period, such as 2025-03; a week by its Monday"),
    Column("start", "datetime64[s]", "first day of the period"),
)

POINTS: tuple[Column, ...] = (
    _NAME,
    Column("n_reviews", "int64", "reviews of the period that mention the driver", low=0),
    Column("n_read", "int64", "reviews of the period, whether they mention it or not", low=0),
    Column("share", "float64", "n_reviews / n_read", True, None, 0, 1),
    Column("share_low", "float64", f"{_LOW} share, by Wilson's score method", True, None, 0, 1),
    Column("share_high", "float64", f"{_HIGH} share, by Wilson's score method", True, None, 0, 1),
    Column("share_change", "bool", "whether the share changes with this period"),
    Column(
        "net_sentiment", "float64", "100 * (positive - negative) / n_reviews", True, None, -100, 100
    ),
    Column("net_low", "float64", f"{_LOW} net_sentiment, by resampling reviews", True),
    Column("net_high", "float64", f"{_HIGH} net_sentiment, by resampling reviews", True),
    Column("net_change", "bool", "whether the net sentiment changes with this period"),
    Column(
        "low_support",
        "bool",
        "whether n_reviews, with weights its effective number, is below min_reviews",
    ),
)

CHANGES: tuple[Column, ...] = (
    _NAME,
    Column("measure", "str", "what changes", values=MEASURES),
    Column("since", "str", "first period of the level before"),
    Column("period", "str", "first period of the level after"),
    Column("until", "str", "last period of the level after"),
    Column("before", "float64", "the measure over all reviews from since to before period"),
    Column("after", "float64", "the measure over all reviews from period to until"),
    Column("difference", "float64", "after - before"),
    Column("low", "float64", f"{_LOW} difference"),
    Column("high", "float64", f"{_HIGH} difference"),
    Column("p_value", "float64", "chance of a split as clear if nothing changes", low=0, high=1),
    Column("q_value", "float64", "Benjamini-Hochberg over all tests of its round", low=0, high=1),
    Column("n_before", "int64", "reviews behind before (for share, all that were read)", low=0),
    Column("n_after", "int64", "reviews behind after (for share, all that were read)", low=0),
    Column("low_support", "bool", "whether n_before or n_after is below min_reviews"),
)

METHODS = {
    "change": "binary segmentation; each split is tested by its largest standardised difference, "
    "over the dispersion of the periods where that is above 1, against random arrangements of the "
    "reviews",
    "q_value": "Benjamini and Hochberg over all tests of a round",
    "difference": "interval of net_sentiment: Bayesian bootstrap of both sides; of share: Newcombe",
    "weights": "intervals: weighted reviews count as their effective number (Kish), (sum of "
    "weights)^2 / sum of squared weights; test: each review keeps its weight where it is arranged",
}
"""How the figures are made."""

TESTS: tuple[Column, ...] = (
    _NAME,
    Column("measure", "str", "what may change", values=MEASURES),
    Column("n_periods", "int64", "periods that have reviews", low=0),
    Column("n_reviews", "int64", "reviews (for share, all that were read)", low=0),
    Column("period", "str", "where the clearest split is: the first period after it", True),
    Column(
        "dispersion",
        "float64",
        "squared differences between neighbouring periods over those of random reviews; 1 is calm",
        True,
        low=0,
    ),
    Column(
        "p_value", "float64", "chance of a split as clear if nothing changes", True, low=0, high=1
    ),
    Column("q_value", "float64", "Benjamini-Hochberg over all rows", True, None, 0, 1),
    Column("n_changes", "int64", "changes that were found, this one and others", low=0),
)

RESERVED = frozenset(
    column.name for column in (*PERIOD, *DRIVER, *SUBDRIVER, *POINTS, *CHANGES, *TESTS)
) | {"theme", *(column.name for column in OUTCOME_MEAN)}


def group_column(name: object) -> str:
    """Name of the column that shows the group: `by_` before a name that the tables need.

    Examples
    --------
    >>> group_column("city"), group_column("period")
    ('city', 'by_period')
    """
    return f"by_{name}" if name in RESERVED else str(name)
