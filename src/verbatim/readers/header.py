"""What stands around the row of names: titles above it, and what tools export below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from verbatim.errors import InputError
from verbatim.readers.table import is_value, short

Cells = Sequence[str]

QUESTIONS = "{} rows of questions below the names, as Qualtrics writes them, are left out"

_MOST = 0.8
_HEADINGS = 2
"""Rows of headings that may stand above the names."""
_LONGEST_NAME = 60
_FEWEST_BELOW = 3
_FEWEST_TEXTS = 10
_QUESTION_ROWS = 2
_IMPORT_ID = '{"ImportId"'


def check_title(rows: Sequence[Cells]) -> None:
    """Raise an `InputError` if a title stands above the names: one cell, then full rows.

    Examples
    --------
    >>> check_title([["Reviews of 2025", ""], ["id", "review"], ["1", "Good"], ["2", "Bad"]])
    Traceback (most recent call last):
    verbatim.errors.InputError: the first row holds one cell, 'Reviews of 2025', and those below \
hold 2; delete what stands above the column names
    """
    title, below = rows[0], list(dropwhile(lambda row: _n_filled(row) < 2, rows[1:]))
    if not title[0] or _n_filled(title) > 1 or len(below) < 3:
        return
    names, records = below[0], below[1:]
    full = sum(len(row) == len(names) and _n_filled(row) > 1 for row in records)
    if full >= _MOST * len(records) and all(map(_is_name, filter(None, names))):
        raise InputError(
            f"the first row holds one cell, {short(title[0])!r}, and those below hold "
            f"{len(names)}; delete what stands above the column names"
        )


def check_headings(rows: Sequence[Cells]) -> None:
    """Raise an `InputError` if headings over several columns stand above the names.

    Such a row leaves columns unnamed, and one below names them all, unlike all further below.

    Examples
    --------
    >>> rows = [["Guest", "", "Stay"], ["name", "city", "stars"]]
    >>> check_headings([*rows, ["Ann", "Rome", "5"], ["Bob", "Oslo", "3"], ["Cy", "Bonn", "4"]])
    Traceback (most recent call last):
    verbatim.errors.InputError: the first row leaves columns without a name, and row 2 names all: \
name, city, stars; delete what stands above the column names
    """
    width = max(map(len, rows))
    if len(rows[0]) < width:  # rows that spill over their names are read in another way, or told
        return
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    held = [i for i in range(width) if any(row[i] for row in padded)]
    table = [[row[i].strip() for i in held] for row in padded]
    for place in range(1, min(_HEADINGS + 1, len(table))):
        if all(table[place - 1]):
            return
        if _are_names(table[place], table[place + 1 :]):
            raise InputError(
                f"the first row leaves columns without a name, and row {place + 1} names all: "
                f"{short(', '.join(table[place]))}; delete what stands above the column names"
            )


def n_question_rows(rows: Sequence[Cells]) -> int:
    """Count the rows that Qualtrics puts between the names and the records.

    Examples
    --------
    >>> n_question_rows([["Q1"], ["Why did you come?"], ['{"ImportId":"QID1"}'], ["For work"]])
    2
    """
    for place, row in enumerate(rows[1 : _QUESTION_ROWS + 1], start=1):
        filled = [cell for cell in row if cell]
        if filled and all(cell.startswith(_IMPORT_ID) for cell in filled):
            return place
    return 0


def _are_names(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether a full row names columns: no cell of it comes again, and a column is unlike it."""
    columns = [[cell for cell in column if cell] for column in zip(*below, strict=True)]
    pairs = list(zip(row, columns, strict=False))
    return (
        len(columns) == len(row)
        and len(set(row)) == len(row)
        and all(cell and len(cell) <= _LONGEST_NAME and not is_value(cell) for cell in row)
        and not any(cell in column for cell, column in pairs)
        and any(_is_unlike(cell, column) for cell, column in pairs)
    )


def _is_unlike(name: str, column: Cells) -> bool:
    """Whether a column holds values, or nothing but texts longer than its name."""
    if len(column) < _FEWEST_BELOW:
        return False
    n_values = sum(map(is_value, column))
    fewest = min(len(cell.split()) for cell in column)
    return n_values >= _MOST * len(column) or (
        len(column) >= _FEWEST_TEXTS and fewest > len(name.split())
    )


def _n_filled(row: Cells) -> int:
    return sum(map(bool, row))


def _is_name(cell: str) -> bool:
    """Whether a cell may be a name: no value, and not what follows a comma in a text."""
    return not cell.startswith(" ") and not is_value(cell.strip())
