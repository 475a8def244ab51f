"""Answers that fill a field and say nothing: "n/a", "-", "no comment", a bare number."""

from __future__ import annotations

import re

_LONGEST = 24
"""Characters of an answer in words that says nothing, at most."""
_SIGNS = re.compile(r"[\s.,;!?/\\|#~*_\-\u2012-\u2015\u2026'\"]*")
"""Signs that make no face, bullet by bullet or alone."""
_NUMBER = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)?\s*")
_SAID = re.compile(r"[^\W_]+")
_NOTHING = frozenset(
    (
        *("n a", "na", "nan", "nil", "null", "not applicable", "no answer", "no response"),
        *("no comment", "no comments", "no further comment", "no further comments"),
    )
)


def says_nothing(text: str) -> bool:
    """Whether a text is a sign or word that stands for no answer; "nothing" and "no" are answers.

    Examples
    --------
    >>> [says_nothing(text) for text in ("N/A.", "--", "", "no comment", "nothing", ":)", "5/5")]
    [True, True, True, True, False, False, False]
    """
    if _SIGNS.fullmatch(text):
        return True
    return len(text) <= _LONGEST and " ".join(_SAID.findall(text.casefold())) in _NOTHING


def is_number(text: str) -> bool:
    """Whether a text is a bare number, of which no scale says whether it is high.

    Examples
    --------
    >>> [is_number(text) for text in ("10", " 4,5 ", "10/10", "100%", "5 stars")]
    [True, True, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None
