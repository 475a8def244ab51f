"""Write what follows from the code: docs/schema.md, docs/drivers.md and the JSON Schema.

Run ``python docs/build.py`` after a change of the columns; a test compares.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from verbatim.drivers.columns import (
    DRIVER,
    EMOTION_MIX,
    IMPACT,
    OUTCOME,
    PRIORITIES,
    QUOTES,
    SCORES,
)
from verbatim.drivers.scores import score_drivers
from verbatim.exchange import SCHEMA_FILE, build_json_schema
from verbatim.schema import OPTIONAL, SCHEMA_VERSION, TABLES, Column

ROOT = Path(__file__).parents[1]


def schema_page() -> str:
    """The page that describes the three tables."""
    lines = [
        "# The tables of an analysis",
        "",
        f"Schema version {SCHEMA_VERSION}. This page is written by `docs/build.py` from "
        "`verbatim.schema`.",
        "",
        "Every offset counts code points of the original text: `text[start:end]` is what the row "
        "says. Absent is NA, never an empty string or 0. In `verbatims` the caller's own columns "
        "stand behind these; one that has the name of a column of ours gets `_input` behind its "
        "name.",
    ]
    for table, columns in TABLES.items():
        lines += _section(table, (*columns, *OPTIONAL.get(table, ())))
    return "\n".join(lines) + "\n"


def drivers_page() -> str:
    """The page that describes the driver scores."""
    lines = [
        "# Driver scores",
        "",
        "`analysis.drivers(by=None, outcome=None, weight=None)` returns `DriverScores`: `.frame`, "
        "`.emotions`, "
        "`.quotes`, `.meta`, `priorities()`, `to_json()`. This page is written by "
        "`docs/build.py` from `verbatim.drivers.columns`.",
        "",
        "A review here is a verbatim that was read. With `by`, the group's columns stand in front; "
        "a group without a value is a group of its own. Figures that can't be given are NA.",
        "",
        "Intervals of net sentiment and of outcomes are those of the Bayesian bootstrap (Rubin, "
        "1981) over reviews, each resample with one imagined review added so that three reviews "
        "that agree don't look certain. It may have the outcome of any review, whatever its "
        "group. `python -m benchmarks.coverage` measures how often these intervals "
        "hold the truth. Nothing depends on the order of the rows.",
        "",
        "With a `weight`, columns of type int64 still count reviews, those of weight 0 left out. "
        "All other figures are weighted, and a number of reviews in a formula stands for the sum "
        "of their weights: [weights.md](weights.md), where also the warning of a J-shaped outcome "
        "stands.",
    ]
    lines += _options(score_drivers)
    lines += _section("frame", (*DRIVER, *SCORES))
    lines += _section("frame, with an outcome", (*OUTCOME, *IMPACT))
    lines += [
        "",
        "How impact and importance are made, and how to read them: [impact.md](impact.md).",
    ]
    lines += _section("priorities().frame", (*DRIVER, SCORES[0], *PRIORITIES))
    lines += _section("emotions", EMOTION_MIX)
    lines += _section("quotes", QUOTES)
    return "\n".join(lines) + "\n"


def _options(function: Callable[..., object]) -> list[str]:
    """The options of a function, as its docstring tells of them, with their defaults."""
    words = inspect.getdoc(function) or ""
    listed = words.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    lines = ["", "## options", "", "| option | default | meaning |", "|---|---|---|"]
    for entry in re.split(r"\n(?=\S)", listed):
        head, _, meaning = entry.partition("\n")
        for name in head.partition(" : ")[0].split(", "):
            default = inspect.signature(function).parameters[name].default
            if default is not inspect.Parameter.empty:
                lines.append(f"| `{name}` | {default!r} | {' '.join(meaning.split())} |")
    return lines


def _section(title: str, columns: Sequence[Column]) -> list[str]:
    head = "| column | dtype | NA | values | meaning |\n|---|---|---|---|---|"
    return ["", f"## {title}", "", head, *map(_row, columns)]


def _row(column: Column) -> str:
    values = ""
    if column.values is not None:
        values = ", ".join(column.values)
    elif column.low is not None:
        values = (
            f"{column.low:g} to {column.high:g}"
            if column.high is not None
            else f"from {column.low:g}"
        )
    dtype = "int64 or str" if column.dtype == "id" else column.dtype
    cells = [f"`{column.name}`", dtype, "yes" if column.nullable else "", values, column.meaning]
    return f"| {' | '.join(cells)} |"


def json_schema_text() -> str:
    """The JSON Schema file."""
    return json.dumps(build_json_schema(), indent=1) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "drivers.md").write_text(drivers_page(), "utf-8")
    (ROOT / "docs" / "schema.md").write_text(schema_page(), "utf-8")
    (ROOT / "src" / "verbatim" / SCHEMA_FILE).write_text(json_schema_text(), "utf-8")
