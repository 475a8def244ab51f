"""Find out what a file holds, by its content and then its name, and look it through."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO, cast

import pandas as pd

from verbatim.errors import InputError, OptionError, closest
from verbatim.readers.delimited import read_blocks
from verbatim.readers.encoding import find_encoding, open_text
from verbatim.readers.header import QUESTIONS
from verbatim.readers.json_text import (
    array_blocks,
    check_lines,
    is_json,
    key_names,
    line_blocks,
    read_array,
)
from verbatim.readers.kinds import kind_of_strings, kind_of_values
from verbatim.readers.layout import find_layout
from verbatim.readers.lines import Lines
from verbatim.readers.source import (
    Progress,
    Raw,
    Source,
    named_errors,
    source_of_frames,
    survey,
)
from verbatim.readers.table import EMPTY, Block, Table
from verbatim.readers.workbook import read_sheet, sheet_blocks

_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_TAB_SUFFIXES = (".tsv", ".tab")
_DOCUMENTS = (".md", ".markdown", ".rst", ".py", ".ipynb", ".yaml", ".yml")
"""Files of text that hold no rows, though a word or a comma may stand in each line."""
_SAMPLE = 65_536
_MARKUP = re.compile(r"<(!doctype|\?xml|html|head|meta|style|body|table)\b", re.IGNORECASE)


def look_through(
    path: str | Path, sheet: str | None = None, progress: Progress | None = None
) -> Source:
    """Look a file of verbatims through, from end to end, without holding it.

    CSV (``,`` ``;`` tab or ``|``), TSV and JSON lines, each plain or gzipped, in UTF-8, UTF-16 or
    Windows-1252; Parquet. A JSON array and a sheet of a workbook are held as a whole.

    Parameters
    ----------
    path : str or Path
    sheet : str, optional
        Sheet of a workbook; the first one unless told.
    progress : callable, optional
        Called with the bytes read and those there are.

    Raises
    ------
    InputError
        There is no such file, or it holds no table; the message says what to do.
    OptionError
        `sheet` is given for a file that has none.
    """
    path = Path(path)
    _check_file(path)
    with named_errors(path):
        source = _look(path, sheet, progress)
        if not source.n_rows:
            misfits = f" that fits it ({source.n_rejected} don't)" if source.n_rejected else ""
            raise InputError(f"there is a header and no row below it{misfits}")
    return source


def read_table(path: str | Path, sheet: str | None = None) -> Table:
    """Read a whole file as one table; the parameters and errors are those of `look_through`."""
    source = look_through(path, sheet)
    tables = list(source.tables(source.n_rows + source.n_rejected))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    rejected = pd.concat([table.rejected for table in tables], ignore_index=True)
    lines = [line for table in tables for line in table.lines]
    return Table(frame, rejected, source.format, source.encoding, source.notes, lines)


def _check_file(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise InputError(_missing(path)) from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name one file in it: {_listing(path)}") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}") from None
    if not path.is_file():
        raise InputError(f"{path} can be read only once; write it into a file first")


def _missing(path: Path) -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}, so no file {path.name} in it"
    guess = closest(path.name, _entries(path.parent))
    hint = f"did you mean {guess!r}?" if guess else f"in its folder are: {_listing(path.parent)}"
    return f"there is no file {path}; {hint}"


def _listing(folder: Path, most: int = 8) -> str:
    files = [name for name in _entries(folder) if (folder / name).is_file()]
    more = f" and {len(files) - most} more" if len(files) > most else ""
    return (", ".join(files[:most]) or "no files") + more


def _entries(folder: Path) -> list[str]:
    """Names in a folder, but for those that begin with a dot: files of programs, not of users."""
    return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], int]]]:
    """Open a file, unpacked if it is compressed; the function tells how far it was read."""
    with path.open("rb") as file:
        is_packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_packed else file
        yield stream, file.tell


def _look(path: Path, sheet: str | None, progress: Progress | None) -> Source:
    with _opened(path) as (stream, _):
        head = stream.read(_SAMPLE)
        suffix = Path(path.stem if isinstance(stream, gzip.GzipFile) else path).suffix.lower()
        stream.seek(0)
        if head.startswith(_ZIP):
            return survey(path, _workbook(stream, sheet), progress)
        if sheet is not None:
            raise OptionError(f"sheet {sheet!r} is given, but {path} is no workbook; leave it out")
        if head.startswith(_OLD_EXCEL):
            raise InputError("an old or protected Excel file; save it as .xlsx without a password")
        if head.startswith(_PARQUET):
            return _parquet(path, stream)
        return survey(path, _text(path, suffix, stream), progress)


def _workbook(stream: BinaryIO, sheet: str | None) -> Raw:
    read = read_sheet(stream, sheet)
    return Raw("xlsx", None, partial(sheet_blocks, read), kind_of_values, notes=read.notes)


def _parquet(path: Path, stream: BinaryIO) -> Source:
    from verbatim.readers.parquet import find_shape, read_frames

    def frames(rows: int, columns: Collection[str] | None) -> Iterator[pd.DataFrame]:
        with _opened(path) as (again, _):
            yield from read_frames(again, shape, rows, columns)

    shape = find_shape(stream)
    return source_of_frames(path, "parquet", shape.n_rows, frames)


def _text(path: Path, suffix: str, stream: BinaryIO) -> Raw:
    if suffix in _DOCUMENTS:
        raise InputError(
            f"a {suffix} file holds no table of verbatims; give CSV, TSV, JSON, Parquet or XLSX"
        )
    encoding = find_encoding(stream)
    with open_text(stream, encoding) as text:
        head = _beginning(text)
    if not head:
        raise InputError(EMPTY)
    if _MARKUP.match(head):
        raise InputError("the content is HTML or XML; open it in a spreadsheet and save it as CSV")
    is_named = suffix in (".csv", *_TAB_SUFFIXES)
    if suffix in _JSON_SUFFIXES or is_json(head) or (not is_named and head[0] in "[{"):
        return _json(path, encoding, head)
    return _delimited(path, encoding, "\t" if suffix in _TAB_SUFFIXES else None)


def _beginning(text: TextIO) -> str:
    """Read the first characters from the first that is not blank."""
    while piece := text.read(_SAMPLE):
        if piece.lstrip():
            return piece.lstrip()
    return ""


def _json(path: Path, encoding: str, head: str) -> Raw:
    if head[0] == "[":
        with _opened(path) as (stream, _), open_text(stream, encoding) as text:
            values = read_array(text)
        if values is not None:
            return Raw("json", encoding, partial(array_blocks, values), kind_of_values, key_names)
    check_lines(head)
    read = partial(_read_again, path, encoding, "\n", line_blocks)
    return Raw("jsonl", encoding, read, kind_of_values, key_names)


def _delimited(path: Path, encoding: str, likely: str | None) -> Raw:
    with _opened(path) as (stream, _), open_text(stream, encoding) as text:
        layout = find_layout(Lines(text), likely)

    def blocks(text: TextIO, rows: int) -> Iterator[Block]:
        return read_blocks(Lines(text), layout, rows)

    kind_of = partial(kind_of_strings, decimal_comma=layout.delimiter == ";")
    read = partial(_read_again, path, encoding, "", blocks)
    surplus = layout.width - len(layout.names)
    note = f"rows end in {surplus} empty fields more than the header has; they are left out"
    notes = [note] if surplus else []
    notes += [QUESTIONS.format(layout.skipped)] if layout.skipped else []
    form = "tsv" if layout.delimiter == likely else "csv"
    return Raw(form, encoding, read, kind_of, notes=tuple(notes))


def _read_again(
    path: Path,
    encoding: str,
    newline: str,
    blocks: Callable[[TextIO, int], Iterator[Block]],
    rows: int,
) -> Iterator[Block]:
    with _opened(path) as (stream, position), open_text(stream, encoding, newline) as text:
        for block in blocks(text, rows):
            yield replace(block, position=position())
