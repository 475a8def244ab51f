"""The driver scores as typed rows, which pages and the terminal share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.drivers import DriverScores
from verbatim.report.wording import interval, number, signed

Record = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval; None where there is none.

    Examples
    --------
    >>> Figure(62.0, 51.0, 71.0).tone, Figure(3.0, -8.0, 12.0).tone, Figure().tone
    ('positive', 'neutral', 'neutral')
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def tone(self) -> str:
        """Sign of the whole interval: positive, negative, or neutral where it holds 0."""
        if self.low is not None and self.low > 0:
            return "positive"
        return "negative" if self.high is not None and self.high < 0 else "neutral"

    @property
    def is_whole(self) -> bool:
        """Whether it has an interval."""
        return None not in (self.value, self.low, self.high)

    def text(self, digits: int = 0, minus: str = "\N{MINUS SIGN}") -> str:
        """Write it with its sign, and the interval in brackets.

        Examples
        --------
        >>> Figure(62.0, 51.0, 71.0).text(), Figure(0.5).text(1)
        ('+62 (+51 to +71)', '+0.5')
        """
        between = interval(self.low, self.high, digits, minus)
        return signed(self.value, digits, minus) + (f" ({between})" if between else "")


@dataclass(frozen=True, slots=True)
class Effects:
    """What a driver does to the outcome, on its scale; importance is a percentage.

    Attributes
    ----------
    n : int
        Reviews that mention the driver and have an outcome.
    mean : float or None
        Their mean outcome.
    gap : Figure
        That mean less the mean of the reviews that don't mention it.
    impact, reward, penalty, points, importance : Figure
    baseline : float or None
    asymmetry, quadrant : str or None
    probability : float or None
        Share of the resamples that place it in its quadrant.
    """

    n: int
    mean: float | None
    gap: Figure
    impact: Figure
    reward: Figure
    penalty: Figure
    points: Figure
    importance: Figure
    baseline: float | None
    asymmetry: str | None
    quadrant: str | None
    probability: float | None


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One driver, or sub-driver, in one group.

    Net sentiment is on -100..100, shares on 0..1; `theme` is an id, None but at that level.
    """

    group: str
    driver: str
    theme: str | None
    name: str
    n_reviews: int
    n_effective: float
    n_opinions: int
    n_read: int
    share: Figure
    positive: int
    negative: int
    neutral: int
    mixed: int
    net: Figure
    emotion: str | None
    emotion_share: float | None
    low_support: bool
    effects: Effects | None

    @property
    def importance(self) -> float:
        """Importance, to sort by; 0 where it isn't known."""
        return (self.effects.importance.value or 0.0) if self.effects else 0.0


def driver_rows(scores: DriverScores) -> list[DriverRow]:
    """Rows of `scores` that hold a mention, most mentioned first within each group."""
    keys = list(scores.frame.columns)[: list(scores.frame.columns).index("driver")]
    rows = [_row(record, keys) for record in scores.frame.to_dict("records")]
    groups = list(dict.fromkeys(row.group for row in rows))
    mentioned = (row for row in rows if row.n_reviews)
    return sorted(mentioned, key=lambda row: (groups.index(row.group), -row.n_reviews))


def group_label(values: Record, keys: list[Any]) -> str:
    """Name a group by the values of its columns."""
    return " · ".join(value_label(values[key]) for key in keys)


def value_label(value: Any) -> str:
    """Write one value of a caller's column; a day without its midnight."""
    if pd.isna(value):
        return "(none)"
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return str(value)


def text_or_none(value: Any) -> str | None:
    """Take a cell of text: None for NA."""
    return None if pd.isna(value) else str(value)


def figure(record: Record, name: str, ends: str | None = None) -> Figure:
    """Take a figure and its interval out of a row; `ends` is what `_low` and `_high` follow."""
    ends = name if ends is None else ends
    return Figure(*(number(record[key]) for key in (name, f"{ends}_low", f"{ends}_high")))


def _row(record: Record, keys: list[Any]) -> DriverRow:
    name = str(record["name"])
    return DriverRow(
        group=group_label(record, keys),
        driver=str(record["driver"]),
        theme=text_or_none(record.get("theme")),
        name=f"{record['driver']} > {name}" if {"subdriver", "theme"} & record.keys() else name,
        n_reviews=int(record["n_reviews"]),
        n_effective=float(record["n_effective"]),
        n_opinions=int(record["n_opinions"]),
        n_read=int(record["n_read"]),
        share=figure(record, "share"),
        positive=int(record["positive"]),
        negative=int(record["negative"]),
        neutral=int(record["neutral"]),
        mixed=int(record["mixed"]),
        net=figure(record, "net_sentiment", "net"),
        emotion=text_or_none(record["emotion"]),
        emotion_share=number(record["emotion_share"]),
        low_support=bool(record["low_support"]),
        effects=_effects(record) if "impact" in record else None,
    )


def _effects(record: Record) -> Effects:
    names = ("impact", "reward", "penalty", "points", "importance")
    return Effects(
        n=int(record["outcome_n"]),
        mean=number(record["outcome_mean"]),
        gap=figure(record, "outcome_gap"),
        **{name: figure(record, name) for name in names},
        baseline=number(record["baseline"]),
        asymmetry=text_or_none(record["asymmetry"]),
        quadrant=text_or_none(record["quadrant"]),
        probability=number(record["quadrant_probability"]),
    )
