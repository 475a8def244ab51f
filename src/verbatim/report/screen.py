"""What a terminal can show: its width, colour, and characters beyond ASCII."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TextIO

from verbatim.results import visible

WIDEST = 100

_STYLES = {
    "positive": "32",
    "negative": "31",
    "neutral": "33",
    "mixed": "35",
    "target": "4",
    "strong": "1",
    "soft": "2",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """Width in columns, and whether to use colour and characters beyond ASCII.

    Examples
    --------
    >>> Screen(width=80, colour=False, unicode=False).paint("good", "positive")
    'good'
    """

    width: int = 80
    colour: bool = False
    unicode: bool = True

    @classmethod
    def of(cls, stream: TextIO) -> Screen:
        """Look at the stream and at the environment: ``NO_COLOR``, ``TERM``, ``COLUMNS``."""
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return cls(
            width=min(shutil.get_terminal_size().columns, WIDEST),
            colour=stream.isatty() and not plain,
            unicode=_can_encode(stream, "─●○│…"),
        )

    def paint(self, text: str, style: str) -> str:
        """Colour a text, if colour is used."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def glyph(self, beautiful: str, ascii: str) -> str:
        """Choose the character that the terminal can show."""
        return beautiful if self.unicode else ascii


def fitted(name: str, width: int, screen: Screen, is_starred: bool = False) -> str:
    """Write a name in exactly so many columns, with a star if it is of low support.

    Examples
    --------
    >>> fitted("Cleanliness", 8, Screen(unicode=False), is_starred=True)
    'Clean~* '
    """
    star = "*" if is_starred else ""
    shown = visible(name)
    room = width - 1 - len(star)
    shown = shown if len(shown) <= room else shown[: room - 1] + screen.glyph("…", "~")
    return f"{shown}{star}".ljust(width)


def _can_encode(stream: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
