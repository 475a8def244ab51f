"""Records of CSV and TSV text, with the rows that don't fit kept aside."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from verbatim.readers.layout import Feed, Layout, any_field_size
from verbatim.readers.lines import Lines
from verbatim.readers.table import MOST_HELD, Block, Rejected


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
            block = _block(records, lines, layout.names, rows)
        if not block.n_rows and not block.rejected:
            return
        yield block


def _block(records: Iterator[_Record], lines: Lines, names: Sequence[str], rows: int) -> Block:
    kept: list[list[str]] = []
    block = Block({}, 0, [])
    width, held = len(names), 0
    while len(kept) + len(block.rejected) < rows and held < MOST_HELD:
        record = next(records, None)
        if record is None:
            break
        held += record.size
        fields = record.fields
        reason = lines.fault(record.first, record.end) or _misfit(record, width)
        if reason:
            raw = "".join(lines.between(record.first, record.end)).rstrip("\r\n")
            block.rejected.append(Rejected(record.first + 1, reason, raw))
            continue
        if len(fields) < width:
            if fields:
                block.short.append(record.first + 1)
            fields = [*fields, *[""] * (width - len(fields))]
        kept.append(fields[:width])
    block.columns.update(_transposed(kept, names))
    block.repaired.extend(line + 1 for line in lines.repaired)
    lines.repaired.clear()
    return Block(block.columns, len(kept), block.rejected, block.short, block.repaired)


def _transposed(kept: Iterable[Sequence[str]], names: Sequence[str]) -> dict[str, list[str | None]]:
    columns = list(zip(*kept, strict=True)) or [()] * len(names)
    return {
        name: [field or None for field in column]
        for name, column in zip(names, columns, strict=True)
    }


def _misfit(record: _Record, width: int) -> str | None:
    if record.unclosed:
        return "a quote is opened and never closed"
    if len(record.fields) > width and any(record.fields[width:]):
        return f"{len(record.fields)} fields where the header has {width}"
    return None


class _Record(NamedTuple):
    first: int
    end: int
    fields: list[str]
    size: int
    unclosed: bool = False


def _records(lines: Lines, layout: Layout) -> Iterator[_Record]:
    """Yield the records; blank lines are none."""
    delimiter, width, start = layout.delimiter, len(layout.names), layout.first
    while lines.reach(start):
        feed = Feed(lines, start)
        for fields in csv.reader(feed, delimiter=delimiter):
            end, size = feed.position, feed.size
            record = lines.between(start, end) if end - start > 1 else []
            swallowed = _swallowed(record, delimiter, width)
            if swallowed:
                misread = _without_quotes(record, start, swallowed, layout)
                yield misread
                start += swallowed
                lines.forget(start, misread.size)
                break
            # A blank line is an empty verbatim where the file has one column, else nothing.
            if fields or width == 1:
                yield _Record(start, end, fields, size)
            start = feed.record = end
            feed.size = 0
            lines.forget(start, size)


def _swallowed(record: Sequence[str], delimiter: str, width: int) -> int:
    """Count the lines before the next sound row, if a stray quote runs over it; else 0.

    A stray quote at the start of a field reads on to the next quote, over the rows between. Such
    a record breaks the rules of quoting, and holds a line that is a whole row by itself.
    """
    if not record or _is_sound(record, delimiter):
        return 0
    for i, line in enumerate(record[1:], start=1):
        if _has_width(line, delimiter, width):
            return i
    unclosed = "".join(record).count('"') % 2
    return len(record) if unclosed else 0


def _has_width(line: str, delimiter: str, width: int) -> bool:
    readings = ({"strict": True}, {"quoting": csv.QUOTE_NONE})
    return any(len(_fields(line, delimiter, **reading)) == width for reading in readings)


def _is_sound(record: Sequence[str], delimiter: str) -> bool:
    try:
        next(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _fields(line: str, delimiter: str, **reading: Any) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, **reading))
    except csv.Error:
        return []


def _without_quotes(record: Sequence[str], start: int, n_lines: int, layout: Layout) -> _Record:
    """Read a line with a stray quote as it stands, if that gives a whole row."""
    size = sum(map(len, record[:n_lines]))
    fields = _fields(record[0], layout.delimiter, quoting=csv.QUOTE_NONE)
    if n_lines == 1 and len(fields) == len(layout.names):
        return _Record(start, start + 1, fields, size)
    return _Record(start, start + n_lines, [], size, unclosed=True)
