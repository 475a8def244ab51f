"""Show driver scores in a notebook: one table with bars that needs no style sheet or script."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from verbatim.drivers import view

Row = Mapping[str, Any]

# Text and ground come from the page and these colours stand out from light and from dark.
_COLOURS = {
    "positive": "#2f9e8f",
    "mixed": "#c9a227",
    "neutral": "#9aa0a6",
    "negative": "#d1603d",
}
_CELL = "text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,.25);"
_BAR = (
    "display:inline-flex;vertical-align:middle;height:9px;border-radius:2px;overflow:hidden;"
    "background:rgba(128,128,128,.18);"
)


def html(frame: pd.DataFrame, meta: Row) -> str:
    """Make the table; the bars show the share, and the reviews from positive to negative."""
    keys = view.label_columns(frame)
    heads = [
        *view.heads(keys, frame),
        "reviews",
        "share",
        "mentioned as",
        "net sentiment",
        "emotion",
    ]
    if meta["outcome"] is not None:
        heads += [view.label(meta["outcome"]), "gap"]
    head = "".join(f'<th style="{_CELL}">{escape(name)}</th>' for name in heads)
    body = "".join(_table_row(row, keys, meta) for row in view.shown_rows(frame))
    notes = "<br>".join(map(escape, view.notes(frame, meta)))
    return (
        '<div style="font-size:13px;overflow-x:auto">'
        f"<div>{escape(view.title(frame, meta))}</div>"
        '<table style="border-collapse:collapse;background:transparent;color:inherit">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<div style="opacity:.7">{notes}</div></div>'
    )


def _table_row(row: Row, keys: list[str], meta: Row) -> str:
    mark = "*" if row["low_support"] else ""
    cells = [escape(view.label(row[key])) for key in keys]
    cells += [f"{row['n_reviews']:,}{mark}", _share_bar(row), _states_bar(row)]
    cells += [escape(view.net(row)), escape(view.emotion(row))]
    if meta["outcome"] is not None:
        few = "*" if view.outcome_needs_mark(row) else ""
        cells += [f"{_outcome(row, 'outcome_mean')}{few}", _outcome(row, "outcome_gap", "+,.2f")]
    faint = "opacity:.6;" if row["low_support"] else ""
    return (
        f'<tr style="{faint}">' + "".join(f'<td style="{_CELL}">{c}</td>' for c in cells) + "</tr>"
    )


def _share_bar(row: Row) -> str:
    if pd.isna(row["share"]):
        return ""
    filled = f'<span style="width:{100 * row["share"]:.1f}%;background:currentColor"></span>'
    bar = f'<span style="{_BAR}width:70px;opacity:.7">{filled}</span>'
    ends = f"{view.percent(row['share_low'])} to {view.percent(row['share_high'])}"
    return f'<span title="{ends}">{bar} {view.percent(row["share"])}</span>'


def _states_bar(row: Row) -> str:
    parts = "".join(
        f'<span style="flex:{row[state]} 0 0;background:{colour}"></span>'
        for state, colour in _COLOURS.items()
        if row[state]
    )
    said = ", ".join(f"{row[state]:,} {state}" for state in _COLOURS)
    return f'<span title="{said}" style="{_BAR}width:110px">{parts}</span>'


def _outcome(row: Row, name: str, form: str = ",.2f") -> str:
    low, high = (name.replace("_mean", "") + end for end in ("_low", "_high"))
    ends = f"{view.number(row[low], form)} to {view.number(row[high], form)}"
    figure = view.number(row[name], form)
    return f'<span title="{escape(ends)}">{escape(figure)}</span>' if figure else ""
