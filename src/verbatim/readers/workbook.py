"""Rows of a sheet of an Excel workbook (``pip install "verbatim-cx[xlsx]"``)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import BadZipFile

from verbatim.errors import InputError, unknown
from verbatim.readers.table import EMPTY, Block, check_title, column_names

if TYPE_CHECKING:
    from openpyxl import Workbook

_LOOKED_AT = 100


def read_sheet(stream: BinaryIO, sheet: str | None) -> dict[str, list[Any]]:
    """Read one sheet, the first unless told, as columns; its first filled row names them."""
    workbook = _open(stream)
    try:
        return _columns(_rows(workbook, sheet))
    finally:
        workbook.close()


def sheet_blocks(columns: dict[str, list[Any]], rows: int) -> Iterator[Block]:
    """Yield so many rows of a sheet at a time."""
    n = max(map(len, columns.values()), default=0)
    for start in range(0, n, rows):
        part = {name: values[start : start + rows] for name, values in columns.items()}
        yield Block(part, min(rows, n - start), [])


def _open(stream: BinaryIO) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            'an Excel file needs openpyxl: pip install "verbatim-cx[xlsx]", or save it as CSV'
        ) from None
    try:
        with warnings.catch_warnings():  # openpyxl warns of styles, which no verbatim has
            warnings.simplefilter("ignore")
            return load_workbook(stream, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError):
        raise InputError("a zip archive that is no Excel workbook; unpack it first") from None


def _rows(workbook: Workbook, sheet: str | None) -> list[tuple[Any, ...]]:
    names = [worksheet.title for worksheet in workbook.worksheets]
    if sheet is not None and sheet not in names:
        raise InputError(unknown("sheet", sheet, names))
    if not names:
        raise InputError(EMPTY)
    worksheet: Any = workbook[sheet or names[0]]
    worksheet.reset_dimensions()  # some programs write a wrong size into the file
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _trimmed(worksheet.iter_rows(values_only=True))


def _trimmed(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the empty rows before the header and after the last record."""
    kept = list(rows)
    filled = [i for i, row in enumerate(kept) if any(cell is not None for cell in row)]
    return kept[filled[0] : filled[-1] + 1] if filled else []


def _columns(rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    if not rows:
        raise InputError(EMPTY)
    check_title([list(map(_shown, row)) for row in rows[:_LOOKED_AT]])
    width = max(map(len, rows))
    columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
    filled = [column for column in columns if any(cell is not None for cell in column)]
    names = column_names([_shown(column[0]) for column in filled])
    return {name: column[1:] for name, column in zip(names, filled, strict=True)}


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell)
