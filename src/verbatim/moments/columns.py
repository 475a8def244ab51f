"""The tables of moments: one list of columns, from which everything else follows.

In front stand the columns named in `by`; then the columns listed here, in this order.
"""

from __future__ import annotations

from verbatim.labels import INTERACTIONS, RESOLUTIONS, SENTIMENT_LABELS
from verbatim.schema import Column

KINDS = ("safety", "discrimination", "legal", "unsolved", "churn", "wow")
"""Alerts, and at the end what is worth celebrating."""

_WHERE = "in the original text, in code points"

MOMENTS: tuple[Column, ...] = (
    Column("rank", "int64", "place among the alerts, or among the wow moments, from 1", low=1),
    Column("kind", "str", "what sort of moment it is", values=KINDS),
    Column("urgency", "int64", "of the rule, 0 to 100, and 1 for each sign that agrees", low=0),
    Column("reason", "str", "what the rule says, and the signs that agree"),
    Column("quote", "str", "the sentence that holds the trigger"),
    Column("start", "int64", f"first character of the quote {_WHERE}", low=0),
    Column("end", "int64", f"one past the last character of the quote {_WHERE}", low=0),
    Column("trigger", "str", "the words that triggered the rule"),
    Column("trigger_start", "int64", f"first character of the trigger {_WHERE}", low=0),
    Column("trigger_end", "int64", f"one past the last character of the trigger {_WHERE}", low=0),
    Column("rule", "str", "the rule, as kind/name"),
    Column("n_triggers", "int64", "triggers of this kind in the verbatim", low=1),
    Column("label", "str", "sign of the sentence", values=SENTIMENT_LABELS),
    Column("sentiment", "float64", "sentiment of the sentence", True, None, -1, 1),
    Column(
        "opinion_sentiment",
        "float64",
        "of the opinions in the sentence, the most negative; for wow the most positive",
        True,
        None,
        -1,
        1,
    ),
    Column("emotions", "str", "emotions of the sentence with their intensity, 1 to 3", True),
    Column("intents", "str", "intents of the sentence", True),
    Column("interaction", "str", "whether the company acted unasked", True, INTERACTIONS),
    Column("resolution", "str", "whether a problem was put right", True, RESOLUTIONS),
)

COUNTS: tuple[Column, ...] = (
    Column("kind", "str", "what sort of moment it is", values=KINDS),
    Column("name", "str", "its name for people"),
    Column("n_reviews", "int64", "reviews that hold such a moment", low=0),
    Column("n_read", "int64", "reviews of the group, whether they hold one or not", low=0),
    Column("share", "float64", "n_reviews / n_read", True, None, 0, 1),
    Column("share_low", "float64", "lower end of the interval of share, by Wilson's method", True),
    Column("share_high", "float64", "upper end of the interval of share, by Wilson's method", True),
    Column("low_support", "bool", "whether n_read is below min_reviews"),
)

RESERVED = frozenset(column.name for column in (*MOMENTS, *COUNTS))
