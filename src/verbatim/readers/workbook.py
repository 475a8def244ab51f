"""Rows of a sheet of an Excel workbook (``pip install "verbatim-cx[xlsx]"``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from verbatim.errors import InputError, unknown
from verbatim.readers.excel import open_workbook, rows_without_result, told_if_damaged
from verbatim.readers.header import QUESTIONS, check_headings, check_title, n_question_rows
from verbatim.readers.table import EMPTY, Block, column_names

if TYPE_CHECKING:
    from openpyxl import Workbook

Cells = tuple[Any, ...]

_LOOKED_AT = 100
_EXAMPLES = 5
_MOST_ROWS = 1 << 20
"""Of a sheet, as spreadsheets have it; a file may claim more in a few bytes."""
_MOST_CELLS = 200_000_000
_ERRORS = frozenset(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD!".split()
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, read.

    Attributes
    ----------
    columns : dict of str to list
    first : int
        Row of the sheet, from 1, of the first record.
    notes : tuple of str
        What is not as it seems, in sentences.
    """

    columns: dict[str, list[Any]]
    first: int
    notes: tuple[str, ...]


def read_sheet(stream: BinaryIO, sheet: str | None) -> Sheet:
    """Read one sheet, the first that isn't hidden unless told; its first filled row names it.

    Raises
    ------
    InputError
        There is no such sheet, it holds no table, or the file is no workbook, or a damaged one.
    """
    with told_if_damaged(stream):
        workbook = open_workbook(stream)
        try:
            name = _chosen(workbook, sheet)
            rows = _held(_rows(workbook, name))
            others = [] if sheet is not None else _others(workbook, name)
            chosen: Any = workbook[name]
            part: str = chosen._worksheet_path  # nothing else tells where in the file it lies
        finally:
            workbook.close()
        notes = [*_sheet_notes(name, others), *_formula_notes(stream, part)]
    return _read(rows, notes)


def sheet_blocks(sheet: Sheet, rows: int) -> Iterator[Block]:
    """Yield so many rows of a sheet at a time."""
    n = max(map(len, sheet.columns.values()), default=0)
    for start in range(0, n, rows):
        part = {name: values[start : start + rows] for name, values in sheet.columns.items()}
        size, first = min(rows, n - start), sheet.first + start
        yield Block(part, size, [], lines=list(range(first, first + size)))


def _chosen(workbook: Workbook, sheet: str | None) -> str:
    names = [worksheet.title for worksheet in workbook.worksheets]
    if sheet is not None and sheet not in names:
        raise InputError(unknown("sheet", sheet, names))
    if not names:
        raise InputError(EMPTY)
    shown = [name for name in names if not _is_hidden(workbook, name)]
    return sheet or (shown or names)[0]


def _is_hidden(workbook: Workbook, name: str) -> bool:
    return bool(workbook[name].sheet_state != "visible")


def _rows(workbook: Workbook, name: str, most: int | None = None) -> Iterator[Cells]:
    """Rows of a sheet, all or the first ones; one that holds nothing is empty."""
    worksheet: Any = workbook[name]
    worksheet.reset_dimensions()  # some programs write a wrong size into the file
    return iter(worksheet.iter_rows(max_row=most, values_only=True))


def _held(rows: Iterable[Cells]) -> list[Cells]:
    """Hold the rows of a sheet, of no more than a spreadsheet makes."""
    held, n_cells = [], 0
    for row in rows:
        held.append(row)
        n_cells += len(row)
        if len(held) > _MOST_ROWS or n_cells > _MOST_CELLS:
            raise InputError(
                f"the sheet has more than {_MOST_ROWS:,} rows or {_MOST_CELLS:,} cells; "
                "save what you need of it as CSV"
            )
    return held


def _others(workbook: Workbook, name: str) -> list[str]:
    """Name the other sheets that hold something."""
    return [
        f"{other!r} (hidden)" if _is_hidden(workbook, other) else repr(other)
        for other in (worksheet.title for worksheet in workbook.worksheets)
        if other != name and any(map(_is_filled, _rows(workbook, other, _LOOKED_AT)))
    ]


def _sheet_notes(name: str, others: Sequence[str]) -> Iterator[str]:
    if others:
        yield f"sheet {name!r} was read; not read: {', '.join(others)} (--sheet)"


def _formula_notes(stream: BinaryIO, part: str) -> Iterator[str]:
    """Say how many cells are empty because the program that wrote their formula didn't run it."""
    if empty := rows_without_result(stream, part):
        yield (
            f"{_cells_in(empty)}: a formula without its result, read as empty; open the workbook "
            "in a spreadsheet and save it again"
        )


def _read(rows: Sequence[Cells], notes: list[str]) -> Sheet:
    """Name the columns by the first filled row; what isn't a record is left out."""
    filled = [i for i, row in enumerate(rows) if _is_filled(row)]
    if not filled:
        raise InputError(EMPTY)
    kept, notes = _without_errors(rows[filled[0] : filled[-1] + 1], filled[0] + 1, notes)
    shown = [list(map(_shown, row)) for row in kept[:_LOOKED_AT]]
    check_title(shown)
    skipped = n_question_rows(shown)
    if skipped:
        notes = [*notes, QUESTIONS.format(skipped)]
    else:
        check_headings(shown)
    kept = [kept[0], *kept[1 + skipped :]]
    return Sheet(_columns(kept), filled[0] + 2 + skipped, tuple(notes))


def _without_errors(
    rows: Sequence[Cells], first: int, notes: list[str]
) -> tuple[list[Cells], list[str]]:
    """Take out the errors that Excel shows where a formula has no result; they are no words."""
    errors = [
        number
        for number, row in enumerate(rows, start=first)
        for cell in row
        if isinstance(cell, str) and cell in _ERRORS
    ]
    if not errors:
        return list(rows), notes
    clean = [
        tuple(None if isinstance(cell, str) and cell in _ERRORS else cell for cell in row)
        for row in rows
    ]
    return clean, [*notes, f"{_cells_in(errors)}: an error such as #N/A, read as empty"]


def _cells_in(numbers: Sequence[int]) -> str:
    """Count cells by the rows of the sheet they stand in."""
    rows = list(dict.fromkeys(numbers))
    more = ", ..." * (len(rows) > _EXAMPLES)
    cells = f"{len(numbers):,} cell{'s' * (len(numbers) > 1)}"
    return f"{cells} (row {', '.join(map(str, rows[:_EXAMPLES]))}{more})"


def _columns(rows: Sequence[Cells]) -> dict[str, list[Any]]:
    width = max(map(len, rows))
    columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
    filled = [column for column in columns if any(cell is not None for cell in column)]
    names = column_names([_shown(column[0]) for column in filled])
    return {name: column[1:] for name, column in zip(names, filled, strict=True)}


def _is_filled(row: Iterable[Any]) -> bool:
    return any(cell is not None for cell in row)


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell)
