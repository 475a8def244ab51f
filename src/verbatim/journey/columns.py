"""The tables of a journey: one list of columns, from which everything else follows.

Each table starts with the columns of its group, ``stage`` and ``touchpoint``. A review here is a
verbatim that was read; it is *at* a stage or a cell with the sentences that stand there. Reviews of
weight 0 don't count; with weights, columns of type int64 still count reviews and all other figures
are weighted.
"""

from __future__ import annotations

from verbatim.labels import EMOTIONS
from verbatim.schema import Column

_LOW, _HIGH = "lower end of the interval of", "upper end of the interval of"

STAGE = Column("stage", "str", "stage of the journey")
TOUCHPOINT = Column(
    "touchpoint", "str", "where customer and company met; other: nowhere that is drawn"
)

FIGURES: tuple[Column, ...] = (
    Column("n_reviews", "int64", "reviews with a sentence here", low=0),
    Column("n_sentences", "int64", "sentences here", low=0),
    Column("n_read", "int64", "reviews of the group", low=0),
    Column("share", "float64", "n_reviews / n_read", True, None, 0, 1),
    Column("positive", "int64", "reviews that only praise here", low=0),
    Column("negative", "int64", "reviews that only criticise here", low=0),
    Column("mixed", "int64", "reviews that do both here", low=0),
    Column("neutral", "int64", "reviews that judge neutrally here", low=0),
    Column("n_judged", "int64", "positive + negative + mixed + neutral; others judge nothing"),
    Column(
        "net_sentiment", "float64", "100 * (positive - negative) / n_judged", True, None, -100, 100
    ),
    Column("net_low", "float64", f"{_LOW} net_sentiment, by resampling reviews", True),
    Column("net_high", "float64", f"{_HIGH} net_sentiment, by resampling reviews", True),
    Column("emotion", "str", "emotion that most of n_reviews hold here", True, EMOTIONS),
    Column("emotion_share", "float64", "share of n_reviews that hold it", True, None, 0, 1),
    Column(
        "low_support",
        "bool",
        "whether n_judged, with weights its effective number, is below min_reviews",
    ),
)

_QUOTE: tuple[Column, ...] = (
    Column("id", "id", "key of the verbatim that is quoted", True),
    Column("sentence", "Int64", "number of the sentence in it, from 0", True),
    Column("text", "str", "the sentence", True),
)

ACTIVITIES: tuple[Column, ...] = (
    Column("activity", "str", "what customers did, in the words that they use most"),
    Column("n_reviews", "int64", "reviews that tell of it here", low=1),
    Column("share", "float64", "share of the reviews here", False, None, 0, 1),
    *_QUOTE,
)

FEELINGS: tuple[Column, ...] = (
    Column("emotion", "str", "emotion felt here", values=EMOTIONS),
    Column("n_reviews", "int64", "reviews that hold it here", low=1),
    Column("share", "float64", "share of the reviews here", False, None, 0, 1),
    Column(
        "intensity",
        "float64",
        "mean over n_reviews of the strongest intensity here: 1 mild, 2 clear, 3 strong",
        low=1,
        high=3,
    ),
    Column("is_reliable", "bool", "whether the engine tells this emotion reliably"),
    *_QUOTE,
)

DISCOVERY_KINDS = ("sentiment", "complaint", "praise", "emotion")

DISCOVERIES: tuple[Column, ...] = (
    Column(
        "kind",
        "str",
        "sentiment: net sentiment of sentences; complaint, praise: sentences that criticise or "
        "praise a driver; emotion: sentences that hold it",
        values=DISCOVERY_KINDS,
    ),
    Column("subject", "str", "driver or emotion; NA for sentiment", True),
    Column("name", "str", "the subject for people"),
    Column(
        "value",
        "float64",
        "share of the sentences here, 0 to 1; sentiment: 100 * mean sign of those that judge",
        True,
    ),
    Column("rest", "float64", "the same in the rest of the journey", True),
    Column("difference", "float64", "value - rest", True),
    Column("n_reviews", "int64", "reviews that say it here; for sentiment, that judge here", low=0),
    Column("p_value", "float64", "chance of one as large where there is none", True, None, 0, 1),
    Column("q_value", "float64", "Benjamini-Hochberg over all rows", True, None, 0, 1),
    Column("significant", "bool", "whether q_value is at most fdr"),
    Column("low_support", "bool", "whether the reviews here are fewer than min_reviews"),
)

OPPORTUNITY_KINDS = ("pain", "unsolved", "suggestion", "request")

OPPORTUNITIES: tuple[Column, ...] = (
    Column(
        "kind",
        "str",
        "pain: criticism; unsolved: a problem raised and not put right; suggestion, request: what "
        "customers propose and ask for",
        values=OPPORTUNITY_KINDS,
    ),
    Column("driver", "str", "driver that it is about; NA where none is judged", True),
    Column("name", "str", "the driver for people"),
    Column("rank", "int64", "1 for the most costly of its place", low=1),
    Column("n_reviews", "int64", "reviews that hold it here", low=1),
    Column("share", "float64", "share of the group's reviews", False, None, 0, 1),
    Column(
        "low_support",
        "bool",
        "whether n_reviews, with weights its effective number, is below min_reviews",
    ),
    *_QUOTE,
)

STAKES: tuple[Column, ...] = (
    Column("outcome_n", "int64", "reviews that hold it and have an outcome", low=0),
    Column(
        "points",
        "float64",
        "what the mean outcome would gain if the reviews that hold it were like those that don't, "
        "all other opportunities of their level held equal: share times the coefficient of one "
        "ridge regression; NA below 10 reviews",
        True,
    ),
    Column("points_low", "float64", f"{_LOW} points, by Student's t", True),
    Column("points_high", "float64", f"{_HIGH} points, by Student's t", True),
)

RELIABILITY: tuple[Column, ...] = (
    Column("head", "str", "what the engine tells", values=("stage", "touchpoint", "emotion")),
    Column("name", "str", "stage, touchpoint or emotion"),
    Column("is_drawn", "bool", "whether the map draws it (emotions always are, and are marked)"),
    Column("n_sentences", "int64", "sentences of these reviews that the engine gives it", low=0),
    Column("precision", "float64", "on held-out sentences; NA where not known", True, None, 0, 1),
    Column("recall", "float64", "on held-out sentences; NA where not known", True, None, 0, 1),
    Column("f1", "float64", "on held-out sentences; NA where not known", True, None, 0, 1),
    Column("n_found", "Int64", "held-out sentences on which the engine found it", True),
    Column("n_annotated", "Int64", "held-out sentences annotated with it", True),
)

METHODS = {
    "net_sentiment": "a review counts once per place; interval: Bayesian bootstrap of reviews",
    "activities": "first-person verbs and their objects by patterns, folded, counted over reviews",
    "discoveries": "sentences of a place against those of all other places; score test with the "
    "review as the cluster, Student's t, q by Benjamini and Hochberg over all tests",
    "points": "share times coefficient of a ridge regression of the outcome on all opportunities "
    "of a level; Student's t with the variance of the product by the delta method, that of the "
    "coefficient by White (HC1)",
    "reliability": "a stage or touchpoint is drawn if the engine was right on at least 60% of at "
    "least 10 held-out sentences on which it found it, or if it is found by phrases",
}
"""How the figures are made."""

RESERVED = frozenset(
    column.name
    for table in (
        (STAGE, TOUCHPOINT),
        FIGURES,
        ACTIVITIES,
        FEELINGS,
        DISCOVERIES,
        OPPORTUNITIES,
        STAKES,
    )
    for column in table
)


def group_column(name: object) -> str:
    """Name of the column that shows the group: `by_` before a name that the tables need.

    Examples
    --------
    >>> group_column("city"), group_column("stage")
    ('city', 'by_stage')
    """
    return f"by_{name}" if name in RESERVED else str(name)
