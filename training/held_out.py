"""Which texts share a sentence with the held-out set, as a whole or inside a longer one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

LEAST_WORDS = 4
"""Shorter sentences ("Great food!") are shared only if nothing stands beside them: anybody says
them."""

_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


class HeldOut:
    """The sentences that nothing may learn from.

    Parameters
    ----------
    texts : iterable of str

    Examples
    --------
    >>> held = HeldOut(["The soup was stone cold.", "Great food!"])
    >>> held.shares("Lovely, but the SOUP was stone cold"), held.shares("soup was stone cold")
    (True, True)
    >>> held.shares("great food"), held.shares("Great food and wine")
    (True, False)
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole = {words_of(text) for text in texts}
        long = [words for words in self._whole if len(words) >= LEAST_WORDS]
        self._all = "\n".join(map(_spaced, long))
        self._begins: dict[Words, list[Words]] = defaultdict(list)
        for words in long:
            self._begins[words[:LEAST_WORDS]].append(words)

    def shares(self, text: str) -> bool:
        """Whether a held-out sentence is this text, a part of it, or holds it."""
        words = words_of(text)
        if words in self._whole:
            return True
        if len(words) < LEAST_WORDS:
            return False
        return _spaced(words) in self._all or any(
            words[i : i + len(held)] == held
            for i in range(len(words) - LEAST_WORDS + 1)
            for held in self._begins.get(words[i : i + LEAST_WORDS], ())
        )


def words_of(text: str) -> Words:
    """Words of a text, without case and marks.

    Examples
    --------
    >>> words_of("Great  food!")
    ('great', 'food')
    """
    return tuple(_WORD.findall(text.casefold()))


def _spaced(words: Words) -> str:
    """Between spaces, so that no word is found inside another."""
    return f" {' '.join(words)} "
