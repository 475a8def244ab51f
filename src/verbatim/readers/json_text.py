"""Records of JSON: an array, or one value a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    except (ValueError, RecursionError) as error:
        raise InputError(f"the JSON array can't be read: {error}") from None
    raws = ((i, json.dumps(value, ensure_ascii=False)) for i, value in enumerate(values, start=1))
    return _table(zip(raws, values, strict=True), "json", encoding)


def read_json_lines(text: str, encoding: str) -> Table:
    """Read one object, or one text, per line; other lines are kept aside."""
    raws = [(i, raw) for i, raw in enumerate(text.split("\n"), start=1) if raw.strip()]
    values = [_parsed(raw) for _, raw in raws]
    if len(values) == 1 and _holds_others(values[0]):
        raise InputError(f"the file is one JSON object that holds others; {_FIX}")
    table = _table(zip(raws, values, strict=True), "jsonl", encoding)
    if len(table.rejected) == len(values):
        raise InputError(f"no line is a JSON object ({table.rejected['reason'][0]}); {_FIX}")
    return table


@dataclass(frozen=True, slots=True)
class _Broken:
    reason: str


def _parsed(raw: str) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        return _Broken(f"not JSON: {error}")


def _holds_others(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(v, (dict, list)) for v in value.values())


def _table(entries: Iterable[tuple[tuple[int, str], object]], format: str, encoding: str) -> Table:
    records: list[dict[str, object]] = []
    rejected: list[Rejected] = []
    for (number, raw), value in entries:
        if isinstance(value, str):
            records.append({"text": value})
        elif isinstance(value, dict):
            records.append(dict(_flat(value)))
        else:
            reason = value.reason if isinstance(value, _Broken) else _NO_RECORD
            rejected.append(Rejected(number, reason, raw.rstrip("\r")))
    return Table(_frame(records), rejected_frame(rejected), format, encoding)


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
