"""Mark opinions in their text, for a page (HTML) or a terminal (signs and colour).

What carries the judgement is marked with its sign: the assessment, or the evidence where the
judgement is a bare fact. What is judged, the target, is underlined. Spans may overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

SIGNS = {"positive": "+", "negative": "-", "neutral": "~"}
"""One character per label, so that a sign can be read without colour."""
SYMBOLS = {"positive": "+", "negative": "\N{MINUS SIGN}", "neutral": "~"}
"""The same for a page, where a minus sign is as wide as a plus sign."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start:end`` of a text that an opinion with the sign `label` points to."""

    start: int
    end: int
    label: str
    about: str
    is_target: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that lies in the same spans from its first to its last character."""

    text: str
    labels: tuple[str, ...]
    is_target: bool
    opens: tuple[Span, ...]


def spans_of(
    opinions: Iterable[Mapping[Hashable, Any]], names: Mapping[str, str] | None = None
) -> list[Span]:
    """List the spans to mark: per opinion its judgement and, where it is named, its target.

    Parameters
    ----------
    opinions : iterable of mapping
        Rows of the opinions table that belong to one text, as records.
    names : mapping, optional
        Names of drivers for people.
    """
    spans = []
    for row in opinions:
        driver = row["universal"] if pd.isna(row["driver"]) else row["driver"]
        about = (names or {}).get(driver, driver)
        part = "evidence" if pd.isna(row["assessment_start"]) else "assessment"
        spans.append(_span(row, part, about))
        if not pd.isna(row["target_start"]):
            spans.append(_span(row, "target", about))
    return spans


def records_by(opinions: pd.DataFrame, *keys: str) -> dict[Any, list[Mapping[Hashable, Any]]]:
    """Rows of the opinions table as records, by the value of one column, or those of several."""
    found: dict[Any, list[Mapping[Hashable, Any]]] = {}
    for row in opinions.to_dict("records"):
        key = row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)
        found.setdefault(key, []).append(row)
    return found


def _span(row: Mapping[Hashable, Any], part: str, about: str) -> Span:
    start, end = int(row[f"{part}_start"]), int(row[f"{part}_end"])
    return Span(start, end, row["label"], about, part == "target")


def pieces(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """Cut ``text[start:end]`` wherever a span begins or ends.

    Examples
    --------
    >>> spans = [Span(0, 9, "positive", "food", False), Span(5, 14, "negative", "price", False)]
    >>> [(piece.text, piece.labels) for piece in pieces("good, yet dear", spans)]
    [('good,', ('positive',)), (' yet', ('positive', 'negative')), (' dear', ('negative',))]
    """
    end = len(text) if end is None else end
    inside = [span for span in spans if span.start < end and span.end > start]
    bounds = {max(start, span.start) for span in inside} | {min(end, span.end) for span in inside}
    return [
        _piece(text, inside, first, last, start)
        for first, last in pairwise(sorted(bounds | {start, end}))
    ]


def _piece(text: str, spans: Iterable[Span], first: int, last: int, start: int) -> Piece:
    around = [span for span in spans if span.start <= first and span.end >= last]
    judging = [span for span in around if not span.is_target]
    return Piece(
        text=text[first:last],
        labels=tuple(label for label in SIGNS if any(span.label == label for span in judging)),
        is_target=any(span.is_target for span in around),
        opens=tuple(span for span in judging if max(span.start, start) == first),
    )


def mark_html(
    text: str,
    opinions: Iterable[Mapping[Hashable, Any]],
    start: int = 0,
    end: int | None = None,
    names: Mapping[str, str] | None = None,
) -> Markup:
    """Escaped HTML of ``text[start:end]`` with the opinions marked in place.

    Judgements are ``<mark class="positive">`` (or ``negative``, ``neutral``, ``mixed``), which
    begins with a sign that names label and driver; targets are ``<span class="target">``.

    Parameters
    ----------
    text : str
    opinions : iterable of mapping
        Rows of the opinions table that belong to this text, as records; offsets count from its
        start.
    start, end : int
        The part of the text to show, in code points.
    names : mapping, optional
        Names of drivers for people.
    """
    parts = pieces(text, spans_of(opinions, names), start, end)
    return Markup("").join(map(_piece_html, parts))


def _piece_html(piece: Piece) -> Markup:
    shown = escape(piece.text)
    if piece.is_target:
        shown = Markup('<span class="target">{}</span>').format(shown)
    if not piece.labels:
        return shown
    signs = Markup("").join(_sign_html(piece, label) for label in piece.labels)
    return Markup('<mark class="{}">{}{}</mark>').format(_style(piece.labels), signs, shown)


def _sign_html(piece: Piece, label: str) -> Markup:
    about = dict.fromkeys(span.about for span in piece.opens if span.label == label)
    if not about:
        return Markup("")
    says = f"{label}: {', '.join(about)}"
    return Markup('<b class="sign {0}" role="img" aria-label="{1}" title="{1}">{2}</b>').format(
        label, says, SYMBOLS[label]
    )


def mark_text(
    text: str,
    spans: Iterable[Span],
    colour: Callable[[str, str], str] = lambda shown, style: shown,
) -> str:
    """Text with ``[+ judgements +]`` in brackets that carry their sign.

    Parameters
    ----------
    text : str
    spans : iterable of Span
    colour : callable
        Takes a text and ``positive``, ``negative``, ``neutral``, ``mixed`` or ``target``.

    Examples
    --------
    >>> mark_text("Lovely staff", [Span(0, 6, "positive", "staff", False)])
    '[+ Lovely +] staff'
    """
    shown = []
    open_labels: tuple[str, ...] = ()
    for piece in [*pieces(text, spans), Piece("", (), False, ())]:
        if piece.labels != open_labels:
            shown += [_bracket(open_labels, " {}]", colour), _bracket(piece.labels, "[{} ", colour)]
            open_labels = piece.labels
        styled = colour(piece.text, "target") if piece.is_target else piece.text
        shown.append(colour(styled, _style(piece.labels)) if piece.labels else styled)
    return "".join(shown)


def _style(labels: tuple[str, ...]) -> str:
    return labels[0] if len(labels) == 1 else "mixed"


def _bracket(labels: tuple[str, ...], form: str, colour: Callable[[str, str], str]) -> str:
    signs = "".join(SIGNS[label] for label in labels)
    return colour(form.format(signs), _style(labels)) if labels else ""
