"""Open an Excel workbook, and say what is wrong with one that can't be read."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element, iterparse
from zipfile import BadZipFile, ZipFile

from verbatim.errors import InputError
from verbatim.readers.table import short

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORMULA = (b"<f>", b"<f ", b"<f/>")
_READ_AT_ONCE = 1 << 20
_LONGEST_REASON = 90
_MOST_UNPACKED = 2 << 30
"""Bytes that a workbook may unpack to: a few hundred kilobytes can hold as many."""
# What openpyxl raises where a part of the file is cut off, or isn't as it should be.
_FAULTS = (
    *(ArithmeticError, AttributeError, AssertionError, LookupError, SyntaxError, TypeError),
    *(ValueError, OSError, EOFError, BadZipFile, NotImplementedError, zlib.error),
)


@contextmanager
def told_if_damaged(stream: BinaryIO) -> Iterator[None]:
    """Let whatever goes wrong in the block be one `InputError`, with what to do."""
    try:
        with warnings.catch_warnings():  # openpyxl warns of styles, which no verbatim has
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except _FAULTS as error:
        raise InputError(_fault(stream, error)) from None


def open_workbook(stream: BinaryIO) -> Workbook:
    """Open a workbook whose cells hold the results of their formulas."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            'an Excel file needs openpyxl: pip install "verbatim-cx[xlsx]", or save it as CSV'
        ) from None
    _check_size(stream)
    stream.seek(0)
    return load_workbook(stream, read_only=True, data_only=True)


def _check_size(stream: BinaryIO) -> None:
    stream.seek(0)
    with ZipFile(stream) as archive:  # never unpacks more of a part than is declared
        size = sum(part.file_size for part in archive.infolist())
    if size > _MOST_UNPACKED:
        raise InputError(
            f"the Excel workbook unpacks to {size / 1e9:,.1f} GB, and {_MOST_UNPACKED / 1e9:.1f} "
            "are the most that is read; save its sheet as CSV"
        )


def rows_without_result(stream: BinaryIO, part: str) -> list[int]:
    """Rows, from 1, of the cells with a formula whose result isn't in the file, one per cell.

    A result that is an empty text is told by the type of its cell.
    """
    stream.seek(0)
    found: list[int] = []
    with ZipFile(stream) as archive:
        if not _holds_formula(archive, part):
            return found
        with archive.open(part) as file:
            number = 0
            for event, element in iterparse(file, ("start", "end")):
                _, _, tag = element.tag.rpartition("}")
                if tag != "row":
                    continue
                if event == "start":
                    number = int(element.get("r", number + 1))
                else:
                    found += [number] * sum(map(_lacks_result, element))
                    element.clear()
    return found


def _lacks_result(cell: Element) -> bool:
    parts = {child.tag.rpartition("}")[2]: child.text for child in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") != "str"


def _holds_formula(archive: ZipFile, part: str) -> bool:
    """Whether there is any, which is found out much faster than by reading every cell."""
    with archive.open(part) as file:
        end = b""
        while piece := file.read(_READ_AT_ONCE):
            if any(mark in end + piece for mark in _FORMULA):
                return True
            end = piece[-8:]
    return False


def _fault(stream: BinaryIO, error: Exception) -> str:
    """Say what a zip archive is that can't be read as a workbook."""
    try:
        stream.seek(0)
        with ZipFile(stream) as archive:
            parts = set(archive.namelist())
            kind = archive.read("mimetype") if "mimetype" in parts else b""
    except _FAULTS:
        return "a zip archive, or an Excel file, that is cut off or damaged; copy it again"
    if b"opendocument" in kind:
        return "an OpenDocument file; save it as .xlsx or CSV"
    if "xl/workbook.bin" in parts:
        return "a binary Excel workbook (.xlsb); save it as .xlsx or CSV"
    if "xl/workbook.xml" not in parts:
        return "a zip archive that is no Excel workbook; unpack it first"
    said = short(" ".join(str(error).split()), _LONGEST_REASON)
    return f"the Excel workbook is damaged ({said}); open it in a spreadsheet and save it again"
