"""The caller's own names, of columns and of groups, as people shall read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from verbatim.comparison import Comparison
from verbatim.comparison.columns import group_column
from verbatim.results import Result
from verbatim.schema import ID, names
from verbatim.trend import Trend
from verbatim.trend.columns import group_column as trend_group_column

R = TypeVar("R", bound=Result)

RENAMED = "_input"
"""Put behind a caller's column that has the name of one of ours, by `verbatim.intake`."""

_OURS = frozenset([ID, *names("verbatims")])
LONGEST_SPOKEN = 24
"""Of the name of an outcome that every sentence and every chart has room for."""

THE_OUTCOME = "the outcome"
"""What an outcome is called whose name is longer, as a question of a survey often is."""

_OUTCOMES = ("outcome", "score")
_COLUMNS = ("outcome", "weight", "date", "score")
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Marks that turn the direction of what follows them, whatever it is.
_TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
_RIGHT_TO_LEFT = ("R", "AL")


def shown_name(column: str) -> str:
    """Name of a caller's column as the caller wrote it, where a table had to rename it.

    Examples
    --------
    >>> shown_name("language_input"), shown_name("user_input")
    ('language', 'user_input')
    """
    name = column.removesuffix(RENAMED)
    return name if name in _OURS else column


def with_shown_names(result: R) -> R:
    """Let a result call the caller's columns as the caller does."""
    meta = dict(result.meta)
    for key in _COLUMNS:
        if isinstance(meta.get(key), str):
            meta[key] = shown_name(meta[key])
    meta["warnings"] = [_warning(one) for one in meta.get("warnings", [])]
    tables = result.tables
    if isinstance(result, (Comparison, Trend)):
        column = group_column if isinstance(result, Comparison) else trend_group_column
        meta["by"] = [shown_name(name) for name in meta["by"]]
        of = {column(name): column(shown_name(name)) for name in result.meta["by"]}
        tables = {name: table.rename(columns=of) for name, table in tables.items()}
    return type(result)(tables, meta)


def spoken(outcome: str) -> str:
    """Name of the outcome as the sentences of a page say it: a long one is named once, in the head.

    Examples
    --------
    >>> spoken("stars"), spoken("How likely are you to recommend us? (0-10)")
    ('stars', 'the outcome')
    """
    name = " ".join(shown_name(outcome).split())
    return name if len(name) <= LONGEST_SPOKEN else THE_OUTCOME


def unit(outcome: str) -> str:
    """Name of the outcome behind a number of its points.

    Examples
    --------
    >>> unit("stars"), unit(THE_OUTCOME)
    ('stars', 'points of the outcome')
    """
    return f"points of {outcome}" if outcome == THE_OUTCOME else outcome


def with_spoken_outcome(result: R) -> R:
    """Let a result call the caller's columns as the sentences of a page do."""
    shown = with_shown_names(result)
    own = {key: spoken(shown.meta[key]) for key in _OUTCOMES if shown.meta.get(key) is not None}
    warned = [
        {**one, "outcome": spoken(one["outcome"])} if one.get("outcome") is not None else one
        for one in shown.meta["warnings"]
    ]
    return type(result)(shown.tables, {**shown.meta, **own, "warnings": warned})


def _warning(warning: Mapping[str, Any]) -> Mapping[str, Any]:
    outcome = warning.get("outcome")
    return {**warning, "outcome": shown_name(outcome)} if isinstance(outcome, str) else warning


def unturned(text: str) -> str:
    r"""Leave out the marks that would turn the direction of the text around.

    Examples
    --------
    >>> unturned("aaa\u202eevil")
    'aaaevil'
    """
    return _TURNING.sub("", text)


def isolated(name: str) -> str:
    r"""Keep a name that is written from right to left from reordering the words around it.

    Does what ``<bdi>`` does, also in the middle of a sentence, in a title and in a drawing.

    Examples
    --------
    >>> isolated("Ritz"), isolated("\u05d2\u05df") == "\u2068\u05d2\u05df\u2069"
    ('Ritz', True)
    """
    plain = unturned(name).replace(_ISOLATE, "").replace(_END, "")
    turns = any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in plain)
    return f"{_ISOLATE}{plain}{_END}" if turns else plain
