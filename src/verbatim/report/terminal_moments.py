"""Moments as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from verbatim.comparison.findings import Row, group_text, records
from verbatim.moments import Moments
from verbatim.moments.view import MAX_ROWS, parts
from verbatim.report.screen import Screen
from verbatim.report.wording import counted
from verbatim.results import visible

_WOW = "wow"


def listed(moments: Moments, by: Sequence[str], screen: Screen) -> str:
    """The most urgent alerts and wow moments, and how many each group holds.

    `by` is what the caller calls the columns that group.
    """
    frame, meta = moments.frame, moments.meta
    keys = [str(name) for name in frame.columns[: len(by)]]
    lines = textwrap.wrap(_title(meta), screen.width)
    for row in records(frame[frame["rank"] <= MAX_ROWS]):
        lines += ["", *_moment(row, keys, by, screen)]
    if keys:
        lines += ["", *_groups(moments, by, screen)]
    return "\n".join([*lines, "", *_notes(moments, screen)])


def _title(meta: Row) -> str:
    found = dict(meta["n_moments"])
    wows = found.pop(_WOW, None)
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in found.items() if n)
    alerts = counted(sum(found.values()), "alert") + (f" ({kinds})" if kinds else "")
    told = [alerts, *([] if wows is None else [counted(wows, "wow moment")])]
    return f"{' and '.join(told)} in {counted(meta['n_read'], 'review')}"


def _moment(row: Row, keys: Sequence[str], by: Sequence[str], screen: Screen) -> list[str]:
    where = [f"{name} {group_text(row[key])}" for name, key in zip(by, keys, strict=True)]
    head = ", ".join([f"{row['rank']}. {row['kind']}", f"id {row['id']}", *where])
    before, trigger, after = parts(row)
    said = " ".join(f"{before}[{trigger}]{after}".split())
    indent = "   "
    return [
        *textwrap.wrap(visible(f"{head}: {row['reason']}"), screen.width, subsequent_indent=indent),
        *textwrap.wrap(
            visible(said), screen.width, initial_indent=indent, subsequent_indent=indent
        ),
    ]


def _groups(moments: Moments, by: Sequence[str], screen: Screen) -> list[str]:
    """One line per group: the moments that it holds, of the reviews that were read of it."""
    counts = moments.counts
    keys = [str(name) for name in counts.columns[: len(by)]]
    lines = [screen.paint(f"By {visible(' and '.join(by))}", "strong")]
    for _, rows in counts.groupby(keys, dropna=False, sort=False):
        first = records(rows)[0]
        name = ", ".join(group_text(first[key]) for key in keys)
        held = [f"{row['kind']} {row['n_reviews']:,}" for row in records(rows) if row["n_reviews"]]
        said = f"{name}: {', '.join(held) or 'none'}, of {counted(first['n_read'], 'review')}"
        lines += textwrap.wrap(visible(said), screen.width, subsequent_indent="  ")
    return lines


def _notes(moments: Moments, screen: Screen) -> list[str]:
    said = [f"All {len(moments):,}, with their rules: --format csv or --format jsonl"]
    if without := moments.meta["without"]:
        said.append(
            f"This engine gives no {' and no '.join(without)}: moments that only these tell are "
            "missed"
        )
    return [line for note in said for line in textwrap.wrap(note, screen.width)]
