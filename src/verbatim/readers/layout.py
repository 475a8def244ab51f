"""How a delimited text is laid out: its delimiter and the names of its columns."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from verbatim.errors import InputError
from verbatim.readers.lines import MOST_CHARACTERS, Lines
from verbatim.readers.table import EMPTY, column_names

DELIMITERS = (",", ";", "\t", "|")
_NO_DELIMITER = "\x1f"
_SNIFFED_RECORDS = 100
# No verbatim has more lines; a quote that nobody closed would otherwise be searched to the end.
_MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delimited text is laid out.

    Attributes
    ----------
    delimiter : str
    names : tuple of str
        Columns, in order.
    first : int
        Line, from 0, at which the records begin.
    """

    delimiter: str
    names: tuple[str, ...]
    first: int


def find_layout(lines: Lines, delimiter: str | None = None) -> Layout:
    r"""Find the delimiter, unless it is given, and read the names of the columns.

    Raises
    ------
    InputError
        There is no row of names.

    Examples
    --------
    >>> import io
    >>> find_layout(Lines(io.StringIO("sep=;\nid;review\n1;Good, really\n")))
    Layout(delimiter=';', names=('id', 'review'), first=2)
    """
    declared = _declared_delimiter(lines)
    start = 1 if declared else 0
    with any_field_size():
        delimiter = delimiter or declared or _sniff(lines, start)
        first, header = _header(lines, start, delimiter)
    fault = lines.fault(start, first)
    if fault:
        raise InputError(f"line {start + 1} should name the columns, but holds {fault}")
    return Layout(delimiter, tuple(column_names(header)), first)


class Feed:
    """Lines from `position` on; ends early inside a record of too many lines or characters."""

    def __init__(self, lines: Lines, position: int) -> None:
        self.lines, self.position, self.record, self.size = lines, position, position, 0

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> str:
        is_long = self.position >= self.record + _MOST_LINES or self.size > MOST_CHARACTERS
        if is_long or not self.lines.reach(self.position):
            raise StopIteration
        line = self.lines[self.position]
        self.position += 1
        self.size += len(line)
        return line


def _declared_delimiter(lines: Lines) -> str | None:
    """Excel writes ``sep=;`` as the first line of some files."""
    first = lines[0].strip() if lines.reach(0) else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


@contextmanager
def any_field_size() -> Iterator[None]:
    """Let a field be as long as its line; the setting of the csv module is left as it was."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _sniff(lines: Lines, start: int) -> str:
    """Choose the delimiter of the header with which most records agree in width."""
    ranks = {delimiter: _agreement(lines, start, delimiter) for delimiter in DELIMITERS}
    best = max(ranks, key=lambda delimiter: ranks[delimiter])
    return best if ranks[best] > (0.0, 0) else _NO_DELIMITER


def _agreement(lines: Lines, start: int, delimiter: str) -> tuple[float, int]:
    widths = []
    for fields in csv.reader(Feed(lines, start), delimiter=delimiter):
        if fields:
            widths.append(len(fields))
        if len(widths) > _SNIFFED_RECORDS:
            break
    if not widths or widths[0] == 1:
        return 0.0, 0
    same = Counter(widths[1:])[widths[0]] / len(widths[1:]) if widths[1:] else 1.0
    return max(same, 0.01), widths[0]


def _header(lines: Lines, start: int, delimiter: str) -> tuple[int, list[str]]:
    feed = Feed(lines, start)
    for fields in csv.reader(feed, delimiter=delimiter):
        if fields:
            return feed.position, fields
    raise InputError(EMPTY)
