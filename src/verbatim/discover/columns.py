"""The tables of the themes: one list of columns, from which everything else follows."""

from __future__ import annotations

from verbatim.drivers.columns import SCORES, THEME
from verbatim.schema import Column

__all__ = ["CHANGES", "CHANGE_KINDS", "EMERGING", "GREW", "SUBJECTS", "THEME", "THEMES"]

_OF_DRIVERS = {column.name: column for column in SCORES}

_COUNTED = (
    "n_reviews",
    "n_opinions",
    "n_read",
    "share",
    "share_low",
    "share_high",
    "positive",
    "negative",
    "neutral",
    "mixed",
    "net_sentiment",
    "net_low",
    "net_high",
)

THEMES: tuple[Column, ...] = (
    Column("name", "str", "name of the theme, in the words of the customers unless it was renamed"),
    *(_OF_DRIVERS[name] for name in _COUNTED),
    Column("low_support", "bool", "whether n_reviews is below min_reviews"),
    Column("keywords", "str", "words that set the theme apart, the most telling first"),
    Column("pinned", "bool", "whether the theme stays however few reviews hold it"),
)
"""What is said of a theme; "the driver" in a meaning is the theme."""

CHANGE_KINDS = ("new", "grown", "kept", "shrunk", "gone")

CHANGES: tuple[Column, ...] = (
    Column("name", "str", "name of the theme"),
    Column("change", "str", "what became of it", values=CHANGE_KINDS),
    Column("n_before", "int64", "reviews that held it before; 0 if it is new", low=0),
    Column("n_after", "int64", "reviews that hold it now; 0 if it is gone", low=0),
    Column("share_before", "float64", "n_before / reviews read before", True, None, 0, 1),
    Column("share_after", "float64", "n_after / reviews read now", True, None, 0, 1),
)

GREW = ("mentions", "criticism", "praise")
"""What of a theme may grow: the reviews that hold it, that criticise it, that praise it."""

_SINCE = (
    Column("read_before", "int64", "reviews before the date", low=0),
    Column("read_since", "int64", "reviews since the date", low=0),
    Column("share_before", "float64", "n_before / read_before", True, None, 0, 1),
    Column("share_since", "float64", "n_since / read_since", True, None, 0, 1),
    Column("difference", "float64", "share_since - share_before", True),
    Column("low", "float64", "lower end of the interval of difference, by Newcombe", True),
    Column("high", "float64", "upper end of the interval of difference, by Newcombe", True),
)

EMERGING: tuple[Column, ...] = (
    Column("name", "str", "name of the theme"),
    Column("lately", "str", "name that the reviews since the date alone would give it", True),
    Column("new", "bool", "whether it was not among the themes that were asked"),
    Column("grew", "str", "what of it grew most surely; the figures are of this", values=GREW),
    Column(
        "n_before", "int64", "reviews before the date that mention (praise, criticise) it", low=0
    ),
    Column("n_since", "int64", "reviews since the date that mention (praise, criticise) it", low=0),
    *_SINCE,
    Column(
        "p_value",
        "float64",
        "chance of growth as sure if nothing grew, of all three questions",
        True,
        None,
        0,
        1,
    ),
    Column("q_value", "float64", "Benjamini-Hochberg over all themes", True, None, 0, 1),
    Column("emerging", "bool", "whether it grew, with a q_value of at most fdr"),
)

SUBJECTS: tuple[Column, ...] = (
    Column("subject", "str", "what is named, as it is written most"),
    Column("drivers", "str", "drivers that it is named under since the date, the most first"),
    Column("theme", "str", "emerging theme that holds half of these reviews or more", True),
    Column("n_before", "int64", "reviews before the date that name it", low=0),
    Column("n_since", "int64", "reviews since the date that name it", low=0),
    *_SINCE,
    Column("p_value", "float64", "chance of growth as sure if nothing grew", True, None, 0, 1),
    Column("q_value", "float64", "Benjamini-Hochberg over all things asked", True, None, 0, 1),
)
"""Things that are named more since a date."""
