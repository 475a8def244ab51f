"""Find the phrases of several lists in one pass over the words of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from verbatim.taxonomy.phrases import Entry

T = TypeVar("T")

Match = tuple[int, int, tuple[T, ...]]
"""The words ``start:end`` are a phrase of a list; behind them the values that it stands for."""


_Found = tuple[tuple[int, int, tuple[Any, ...]], ...]


@dataclass(slots=True)
class _Node:
    """Words read so far: those that may follow, and the longest phrase of each list among them.

    A phrase is told by the number of its list, its number of words and its values.
    """

    following: dict[str, _Node] | None
    found: _Found


class Lookup:
    """Finds the longest phrases of several lists; a word that starts none costs one look-up.

    Parameters
    ----------
    lists : sequence of iterables of (words, value)
        A phrase may stand for any number of values of a list; they keep their order.

    Examples
    --------
    >>> lookup = Lookup([[(("front", "desk"), "staff")], [(("front",), 1), (("desk",), 2)]])
    >>> lookup.find(["the", "front", "desk"])
    [[(1, 3, ('staff',))], [(1, 2, (1,)), (2, 3, (2,))]]
    """

    def __init__(self, lists: Sequence[Iterable[Entry[Any]]]) -> None:
        self._first: dict[str, _Node] = {}
        self._n_lists = len(lists)
        phrases: dict[tuple[str, ...], dict[int, tuple[Any, ...]]] = {}
        for number, entries in enumerate(lists):
            for words, value in entries:
                values = phrases.setdefault(words, {})
                values[number] = (*values.get(number, ()), value)
        # The short ones first, so that a longer one finds the node of its beginning.
        shared: dict[_Found, _Found] = {}
        for words in sorted(phrases, key=len):
            node = self._node(words)
            found = _found(node.found, len(words), phrases[words])
            # Thousands of words say the same: held once, it is at hand when it is read.
            node.found = shared.setdefault(found, found)

    def _node(self, words: tuple[str, ...]) -> _Node:
        """Node of some words, made if there is none; it knows what those before it know."""
        first, *rest = words
        node = self._first.setdefault(first, _Node(None, ()))
        for word in rest:
            if node.following is None:
                node.following = {}
            node = node.following.setdefault(word, _Node(None, node.found))
        return node

    def find(self, words: Sequence[str]) -> list[list[Match[Any]]]:
        """Matches of each list, from the left; of those at a word the longest. None overlap."""
        matches: list[list[Match[Any]]] = [[] for _ in range(self._n_lists)]
        free = [0] * self._n_lists
        last = len(words) - 1
        for start, node in enumerate(map(self._first.get, words)):
            if node is None:
                continue
            following = node.following
            if following is not None and start < last and words[start + 1] in following:
                node = _last(node, words, start + 1)
            for number, size, values in node.found:
                if free[number] <= start:
                    free[number] = end = start + size
                    matches[number].append((start, end, values))
        return matches

    def longest(self, number: int, words: Sequence[str], start: int) -> tuple[int, Any] | None:
        """End and values of the longest phrase of a list that starts at a word, or None."""
        node = self._first.get(words[start])
        if node is None:
            return None
        found = _last(node, words, start + 1).found
        return next(((start + size, said) for n, size, said in found if n == number), None)


def _found(known: _Found, size: int, values: dict[int, tuple[Any, ...]]) -> _Found:
    """What is known of the words before, but for lists that have a phrase of all of them."""
    kept = (entry for entry in known if entry[0] not in values)
    return (*kept, *((number, size, said) for number, said in values.items()))


def _last(node: _Node, words: Sequence[str], end: int) -> _Node:
    """Read on from `node`, which stands for the words before `end`, as far as words follow."""
    while end < len(words) and node.following is not None:
        following = node.following.get(words[end])
        if following is None:
            break
        node = following
        end += 1
    return node
