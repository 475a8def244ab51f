"""An analysis as nested plain values for services, and the JSON Schema that describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from verbatim.labels import EMOTIONS, INTENTS
from verbatim.schema import ID, OPTIONAL, SCHEMA_VERSION, TABLES, Column, names
from verbatim.tables import is_missing

if TYPE_CHECKING:
    from verbatim.analysis import Analysis

SCHEMA_FILE = "analysis.schema.json"
_NESTED = (ID, "sentence")


def analysis_to_dict(analysis: Analysis) -> dict[str, Any]:
    """Verbatims hold their sentences, sentences their opinions; absent values are left out."""
    opinions: dict[tuple[Any, int], list[dict[str, Any]]] = {}
    for row in _records(analysis.tables["opinions"]):
        key = (row.pop(ID), row.pop("sentence"))
        opinions.setdefault(key, []).append(row)
    sentences: dict[Any, list[dict[str, Any]]] = {}
    for row in _records(analysis.tables["sentences"]):
        key = (row.pop(ID), row.pop("sentence"))
        nested = {**_gather(row), "opinions": opinions.get(key, [])}
        sentences.setdefault(key[0], []).append(nested)
    own = len(names("verbatims"))
    columns = [str(column) for column in analysis.tables["verbatims"].columns[own:]]
    verbatims = []
    for row in _records(analysis.tables["verbatims"]):
        others = {column: row.pop(column) for column in columns if column in row}
        verbatims.append({**row, "columns": others, "sentences": sentences.get(row[ID], [])})
    # Names only: for one short verbatim the rest would be most of the text.
    engine = {name: analysis.meta["engine"][name] for name in ("name", "version")}
    meta = {**analysis.meta, "taxonomy": analysis.meta["taxonomy"]["name"], "engine": engine}
    return {"schema_version": SCHEMA_VERSION, "meta": meta, "verbatims": verbatims}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = {str(name): [_plain(value) for value in column] for name, column in table.items()}
    keys = list(plain)
    return [
        {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        for values in zip(*plain.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    """A value that JSON knows; None for NA.

    Examples
    --------
    >>> _plain({"seen": [pd.Timestamp("2025-03-01 09:30"), float("inf"), b"ok"]})
    {'seen': ['2025-03-01T09:30:00', 'inf', 'ok']}
    """
    if isinstance(value, (str, bool, int)):
        return value
    if is_missing(value):
        return None
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(one) for one in value]
    if isinstance(value, (timedelta, np.timedelta64)):
        value = pd.Timedelta(value)
    elif isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float):
        return value if np.isfinite(value) else str(value)
    return str(value)


def _gather(row: dict[str, Any]) -> dict[str, Any]:
    """Fold the columns per emotion and per intent into one value each."""
    row["emotions"] = {
        name: intensity
        for name in EMOTIONS
        if (intensity := row.pop(f"emotion_{name}", None)) is not None
    }
    row["intents"] = [name for name in INTENTS if row.pop(f"intent_{name}", False)]
    return row


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `Analysis.to_dict`, as published in the package.

    Examples
    --------
    >>> json_schema()["title"]
    'verbatim analysis'
    """
    text = files("verbatim").joinpath(SCHEMA_FILE).read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def build_json_schema() -> dict[str, Any]:
    """Derive the JSON Schema from `verbatim.schema.TABLES`."""
    opinion = _object("opinions", _NESTED)
    sentence = _object("sentences", _NESTED, prefixes=("emotion_", "intent_"))
    levels = {"type": "integer", "minimum": 1, "maximum": 3}
    sentence["properties"] |= {
        "emotions": {
            "type": "object",
            "description": "intensity per emotion: 1 mild, 2 clear, 3 strong",
            "properties": {name: levels for name in EMOTIONS},
            "additionalProperties": False,
        },
        "intents": {"type": "array", "items": {"enum": list(INTENTS)}, "uniqueItems": True},
        "opinions": {"type": "array", "items": {"$ref": "#/$defs/opinion"}},
    }
    sentence["required"] += ["emotions", "intents", "opinions"]
    verbatim = _object("verbatims", ())
    verbatim["properties"] |= {
        "columns": {"type": "object", "description": "the caller's own columns"},
        "sentences": {"type": "array", "items": {"$ref": "#/$defs/sentence"}},
    }
    verbatim["required"] += ["columns", "sentences"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "verbatim analysis",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "meta": {"type": "object", "description": "engine, taxonomy and versions"},
            "verbatims": {"type": "array", "items": {"$ref": "#/$defs/verbatim"}},
        },
        "required": ["schema_version", "meta", "verbatims"],
        "additionalProperties": False,
        "$defs": {"verbatim": verbatim, "sentence": sentence, "opinion": opinion},
    }


def _object(
    table: str, left_out: tuple[str, ...], prefixes: tuple[str, ...] = ()
) -> dict[str, Any]:
    columns = [
        column
        for column in (*TABLES[table], *OPTIONAL.get(table, ()))
        if column.name not in left_out and not column.name.startswith(prefixes or "\0")
    ]
    return {
        "type": "object",
        "properties": {column.name: _value(column) for column in columns},
        "required": [column.name for column in columns if not column.nullable],
        "additionalProperties": False,
    }


def _value(column: Column) -> dict[str, Any]:
    types = {"id": ["integer", "string"], "str": "string", "bool": "boolean", "float64": "number"}
    value: dict[str, Any] = {"type": types.get(column.dtype, "integer")}
    if column.values is not None:
        value["enum"] = list(column.values)
    if column.low is not None:
        value["minimum"] = column.low
    if column.high is not None:
        value["maximum"] = column.high
    return {**value, "description": column.meaning}
