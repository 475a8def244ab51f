"""Show themes: aligned text for a terminal, and tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from verbatim.aligned import WIDTH, shortened
from verbatim.comparison.findings import counted, figure, q_text, records
from verbatim.comparison.view import aligned, html_table, page
from verbatim.discover.columns import GREW

Row = Mapping[str, Any]

MAX_ROWS = 40
"""Rows shown; of a longer table the rest is counted."""

NAMED = "Named more since then, in no theme that emerges:"

_NARROWEST = 10
"""Columns of a text that is cut, at least."""


def text(frame: pd.DataFrame, meta: Row) -> str:
    """Lay out the themes in lines, driver by driver."""
    heads, lines = _table(frame, meta)
    table = ["", *aligned([heads, *lines], 2)] if lines else []
    return "\n".join([*wrap(_title(meta), WIDTH), *table, *_notes(frame, meta)])


def html(frame: pd.DataFrame, meta: Row) -> str:
    """Make a table of the themes."""
    heads, lines = _table(frame, meta)
    return page(_title(meta), html_table(heads, lines) if lines else "", _notes(frame, meta))


def emerging_text(frame: pd.DataFrame, subjects: pd.DataFrame, meta: Row) -> str:
    """Lay out what emerges in lines, the surest first: themes, and things in none of them."""
    heads, lines = _emerging_table(frame, meta)
    table = ["", *aligned(_fitted([heads, *lines]), 1)] if lines else []
    heads, lines = _subject_table(subjects, meta)
    things = ["", *wrap(NAMED, WIDTH), *aligned(_fitted([heads, *lines]), 1)] if lines else []
    notes = _emerging_notes(frame)
    return "\n".join([*wrap(_emerging_title(meta), WIDTH), *table, *notes, *things])


def emerging_html(frame: pd.DataFrame, subjects: pd.DataFrame, meta: Row) -> str:
    """Make tables of what emerges."""
    heads, lines = _emerging_table(frame, meta)
    body = html_table(heads, lines) if lines else ""
    heads, lines = _subject_table(subjects, meta)
    body += f"<p>{NAMED}</p>{html_table(heads, lines)}" if lines else ""
    return page(_emerging_title(meta), body, _emerging_notes(frame))


def in_no_theme(subjects: pd.DataFrame) -> pd.DataFrame:
    """Things that grew and that no emerging theme stands for."""
    return subjects[subjects["theme"].isna()]


def _title(meta: Row) -> str:
    return (
        f"Themes: {counted(meta['n_themes'], 'theme')} in {counted(meta['n_read'], 'review')}; "
        f"{meta['n_unassigned']:,} of {counted(meta['n_opinions'], 'opinion')} "
        f"({meta['share_unassigned']:.0%}) fit none"
    )


def _table(frame: pd.DataFrame, meta: Row) -> tuple[list[str], list[list[str]]]:
    heads = ["driver", "theme", "reviews", "share", "net sentiment"]
    return heads, [_line(row, meta) for row in records(_largest(frame))]


def _largest(frame: pd.DataFrame) -> pd.DataFrame:
    """The themes that most reviews hold, in the order that they have."""
    order = np.argsort(-frame["n_reviews"].to_numpy(), kind="stable")[:MAX_ROWS]
    return frame.iloc[np.sort(order)]


def driver_name(row: Row, meta: Row) -> str:
    """Name of the driver for people, as far as the analysis had one."""
    return str(meta.get("drivers", {}).get(row["driver"], row["driver"]))


def _line(row: Row, meta: Row) -> list[str]:
    return [
        driver_name(row, meta),
        row["name"],
        f"{row['n_reviews']:,}{'*' if row['low_support'] else ''}",
        f"{row['share']:.1%}",
        _net(row),
    ]


def _net(row: Row) -> str:
    if pd.isna(row["net_sentiment"]):
        return ""
    value, low, high = (
        figure(row[name], "net_sentiment") for name in ("net_sentiment", "net_low", "net_high")
    )
    return f"{value} [{low}, {high}]"


def _notes(frame: pd.DataFrame, meta: Row) -> list[str]:
    said = []
    if len(frame) > MAX_ROWS:
        said.append(f"{len(frame) - MAX_ROWS:,} more, of fewer reviews, in .frame")
    if _largest(frame)["low_support"].any():
        said.append(f"* low support: fewer than {meta['min_reviews']} reviews")
    if not len(frame) and any(entry["edit"] == "drop" for entry in meta["edits"]):
        said.append("every theme was dropped, or is gone")
    elif not len(frame):
        said.append(f"nothing is said alike in {counted(meta['min_size'], 'review')} or more")
    return said


def _emerging_title(meta: Row) -> str:
    return (
        f"Emerging themes: {meta['n_since']:,} reviews since {meta['since']} against "
        f"{meta['n_before']:,} before; {meta['n_emerging']:,} of "
        f"{counted(meta['n_tested'], 'theme')} grew at a false discovery rate of "
        f"{100 * meta['fdr']:g}%"
    )


def named_lately(row: Row) -> str:
    """The name of late, where there is one and it is another; capitals make no other.

    Examples
    --------
    >>> [named_lately({"name": "Lift", "lately": lately}) for lately in ("lift", None, "queue")]
    ['', '', 'queue']
    """
    lately = row["lately"] if isinstance(row["lately"], str) else ""
    return lately if lately.casefold() != row["name"].casefold() else ""


def driver_names(row: Row, meta: Row) -> str:
    """Names of the drivers that a thing is named under."""
    names: Mapping[str, str] = meta["drivers"]
    return ", ".join(names.get(driver, driver) for driver in row["drivers"].split(", "))


def _growth(row: Row) -> list[str]:
    """Shares before and since, their difference, q-value and reviews, as a table shows them."""
    return [
        f"{row['share_before']:.1%}",
        f"{row['share_since']:.1%}",
        f"{100 * row['difference']:+.1f} [{100 * row['low']:+.1f}, {100 * row['high']:+.1f}]",
        q_text(row["q_value"]).removeprefix("q ").removeprefix("= "),
        f"{row['n_since']:,}",
    ]


_GROWTH = ["before", "since", "difference", "q", "reviews"]


def _subject_table(subjects: pd.DataFrame, meta: Row) -> tuple[list[str], list[list[str]]]:
    rows = records(in_no_theme(subjects).iloc[:MAX_ROWS])
    lines = [[driver_names(row, meta), row["subject"], *_growth(row)] for row in rows]
    return ["drivers", "named", *_GROWTH], lines


def _emerging_table(frame: pd.DataFrame, meta: Row) -> tuple[list[str], list[list[str]]]:
    """Heads and lines, without columns that hold nothing."""
    heads = ["driver", "theme", "lately", "new", "of it", *_GROWTH]
    lines = [
        [
            driver_name(row, meta),
            row["name"],
            named_lately(row),
            "new" if row["new"] else "",
            row["grew"] if row["grew"] != GREW[0] else "",
            *_growth(row),
        ]
        for row in records(frame[frame["emerging"]].iloc[:MAX_ROWS])
    ]
    told = [i for i in range(len(heads)) if any(line[i] for line in lines)]
    return [heads[i] for i in told], [[line[i] for i in told] for line in lines]


def _fitted(lines: list[list[str]]) -> list[list[str]]:
    """Cut what a terminal has no room for: of the texts the driver first, and the name last."""
    widths = [max(map(len, column)) + 2 for column in zip(*lines, strict=True)]
    for head in ("driver", "drivers", "lately", "theme", "named"):
        if head not in lines[0] or sum(widths) <= WIDTH + 2:
            continue
        i = lines[0].index(head)
        widths[i] = max(_NARROWEST + 2, widths[i] - (sum(widths) - WIDTH - 2))
        for line in lines:
            line[i] = shortened(line[i], widths[i] - 2)
    return lines


def _emerging_notes(frame: pd.DataFrame) -> list[str]:
    more = int(frame["emerging"].sum()) - MAX_ROWS
    said = [f"{more:,} more emerge"] if more > 0 else []
    return [*said, f"{counted(len(frame), 'theme')} in .frame, emerging or not"]
