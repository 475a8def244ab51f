"""Physical lines of a text, read as they are asked for, each no longer than a bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from verbatim.readers.encoding import is_escaped, repair

MOST_CHARACTERS = 1 << 24
"""Longest line, and longest record, that is read."""

_KEPT = 1_000
_PIECE = 1 << 16
_FORGOTTEN_AT_ONCE = 1 << 18
_ENDS = ("\n", "\r")

NUL = "a NUL character: part of the file is binary or in another encoding"
UNDECODABLE = "bytes that are neither UTF-8 nor Windows-1252"


Line = tuple[str, str, bool]
"""A line with its end; why it can't be read, "" where it can; whether bytes were repaired."""


def physical_lines(stream: TextIO) -> Iterator[Line]:
    """Yield the lines of a text; the memory taken doesn't depend on their length."""
    while text := stream.readline(MOST_CHARACTERS + 1):
        if len(text) > MOST_CHARACTERS and not text.endswith(_ENDS):
            yield _cut(text, stream)
            continue
        fault = NUL if "\0" in text else ""
        if text.isascii() or not is_escaped(text):
            yield text, fault, False
            continue
        text = repair(text)
        yield text, UNDECODABLE if is_escaped(text) else fault, True


def _cut(text: str, stream: TextIO) -> Line:
    """Keep the beginning of a line that is too long; a quote left open in it stays open."""
    length, quotes, kept = len(text), text.count('"'), text[:_KEPT]
    while (text := stream.readline(_PIECE)) and not text.endswith(_ENDS):
        length += len(text)
        quotes += text.count('"')
    length += len(text.rstrip("\r\n"))
    quotes += text.count('"')
    balance = '"' * ((quotes - kept.count('"')) % 2)
    reason = f"a line of {length:,} characters; at most {MOST_CHARACTERS:,} are read"
    return repair(kept) + balance + "\n", reason, False


class Lines:
    """The lines of a text by their number from 0, as a window that moves on.

    Blank lines at the end are left out.

    Attributes
    ----------
    faults : dict of int to str
        Lines in the window that can't be read, and why.
    repaired : list of int
        Lines read in which bytes of another encoding stood.
    """

    def __init__(self, stream: TextIO) -> None:
        self.faults: dict[int, str] = {}
        self.repaired: list[int] = []
        self._held: list[str] = []
        self._base = self._stale = 0
        self._source = self._without_blank_end(stream)

    def __getitem__(self, position: int) -> str:
        return self._held[position - self._base]

    def between(self, first: int, end: int) -> list[str]:
        """Lines first to end - 1, all of them in the window."""
        return self._held[first - self._base : end - self._base]

    def reach(self, position: int) -> bool:
        """Read on to a line; False where the text ends before it."""
        while position >= self._base + len(self._held):
            text = next(self._source, None)
            if text is None:
                return False
            self._held.append(text)
        return True

    def forget(self, position: int, size: int) -> None:
        """Let the lines before `position` leave the window, `size` characters more than before."""
        self._stale += size
        if self._stale > _FORGOTTEN_AT_ONCE:
            del self._held[: position - self._base]
            self._base, self._stale = position, 0
            if self.faults:
                self.faults = {at: why for at, why in self.faults.items() if at >= position}

    def fault(self, first: int, end: int) -> str:
        """Say why one of these lines can't be read, "" if all can."""
        if not self.faults:
            return ""
        return next((self.faults[at] for at in range(first, end) if at in self.faults), "")

    def _without_blank_end(self, stream: TextIO) -> Iterator[str]:
        blank: list[str] = []
        for position, (text, fault, is_repaired) in enumerate(physical_lines(stream)):
            if text.isspace():
                blank.append(text)
                continue
            if blank:
                yield from blank
                blank = []
            if fault:
                self.faults[position] = fault
            if is_repaired:
                self.repaired.append(position)
            yield text
