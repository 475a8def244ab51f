"""Show a trend: its changes in a terminal, and with small lines in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH
from verbatim.comparison.findings import counted, figure, q_text, records
from verbatim.comparison.periods import FREQUENCIES
from verbatim.comparison.view import MAX_ROWS, aligned, html_table, page
from verbatim.tables import is_missing
from verbatim.trend.findings import group_of, level, ranked
from verbatim.trend.sparkline import sparkline

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


def text(tables: Tables, meta: Row) -> str:
    """Lay out the changes in lines, the surest first."""
    heads = ["driver", "measure", "from", "before", "after", "difference", "q", "reviews"]
    rows = records(ranked(tables["changes"]).iloc[:MAX_ROWS])
    lines = [[*group_of(row, meta), *_line(row)] for row in rows]
    table = ["", *aligned([[*meta["by"], *heads], *lines], 1 + len(meta["by"]))] if lines else []
    return "\n".join([*wrap(_title(meta), WIDTH), *table, *_notes(tables, meta)])


def html(tables: Tables, meta: Row) -> str:
    """Make a table with a row per driver: lines of share and net sentiment, and the changes."""
    frame, changes = tables["periods"], tables["changes"]
    keys = [str(name) for name in frame.columns[2 : list(frame.columns).index("name")]]
    rows = []
    for key, one in list(frame.groupby(keys, sort=False, dropna=False))[:MAX_ROWS]:
        own = changes
        for name, value in zip(keys, key, strict=True):
            own = own[own[name].isna() if is_missing(value) else own[name] == value]
        rows.append([*group_of(records(one)[0], meta), *_html_line(one, own)])
    heads = [*meta["by"], "driver", "reviews", "changes", "share", "net sentiment"]
    body = html_table(heads, rows, raw=2) if rows else ""
    return page(_title(meta), body, _notes(tables, meta))


def _html_line(one: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    share, net = (one[name].tolist() for name in ("share", "net_sentiment"))
    said = [
        f"{row['measure'].replace('_', ' ')} {figure(row['difference'], row['measure'])} from "
        f"{row['period']} on ({q_text(row['q_value'])})"
        for row in records(changes)
    ]
    most = one["share"].max()
    top = 0.0 if pd.isna(most) else float(most)
    ends = f"{one['period'].iloc[0]} to {one['period'].iloc[-1]}"
    return [
        str(one["name"].iloc[0]),
        f"{one['n_reviews'].sum():,}",
        "; ".join(said),
        sparkline(share, one["share_change"].tolist(), 0, top, f"{ends}, 0 to {top:.0%}"),
        sparkline(net, one["net_change"].tolist(), -100, 100, f"{ends}, -100 to 100"),
    ]


def _line(row: Row) -> list[str]:
    kind = row["measure"]
    difference, low, high = (figure(row[name], kind) for name in ("difference", "low", "high"))
    return [
        str(row["name"]),
        kind.replace("_", " "),
        str(row["period"]),
        level(row["before"], kind),
        level(row["after"], kind),
        f"{difference} [{low}, {high}]",
        q_text(row["q_value"]).removeprefix("q ").removeprefix("= "),
        f"{row['n_before']:,} / {row['n_after']:,}{'*' if row['low_support'] else ''}",
    ]


def _title(meta: Row) -> str:
    names = list(meta["periods"])
    span = f" from {names[0]} to {names[-1]}" if names else ""
    kind = FREQUENCIES[meta["freq"]]
    by = " and ".join(meta["by"])
    groups = f" in {counted(len(meta['groups']), 'group')} by {by}" if by else ""
    return (
        f"Trend by {kind} of {meta['date']}{groups}: {counted(meta['n_read'], 'review')} in "
        f"{counted(len(names), kind)}{span}; {counted(meta['n_changes'], 'change')} in "
        f"{meta['n_tested']:,} series at a false discovery rate of {100 * meta['fdr']:g}%"
    )


def _notes(tables: Tables, meta: Row) -> list[str]:
    changes = tables["changes"]
    said = [f"{len(tables['periods']):,} rows in .frame, the tests in .tests"]
    if len(changes) > MAX_ROWS:
        said.insert(0, f"{len(changes) - MAX_ROWS:,} more in .changes")
    if changes["low_support"].iloc[:MAX_ROWS].any():
        said.append(f"* low support: fewer than {meta['min_reviews']} reviews before or after")
    if meta["small"]:
        few = counted(len(meta["small"]), "group")
        said.append(f"{few} of fewer than {meta['min_reviews']} reviews left out, see .meta")
    if meta["n_undated"]:
        said.append(f"{meta['n_undated']:,} rows without a date that can be read are left out")
    return said
