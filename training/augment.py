"""Write a sentence as people type it: slips, missing marks, lost spaces.

Case is left alone: the encoder's tokeniser folds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from training.examples import Example, Opinion, Span

_WORD = re.compile(r"[A-Za-z]{4,}")
_END_MARKS = re.compile(r"[.!?]+\s*$")
_MARKS = re.compile(r"[.,;:!?]")
_APOSTROPHES = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])")
_SPACES_AFTER_MARKS = re.compile(r"(?<=[.,;:!?]) +")
_SPACES = re.compile(r"(?<=[A-Za-z]) (?=[A-Za-z])")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)
}

WORDS_PER_SLIP = 12
"""A sentence gets one slip, and one more for every so many words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` by `new`."""

    start: int
    end: int
    new: str


def augment(example: Example, random: Random) -> Example:
    """Spoil the text in one way, and move its spans along.

    Examples
    --------
    >>> from training.examples import Example
    >>> row = Example("own", "The towels were not clean.", frozenset())
    >>> augment(row, Random(1)).text == augment(row, Random(1)).text != row.text
    True
    """
    edits = random.choice(WAYS)(example.text, random)
    text = apply(example.text, edits)
    if not edits or not text.strip():
        return example
    opinions = tuple(_moved(opinion, edits) for opinion in example.opinions)
    return replace(example, text=text, opinions=opinions)


def slips(text: str, random: Random) -> list[Edit]:
    """Swap, drop, double or miss a letter inside a few words."""
    words = list(_WORD.finditer(text))
    count = min(len(words), 1 + len(words) // WORDS_PER_SLIP)
    chosen = sorted(random.sample(words, count), key=lambda word: word.start())
    return [_slip(word, random) for word in chosen]


def _slip(word: re.Match[str], random: Random) -> Edit:
    start = word.start() + random.randrange(1, len(word.group()) - 1)
    a, b = word.string[start], word.string[start + 1]
    near = random.choice(_NEIGHBOURS[a.lower()])
    return Edit(start, start + 2, random.choice((b + a, b, a + a + b, near + b)))


def no_end_mark(text: str, random: Random) -> list[Edit]:
    """Drop the marks at the end."""
    return _without(_END_MARKS, text)


def no_marks(text: str, random: Random) -> list[Edit]:
    """Drop all punctuation between and after clauses."""
    return _without(_MARKS, text)


def no_apostrophes(text: str, random: Random) -> list[Edit]:
    """Write "dont" for "don't"."""
    return _without(_APOSTROPHES, text)


def no_space_after_marks(text: str, random: Random) -> list[Edit]:
    """Write "late,cold" for "late, cold"."""
    return _without(_SPACES_AFTER_MARKS, text)


def joined_words(text: str, random: Random) -> list[Edit]:
    """Lose one space between words."""
    spaces = _without(_SPACES, text)
    return [random.choice(spaces)] if spaces else []


def _without(pattern: re.Pattern[str], text: str) -> list[Edit]:
    return [Edit(*found.span(), "") for found in pattern.finditer(text)]


WAYS: tuple[Callable[[str, Random], list[Edit]], ...] = (
    slips,
    slips,
    no_end_mark,
    no_marks,
    no_apostrophes,
    no_space_after_marks,
    joined_words,
)
"""Slips twice, since they are the most frequent."""


def apply(text: str, edits: list[Edit]) -> str:
    """Carry out edits that are sorted and don't overlap.

    Examples
    --------
    >>> apply("not clean", [Edit(3, 4, ""), Edit(5, 6, "")])
    'notcean'
    """
    parts, done = list[str](), 0
    for edit in edits:
        parts += (text[done : edit.start], edit.new)
        done = edit.end
    return "".join(parts) + text[done:]


def _moved(opinion: Opinion, edits: list[Edit]) -> Opinion:
    return replace(
        opinion,
        target=_moved_span(opinion.target, edits),
        assessment=_moved_span(opinion.assessment, edits),
    )


def _moved_span(span: Span | None, edits: list[Edit]) -> Span | None:
    if span is None:
        return None
    start, end = (_moved_offset(offset, edits) for offset in span)
    return (start, end) if start < end else None


def _moved_offset(offset: int, edits: list[Edit]) -> int:
    shift = 0
    for edit in edits:
        if edit.end > offset:
            inside = offset - edit.start
            return (
                offset + shift if inside <= 0 else edit.start + shift + min(inside, len(edit.new))
            )
        shift += len(edit.new) - (edit.end - edit.start)
    return offset + shift
