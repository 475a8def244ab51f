"""Stops that beat time within a sentence, and end none: "Best. Day. Ever."."""

from __future__ import annotations

from verbatim.sentences.answers import ANSWERS
from verbatim.sentences.clauses import HANGING
from verbatim.sentences.tokens import Tokens

__all__ = ["beats"]

_EMPHATIC = frozenset("a an the my our your every very such single".split())
_IN_MID = HANGING - {"no"} | {"best", "worst", "never", "this", "all"}
"""Words, in lower case, that are no sentence by themselves; behind `_EMPHATIC` none ends at all."""


def beats(tokens: Tokens, first: int, at: int) -> bool:
    """Say whether the stop at `at` beats time within a sentence, whose unit begins at `first`.

    Examples
    --------
    >>> from verbatim.sentences.tokens import tokenise
    >>> [beats(tokenise(text), 0, 1) for text in ["Best. Day. Ever.", "Dry. Warm. Clean."]]
    [True, False]
    """
    words = tokens.words
    if words[at] == "?" or not _one_word(tokens, at + 1) or words[max(0, at - 2)] == "?":
        return False
    before, following = words[at - 1].lower(), words[at + 1].lower()
    if before in _EMPHATIC:
        return True
    if at - 1 > first:
        return tokens.marks.get(at - 2) == "stop" and before.isalpha()
    if before in _IN_MID or following == "ever":
        return True
    third = words[at + 3].lower() if _one_word(tokens, at + 3) else ""
    return third == "ever" or (third != "" and following in _IN_MID - ANSWERS)


def _one_word(tokens: Tokens, index: int) -> bool:
    """Say whether a sentence of one word begins at `index` on the same line."""
    words = tokens.words
    if index >= len(words) or not words[index].isalpha() or index in tokens.lines:
        return False
    return index + 1 == len(words) or words[index + 1] in (".", "!")
