"""Show the results of this package: aligned text for a terminal, tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH, shortened
from verbatim.comparison.findings import counted, records
from verbatim.comparison.view import MAX_ROWS, aligned, html_table, page
from verbatim.experience.findings import signed
from verbatim.experience.groups import Key, keys_of, names_of
from verbatim.tables import is_missing

LONGEST_HEAD = 20

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]
Names = Mapping[Key, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: a title, sentences, one table whose first columns are names, and notes."""

    title: str
    said: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    n_names: int
    notes: tuple[str, ...]


def text(shown: Shown) -> str:
    """Lay out in lines of at most `WIDTH`."""
    said = [line for one in shown.said for line in wrap(f"- {one}", WIDTH, subsequent_indent="  ")]
    names, figures = shown.heads[: shown.n_names], shown.heads[shown.n_names :]
    # A question for an outcome would leave the names of the rows no room.
    heads = (*names, *(shortened(head, LONGEST_HEAD) for head in figures))
    table = aligned([heads, *shown.lines], shown.n_names) if shown.lines else []
    notes = [line for note in shown.notes for line in wrap(note, WIDTH)]
    return "\n".join([*wrap(shown.title, WIDTH), *said, "", *table, *notes])


def html(shown: Shown) -> str:
    """Make a table for a notebook, the sentences below it."""
    body = html_table(shown.heads, shown.lines) if shown.lines else ""
    return page(shown.title, body, [*shown.said, *shown.notes])


def service(tables: Tables, meta: Row, said: Sequence[str]) -> Shown:
    """Service, the rest and the interactions, by group."""
    heads = ["part", "reviews", "share", "net sentiment", "emotion"]
    heads += [] if meta["outcome"] is None else [str(meta["outcome"])]
    title, frame = "Customer service and the rest", tables["parts"]
    return _shown(title, frame, _names(frame, meta), meta, said, heads, _part)


def effort(tables: Tables, meta: Row, said: Sequence[str]) -> Shown:
    """Effort and resolution by channel."""
    frame = tables["channels"]
    told = frame[(frame["n_reviews"] > 0) | (frame["n_problems"] > 0)]
    heads = ["channel", "reviews", "easy", "hard", "effort score", "problems", "solved"]
    names = _names(frame, meta)
    shown = _shown("Effort and resolution", told, names, meta, said, heads, _channel)
    n = len(tables["quantities"])
    numbers = f"{n:,} contact counts and waits in .quantities, their medians in .amounts"
    return Shown(
        shown.title, shown.said, shown.heads, shown.lines, shown.n_names, (*shown.notes, numbers)
    )


def loyalty(tables: Tables, meta: Row, said: Sequence[str]) -> Shown:
    """Loyalty by group."""
    heads = ["reviews", "coverage", "loyal", "disloyal", "both", "loyalty"]
    heads += [] if meta["score"] is None else [str(meta["score"]), "correlation"]
    frame = tables["groups"]
    return _shown("Loyalty in the texts", frame, _names(frame, meta), meta, said, heads, _loyal)


def _shown(
    title: str,
    frame: pd.DataFrame,
    names: Names,
    meta: Row,
    said: Sequence[str],
    heads: Sequence[str],
    line: Any,
) -> Shown:
    drawn = frame[frame["is_reliable"]]
    rows, keys = records(drawn), keys_of(drawn.iloc[:MAX_ROWS], len(meta["by"]))
    lines = tuple((*names[key], *line(row, meta)) for key, row in zip(keys, rows, strict=False))
    weighted = f", weighted by {meta['weight']}" if meta["weight"] is not None else ""
    confidence = f"{100 * meta['confidence']:g}% intervals"
    return Shown(
        title=f"{title}: {counted(meta['n_read'], 'review')}{weighted}, {confidence}",
        said=tuple(said),
        heads=(*meta["by"], *heads),
        lines=lines,
        n_names=max(len(meta["by"]) + (heads[0] in ("part", "channel")), 1),
        notes=tuple(_notes(rows, meta)),
    )


def _names(frame: pd.DataFrame, meta: Row) -> Names:
    return names_of(frame, len(meta["by"]))


def _notes(rows: Sequence[Row], meta: Row) -> list[str]:
    said = []
    if len(rows) > MAX_ROWS:
        said.append(f"{len(rows) - MAX_ROWS:,} more rows in .frame")
    kinds = ("", "outcome_", "score_", "correlation_")
    marks = tuple(f"{kind}low_support" for kind in kinds)
    if any(row.get(mark) for row in rows[:MAX_ROWS] for mark in marks):
        said.append(f"* low support: fewer than {meta['min_reviews']} reviews")
    return said + ([weak_note(meta)] if meta["weak"] else [])


def weak_note(meta: Row) -> str:
    """Name what isn't drawn because the engine gets it wrong too often."""
    names = ", ".join(
        f"{one['name']} ({one['n_right']:,} of {one['n_found']:,})" for one in meta["weak"]
    )
    return f"Not shown, as the engine isn't {meta['reliability']}: {names}"


def _part(row: Row, meta: Row) -> list[str]:
    emotion = "" if is_missing(row["emotion"]) else f"{row['emotion']} {row['emotion_share']:.0%}"
    share = "" if is_missing(row["share"]) else f"{row['share']:.0%}"
    cells = [row["part"], _n(row), share, figure(row, "net_sentiment"), emotion]
    return cells if meta["outcome"] is None else [*cells, _mean(row, "outcome")]


def _channel(row: Row, meta: Row) -> list[str]:
    rate = row["resolution_rate"] if row["resolution_is_reliable"] else None
    return [
        row["channel"].replace("_", " "),
        _n(row),
        f"{row['easy']:,}",
        f"{row['hard']:,}",
        figure(row, "effort_score"),
        f"{row['n_problems']:,}",
        "" if is_missing(rate) else f"{rate:.0%}",
    ]


def _loyal(row: Row, meta: Row) -> list[str]:
    cells = [_n(row), "" if is_missing(row["coverage"]) else f"{row['coverage']:.0%}"]
    cells += [f"{row[name]:,}" for name in ("loyal", "disloyal", "both")]
    cells.append(figure(row, "loyalty"))
    if meta["score"] is None:
        return cells
    few = "*" if row["correlation_low_support"] else ""
    correlation = figure(row, "correlation", 2)
    return [*cells, _mean(row, "score"), correlation and f"{correlation}{few}"]


def _mean(row: Row, name: str) -> str:
    """Mean of an outcome; marked where it has low support and the row isn't marked for it."""
    few = row[f"{name}_low_support"] and not row["low_support"]
    shown = figure(row, f"{name}_mean", 2, "")
    return shown and f"{shown}{'*' if few else ''}"


def _n(row: Row) -> str:
    return f"{row['n_reviews']:,}{'*' if row['low_support'] else ''}"


def figure(row: Row, name: str, digits: int = 0, plus: str = "+") -> str:
    """Write a figure with its interval; nothing where there is none.

    Examples
    --------
    >>> figure({"net": 41.0, "net_low": 3.0, "net_high": 60.0}, "net")
    '+41 [+3, +60]'
    >>> figure({"net": 41.0, "net_low": None, "net_high": None}, "net")
    '+41'
    """
    given = [row[f"{name}{end}"] for end in ("", "_low", "_high")]
    values = [signed(value, digits) for value in given if not is_missing(value)]
    value, *ends = [""] if is_missing(row[name]) else values
    shown = f"{value} [{', '.join(ends)}]" if ends else value
    return shown if plus else shown.replace("+", "")
