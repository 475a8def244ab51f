"""Show moments: lines for a terminal, a table for a notebook, the trigger marked in its quote."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH
from verbatim.comparison.findings import counted, records
from verbatim.comparison.view import html_table, page

MAX_ROWS = 10
"""Alerts shown, and wow moments; of more the rest is counted."""
AROUND = 120
"""Characters of the quote shown on either side of the trigger."""

Row = Mapping[str, Any]


def text(frame: pd.DataFrame, meta: Row) -> str:
    """Lay out the most urgent moments in lines."""
    lines = wrap(_title(meta), WIDTH)
    for row in _shown(frame):
        before, trigger, after = parts(row)
        lines += ["", f"{row['rank']}. {row['kind']}, id {row['id']}: {row['reason']}"]
        said = " ".join(f"{before}[{trigger}]{after}".split())
        lines += wrap(said, WIDTH, initial_indent="   ", subsequent_indent="   ")
    return "\n".join([*lines, "", *_notes(frame, meta)])


def html(frame: pd.DataFrame, meta: Row) -> str:
    """Make a table of the most urgent moments."""
    rows = [
        [
            *(str(row[name]) for name in ("rank", "kind", "id", "reason")),
            "{}<mark>{}</mark>{}".format(*map(escape, parts(row))),
        ]
        for row in _shown(frame)
    ]
    heads = ["rank", "kind", "id", "reason", "quote"]
    return page(_title(meta), html_table(heads, rows, raw=1) if rows else "", _notes(frame, meta))


def parts(row: Row) -> tuple[str, str, str]:
    """The quote before the trigger, the trigger, and the quote behind it, cut where it is long.

    Examples
    --------
    >>> row = {"quote": "It caught fire!", "start": 5, "trigger_start": 8, "trigger_end": 19}
    >>> parts(row)
    ('It ', 'caught fire', '!')
    """
    quote, first = row["quote"], row["trigger_start"] - row["start"]
    last = row["trigger_end"] - row["start"]
    before, trigger, after = quote[:first], quote[first:last], quote[last:]
    before = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
    trigger = trigger if len(trigger) <= 3 * AROUND else f"{trigger[: 3 * AROUND]}…"
    return before, trigger, after if len(after) <= AROUND else f"{after[:AROUND]}…"


def _shown(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return records(frame[frame["rank"] <= MAX_ROWS])


def _title(meta: Row) -> str:
    found = meta["n_moments"]
    alerts = sum(n for kind, n in found.items() if kind != "wow")
    wows = f" and {counted(found['wow'], 'wow moment')}" if "wow" in found else ""
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in found.items() if n and kind != "wow")
    return (
        f"Moments in {counted(meta['n_read'], 'review')}: {counted(alerts, 'alert')}"
        f"{f' ({kinds})' if kinds else ''}{wows}"
    )


def _notes(frame: pd.DataFrame, meta: Row) -> list[str]:
    said = [f"{len(frame):,} rows in .frame, by group in .counts, the rules in .meta['rules']"]
    if meta["without"]:
        said.append(
            f"this engine gives no {' and no '.join(meta['without'])}: moments that only these "
            "tell are missed"
        )
    return said
