"""Show comparisons and trends: aligned text for a terminal, and a table for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH, left, shortened, width_of
from verbatim.comparison.columns import group_column
from verbatim.comparison.findings import counted, figure, group_text, q_text, ranked, records
from verbatim.comparison.groups import PREVIOUS, REST

MAX_ROWS = 20
"""Rows shown; of a longer table the rest is counted."""

_GAP = "  "
_NARROWEST = 6
_CELL = "text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,.25);"

Row = Mapping[str, Any]
Lines = Sequence[Sequence[str]]


def text(frame: pd.DataFrame, meta: Row) -> str:
    """Lay out what is significant in lines, the surest first."""
    heads, lines = _table(frame, meta)
    table = ["", *aligned([heads, *lines], len(meta["by"]) + 1)] if lines else []
    return "\n".join([*wrap(_title(meta), WIDTH), *table, *_notes(frame, meta)])


def html(frame: pd.DataFrame, meta: Row) -> str:
    """Make a table of what is significant."""
    heads, lines = _table(frame, meta)
    return page(_title(meta), html_table(heads, lines) if lines else "", _notes(frame, meta))


def aligned(lines: Lines, n_labels: int) -> list[str]:
    """Lines of equal columns of at most `WIDTH`; the first `n_labels` are cut to what is left."""
    columns = [list(column) for column in zip(*lines, strict=True)]
    taken = sum(max(map(width_of, column)) + len(_GAP) for column in columns[n_labels:])
    most = max(_NARROWEST, (WIDTH - taken) // n_labels - len(_GAP))
    columns[:n_labels] = [[shortened(cell, most) for cell in part] for part in columns[:n_labels]]
    return [_GAP.join(cells).rstrip() for cells in zip(*map(left, columns), strict=True)]


def page(title: str, body: str, notes: Sequence[str]) -> str:
    """Title, body, which is HTML already, and notes."""
    return (
        f'<div style="font-size:13px;overflow-x:auto"><div>{escape(title)}</div>{body}'
        f'<div style="opacity:.7">{"<br>".join(map(escape, notes))}</div></div>'
    )


def html_table(heads: Sequence[str], lines: Lines, raw: int = 0) -> str:
    """Make a table; the last `raw` cells of each line are HTML already."""
    head = "".join(f'<th style="{_CELL}">{escape(cell)}</th>' for cell in heads)
    plain = len(heads) - raw
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{_CELL}">{escape(cell) if i < plain else cell}</td>'
            for i, cell in enumerate(line)
        )
        + "</tr>"
        for line in lines
    )
    return (
        '<table style="border-collapse:collapse;background:transparent;color:inherit">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _title(meta: Row) -> str:
    return (
        f"Comparison by {' and '.join(meta['by'])}: {counted(meta['n_read'], 'review')} in "
        f"{counted(len(meta['groups']), 'group')}, each against {_against(meta)}; "
        f"{meta['n_significant']:,} of {counted(meta['n_tested'], 'difference')} significant at a "
        f"false discovery rate of {100 * meta['fdr']:g}%"
    )


def _against(meta: Row) -> str:
    known = {REST: "the rest", PREVIOUS: "the one before"}
    return known.get(meta["baseline_kind"], str(meta["baseline"]))


def _table(frame: pd.DataFrame, meta: Row) -> tuple[list[str], list[list[str]]]:
    heads = [*meta["by"], "driver", "measure", "value", "against", "difference", "q", "reviews"]
    return heads, [_line(row, meta) for row in records(ranked(frame, meta).iloc[:MAX_ROWS])]


def _line(row: Row, meta: Row) -> list[str]:
    kind = row["measure"]
    value, reference, difference, low, high = (
        figure(row[name], kind)
        for name in ("value", "reference_value", "difference", "low", "high")
    )
    if kind == "share":
        value, reference = (f"{row[name]:.0%}" for name in ("value", "reference_value"))
    return [
        *(group_text(row[group_column(by)]) for by in meta["by"]),
        str(row["name"]),
        kind.replace("_", " "),
        value,
        reference,
        f"{difference} [{low}, {high}]",
        q_text(row["q_value"]).removeprefix("q ").removeprefix("= "),
        f"{row['n_reviews']:,}{'*' if row['low_support'] else ''}",
    ]


def _notes(frame: pd.DataFrame, meta: Row) -> list[str]:
    shown = ranked(frame, meta)
    said = [f"{len(frame):,} rows in .frame, significant or not"]
    if len(shown) > MAX_ROWS:
        said.insert(0, f"{len(shown) - MAX_ROWS:,} more are significant")
    if shown["low_support"].iloc[:MAX_ROWS].any():
        said.append(f"* low support: fewer than {meta['min_reviews']} reviews on a side")
    if meta["pooled"]:
        said.append(
            f"{len(meta['pooled']):,} groups of fewer than {meta['min_reviews']} reviews are "
            "pooled; see .meta['pooled']"
        )
    if meta.get("n_undated"):
        said.append(f"{meta['n_undated']:,} rows without a date that can be read are left out")
    if len(meta["groups"]) == 1:
        hint = "; give small='flag', or freq if these are dates" if meta["pooled"] else ""
        said.append(f"one group: there is nothing to compare it with{hint}")
    return said
