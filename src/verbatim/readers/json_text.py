"""Records of JSON: an array, or one value a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from verbatim.errors import InputError
from verbatim.readers.columns import column_from_values
from verbatim.readers.table import Rejected, Table, column_names, rejected_frame

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_RECORD = "neither an object nor a text"
_FIX = (
    "write one object a line or an array of objects, as pandas does with "
    'to_json(path, orient="records")'
)


def read_json_array(text: str, encoding: str) -> Table:
    """Read an array of objects, one per verbatim, or of texts."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return read_json_lines(text, encoding)
        raise InputError(
            f"line {error.lineno}, column {error.colno} breaks the JSON array ({error.msg})"
        ) from None
    rejected = []
    records = []
    for i, value in enumerate(values, start=1):
        record = _record(value)
        if record is None:
            raw = json.dumps(value, ensure_ascii=False)
            rejected.append(Rejected(i, _NO_RECORD, raw))
        else:
            records.append(record)
    return Table(_frame(records), rejected_frame(rejected), "json", encoding)


def read_json_lines(text: str, encoding: str) -> Table:
    """Read one object, or one text, per line; other lines are kept aside."""
    records, rejected = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        record, reason = _parse_line(line)
        if record is None:
            rejected.append(Rejected(number, reason, line.rstrip("\r")))
        else:
            records.append(record)
    if not records:
        raise InputError(f"no line is a JSON object ({rejected[0].reason}); {_FIX}")
    if len(records) == 1 and all(isinstance(v, (dict, list)) for v in records[0].values()):
        raise InputError(f"the file is one JSON object that holds others; {_FIX}")
    return Table(_frame(records), rejected_frame(rejected), "jsonl", encoding)


def _parse_line(line: str) -> tuple[dict[str, object] | None, str]:
    try:
        return _record(json.loads(line)), _NO_RECORD
    except (json.JSONDecodeError, RecursionError) as error:
        return None, f"not JSON: {error}"


def _record(value: object) -> dict[str, object] | None:
    if isinstance(value, str):
        return {"text": value}
    return dict(_flat(value)) if isinstance(value, dict) else None


def _flat(record: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield keys and values; the keys of an object inside follow its own, behind a dot."""
    for key, value in record.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _frame(records: Sequence[dict[str, object]]) -> pd.DataFrame:
    """One column per key; lone surrogates, which no file can hold, are replaced."""
    keys = dict.fromkeys(key for record in records for key in record)
    names = column_names([_SURROGATE.sub("\ufffd", key) for key in keys])
    columns = ([_storable(record.get(key)) for record in records] for key in keys)
    return pd.DataFrame(
        {name: column_from_values(c) for name, c in zip(names, columns, strict=True)}
    )


def _storable(value: object) -> object:
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
