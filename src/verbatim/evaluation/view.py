"""Show an evaluation, in a terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd

from verbatim.aligned import WIDTH
from verbatim.comparison.view import aligned, html_table, page
from verbatim.results import records

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]

HEADS = ["driver", "texts", "precision", "recall", "F1"]
MOST_CONFUSIONS = 5


def text(tables: Tables, meta: Row) -> str:
    """Lay out the drivers in lines, and what is confused most."""
    table = aligned([HEADS, *_lines(tables)], 1)
    return "\n".join([*wrap(_title(meta), WIDTH), "", *table, *_notes(tables, meta)])


def html(tables: Tables, meta: Row) -> str:
    """Make a table with a row per driver."""
    return page(_title(meta), html_table(HEADS, _lines(tables)), _notes(tables, meta))


def _lines(tables: Tables) -> list[list[str]]:
    return [_line(row) for row in records(tables["drivers"])]


def _line(row: Row) -> list[str]:
    shares = [_share(row, name) for name in ("precision", "recall", "f1")]
    return [str(row["name"]), f"{row['n_texts']:,}{'*' if row['low_support'] else ''}", *shares]


def _share(row: Row, name: str) -> str:
    if row[name] is None:
        return "-"
    return f"{row[name]:.2f} [{row[f'{name}_low']:.2f}, {row[f'{name}_high']:.2f}]"


def _title(meta: Row) -> str:
    right = f"{meta['accuracy']:.0%} [{meta['accuracy_low']:.0%}, {meta['accuracy_high']:.0%}]"
    name = meta["taxonomy"]["name"]
    return (
        f"{meta['n']:,} labelled texts, {right} right, {meta['n_abstained']:,} left open ({name})"
    )


def _notes(tables: Tables, meta: Row) -> list[str]:
    notes = []
    if tables["drivers"]["low_support"].any():
        notes.append(f"* fewer than {meta['min_reviews']} texts")
    if meta["n_examples_left_out"]:
        notes.append(f"{meta['n_examples_left_out']:,} texts left out: examples of the taxonomy")
    if meta["n_contradictory"]:
        notes.append(f"{meta['n_contradictory']:,} texts stand under more than one driver")
    said = [
        f"{row['driver'] or 'none'} taken for {row['assigned'] or 'none'}: {row['n']:,}"
        for row in records(tables["confusions"].iloc[:MOST_CONFUSIONS])
    ]
    return notes + ([f"confused most: {'; '.join(said)}"] if said else [])
