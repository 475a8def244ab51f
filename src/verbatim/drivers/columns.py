"""The tables of the driver scores: one list of columns, from which everything else follows.

Each table starts with the columns of its group (those named in `by`, with the dtype that they have
in the verbatims) and the columns of its driver; then come the columns listed here, in this order.
A review here is a verbatim that was read (`status` ok or truncated); it mentions a driver when it
holds at least one opinion about it. With weights, a review of weight 0 doesn't count; columns of
type int64 still count reviews, and a number of reviews in a formula stands for the sum of their
weights. Figures that can't be given are NA, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from verbatim.labels import EMOTIONS
from verbatim.schema import Column

_LOW, _HIGH = "lower end of the interval of", "upper end of the interval of"

DRIVER = (Column("driver", "str", "driver of the taxonomy"),)
SUBDRIVER = (*DRIVER, Column("subdriver", "str", "sub-driver of the driver"))
THEME = (*DRIVER, Column("theme", "str", "id of the theme, where the analysis was tagged"))

OVERALL = "overall"
"""Driver of themes that are about everything, or about no driver at all."""

SCORES: tuple[Column, ...] = (
    Column("name", "str", "name of the driver or sub-driver for people, from the taxonomy"),
    Column("n_reviews", "int64", "reviews that mention the driver", low=0),
    Column("n_opinions", "int64", "opinions about the driver in these reviews", low=0),
    Column("n_read", "int64", "reviews of the group, whether they mention it or not", low=0),
    Column("share", "float64", "n_reviews / n_read", True, None, 0, 1),
    Column("share_low", "float64", f"{_LOW} share, by Wilson's score method", True, None, 0, 1),
    Column("share_high", "float64", f"{_HIGH} share, by Wilson's score method", True, None, 0, 1),
    Column("positive", "int64", "reviews with positive and without negative opinions of it", low=0),
    Column("negative", "int64", "reviews with negative and without positive opinions of it", low=0),
    Column("neutral", "int64", "reviews with neutral opinions of it only", low=0),
    Column("mixed", "int64", "reviews with both positive and negative opinions of it", low=0),
    Column(
        "net_sentiment", "float64", "100 * (positive - negative) / n_reviews", True, None, -100, 100
    ),
    Column("net_low", "float64", f"{_LOW} net_sentiment, by resampling reviews", True),
    Column("net_high", "float64", f"{_HIGH} net_sentiment, by resampling reviews", True),
    Column(
        "mean_sentiment",
        "float64",
        "mean over n_reviews of the mean sentiment of the review's opinions about the driver",
        True,
        None,
        -1,
        1,
    ),
    Column(
        "emotion",
        "str",
        "emotion that most of n_reviews hold; of equals the more intense, then the first in order",
        True,
        EMOTIONS,
    ),
    Column(
        "emotion_share", "float64", "share of n_reviews that hold this emotion", True, None, 0, 1
    ),
    Column("low_support", "bool", "whether n_effective is below min_reviews"),
    Column(
        "n_effective",
        "float64",
        "effective number of n_reviews (Kish): (sum of weights)^2 / sum of squared weights; "
        "n_reviews without weights",
        low=0,
    ),
)

OUTCOME_MEAN: tuple[Column, ...] = (
    Column("outcome_n", "int64", "reviews that mention the driver and have an outcome", low=0),
    Column("outcome_mean", "float64", "mean outcome of these outcome_n reviews", True),
    Column("outcome_low", "float64", f"{_LOW} outcome_mean, by resampling reviews", True),
    Column("outcome_high", "float64", f"{_HIGH} outcome_mean, by resampling reviews", True),
    Column(
        "outcome_low_support",
        "bool",
        "whether outcome_n, with weights its effective number, is below min_reviews",
    ),
)
"""Of the outcome of those that mention the driver; a trend has these alone."""

OUTCOME: tuple[Column, ...] = (
    *OUTCOME_MEAN,
    Column(
        "outcome_n_without", "int64", "reviews that have an outcome and don't mention it", low=0
    ),
    Column("outcome_without", "float64", "mean outcome of these outcome_n_without reviews", True),
    Column("outcome_gap", "float64", "outcome_mean - outcome_without", True),
    Column("outcome_gap_low", "float64", f"{_LOW} outcome_gap, by resampling reviews", True),
    Column("outcome_gap_high", "float64", f"{_HIGH} outcome_gap, by resampling reviews", True),
)

CLASSES = ("basic", "performance", "excitement", "unclear")
"""What a driver is by its reward and penalty."""

QUADRANTS = ("fix first", "keep up", "low priority", "possible overkill")
"""Where a driver stands by importance and net sentiment."""


def _with_interval(name: str, meaning: str, low: float | None = None) -> tuple[Column, ...]:
    """Column and the two ends of its interval; with a lower bound the range is its negative."""
    ends = tuple(
        Column(f"{name}_{end}", "float64", f"{said} {name}, by resampling reviews", True)
        for end, said in (("low", _LOW), ("high", _HIGH))
    )
    high = None if low is None else 100 if low == 0 else -low
    return (Column(name, "float64", meaning, True, None, low, high), *ends)


IMPACT: tuple[Column, ...] = (
    *_with_interval(
        "impact",
        "leave-driver-out: mean outcome of all less that of the reviews that don't mention the "
        "driver, = n (outcome_mean - mean of all) / (N - n) with n = outcome_n, N = n + "
        "outcome_n_without",
    ),
    *_with_interval(
        "reward",
        "coefficient of a positive mention in the regression of the outcome on positive and "
        "negative mentions of every driver (mixed = both), ridge by GCV",
    ),
    *_with_interval("penalty", "coefficient of a negative mention in the same regression"),
    *_with_interval(
        "points",
        "reward * share of positive mentions + penalty * share of negative ones; sums with "
        "baseline to the mean outcome",
    ),
    Column(
        "baseline",
        "float64",
        "intercept of the regression: outcome to expect without any positive or negative mention",
        True,
    ),
    *_with_interval(
        "importance",
        "share of the regression's R2, in percent: Shapley value (lmg) or Johnson's relative "
        "weight, of both columns of the driver together; sums to 100",
        0,
    ),
    *_with_interval(
        "asymmetry_index",
        "(r - q) / (r + q), r = reward and q = -penalty, neither below 0; both signs turned where "
        "higher is not better",
        -1,
    ),
    Column(
        "asymmetry",
        "str",
        "basic or excitement where the interval of asymmetry_index lies beyond -1/3 or 1/3 (one "
        "at least twice the other), performance where it lies between, else unclear",
        True,
        CLASSES,
    ),
    Column(
        "quadrant",
        "str",
        "by importance, from its mean up or below, and net_sentiment, above or below that of all "
        "mentions: fix first (high, low), keep up (high, high), low priority (low, low), possible "
        "overkill (low, high); NA where net_sentiment is exactly that of all mentions",
        True,
        QUADRANTS,
    ),
    Column(
        "quadrant_probability",
        "float64",
        "share of the resamples that place the driver in this quadrant",
        True,
        None,
        0,
        1,
    ),
)

PRIORITIES: tuple[Column, ...] = (
    Column("quadrant", "str", "as in the scores; NA where it can't be placed", True, QUADRANTS),
    Column("quadrant_probability", "float64", "as in the scores", True, None, 0, 1),
    Column("n_reviews", "int64", "reviews that mention the driver", low=0),
    *_with_interval("importance", "as in the scores: the horizontal axis", 0),
    Column("importance_cut", "float64", "mean importance of the group's drivers", True),
    Column(
        "net_sentiment", "float64", "as in the scores: the vertical axis", True, None, -100, 100
    ),
    Column("net_low", "float64", f"{_LOW} net_sentiment, by resampling reviews", True),
    Column("net_high", "float64", f"{_HIGH} net_sentiment, by resampling reviews", True),
    Column(
        "net_cut",
        "float64",
        "net sentiment of all mentions of the group: 100 * sum (positive - negative) / sum "
        "n_reviews over its drivers, = sum (share * net_sentiment) / sum share",
        True,
    ),
    Column("asymmetry", "str", "as in the scores", True, CLASSES),
    Column("low_support", "bool", "as in the scores: whether n_effective is below min_reviews"),
    Column("outcome_n", "int64", "of n_reviews, those that have an outcome", low=0),
    Column(
        "outcome_low_support", "bool", "as in the scores: whether outcome_n is below min_reviews"
    ),
    Column("advice", "str", "what to do, and on what evidence"),
)

EMOTION_MIX: tuple[Column, ...] = (
    Column("emotion", "str", "emotion of an opinion about the driver", values=EMOTIONS),
    Column("n_reviews", "int64", "reviews that hold this emotion about the driver", low=1),
    Column("share", "float64", "n_reviews / reviews that mention the driver", False, None, 0, 1),
    Column(
        "intensity",
        "float64",
        "mean over n_reviews of the strongest intensity in the review: 1 mild, 2 clear, 3 strong",
        True,
        None,
        1,
        3,
    ),
)

QUOTES: tuple[Column, ...] = (
    Column("label", "str", "side that the quote speaks for", values=("positive", "negative")),
    Column("rank", "int64", "1 for the quote that represents the side best", low=1),
    Column("id", "id", "key of the verbatim"),
    Column("sentence", "int64", "number of the sentence in its verbatim, from 0", low=0),
    Column("text", "str", "the sentence: the verbatim's text[start:end]"),
    Column("start", "int64", "first character in the original text, in code points", low=0),
    Column("end", "int64", "one past the last character in the original text", low=0),
    Column("target", "str", "words that name what is judged; NA when implied", True),
    Column("assessment", "str", "words that carry the judgement; NA for a bare fact", True),
    Column("confidence", "float64", "probability that driver and sign are right", low=0, high=1),
)

RESERVED = frozenset(
    column.name
    for table in (SUBDRIVER, THEME, SCORES, OUTCOME, IMPACT, PRIORITIES, EMOTION_MIX, QUOTES)
    for column in table
)


def group_name(name: object) -> object:
    """Name of the column that shows the group: `by_` before a name that the tables need.

    Examples
    --------
    >>> group_name("city"), group_name("label")
    ('city', 'by_label')
    """
    return f"by_{name}" if name in RESERVED else name


def typed(columns: Iterable[Column], data: Mapping[str, Any]) -> pd.DataFrame:
    """Make a frame with the columns in their order and dtype; ids keep the dtype they have."""
    frame = pd.DataFrame({column.name: data[column.name] for column in columns})
    return frame.astype({column.name: column.dtype for column in columns if column.dtype != "id"})


def meanings(columns: Iterable[Column]) -> dict[str, str]:
    """Name and meaning, with the formula, of each column.

    Examples
    --------
    >>> meanings(SCORES)["share"]
    'n_reviews / n_read'
    """
    return {column.name: column.meaning for column in columns}
