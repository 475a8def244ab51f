"""What readers return, and the rules that the first row of names must keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from verbatim.errors import InputError

EMPTY = "the file is empty; put a row of column names first, then the verbatims"

_VALUE = re.compile(r"[-+]?\d+([.,]\d+)?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")
_YEAR = re.compile(r"(19|20)\d\d")


MOST_RAW = 10_000
"""Characters that are kept of a piece that is no row."""
MOST_HELD = 1 << 25
"""Characters from which a block holds no further row, whatever their number."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of a file that is no row: its first line (from 1), why, and its text."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows as they stand in a file, not yet typed, and what was found between them.

    Attributes
    ----------
    columns : dict of str to list
        The values of each column, None where there is none.
    n_rows : int
    rejected : list of Rejected
    short, repaired : list of int
        Lines, from 1, of rows with too few fields, and of bytes that had to be repaired.
    lines : list of int
        Where each row begins: its line, from 1, its row in the sheet, or its place in the array.
    position : int
        Bytes of the file that were read up to its end.
    """

    columns: dict[str, list[Any]]
    n_rows: int
    rejected: list[Rejected]
    short: list[int] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    position: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Rows of a file.

    Attributes
    ----------
    frame : DataFrame
        One row per record, in the order of the file; absent values are NA.
    rejected : DataFrame
        What could not be read as a row, with columns ``line`` (int64, from 1), ``reason`` (str)
        and ``raw`` (str: at most its first `MOST_RAW` characters).
    format : str
        ``csv``, ``tsv``, ``json``, ``jsonl``, ``parquet`` or ``xlsx``.
    encoding : str or None
        Encoding of a text format.
    notes : tuple of str
        What was repaired while reading, in sentences.
    lines : sequence of int
        Where each row begins, as in a `Block`; empty for Parquet, whose rows have no lines.
    """

    frame: pd.DataFrame
    rejected: pd.DataFrame
    format: str
    encoding: str | None = None
    notes: tuple[str, ...] = field(default=())
    lines: Sequence[int] = field(default=())


def rejected_frame(rejected: Sequence[Rejected] = ()) -> pd.DataFrame:
    """Tabulate what was kept aside."""
    return pd.DataFrame(
        {
            "line": pd.Series([item.line for item in rejected], dtype="int64"),
            "reason": pd.Series([item.reason for item in rejected], dtype="str"),
            "raw": pd.Series([_storable(item.raw[:MOST_RAW]) for item in rejected], dtype="str"),
        }
    )


def _storable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def column_names(header: Sequence[str]) -> list[str]:
    r"""Check a header and name its unnamed columns by their position.

    Raises
    ------
    InputError
        The header holds values instead of names, or a name twice.

    Examples
    --------
    >>> column_names(["", "Hotel\nName "])
    ['column_1', 'Hotel Name']
    """
    names = stripped(header)
    values = [name for name in names if is_value(name)]
    if values:
        raise InputError(
            f"the first row holds a value, {short(values[0])!r}, where a column name belongs; "
            "put a row of column names first, for example: id,review"
        )
    return distinct(names)


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date; a year is a plausible column name of a survey."""
    return bool(_VALUE.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def distinct(names: list[str]) -> list[str]:
    """Raise an `InputError` if a name stands twice."""
    for name in names:
        places = [str(i) for i, other in enumerate(names, start=1) if other == name]
        if len(places) > 1:
            raise InputError(
                f"column {name!r} stands {len(places)} times (columns {', '.join(places)}); "
                "give each column a name of its own"
            )
    return names


def stripped(names: Sequence[str]) -> list[str]:
    """Names that can be typed, each blank in them one space; an empty one is its position."""
    return [" ".join(name.split()) or f"column_{i}" for i, name in enumerate(names, start=1)]


def short(text: str, width: int = 40) -> str:
    """Cut a text to so many characters."""
    return text if len(text) <= width else text[: width - 3] + "..."
