"""The columns of the survey scores, from which the frame and its documentation follow.

The columns of the group, if there are any, stand in front. Figures that can't be given, such as the
score of a group in which nobody answered, are NA, never 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.schema import Column

_RESPONSES = (
    Column("n", "int64", "responses: rows with a score whose weight isn't 0", low=0),
    Column("n_missing", "int64", "rows without a score, which are left out", low=0),
    Column("weight", "float64", "sum of the weights of the responses; without weights n", low=0),
    Column(
        "n_effective",
        "float64",
        "Kish's effective n, (sum of weights)^2 / sum of squared weights; without weights n",
        low=0,
    ),
)
_LOW_SUPPORT = Column("low_support", "bool", "whether n_effective is below min_responses")


def _share(name: str, meaning: str) -> Column:
    return Column(name, "float64", meaning, True, None, 0, 1)


def _score(meaning: str, low: float, interval: str) -> tuple[Column, ...]:
    """Columns of a score of `low` to 100 and its two intervals."""
    meanings = {
        "score": meaning,
        "low": f"lower end of the interval of score, {interval}",
        "high": f"upper end of the interval of score, {interval}",
        "boot_low": "lower end of the interval of score, by resampling respondents",
        "boot_high": "upper end of the interval of score, by resampling respondents",
    }
    return tuple(
        Column(name, "float64", said, True, None, low, 100) for name, said in meanings.items()
    )


def _boxes(count: str, who: str) -> tuple[Column, ...]:
    """Columns of a score that is the share of responses in the boxes at the good end."""
    return (
        *_RESPONSES,
        Column(count, "int64", f"responses that are {who}", low=0),
        *_score(f"100 * weighted share of {count}", 0, "adjusted Wald (Agresti and Coull)"),
        Column("mean", "float64", "weighted mean of the responses, on the scale as asked", True),
        Column("mean_low", "float64", "lower end of the interval of mean, by resampling", True),
        Column("mean_high", "float64", "upper end of the interval of mean, by resampling", True),
        _LOW_SUPPORT,
    )


NPS: tuple[Column, ...] = (
    *_RESPONSES,
    Column("promoters", "int64", "responses of 9 or 10", low=0),
    Column("passives", "int64", "responses of 7 or 8", low=0),
    Column("detractors", "int64", "responses of 0 to 6", low=0),
    _share("promoter_share", "weighted share of promoters"),
    _share("passive_share", "weighted share of passives"),
    _share("detractor_share", "weighted share of detractors"),
    *_score("100 * (promoter_share - detractor_share)", -100, "adjusted Wald (Rocks)"),
    _LOW_SUPPORT,
)
CSAT: tuple[Column, ...] = _boxes("satisfied", "among the `top` highest points of the scale")
CES: tuple[Column, ...] = _boxes("easy", "among the `top` easiest points of the scale")

RESERVED = frozenset(column.name for table in (NPS, CSAT, CES) for column in table)


def group_names(names: Sequence[Hashable]) -> list[Hashable]:
    """Names of the columns that show the group: `by_` before a name that the scores need.

    Examples
    --------
    >>> group_names(["city", "weight"])
    ['city', 'by_weight']
    """
    shown: list[Hashable] = []
    for name in names:
        while name in RESERVED or name in shown:
            name = f"by_{name}"
        shown.append(name)
    return shown


def typed(columns: Iterable[Column], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a frame with the columns in their order and dtype; a figure that a row lacks is NA."""
    return pd.DataFrame(
        {
            column.name: pd.array([row.get(column.name) for row in rows], dtype="object")
            for column in columns
        }
    ).astype({column.name: column.dtype for column in columns})
