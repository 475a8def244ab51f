"""Records of JSON: an array, or one value a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TextIO

from verbatim.errors import InputError
from verbatim.readers.encoding import repair
from verbatim.readers.lines import physical_lines
from verbatim.readers.table import MOST_HELD, Block, Rejected, distinct, stripped
from verbatim.text import storable

_OBJECT = re.compile(r'\s*\[?\s*\{\s*"[^"\n]*"\s*:')
_BROKEN_LINES = 3
_NO_RECORD = "neither an object nor a text"
_DEEPEST = 100
_TOO_DEEP = f"objects or lists inside one another, more than {_DEEPEST} deep"
_FIX = (
    "write one object a line or an array of objects, as pandas does with "
    'to_json(path, orient="records")'
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value of the file, or why there is none, with its line and how many characters it took."""

    line: int
    value: object
    size: int
    raw: str = ""
    reason: str = ""
    is_repaired: bool = False


def read_array(text: TextIO) -> list[object] | None:
    """Read an array of objects, one per verbatim, or of texts; None if it isn't one array."""
    try:
        values: list[object] = json.loads(repair(text.read()))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise InputError(
            f"line {error.lineno}, column {error.colno} breaks the JSON array ({error.msg})"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"the JSON array can't be read: {error}") from None
    return values


def array_blocks(values: Iterable[object], rows: int) -> Iterator[Block]:
    """Yield so many records of an array at a time."""
    entries = (_Entry(i, value, 0, reason=_misfit(value)) for i, value in enumerate(values, 1))
    return _blocks(entries, rows)


def check_lines(head: str) -> None:
    """Raise an `InputError` if a text begins with an object that goes over several lines."""
    if _is_spread(head):
        raise InputError(f"the file holds a JSON object that goes over several lines; {_FIX}")


def line_blocks(text: TextIO, rows: int) -> Iterator[Block]:
    """Yield the records of one object, or one text, per line; other lines are kept aside.

    Raises
    ------
    InputError
        No line is a record.
    """
    entries = _line_entries(text)
    first = next(entries, None)
    second = next(entries, None)
    if first is not None and second is None and not first.reason and _holds_others(first.value):
        raise InputError(f"the file is one JSON object that holds others; {_FIX}")
    head = [entry for entry in (first, second) if entry is not None]
    is_record = False
    for block in _blocks(chain(head, entries), rows):
        is_record = is_record or block.n_rows > 0
        yield block
    if not is_record and first is not None:
        raise InputError(f"no line is a JSON object ({first.reason}); {_FIX}")


def _line_entries(text: TextIO) -> Iterator[_Entry]:
    for number, (raw, fault, is_repaired) in enumerate(physical_lines(text), start=1):
        if raw.isspace():
            continue
        value, reason = (None, fault) if fault else _parsed(raw)
        kept = raw.rstrip("\r\n") if reason else ""
        yield _Entry(number, value, len(raw), kept, reason or _misfit(value), is_repaired)


def _parsed(raw: str) -> tuple[object, str]:
    try:
        return json.loads(raw), ""
    except (ValueError, RecursionError) as error:
        return None, f"not JSON: {error}"


def _misfit(value: object) -> str:
    if not isinstance(value, (str, dict)):
        return _NO_RECORD
    return _TOO_DEEP if _is_deep(value) else ""


def _is_deep(value: object) -> bool:
    """Whether a value is nested beyond `_DEEPEST`; level by level, as depth ends a recursion."""
    inside = [value]
    for _ in range(_DEEPEST):
        inside = [
            item
            for outer in inside
            if isinstance(outer, (dict, list))
            for item in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(item, (dict, list))
        ]
        if not inside:
            return False
    return True


def _holds_others(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    inside = value.values()
    return all(isinstance(v, (dict, list)) for v in inside) or any(map(_has_records, inside))


def _has_records(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_records, value.values()))
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _blocks(entries: Iterable[_Entry], rows: int) -> Iterator[Block]:
    records: list[dict[str, object]] = []
    block, held = Block({}, 0, []), 0
    for entry in entries:
        _place(entry, records, block)
        held += entry.size
        if len(records) + len(block.rejected) == rows or held >= MOST_HELD:
            yield _filled(block, records)
            records, block, held = [], Block({}, 0, []), 0
    if records or block.rejected:
        yield _filled(block, records)


def _place(entry: _Entry, records: list[dict[str, object]], block: Block) -> None:
    if entry.reason:
        raw = entry.raw or _written(entry.value)
        block.rejected.append(Rejected(entry.line, entry.reason, raw))
    elif isinstance(entry.value, dict):
        _place_object(entry.value, entry.line, records, block)
    else:
        records.append({"text": entry.value})
        block.lines.append(entry.line)
    if entry.is_repaired:
        block.repaired.append(entry.line)


def _written(value: object) -> str:
    """A value as JSON, or nothing where that would be nested too deeply to be written."""
    return "" if _is_deep(value) else json.dumps(value, ensure_ascii=False)


def _place_object(
    value: dict[str, object], line: int, records: list[dict[str, object]], block: Block
) -> None:
    pairs = list(_flat(value))
    record = dict(pairs)
    if len(record) == len(pairs):
        records.append(record)
        block.lines.append(line)
        return
    twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
    reason = f"key {twice!r} stands there and comes from an object inside too"
    block.rejected.append(Rejected(line, reason, json.dumps(value, ensure_ascii=False)))


def _filled(block: Block, records: list[dict[str, object]]) -> Block:
    keys = dict.fromkeys(key for record in records for key in record)
    columns: dict[str, list[Any]] = {
        key: [_cell(record.get(key)) for record in records] for key in keys
    }
    return replace(block, columns=columns, n_rows=len(records))


def _flat(record: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield keys and values; the keys of an object inside follow its own, behind a dot."""
    for key, value in record.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _cell(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    return None if value != value else value  # NaN, as pandas writes what is absent


def key_names(keys: Sequence[str]) -> list[str]:
    """Names of the columns for the keys of objects, which may be numbers or dates."""
    return distinct(stripped(list(map(storable, keys))))


def is_json(head: str) -> bool:
    """Whether a text begins with an object or an array of objects, whatever its name says."""
    return _OBJECT.match(head) is not None


def _is_spread(head: str) -> bool:
    """Whether a text begins with an object that goes over several lines.

    A line that is broken can't be read on for long: no comma stands between lines of records.
    """
    text = "\n".join(line for line in head.split("\n") if line.strip()).lstrip()
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        return error.lineno > _BROKEN_LINES
    except (ValueError, RecursionError):
        return False
    return "\n" in text[:end]
