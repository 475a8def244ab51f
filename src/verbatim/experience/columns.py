"""The tables of service experience, effort and loyalty: one list of columns for each.

In front of each table stand the columns named in `by`. Reviews are verbatims that were read; with
weights, columns of type int64 still count reviews and all other figures are weighted. Figures that
can't be given are NA, never 0.
"""

from __future__ import annotations

from verbatim.experience.quantities import KINDS, UNITS
from verbatim.labels import EFFORTS, EMOTIONS, INTENTS, TOUCHPOINTS
from verbatim.schema import ID, Column

PARTS = ("service", "rest", "reactive", "proactive")
PROBLEMS = ("solved", "unsolved", "untold", "none")
STANCES = ("loyal", "disloyal", "both", "silent")
ALL = "all"
"""Every channel together, sentences without a touchpoint as well."""

_FEW = "NA for fewer than 6 at a confidence of 0.95"
_NET = "100 * (positive - negative) / n_reviews"


def _net(name: str, meaning: str) -> tuple[Column, ...]:
    return _figure(name, meaning, -100, 100, "by resampling reviews")


def _share(name: str, meaning: str) -> tuple[Column, ...]:
    return _figure(name, meaning, 0, 1, "by Wilson's score method")


def _figure(
    name: str, meaning: str, low: float | None, high: float | None, how: str
) -> tuple[Column, ...]:
    ends = (
        Column(f"{name}_{end}", "float64", f"{word} end of the interval of {name}, {how}", True)
        for end, word in (("low", "lower"), ("high", "upper"))
    )
    return (Column(name, "float64", meaning, True, None, low, high), *ends)


_N_READ = Column("n_read", "int64", "reviews of the group", low=0)
_LOW_SUPPORT = Column("low_support", "bool", "whether the effective n_reviews is below min_reviews")
_RELIABLE = Column(
    "is_reliable", "bool", "whether the engine is right often enough about this; see reliability"
)
_TOP = (
    Column("emotion", "str", "emotion that most of n_reviews hold", True, EMOTIONS),
    Column("emotion_share", "float64", "share of n_reviews that hold it", True, None, 0, 1),
)
OUTCOME = (
    Column("outcome_n", "int64", "of n_reviews, those that have an outcome", low=0),
    *_figure("outcome_mean", "mean outcome of these", None, None, "by resampling reviews"),
    Column("outcome_low_support", "bool", "whether the effective outcome_n is below min_reviews"),
)

_PART = Column(
    "part",
    "str",
    "service: opinions on staff or service, and on other matters of people and procedure told of a "
    "contact; rest: all other opinions; reactive and proactive: sentences in which the company "
    "answers, or acts unasked",
    values=PARTS,
)
SERVICE = (
    _PART,
    Column("n_reviews", "int64", "reviews with such an opinion or sentence", low=0),
    _N_READ,
    *_share("share", "n_reviews / n_read"),
    Column("positive", "int64", "of n_reviews, those that only praise there", low=0),
    Column("negative", "int64", "of n_reviews, those that only criticise there", low=0),
    Column("neither", "int64", "of n_reviews, those that do both or neither", low=0),
    *_net("net_sentiment", _NET),
    *_TOP,
    _LOW_SUPPORT,
    _RELIABLE,
)
EMOTION_MIX = (
    _PART,
    Column("emotion", "str", "emotion felt there", values=EMOTIONS),
    Column("n_reviews", "int64", "reviews that hold it there", low=0),
    Column("share", "float64", "weighted share of the part's n_reviews", False, None, 0, 1),
)
EXPLAINED = (
    Column("part", "str", "service or rest", values=PARTS[:2]),
    Column("n", "int64", "reviews of the group with an outcome", low=0),
    *_figure(
        "importance",
        "share of the regression's R2, in percent, of all columns of the part together; service "
        "and rest sum to 100",
        0,
        100,
        "by resampling reviews",
    ),
    *_figure(
        "points",
        "sum over the part's columns of coefficient * share of the reviews with the mention",
        None,
        None,
        "by resampling reviews",
    ),
    Column(
        "r2", "float64", "share of the variance that service and rest explain", True, None, 0, 1
    ),
)
RECOVERY = (
    Column(
        "problem",
        "str",
        "solved: a problem was put right and none left; unsolved: one was left; untold: criticism, "
        "and no word of its end; none: no criticism and no problem",
        values=PROBLEMS,
    ),
    Column("n_reviews", "int64", "reviews of this kind", low=0),
    _N_READ,
    *_share("share", "n_reviews / n_read"),
    *_net(
        "net_emotion",
        "100 * (reviews with pleasant emotions only - with unpleasant ones only) / n_reviews",
    ),
    *_TOP,
    _LOW_SUPPORT,
    _RELIABLE,
)
CONTRASTS = (
    Column("first", "str", "kind of reviews", values=PROBLEMS),
    Column("second", "str", "kind of reviews", values=PROBLEMS),
    Column("measure", "str", "what is compared", values=("outcome", "net_emotion")),
    Column("n_first", "int64", "reviews of the first kind that have the measure", low=0),
    Column("n_second", "int64", "reviews of the second kind that have the measure", low=0),
    *_figure("difference", "first less second", None, None, "by resampling reviews"),
    Column("low_support", "bool", "whether a side has fewer effective reviews than min_reviews"),
    _RELIABLE,
)

_CHANNEL = Column("channel", "str", "touchpoint of the sentences; all: every sentence")
EFFORT = (
    _CHANNEL,
    Column("n_reviews", "int64", "reviews with a sentence that shows effort", low=0),
    _N_READ,
    Column("easy", "int64", "of n_reviews, those where all was made easy", low=0),
    Column("hard", "int64", "of n_reviews, those that had to chase or repeat", low=0),
    Column("both", "int64", "of n_reviews, those that tell of both", low=0),
    *_net("effort_score", "100 * (easy - hard) / n_reviews; higher is easier"),
    Column("n_problems", "int64", "reviews that say whether a problem was put right", low=0),
    Column("solved", "int64", "of n_problems, those that leave none unsolved", low=0),
    *_share("resolution_rate", "solved / n_problems"),
    _LOW_SUPPORT,
    Column("resolution_low_support", "bool", "the same of n_problems"),
    _RELIABLE,
    Column("resolution_is_reliable", "bool", "the same of solved and unsolved problems"),
)
AMOUNTS = (
    _CHANNEL,
    Column(
        "unit", "str", "contacts; waits told in minutes or hours; in days or longer", False, UNITS
    ),
    Column("n_reviews", "int64", "reviews that tell of one", low=0),
    *_figure(
        "median",
        "weighted median of the largest of each review",
        0,
        None,
        f"by resampling reviews; {_FEW}",
    ),
    Column("largest", "float64", "largest of all", True, low=0),
    _LOW_SUPPORT,
    _RELIABLE,
)
QUANTITIES = (
    Column(ID, "id", "key of the verbatim"),
    Column("sentence", "int64", "number of the sentence in its verbatim", low=0),
    Column("kind", "str", "what is counted", values=KINDS),
    Column("value", "float64", "in unit; of a range the middle", low=0),
    Column("unit", "str", "contacts, minutes or days", values=UNITS),
    Column("words", "str", "number and unit as they stand in the text"),
    Column("start", "int64", "first character in the original text, in code points", low=0),
    Column("end", "int64", "one past the last character", low=0),
    Column("touchpoint", "str", "touchpoint of the sentence", True, TOUCHPOINTS),
    Column("effort", "str", "effort of the sentence", True, EFFORTS),
)

LOYALTY = (
    Column("n_reviews", "int64", "reviews that show an intent to return, recommend, leave or warn"),
    _N_READ,
    *_share("coverage", "n_reviews / n_read"),
    Column("loyal", "int64", "of n_reviews, those that will return or recommend only", low=0),
    Column("disloyal", "int64", "of n_reviews, those that will leave or warn only", low=0),
    Column("both", "int64", "of n_reviews, those that show intents of both kinds", low=0),
    *_net("loyalty", "100 * (loyal - disloyal) / n_reviews"),
    _LOW_SUPPORT,
    _RELIABLE,
)
SCORE = (
    Column("score_n", "int64", "reviews of the group with a score", low=0),
    *_figure("score_mean", "mean score of these", None, None, "by resampling reviews"),
    Column("score_low_support", "bool", "whether the effective score_n is below min_reviews"),
    Column("correlation_n", "int64", "of n_reviews, those that have a score", low=0),
    *_figure(
        "correlation",
        "Spearman's rank correlation of loyal (1), both (0), disloyal (-1) with the score",
        -1,
        1,
        f"by resampling reviews; {_FEW}",
    ),
    Column(
        "correlation_low_support",
        "bool",
        "whether the effective correlation_n is below min_reviews",
    ),
)
INTENT = (
    Column("intent", "str", "what the writer means to do", values=INTENTS[3:]),
    Column("n_reviews", "int64", "reviews that show it", low=0),
    _N_READ,
    *_share("share", "n_reviews / n_read"),
    _LOW_SUPPORT,
    _RELIABLE,
)
STANCE = (
    Column("stance", "str", "silent: no such intent", values=STANCES),
    Column("n_reviews", "int64", "reviews of this stance", low=0),
    _LOW_SUPPORT,
)

_TABLES = (
    *(SERVICE, OUTCOME, EMOTION_MIX, EXPLAINED, RECOVERY, CONTRASTS),
    *(EFFORT, AMOUNTS, QUANTITIES, LOYALTY, SCORE, INTENT, STANCE),
)
RESERVED = frozenset(column.name for table in _TABLES for column in table)
