"""Rows of a sheet of an Excel workbook (``pip install "verbatim-cx[xlsx]"``)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import pandas as pd

from verbatim.errors import InputError, unknown
from verbatim.readers.columns import column_from_values
from verbatim.readers.table import EMPTY, Table, column_names, rejected_frame

if TYPE_CHECKING:
    from openpyxl import Workbook


def read_workbook(data: bytes, sheet: str | None) -> Table:
    """Read one sheet, the first unless told; its first filled row names the columns."""
    workbook = _open(data)
    try:
        return Table(_frame(_rows(workbook, sheet)), rejected_frame(), "xlsx")
    finally:
        workbook.close()


def _open(data: bytes) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            'an Excel file needs openpyxl: pip install "verbatim-cx[xlsx]", or save it as CSV'
        ) from None
    try:
        with warnings.catch_warnings():  # openpyxl warns of styles, which no verbatim has
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), read_only=True, data_only=True)
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


def _frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    if not rows:
        raise InputError(EMPTY)
    width = max(map(len, rows))
    columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
    filled = [column for column in columns if any(cell is not None for cell in column)]
    names = column_names(["" if column[0] is None else str(column[0]) for column in filled])
    typed = (column_from_values(column[1:]) for column in filled)
    return pd.DataFrame(dict(zip(names, typed, strict=True)))
