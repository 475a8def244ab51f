"""Records of CSV and TSV text, with the rows that don't fit kept aside."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from verbatim.errors import InputError
from verbatim.readers.table import EMPTY, Rejected, column_names

DELIMITERS = (",", ";", "\t", "|")
_NO_DELIMITER = "\x1f"
_SNIFFED_RECORDS = 100
# No verbatim has more lines; a quote that nobody closed would otherwise be searched to the end.
_MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a delimited text, column by column, and what was left out."""

    columns: dict[str, list[str | None]]
    rejected: list[Rejected]
    short: list[int]
    delimiter: str


def read_records(text: str, delimiter: str | None = None) -> Records:
    r"""Split delimited text into columns; an empty field is None.

    A row with too many fields is kept aside; one with too few gets None for the rest, and its
    line number stands in `short`.

    Examples
    --------
    >>> records = read_records("id;review\n1;Good, really\n2;a;b\n3\n")
    >>> records.columns
    {'id': ['1', '3'], 'review': ['Good, really', None]}
    >>> records.rejected[0].line, records.short
    (3, [4])
    """
    lines = _lines(text)
    declared = _declared_delimiter(lines)
    if declared:
        lines[0] = "\n"
    with _any_field_size():
        delimiter = delimiter or declared or _sniff(lines)
        return _collect(lines, delimiter)


def _lines(text: str) -> list[str]:
    lines = list(io.StringIO(text, newline=""))
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _declared_delimiter(lines: Sequence[str]) -> str | None:
    """Excel writes ``sep=;`` as the first line of some files."""
    first = lines[0].strip() if lines else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


@contextmanager
def _any_field_size() -> Iterator[None]:
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _sniff(lines: Sequence[str]) -> str:
    """Choose the delimiter of the header with which most records agree in width."""
    ranks = {delimiter: _agreement(lines, delimiter) for delimiter in DELIMITERS}
    best = max(ranks, key=lambda delimiter: ranks[delimiter])
    return best if ranks[best] > (0.0, 0) else _NO_DELIMITER


def _agreement(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths = []
    for fields in csv.reader(_Feed(lines, 0), delimiter=delimiter):
        if fields:
            widths.append(len(fields))
        if len(widths) > _SNIFFED_RECORDS:
            break
    if not widths or widths[0] == 1:
        return 0.0, 0
    same = Counter(widths[1:])[widths[0]] / len(widths[1:]) if widths[1:] else 1.0
    return max(same, 0.01), widths[0]


def _collect(lines: Sequence[str], delimiter: str) -> Records:
    start, header = _header(lines, delimiter)
    names = column_names(header)
    columns: list[list[str | None]] = [[] for _ in names]
    rejected: list[Rejected] = []
    short: list[int] = []
    for record in _records(lines, start, delimiter, len(names)):
        reason = _misfit(record, len(names))
        if reason:
            raw = "".join(lines[record.first : record.end]).rstrip("\r\n")
            rejected.append(Rejected(record.first + 1, reason, raw))
            continue
        if 0 < len(record.fields) < len(names):
            short.append(record.first + 1)
        for column, field in zip_longest(columns, record.fields[: len(names)]):
            column.append(field or None)
    return Records(dict(zip(names, columns, strict=True)), rejected, short, delimiter)


def _header(lines: Sequence[str], delimiter: str) -> tuple[int, list[str]]:
    reader = csv.reader(_Feed(lines, 0), delimiter=delimiter)
    for fields in reader:
        if fields:
            return reader.line_num, fields
    raise InputError(EMPTY)


def _misfit(record: _Record, width: int) -> str | None:
    if record.unclosed:
        return "a quote is opened and never closed"
    if any(record.fields[width:]):
        return f"{len(record.fields)} fields where the header has {width}"
    return None


class _Record(NamedTuple):
    first: int
    end: int
    fields: list[str]
    unclosed: bool


class _Feed:
    """Physical lines from `position` on; ends early inside a record of too many lines."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self.lines, self.position, self.record = lines, position, position

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.position >= min(len(self.lines), self.record + _MOST_LINES):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def _records(lines: Sequence[str], start: int, delimiter: str, width: int) -> Iterator[_Record]:
    """Yield the records from line `start` on; blank lines are none."""
    while start < len(lines):
        feed = _Feed(lines, start)
        for fields in csv.reader(feed, delimiter=delimiter):
            end = feed.position
            swallowed = end - start > 1 and _swallowed(lines[start:end], delimiter, width)
            if swallowed:
                yield _without_quotes(lines, start, start + swallowed, delimiter, width)
                start += swallowed
                break
            # A blank line is an empty verbatim where the file has one column, else nothing.
            if fields or width == 1:
                yield _Record(start, end, fields, unclosed=False)
            start = feed.record = end


def _swallowed(record: Sequence[str], delimiter: str, width: int) -> int:
    """Count the lines before the next sound row, if a stray quote runs over it; else 0.

    A stray quote at the start of a field reads on to the next quote, over the rows between. Such
    a record breaks the rules of quoting, and holds a line that is a whole row by itself.
    """
    if _is_sound(record, delimiter):
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


def _without_quotes(
    lines: Sequence[str], start: int, end: int, delimiter: str, width: int
) -> _Record:
    """Read a line with a stray quote as it stands, if that gives a whole row."""
    fields = _fields(lines[start], delimiter, quoting=csv.QUOTE_NONE)
    if end == start + 1 and len(fields) == width:
        return _Record(start, end, fields, unclosed=False)
    return _Record(start, end, [], unclosed=True)
