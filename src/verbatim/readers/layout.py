"""How a delimited text is laid out: its delimiter and the names of its columns."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from verbatim.errors import InputError
from verbatim.readers.header import check_headings, check_title, n_question_rows
from verbatim.readers.lines import MOST_CHARACTERS, Lines
from verbatim.readers.table import EMPTY, column_names

ESCAPE = '\\"'
DELIMITERS = (",", ";", "\t", "|")
_NO_DELIMITER = "\x1f"
_SNIFFED_RECORDS = 100
_LONGEST_NAME = 100
_NONE, _MOST = (0.0, 0), (0.9, 0)
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
    width : int
        Most fields of a record: more than there are names where each ends in empty ones.
    skipped : int
        Rows of questions between the names and the records.
    """

    delimiter: str
    names: tuple[str, ...]
    first: int
    width: int
    skipped: int = 0


def find_layout(lines: Lines, likely: str | None = None) -> Layout:
    r"""Find the delimiter, the likely one if the header has it, and read the names of the columns.

    Raises
    ------
    InputError
        There is no row of names, or a title or headings above it.

    Examples
    --------
    >>> import io
    >>> find_layout(Lines(io.StringIO("sep=;\nid;review\n1;Good, really\n")))
    Layout(delimiter=';', names=('id', 'review'), first=2, width=2, skipped=0)
    """
    declared = _declared_delimiter(lines)
    start = 1 if declared else 0
    with any_field_size():
        samples = {delimiter: _sample(lines, start, delimiter) for delimiter in DELIMITERS}
        delimiter = declared or _sniff(samples, likely)
        sample = samples.get(delimiter, [])
        skipped = n_question_rows(sample)
        first, header = _header(lines, start, delimiter, skipped)
    for records in [sample] if len(header) > 1 else samples.values():
        check_title(records or [header])
    if skipped:
        sample = [sample[0], *sample[1 + skipped :]]
    else:
        check_headings(sample or [header])
    fault = lines.fault(start, first)
    if fault:
        raise InputError(f"line {start + 1} should name the columns, but holds {fault}")
    return Layout(delimiter, tuple(column_names(header)), first, _width(header, sample), skipped)


class Feed:
    """Lines from `position` on; ends early inside a record of too many lines or characters.

    Attributes
    ----------
    record, size : int
        First line of the record that is read, and its characters so far.
    has_escape : bool
        Whether a backslash stands before a quote in it.
    """

    def __init__(self, lines: Lines, position: int) -> None:
        self.lines, self.position = lines, position
        self.begin_record()

    def begin_record(self) -> None:
        """Count from the next line on."""
        self.record, self.size, self.has_escape = self.position, 0, False

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> str:
        is_long = self.position >= self.record + _MOST_LINES or self.size > MOST_CHARACTERS
        if is_long or not self.lines.reach(self.position):
            raise StopIteration
        line = self.lines[self.position]
        self.position += 1
        self.size += len(line)
        if ESCAPE in line:
            self.has_escape = True
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


def _sample(lines: Lines, start: int, delimiter: str) -> list[list[str]]:
    """Read the first records, of each field only so much as tells a name."""
    records = filter(None, csv.reader(Feed(lines, start), delimiter=delimiter))
    return [
        [field[:_LONGEST_NAME] for field in record]
        for record in islice(records, 1 + _SNIFFED_RECORDS)
    ]


def _sniff(samples: Mapping[str, list[list[str]]], likely: str | None) -> str:
    """Choose the delimiter of the header with which most records agree in width."""
    ranks = {delimiter: _agreement(records) for delimiter, records in samples.items()}
    if likely is not None and ranks[likely] > _NONE:
        return likely
    best = max(ranks, key=lambda delimiter: ranks[delimiter])
    return best if ranks[best] > (_NONE if likely is None else _MOST) else likely or _NO_DELIMITER


def _agreement(records: Sequence[Sequence[str]]) -> tuple[float, int]:
    widths = list(map(len, records))
    if not widths or widths[0] == 1:
        return _NONE
    same = Counter(widths[1:])[widths[0]] / len(widths[1:]) if widths[1:] else 1.0
    return max(same, 0.01), widths[0]


def _usual(widths: Iterable[int]) -> list[int]:
    return [width for width, _ in Counter(widths).most_common(1)]


def _width(header: Sequence[str], sample: Sequence[Sequence[str]]) -> int:
    """Count the fields of a record, with empty ones behind the last column if most have them.

    If only some had them, a text may have been cut at its commas.
    """
    below = sample[1:]
    width = max([len(header), *_usual(map(len, below))])
    padded = [r for r in below if len(r) == width and not any(r[len(header) :])]
    return width if len(padded) > max(1, _MOST[0] * len(below)) else len(header)


def _header(lines: Lines, start: int, delimiter: str, skipped: int) -> tuple[int, list[str]]:
    """Read the names, and find the line at which the records begin, behind rows to be skipped."""
    feed = Feed(lines, start)
    records = filter(None, csv.reader(feed, delimiter=delimiter))
    header = next(records, None)
    if header is None:
        raise InputError(EMPTY)
    for _ in islice(records, skipped):
        pass
    return feed.position, header
