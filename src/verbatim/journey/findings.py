"""Say what a journey shows, in sentences that carry their n and how sure they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verbatim.comparison.findings import counted, q_text, records
from verbatim.journey.layout import (
    FEWEST_TELLING,
    KIND_WORDS,
    Row,
    Tables,
    discovery_text,
    points_text,
)
from verbatim.journey.steps import shown
from verbatim.tables import is_missing


def findings(tables: Tables, meta: Row, n: int) -> list[str]:
    """Up to n sentences on whole stages: discoveries and opportunities in turn."""
    discoveries = [discovery(row, meta) for row in _discoveries(tables["discoveries"])]
    opportunities = [opportunity(row, meta) for row in _opportunities(tables["opportunities"])]
    most = max(len(discoveries), len(opportunities))
    turns = [part[i] for i in range(most) for part in (discoveries, opportunities) if i < len(part)]
    return turns[: max(n, 0)]


def _discoveries(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The surest one of each stage, the surest first."""
    found = table[table["touchpoint"].isna() & table["significant"]]
    found = found[(found["kind"] == "sentiment") | (found["difference"] > 0)]
    keys = list(found.columns[: list(found.columns).index("stage") + 1])
    return records(found.drop_duplicates(keys).sort_values("p_value", kind="stable"))


def _opportunities(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The most costly one of each stage, the most costly first."""
    found = table[table["touchpoint"].isna() & (table["rank"] == 1)]
    found = found[found["n_reviews"] >= FEWEST_TELLING]
    by = ["points", "n_reviews"] if "points" in found else ["n_reviews"]
    return records(found.sort_values(by, ascending=False, kind="stable"))


def discovery(row: Row, meta: Row) -> str:
    """Say one discovery."""
    few = "; low support" if row["low_support"] else ""
    return (
        f"{where(row, meta)}: {discovery_text(row)} ({q_text(row['q_value'])}, "
        f"{counted(row['n_reviews'], 'review')}{few})."
    )


def opportunity(row: Row, meta: Row) -> str:
    """Say one opportunity."""
    points = points_text(row, meta["outcome"])
    few = "; low support" if row["low_support"] else ""
    quote = "" if is_missing(row["text"]) else f' "{row["text"]}"'
    return (
        f"{where(row, meta)}: {KIND_WORDS[row['kind']].lower()}, {row['name']} "
        f"({counted(row['n_reviews'], 'review')}{f', {points}' if points else ''}{few}).{quote}"
    )


def where(row: Row, meta: Row) -> str:
    """Name the place of a row, behind its group."""
    keys = list(row)[: list(row).index("stage")]
    group = [f"{key}: {'(missing)' if is_missing(row[key]) else row[key]}" for key in keys]
    cell = [] if is_missing(row["touchpoint"]) else [shown(row["touchpoint"])]
    return ", ".join([*group, shown(row["stage"]), *cell])
