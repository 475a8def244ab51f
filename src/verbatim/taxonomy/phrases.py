"""Phrases: how a taxonomy writes them, and how they are found among the words of a text.

``"front desk"`` is two words in a row; ``"~old"`` is weak: it counts only where nothing else
tells what is judged; ``"wifi + slow"`` is two phrases near each other, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from verbatim.taxonomy.forms import Kind, inflect
from verbatim.taxonomy.words import fold

__all__ = [
    "NEAR",
    "Kind",
    "Match",
    "Phrase",
    "PhraseIndex",
    "fold",
    "inflect",
    "parse",
    "together",
    "with_forms",
]

T = TypeVar("T")
Parts = tuple[tuple[str, ...], ...]
Entry = tuple[tuple[str, ...], T]

NEAR = 5
"""The parts of ``a + b`` start at most this many words apart."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as read.

    Attributes
    ----------
    parts : tuple of tuple of str
        The words of each part, in the order written.
    weak : bool
    key : tuple of tuple of str
        Equal for phrases that match the same words, whatever their spelling and order.
    """

    parts: Parts
    weak: bool
    key: Parts


@lru_cache(maxsize=1 << 14)
def parse(phrase: str) -> Phrase:
    """Read a phrase as a taxonomy writes it.

    A part without words, as in ``"a +"`` or ``""``, stays as an empty tuple.

    Examples
    --------
    >>> parse("~wi-fi + slow")
    Phrase(parts=(('wi', 'fi'), ('slow',)), weak=True, key=(('slow',), ('wi', 'fi')))
    """
    text = phrase.strip()
    weak = text.startswith("~")
    parts = tuple(fold(part) for part in text.removeprefix("~").split("+"))
    return Phrase(parts, weak, parts if len(parts) == 1 else tuple(sorted(parts)))


class Match(NamedTuple, Generic[T]):
    """The words ``[start, end)`` are a phrase of the index; `values` is what it stands for."""

    start: int
    end: int
    values: Sequence[T]


@dataclass(slots=True)
class _Node(Generic[T]):
    """The words that may follow, and the values of the phrase that ends here."""

    following: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class PhraseIndex(Generic[T]):
    """Finds the longest of many phrases; a word that starts none costs one look-up.

    Parameters
    ----------
    entries : iterable of (words, value)
        A phrase may stand for any number of values; they keep their order.

    Examples
    --------
    >>> index = PhraseIndex([(("front", "desk"), "staff"), (("desk",), "room")])
    >>> index.find(["the", "front", "desk", "and", "a", "desk"])
    [Match(start=1, end=3, values=['staff']), Match(start=5, end=6, values=['room'])]
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self._first: dict[str, _Node[T]] = {}
        for words, value in entries:
            node: _Node[T] = _Node(self._first)
            for word in words:
                node = node.following.setdefault(word, _Node())
            node.values.append(value)

    def longest(self, words: Sequence[str], i: int) -> tuple[int, Sequence[T]] | None:
        """End and values of the longest phrase that starts at word `i`, or None."""
        node = self._first.get(words[i])
        return None if node is None else _follow(node, words, i + 1)

    def find(self, words: Sequence[str]) -> list[Match[T]]:
        """Every match, from the left; of those that start at a word, the longest. None overlap."""
        matches: list[Match[T]] = []
        free, first = 0, self._first
        for i in [i for i, word in enumerate(words) if word in first]:
            if i < free:
                continue
            node = first[words[i]]
            if not node.following:
                free = i + 1
                matches.append(Match(i, free, node.values))
            elif found := _follow(node, words, i + 1):
                free, values = found
                matches.append(Match(i, free, values))
        return matches


def _follow(node: _Node[T], words: Sequence[str], end: int) -> tuple[int, Sequence[T]] | None:
    """Read on from `node`, which stands for the words before `end`."""
    found = (end, node.values) if node.values else None
    following = node.following
    while following and end < len(words) and words[end] in following:
        node = following[words[end]]
        following = node.following
        end += 1
        if node.values:
            found = end, node.values
    return found


def with_forms(entries: Iterable[tuple[tuple[str, ...], Kind, T]]) -> Iterator[Entry[T]]:
    """Entries for a `PhraseIndex` that finds each phrase in all its forms.

    A form that another entry lists as a phrase is that entry's alone: where "parking" is listed,
    "park" does not stand for it.

    Parameters
    ----------
    entries : iterable of (words, kind, value)
        `kind` is what `inflect` takes.

    Examples
    --------
    >>> entries = [(("park",), "negative", 1), (("parking",), "target", 2)]
    >>> [form for form, value in with_forms(entries) if value == 1]
    [('park',), ('parks',), ('parked',)]
    """
    entries = list(entries)
    listed = {words for words, _, _ in entries}
    for words, kind, value in entries:
        for form in inflect(words, kind):
            if form == words or form not in listed:
                yield form, value


def together(spans: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int] | None:
    """First place where every part of an ``a + b`` phrase stands near the others.

    Parameters
    ----------
    spans : sequence of sequences of (start, end)
        For each part the word spans where it was found.

    Returns
    -------
    (start, end) or None
        From the first word of the earliest part to the end of the last, where the parts start at
        most `NEAR` words apart.

    Examples
    --------
    >>> together([[(0, 1)], [(4, 6)]])
    (0, 6)
    >>> together([[(0, 1)], [(6, 7)]]) is None
    True
    """
    latest: dict[int, tuple[int, int]] = {}
    for span, part in sorted((span, part) for part, found in enumerate(spans) for span in found):
        latest[part] = span
        start = min(span[0] for span in latest.values())
        if len(latest) == len(spans) and span[0] - start <= NEAR:
            return start, max(span[1] for span in latest.values())
    return None
