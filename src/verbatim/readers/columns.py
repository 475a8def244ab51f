"""Find the column of a table that holds the verbatims."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from verbatim.errors import InputError, unknown
from verbatim.intake import check_text_column

_SAMPLE = 500
_FEWEST_WORDS = 3
_CLEARLY_MORE = 4
_REPLY = re.compile("repl(y|ies)|response|answer|management|manager", re.IGNORECASE)


def choose_text_column(frame: pd.DataFrame, wanted: str | None = None) -> str:
    """Name of the column that holds the verbatims: the one asked for, or the clear favourite.

    A column is the clear favourite when it holds far more, and far more varied, words than any
    other. One whose name says that it holds what the company replied is so only by itself.

    Raises
    ------
    InputError
        There is no such column, it holds numbers, or none is asked for and none stands out.

    Examples
    --------
    >>> rows = pd.DataFrame({"hotel": ["Ritz", "Park"], "note": ["The bed was hard", "I loved it"]})
    >>> choose_text_column(rows)
    'note'
    """
    if wanted is not None:
        if wanted not in frame.columns:
            raise InputError(unknown("text column", wanted, frame.columns))
        check_text_column(frame, wanted)
        return wanted
    wordiness = {str(name): _wordiness(frame[name]) for name in frame.columns}
    ranked = sorted((name for name in wordiness if wordiness[name]), key=lambda n: -wordiness[n])
    if _is_clear([wordiness[name] for name in ranked]) and not (ranked[1:] and _replies(ranked[0])):
        return ranked[0]
    likely = f"it may be {' or '.join(map(repr, ranked[:3]))}" if ranked else "none looks like text"
    raise InputError(
        f"no column was named as the text, and {likely}; name one with --text. "
        f"There are: {', '.join(map(str, frame.columns))}"
    )


def _is_clear(wordiness: Sequence[float]) -> bool:
    """Whether the first is far more than all others, if there is one."""
    return bool(wordiness) and all(wordiness[0] >= _CLEARLY_MORE * one for one in wordiness[1:])


def _replies(name: str) -> bool:
    """Whether a column may hold replies to the customers, by its name."""
    return _REPLY.search(name) is not None


def _wordiness(column: pd.Series[Any]) -> float:
    """Mean words per value times distinct words; 0 for a column without free text."""
    if not isinstance(column.dtype, pd.StringDtype):
        return 0.0
    values = column.dropna().head(_SAMPLE)
    if len(values) and all(map(_is_nested, values)):
        return 0.0
    words = [value.casefold().split() for value in values]
    mean = sum(map(len, words)) / max(len(words), 1)
    return mean * len({word for row in words for word in row}) if mean >= _FEWEST_WORDS else 0.0


def _is_nested(value: str) -> bool:
    """Whether a value is a list or an object, as JSON holds them inside a record."""
    try:
        return value.lstrip().startswith(("[", "{")) and isinstance(json.loads(value), list | dict)
    except (ValueError, RecursionError):
        return False
