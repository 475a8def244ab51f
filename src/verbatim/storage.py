"""Write an analysis to a directory of Parquet files and meta.json."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.atomic import write_file
from verbatim.directory import META, whole_directory
from verbatim.held import held

DIGESTS = "sha256"
"""In meta.json the sha256 of each file; not in the provenance of what is read."""
AS_TEXT = "saved_as_text"
"""In meta.json the columns whose values were written as text; only where there are any."""
_PLAIN = re.compile(r"(U?I|u?i)nt(8|16|32|64)|[Ff]loat(32|64)|bool(ean)?|str|datetime64\[.*\]")
"""Dtypes of which Parquet holds any value."""


def save(analysis: Analysis, path: Path, *, overwrite: bool = False) -> Path:
    """Write `analysis` to the directory `path`; see `Analysis.save`."""
    with whole_directory(path, overwrite=overwrite) as directory:
        write_tables(analysis, directory)
    return path


def write_tables(analysis: Analysis, directory: Path) -> None:
    """Write the tables and meta.json into a directory that is there.

    The sha256 of the tables stands in meta.json, and which columns have become text.
    """
    digests: dict[str, str] = {}
    as_text: list[str] = list(analysis.meta.get(AS_TEXT, ()))
    for name, table in analysis.tables.items():
        written = _writable(table)
        content = _parquet(written)
        write_file(directory / f"{name}.parquet", content)
        digests[f"{name}.parquet"] = hashlib.sha256(content).hexdigest()
        as_text += [
            str(column)
            for column in table
            if _holds_text(written[column]) and not _holds_text(table[column])
        ]
    told = {AS_TEXT: list(dict.fromkeys(as_text))} if as_text else {}
    write_file(directory / META, meta_bytes({**analysis.meta, **told, DIGESTS: digests}))


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Make a Parquet file of a table; the same bytes for the same table."""
    return _parquet(_writable(table))


def _holds_text(column: pd.Series[Any]) -> bool:
    values = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    return str(values.dtype) == "str"


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, compression="zstd", index=False)
    return buffer.getvalue()


def meta_bytes(meta: Mapping[str, Any]) -> bytes:
    """Make ``meta.json``."""
    return (json.dumps(dict(meta), ensure_ascii=False, indent=1) + "\n").encode()


def _writable(table: pd.DataFrame) -> pd.DataFrame:
    """A caller's column of values that Parquet can't hold is written as text."""
    odd = {
        str(name): held(column)
        for name, column in table.items()
        if not _PLAIN.fullmatch(str(column.dtype))
    }
    return table.assign(**odd)
