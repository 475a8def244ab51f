"""CSV that a spreadsheet opens as it was meant: its encoding, and texts that are no formulas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells a spreadsheet that a text is UTF-8; Excel takes it for Windows-1252 otherwise."""

ENCODING = "utf-8-sig"

# The wide forms are run by spreadsheets in East Asian languages.
_FORMULA = re.compile("[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*\s*%?")


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before each text that a spreadsheet would run as a formula.

    Examples
    --------
    >>> harmless(pd.DataFrame({"said": ["=1+2", "- dirty", "-5", "fine"]}))["said"].tolist()
    ["'=1+2", "'- dirty", '-5', 'fine']
    """
    columns = {
        _harmless(str(name)): column
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
        else column.astype(object).map(_harmless)
        for name, column in frame.items()
    }
    return pd.DataFrame(columns, index=frame.index)


def _harmless(value: Any) -> Any:
    if not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for people."""
    harmless(frame).to_csv(path, index=False, encoding=ENCODING)
