"""Show survey scores in a terminal, and in a notebook without style sheet or script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from verbatim.aligned import first_rows, left, right
from verbatim.tables import is_missing

MAX_ROWS = 60
"""Rows shown; of a longer table the rest is counted."""

_MAX_LABEL = 30
_GAP = "  "
_SIDES = ("promoter", "passive", "detractor")
# Text and ground come from the page and these colours stand out from light and from dark.
_COLOURS = ("#2f9e8f", "#9aa0a6", "#d1603d")
_CELL = "text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,.25);"
_BAR = (
    "display:inline-flex;vertical-align:middle;width:110px;height:9px;border-radius:2px;"
    "overflow:hidden;background:rgba(128,128,128,.18);"
)

Row = Mapping[str, Any]


def text(frame: pd.DataFrame, meta: Row) -> str:
    """Lay out the scores in lines; `*` marks rows of low support."""
    keys = _keys(frame)
    rows = first_rows(frame, MAX_ROWS)
    labels = [keys, *([_label(row[key]) for key in keys] for row in rows)]
    figures = [_heads(meta), *(_figures(row, meta) for row in rows)]
    columns = [*map(left, zip(*labels, strict=True)), *map(right, zip(*figures, strict=True))]
    lines = [_GAP.join(cells).rstrip() for cells in zip(*columns, strict=True)]
    return "\n".join([_title(meta), "", *lines, *_notes(frame, meta)])


def html(frame: pd.DataFrame, meta: Row) -> str:
    """Make the table; the bar shows the answers from good to bad."""
    keys = _keys(frame)
    names = [*keys, *_heads(meta)[:1], "answers", *_heads(meta)[1:]]
    head = "".join(f'<th style="{_CELL}">{escape(name.strip())}</th>' for name in names)
    body = "".join(_html_row(row, keys, meta) for row in first_rows(frame, MAX_ROWS))
    notes = "<br>".join(map(escape, _notes(frame, meta)))
    return (
        '<div style="font-size:13px;overflow-x:auto">'
        f"<div>{escape(_title(meta))}</div>"
        '<table style="border-collapse:collapse;background:transparent;color:inherit">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<div style="opacity:.7">{notes}</div></div>'
    )


def _html_row(row: Row, keys: Sequence[str], meta: Row) -> str:
    count, *figures = map(escape, _figures(row, meta))
    cells = [*(escape(_label(row[key])) for key in keys), count, _bar(row, meta), *figures]
    faint = "opacity:.6;" if row["low_support"] else ""
    return (
        f'<tr style="{faint}">' + "".join(f'<td style="{_CELL}">{c}</td>' for c in cells) + "</tr>"
    )


def _bar(row: Row, meta: Row) -> str:
    """Bar of the shares of good, middling and bad answers."""
    if is_missing(row["score"]):
        return ""
    if meta["measure"] == "nps":
        shares = [row[f"{side}_share"] for side in _SIDES]
    else:
        shares = [row["score"] / 100, 1 - row["score"] / 100, 0.0]
    parts = "".join(
        f'<span style="flex:{share:.4f} 0 0;background:{colour}"></span>'
        for share, colour in zip(shares, _COLOURS, strict=True)
    )
    return f'<span style="{_BAR}">{parts}</span>'


def _keys(frame: pd.DataFrame) -> list[str]:
    """Columns of the group."""
    names = [str(name) for name in frame]
    return names[: names.index("n")]


def _title(meta: Row) -> str:
    low, high = meta["scale"]
    asked = "" if meta["direction"] is None else f", {meta['direction'].replace('_', ' ')}"
    left_out = f", {meta['n_missing']:,} more without a score" if meta["n_missing"] else ""
    left_out += f", {meta['n_zero_weight']:,} more of weight 0" if meta["n_zero_weight"] else ""
    return (
        f"{meta['measure'].upper()} on a scale of {low} to {high}{asked}: {meta['n']:,} responses"
        f"{left_out}, {100 * meta['confidence']:g}% intervals"
    )


def _notes(frame: pd.DataFrame, meta: Row) -> list[str]:
    """Say what the marks mean and what isn't shown."""
    said = []
    if len(frame) > MAX_ROWS:
        said.append(f"{len(frame) - MAX_ROWS:,} more rows in .frame")
    if frame["low_support"].iloc[:MAX_ROWS].any():
        kind = "responses" if meta["weight"] is None else "effective responses"
        said.append(f"* low support: fewer than {meta['min_responses']} {kind}")
    return said


def _heads(meta: Row) -> list[str]:
    weighted = [] if meta["weight"] is None else ["effective n"]
    if meta["measure"] == "nps":
        return ["n ", *weighted, "promoters", "passives", "detractors", "NPS"]
    ((count, (first, last)),) = meta["boxes"].items()
    points = f"{first}" if first == last else f"{first} to {last}"
    return ["n ", *weighted, f"{count} ({points})", "mean"]


def _figures(row: Row, meta: Row) -> list[str]:
    cells = [f"{row['n']:,}{'*' if row['low_support'] else ' '}"]
    if meta["weight"] is not None:
        cells.append(f"{row['n_effective']:,.1f}")
    if is_missing(row["score"]):
        return cells + [""] * (len(_heads(meta)) - len(cells))
    if meta["measure"] == "nps":
        shares = [f"{100 * row[f'{side}_share']:.0f}%" for side in _SIDES]
        return [*cells, *shares, f"{row['score']:+z.0f} [{row['low']:+z.0f}, {row['high']:+z.0f}]"]
    share = f"{row['score']:.0f}% [{row['low']:.0f}, {row['high']:.0f}]"
    return [*cells, share, f"{row['mean']:.2f} [{row['mean_low']:.2f}, {row['mean_high']:.2f}]"]


def _label(value: object) -> str:
    """Show the value of a group on one line."""
    label = "NA" if is_missing(value) else " ".join(str(value).split())
    return label if len(label) <= _MAX_LABEL else f"{label[: _MAX_LABEL - 1]}…"
