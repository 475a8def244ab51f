"""What a command is asked for, and whether the columns that it names fit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from verbatim.cli.options import ENGINE, JOBS, MIN_REVIEWS, TAXONOMY
from verbatim.comparison.dates import read_dates
from verbatim.errors import InputError, unknown
from verbatim.readers import Source

_OUT_OF = re.compile(r"(\d+(?:\.\d+)?) *(?:/|out of|of) *\d+", re.IGNORECASE)
"""A score that says what it is out of, as exports write it."""

_CODES = "some may be codes (007, or 1.1 beside 1.10)"


@dataclass(frozen=True, slots=True)
class Scoring:
    """Columns to score by, the periods of the dates, which way is better, how many are enough."""

    by: tuple[str, ...] = ()
    outcome: str | None = None
    weight: str | None = None
    date: str | None = None
    freq: str | None = None
    lower_is_better: bool = False
    min_reviews: int = MIN_REVIEWS

    @property
    def columns(self) -> tuple[str, ...]:
        """All of these columns."""
        return (*self.by, *filter(None, (self.outcome, self.weight, self.date)))

    def renamed(self, names: Mapping[str, str]) -> Scoring:
        """Take the names that others have; a column without another keeps its own."""

        def own(name: str | None) -> str | None:
            return name and names.get(name, name)

        by = tuple(names.get(name, name) for name in self.by)
        columns = own(self.outcome), own(self.weight), own(self.date)
        return Scoring(by, *columns, self.freq, self.lower_is_better, self.min_reviews)


@dataclass(frozen=True, slots=True)
class Request:
    """What to read, what to score it by, and how to read it."""

    file: Path
    scoring: Scoring = Scoring()
    text: str | None = None
    id: str | None = None
    columns: tuple[str, ...] = ()
    sheet: str | None = None
    taxonomy: str = TAXONOMY
    engine: str = ENGINE
    question: str | None = None
    jobs: int = JOBS
    chunk_rows: int | None = None


def check_scoring(source: Source, text: str, scoring: Scoring) -> None:
    """See that the columns to score by are there and fit."""
    for column in scoring.columns:
        if column not in source.columns:
            raise InputError(unknown("column", column, source.columns))
        if column == text:
            raise InputError(
                f"column {column!r} is the text; --by, --outcome, --weight and --date need others"
            )
    for option, figure in (("outcome", scoring.outcome), ("weight", scoring.weight)):
        if figure is not None:
            _check_figures(source, option, figure)
    if scoring.date is not None:
        _check_dates(source.head.frame[scoring.date], scoring.date)


def _check_figures(source: Source, option: str, column: str) -> None:
    if pd.api.types.is_numeric_dtype(source.head.frame[column]):
        return
    if source.head.frame[column].isna().all():
        raise InputError(
            f"--{option} needs numbers, and the first rows of {column!r} are empty; "
            f"name another column, or leave --{option} out"
        )
    wrong = source.find(column, _is_no_number)
    example = f"{wrong[0]} holds {wrong[1]!r}; {_fix(wrong[1])}" if wrong else _CODES
    raise InputError(f"--{option} needs numbers, {column!r} has others too; {example}")


def _fix(value: Any) -> str:
    """What to put in place of a value that is no number; of "7/10" the number alone."""
    score = _OUT_OF.fullmatch(str(value).strip())
    if score:
        return f"put the number alone there, {score[1]}"
    return "put a number there or leave the cell empty, or name another column"


def _is_no_number(value: Any) -> bool:
    if pd.isna(value):
        return False
    try:
        return not math.isfinite(float(str(value)))
    except ValueError:
        return True


def _check_dates(column: pd.Series[Any], name: str) -> None:
    """Raise an `InputError` if the first rows hold values, and none of them is a date."""
    dates = read_dates(column)
    if dates.n_unreadable and np.isnat(dates.days).all():
        some = ", ".join(map(repr, dates.unreadable))
        raise InputError(f"--date needs dates, such as 2025-03-31; {name!r} holds {some}")


def check_id(source: Source, column: str | None) -> None:
    """Say where an id is missing, in the words of the file."""
    blank = source.find(column, pd.isna) if column in source.columns and column else None
    if blank:
        raise InputError(f"id column {column!r} is empty in {blank[0]}; every row needs an id")
