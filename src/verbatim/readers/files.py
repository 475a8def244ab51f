"""Find out what a file holds, by its content and then its name, and read it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from verbatim.errors import InputError, OptionError, closest
from verbatim.readers.columns import column_from_strings
from verbatim.readers.delimited import read_records
from verbatim.readers.encoding import decode
from verbatim.readers.json_text import read_json_array, read_json_lines
from verbatim.readers.table import EMPTY, Table, rejected_frame
from verbatim.readers.workbook import read_workbook

_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_TAB_SUFFIXES = (".tsv", ".tab")


def read_table(path: str | Path, sheet: str | None = None) -> Table:
    """Read a file of verbatims.

    CSV (``,`` ``;`` tab or ``|``), TSV, JSON (an array or one object a line), each plain or
    gzipped, in UTF-8, UTF-16 or Windows-1252; Parquet; XLSX.

    Parameters
    ----------
    path : str or Path
    sheet : str, optional
        Sheet of a workbook; the first one unless told.

    Raises
    ------
    InputError
        There is no such file, or it holds no table; the message says what to do.
    OptionError
        `sheet` is given for a file that has none.
    """
    path = Path(path)
    data = _bytes(path)
    try:
        table = _read(data, path, sheet)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    if not len(table.frame):
        misfits = f" that fits it ({len(table.rejected)} don't)" if len(table.rejected) else ""
        raise InputError(f"{path}: there is a header and no row below it{misfits}")
    return table


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(_missing(path)) from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name one file in it: {_listing(path)}") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}") from None


def _missing(path: Path) -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}, so no file {path.name} in it"
    guess = closest(path.name, [entry.name for entry in path.parent.iterdir()])
    hint = f"did you mean {guess!r}?" if guess else f"in its folder are: {_listing(path.parent)}"
    return f"there is no file {path}; {hint}"


def _listing(folder: Path, most: int = 8) -> str:
    files = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    more = f" and {len(files) - most} more" if len(files) > most else ""
    return (", ".join(files[:most]) or "no files") + more


def _read(data: bytes, path: Path, sheet: str | None) -> Table:
    suffix = path.suffix.lower()
    if data.startswith(_GZIP):
        data, suffix = _gunzip(data), Path(path.stem).suffix.lower()
    if data.startswith(_ZIP):
        return read_workbook(data, sheet)
    if sheet is not None:
        raise OptionError(f"sheet {sheet!r} is given, but {path} is no workbook; leave it out")
    if data.startswith(_OLD_EXCEL):
        raise InputError("an old or protected Excel file; save it as .xlsx without a password")
    if data.startswith(_PARQUET):
        return _read_parquet(data)
    return _read_text(data, suffix)


def _gunzip(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"the compressed file is damaged ({error}); copy it again") from None


def _read_text(data: bytes, suffix: str) -> Table:
    text, encoding = decode(data)
    del data
    head = text.lstrip()[:1]
    if not head:
        raise InputError(EMPTY)
    unknown = suffix not in (".csv", *_TAB_SUFFIXES)
    if suffix in _JSON_SUFFIXES or (unknown and head in ("[", "{")):
        return (read_json_array if head == "[" else read_json_lines)(text, encoding)
    tabs = suffix in _TAB_SUFFIXES
    records = read_records(text, "\t" if tabs else None)
    comma = records.delimiter == ";"
    frame = pd.DataFrame(
        {name: column_from_strings(values, comma) for name, values in records.columns.items()}
    )
    unnamed = [f"column_{i}" for i in range(1, frame.shape[1] + 1)]
    empty = [name for name in unnamed if name in frame and frame[name].isna().all()]
    notes = _short_note(records.short, frame.shape[1])
    rejected = rejected_frame(records.rejected)
    return Table(frame.drop(columns=empty), rejected, "tsv" if tabs else "csv", encoding, notes)


def _short_note(short: Sequence[int], width: int) -> tuple[str, ...]:
    if not short:
        return ()
    lines = ", ".join(map(str, short[:5])) + ", ..." * (len(short) > 5)
    return (f"{len(short)} rows have fewer than {width} fields; the rest is NA (line {lines})",)


def _read_parquet(data: bytes) -> Table:
    import pyarrow as pa

    try:
        frame = pd.read_parquet(io.BytesIO(data))
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"the Parquet file is damaged ({error}); write it again") from None
    named = frame.reset_index() if frame.index.name else frame.reset_index(drop=True)
    return Table(named.rename(columns=str), rejected_frame(), "parquet")
