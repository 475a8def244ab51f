"""One verbatim with its opinions marked in place, and the evidence of each."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from verbatim.analysis import Analysis
from verbatim.errors import OptionError, closest
from verbatim.labels import READ
from verbatim.report.counts import STATUS_WORDS
from verbatim.report.explain import explain_text
from verbatim.report.html import render
from verbatim.report.marks import mark_html
from verbatim.report.rows import Record, text_or_none
from verbatim.report.screen import Screen
from verbatim.schema import ID


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion in words: what it is about, and which words of the text carry it."""

    about: str
    label: str
    strength: int
    confidence: float
    target: str | None
    assessment: str | None
    evidence: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One verbatim, to be shown in a notebook or printed.

    Attributes
    ----------
    id, status : str
    details : tuple of str
        The caller's own columns and their values.
    is_read : bool
    html : Markup
        The text with its marks.
    text : str
        The same and the opinions as text.
    opinions : tuple of Opinion
    """

    id: str
    status: str
    details: tuple[str, ...]
    is_read: bool
    html: Markup
    text: str
    opinions: tuple[Opinion, ...]

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return render("show.html", shown=self)


def show(analysis: Analysis, key: Hashable) -> Shown:
    """Take out one verbatim to look at: by its id or, where ids are texts, by its position.

    Raises
    ------
    OptionError
        There is no such verbatim.
    """
    one = analysis.filter(**{ID: _id(analysis, key)})
    row = one.verbatims.to_dict("records")[0]
    opinions = one.opinions.to_dict("records")
    text = text_or_none(row["text"]) or ""
    return Shown(
        id=str(row[ID]),
        status=STATUS_WORDS[row["status"]],
        details=tuple(f"{name}: {row[name]}" for name in one.columns if not _is_missing(row[name])),
        is_read=row["status"] in READ,
        html=mark_html(text, opinions),
        text=explain_text(one, Screen(width=100)),
        opinions=tuple(_opinion(opinion, text) for opinion in opinions),
    )


def _is_missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _id(analysis: Analysis, key: Hashable) -> Any:
    ids = analysis.column(ID)
    if pd.api.types.is_list_like(key) or isinstance(key, slice):
        raise OptionError(f"show takes one id, not a {type(key).__name__}; show them one by one")
    if (ids == key).any():
        return key
    if isinstance(key, int) and ids.dtype == "str" and -len(ids) <= key < len(ids):
        return ids.iloc[key]
    if not len(ids):
        raise OptionError("there is no verbatim to show: the analysis is empty")
    near = closest(str(key), ids.map(str)) if ids.dtype == "str" else _as_number(key, ids)
    guess = f"; did you mean {near!r}?" if near is not None else "."
    first, last = ids.tolist()[0], ids.tolist()[-1]
    raise OptionError(f"no verbatim has the id {key!r}{guess} Ids run from {first!r} to {last!r}")


def _as_number(key: object, ids: pd.Series[Any]) -> int | None:
    """Take the digits of a text for the number that is an id."""
    digits = key.strip() if isinstance(key, str) else ""
    number = int(digits) if digits.isascii() and digits.isdecimal() else None
    return number if number in set(ids.tolist()) else None


def _opinion(row: Record, text: str) -> Opinion:
    driver = text_or_none(row["driver"]) or str(row["universal"])
    sub = text_or_none(row["subdriver"])
    emotion = text_or_none(row["emotion"])
    return Opinion(
        about=f"{driver} > {sub}" if sub else driver,
        label=str(row["label"]),
        strength=int(row["strength"]),
        confidence=float(row["confidence"]),
        target=text_or_none(row["target"]),
        assessment=text_or_none(row["assessment"]),
        evidence=text[int(row["evidence_start"]) : int(row["evidence_end"])],
        notes=(*(["negated"] if row["negated"] else []), *([emotion] if emotion else [])),
    )
