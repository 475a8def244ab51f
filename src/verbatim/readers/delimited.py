"""Records of CSV and TSV text, with the rows that don't fit kept aside."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from verbatim.readers.layout import ESCAPE, Feed, Layout, any_field_size
from verbatim.readers.lines import Lines
from verbatim.readers.table import MOST_HELD, Block, Rejected

_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\\"")
# A character that no text holds stands for a quote that isn't the end of a field.
_NO_END = "\ufdd0"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def read_blocks(lines: Lines, layout: Layout, rows: int) -> Iterator[Block]:
    r"""Yield the records, so many at a time, as columns; an empty field is None.

    A row with too many fields is kept aside; one with too few gets None for the rest, and its
    line number stands in `short`.

    Examples
    --------
    >>> import io
    >>> from verbatim.readers.layout import find_layout
    >>> text = "id;review\n1;Good, really\n2;a;b\n3\n"
    >>> layout = find_layout(Lines(io.StringIO(text)))
    >>> (block,) = read_blocks(Lines(io.StringIO(text)), layout, rows=10)
    >>> block.columns
    {'id': ['1', '3'], 'review': ['Good, really', None]}
    >>> block.rejected[0].line, block.short
    (3, [4])
    """
    records = _records(lines, layout)
    while True:
        with any_field_size():
            block = _block(records, lines, layout, rows)
        if not block.n_rows and not block.rejected:
            return
        yield block


def _block(records: Iterator[_Record], lines: Lines, layout: Layout, rows: int) -> Block:
    kept: list[list[str]] = []
    block = Block({}, 0, [])
    width, held = len(layout.names), 0
    while len(kept) + len(block.rejected) < rows and held < MOST_HELD:
        record = next(records, None)
        if record is None:
            break
        held += record.size
        fields = record.fields
        reason = lines.fault(record.first, record.end) or _misfit(record, layout)
        if reason:
            raw = "".join(lines.between(record.first, record.end)).rstrip("\r\n")
            block.rejected.append(Rejected(record.first + 1, reason, raw))
            continue
        if len(fields) < width:
            if fields:
                block.short.append(record.first + 1)
            fields = [*fields, *[""] * (width - len(fields))]
        kept.append(fields[:width])
        block.lines.append(record.first + 1)
    block.columns.update(_transposed(kept, layout.names))
    block.repaired.extend(line + 1 for line in lines.repaired)
    lines.repaired.clear()
    return replace(block, n_rows=len(kept))


def _transposed(kept: Iterable[Sequence[str]], names: Sequence[str]) -> dict[str, list[str | None]]:
    columns = list(zip(*kept, strict=True)) or [()] * len(names)
    return {
        name: [field or None for field in column]
        for name, column in zip(names, columns, strict=True)
    }


def _misfit(record: _Record, layout: Layout) -> str | None:
    if record.unclosed:
        return "a quote is opened and never closed"
    fields, width = record.fields, len(layout.names)
    if len(fields) > width and (len(fields) > layout.width or any(fields[width:])):
        return f"{len(fields)} fields where the header has {width}"
    return None


class _Record(NamedTuple):
    first: int
    end: int
    fields: list[str]
    size: int
    unclosed: bool = False


def _records(lines: Lines, layout: Layout) -> Iterator[_Record]:
    """Yield the records; blank lines are none."""
    width, start = len(layout.names), layout.first
    while lines.reach(start):
        feed, mended = Feed(lines, start), None
        try:
            for fields in csv.reader(feed, delimiter=layout.delimiter, strict=True):
                end, size = feed.position, feed.size
                if feed.has_escape and (mended := _unescaped(lines, start, layout, fields)):
                    break
                # A blank line is an empty verbatim where the file has one column, else nothing.
                if fields or width == 1:
                    yield _Record(start, end, fields, size)
                start = end
                feed.begin_record()
                lines.forget(start, size)
        except csv.Error:
            mended = _unsound(lines, start, layout)
        if mended:
            yield mended
            start = mended.end
            lines.forget(start, mended.size)


def _unsound(lines: Lines, start: int, layout: Layout) -> _Record:
    """Read a record that breaks the rules of quoting."""
    feed = Feed(lines, start)
    fields = next(csv.reader(feed, delimiter=layout.delimiter))
    if feed.has_escape and (unescaped := _unescaped(lines, start, layout, fields)):
        return unescaped
    record = lines.between(start, feed.position)
    swallowed = _swallowed(record, layout)
    if swallowed:
        return _without_quotes(record, start, swallowed, layout)
    plain = _as_they_stand(record[0], layout.delimiter) if len(record) == 1 else []
    fields = plain if len(plain) == len(fields) else fields
    return _Record(start, feed.position, fields, feed.size)


def _unescaped(lines: Lines, start: int, layout: Layout, fields: Sequence[str]) -> _Record | None:
    r"""Read a record in which ``\"`` is a quote in the text, if that gives another whole row."""
    feed = Feed(lines, start)
    marked = (_ESCAPED.sub(rf"\1{_NO_END}", line) for line in feed)
    try:
        read = next(csv.reader(marked, delimiter=layout.delimiter, strict=True))
    except csv.Error:
        return None
    if len(read) != len(layout.names) or [f.replace(_NO_END, ESCAPE) for f in read] == fields:
        return None
    whole = [field.replace(_NO_END, '"') for field in read]
    return _Record(start, feed.position, whole, feed.size)


def _swallowed(record: Sequence[str], layout: Layout) -> int:
    """Count the lines before the next sound row, if a stray quote runs over it; else 0.

    A stray quote at the start of a field reads on to the next quote, over the rows between. Such
    a record breaks the rules of quoting, and holds a line that is a whole row by itself.
    """
    for i, line in enumerate(record[1:], start=1):
        if _has_width(line, layout):
            return i
    unclosed = "".join(record).count('"') % 2
    return len(record) if unclosed else 0


def _has_width(line: str, layout: Layout) -> bool:
    readings = ({"strict": True}, {"quoting": csv.QUOTE_NONE})
    read = (_fields(line, layout.delimiter, **reading) for reading in readings)
    return len(layout.names) in map(len, read)


def _fields(line: str, delimiter: str, **reading: Any) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, **reading))
    except csv.Error:
        return []


def _as_they_stand(line: str, delimiter: str) -> list[str]:
    """Fields of a line whose quotes are of the text, but for those around a whole field."""
    fields = _fields(line, delimiter, quoting=csv.QUOTE_NONE)
    quoted = map(_QUOTED.fullmatch, fields)
    return [
        inside[1].replace('""', '"') if inside else field
        for field, inside in zip(fields, quoted, strict=True)
    ]


def _without_quotes(record: Sequence[str], start: int, n_lines: int, layout: Layout) -> _Record:
    """Read a line with a stray quote as it stands, if that gives a whole row."""
    size = sum(map(len, record[:n_lines]))
    fields = _as_they_stand(record[0], layout.delimiter)
    if n_lines == 1 and len(fields) == len(layout.names):
        return _Record(start, start + 1, fields, size)
    return _Record(start, start + n_lines, [], size, unclosed=True)
