"""Phrases: how a taxonomy writes them, and how they are found among the words of a text.

``"front desk"`` is two words in a row; ``"~old"`` is weak: it counts only where nothing else
tells what is judged; ``"wifi + slow"`` is two phrases near each other, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from verbatim.taxonomy.forms import Kind, inflect
from verbatim.taxonomy.words import fold

__all__ = ["Kind", "Match", "NEAR", "Phrase", "PhraseIndex", "fold", "inflect", "parse", "together"]

T = TypeVar("T")

NEAR = 5
"""The parts of ``a + b`` start at most this many words apart."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as read: the words of each of its parts, and whether it is weak."""

    parts: tuple[tuple[str, ...], ...]
    weak: bool = False


@lru_cache(maxsize=1 << 14)
def parse(phrase: str) -> Phrase:
    """Read a phrase as a taxonomy writes it.

    A part without words, as in ``"a +"`` or ``""``, stays as an empty tuple.

    Examples
    --------
    >>> parse("~front desk")
    Phrase(parts=(('front', 'desk'),), weak=True)
    >>> parse("wi-fi + slow").parts
    (('wi', 'fi'), ('slow',))
    """
    text = phrase.strip()
    weak = text.startswith("~")
    return Phrase(tuple(map(fold, text.removeprefix("~").split("+"))), weak)


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
        for i, word in enumerate(words):
            if word in first and i >= free and (found := _follow(first[word], words, i + 1)):
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
