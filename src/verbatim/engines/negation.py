"""Tell by its words whether a negation stands with an assessment, the same for every engine."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from verbatim.engines.lexicon.words import NEGATORS
from verbatim.sentences import Sentence

NEGATION_REACH = 3
"""Words before an assessment in which a negation belongs to it."""
_WRITTEN = NEGATORS | {"nt"}
"""As they stand in a text: `didnt` is two tokens."""


def is_negated(sentence: Sentence, span: tuple[int, int], reach: int = NEGATION_REACH) -> bool:
    """Whether a negation stands in a span or up to `reach` words before it.

    Examples
    --------
    >>> from verbatim.sentences import split_sentences
    >>> is_negated(split_sentences("It was not very clean.")[0], (11, 21))
    True
    """
    start = max(0, bisect_right(sentence.starts, span[0]) - 1 - reach)
    end = bisect_left(sentence.starts, span[1])
    return not _WRITTEN.isdisjoint(map(str.lower, sentence.words[start:end]))
