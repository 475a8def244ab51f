"""The driver scores as typed rows, which pages and the terminal share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.drivers import DriverScores
from verbatim.report.wording import number


@dataclass(frozen=True, slots=True)
class Outcome:
    """Outcome of the reviews that mention a driver, against those that don't."""

    n: int
    mean: float | None
    gap: float | None
    gap_low: float | None
    gap_high: float | None


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One driver, or sub-driver, in one group; figures are None where there are none.

    Net sentiment and its interval are on -100..100, shares on 0..1.
    """

    group: str
    driver: str
    name: str
    n_reviews: int
    n_opinions: int
    n_read: int
    share: float | None
    share_low: float | None
    share_high: float | None
    positive: int
    negative: int
    neutral: int
    mixed: int
    net: float | None
    low: float | None
    high: float | None
    emotion: str | None
    emotion_share: float | None
    low_support: bool
    outcome: Outcome | None


def driver_rows(scores: DriverScores) -> list[DriverRow]:
    """Rows of `scores` that hold a mention, most mentioned first within each group."""
    keys = list(scores.frame.columns)[: list(scores.frame.columns).index("driver")]
    rows = [_row(record, keys) for record in scores.frame.to_dict("records")]
    groups = list(dict.fromkeys(row.group for row in rows))
    mentioned = (row for row in rows if row.n_reviews)
    return sorted(mentioned, key=lambda row: (groups.index(row.group), -row.n_reviews))


def group_label(values: Mapping[Hashable, Any], keys: list[Any]) -> str:
    """Name a group by the values of its columns."""
    return " · ".join(value_label(values[key]) for key in keys)


def value_label(value: Any) -> str:
    """Write one value of a caller's column; a day without its midnight."""
    if pd.isna(value):
        return "(none)"
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return str(value)


def _row(record: Mapping[Hashable, Any], keys: list[Any]) -> DriverRow:
    name = str(record["name"])
    return DriverRow(
        group=group_label(record, keys),
        driver=str(record["driver"]),
        name=f"{record['driver']} > {name}" if "subdriver" in record else name,
        n_reviews=int(record["n_reviews"]),
        n_opinions=int(record["n_opinions"]),
        n_read=int(record["n_read"]),
        share=number(record["share"]),
        share_low=number(record["share_low"]),
        share_high=number(record["share_high"]),
        positive=int(record["positive"]),
        negative=int(record["negative"]),
        neutral=int(record["neutral"]),
        mixed=int(record["mixed"]),
        net=number(record["net_sentiment"]),
        low=number(record["net_low"]),
        high=number(record["net_high"]),
        emotion=None if pd.isna(record["emotion"]) else str(record["emotion"]),
        emotion_share=number(record["emotion_share"]),
        low_support=bool(record["low_support"]),
        outcome=_outcome(record) if "outcome_gap" in record else None,
    )


def _outcome(record: Mapping[Hashable, Any]) -> Outcome:
    return Outcome(
        n=int(record["outcome_n"]),
        mean=number(record["outcome_mean"]),
        gap=number(record["outcome_gap"]),
        gap_low=number(record["outcome_gap_low"]),
        gap_high=number(record["outcome_gap_high"]),
    )
