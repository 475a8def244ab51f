"""What an export holds that is read otherwise than it was meant, told before somebody relies on it.

Only the first rows are looked at, so that a file of any length costs the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from verbatim.report.wording import counted

_LOOKED_AT = 2_000
_FEWEST, _LEAST_SHARE = 3, 0.1
"""Fewer texts than that, or a smaller share of them, are not worth a word."""

_ASKS = re.compile(
    r"\b(?:improve\w*|better|change|(?:dis)?like\w*|enjoy\w*|wish|missing|best|worst|least|most)\b",
    re.IGNORECASE,
)
"""Words of a question that says itself whether the answer is praise or blame."""

_NAMED = re.compile(r"[^\W\d_]{2,}(?:\W+\w+)?\W*")
_REFUSAL = re.compile(
    r"(?:none|nothing|nope|no|not|n/a|all good|keep)\b.*", re.IGNORECASE | re.DOTALL
)


def hints(texts: Iterable[Any], column: str) -> Iterator[str]:
    """Say that answers only name a thing, where the question asked for a judgement.

    Parameters
    ----------
    texts : iterable
        The first texts of the file; what is no text is passed over.
    column : str
        Their column.

    Examples
    --------
    >>> [hint] = hints(["showers", "Price", "the parking", "Nothing"], "What can we improve?")
    >>> hint.partition(",")[0]
    '3 of the first 4 texts are of one or two words'
    """
    held = [text.strip() for text in islice(texts, _LOOKED_AT) if _is_said(text)]
    named = sum(map(_is_bare, held)) if _ASKS.search(column) else 0
    if _is_much(named, held):
        yield (
            f"{_share(named, held)} are of one or two words, and a thing that is only named is no "
            "judgement; say what was asked: --question improve, or --question like"
        )


def _is_said(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _is_bare(text: str) -> bool:
    return _NAMED.fullmatch(text) is not None and _REFUSAL.fullmatch(text) is None


def _is_much(number: int, held: list[str]) -> bool:
    return number >= max(_FEWEST, _LEAST_SHARE * len(held))


def _share(number: int, held: list[str]) -> str:
    return f"{number:,} of the first {counted(len(held), 'text')}"
