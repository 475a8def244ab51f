"""Write what follows from the code: docs/schema.md and the JSON Schema in the package.

Run ``python docs/build.py`` after a change of `verbatim.schema`; a test compares.
"""

from __future__ import annotations

import json
from pathlib import Path

from verbatim.exchange import SCHEMA_FILE, build_json_schema
from verbatim.schema import SCHEMA_VERSION, TABLES, Column

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
        lines += [
            "",
            f"## {table}",
            "",
            "| column | dtype | NA | values | meaning |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(column) for column in columns]
    return "\n".join(lines) + "\n"


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
    (ROOT / "docs" / "schema.md").write_text(schema_page(), "utf-8")
    (ROOT / "src" / "verbatim" / SCHEMA_FILE).write_text(json_schema_text(), "utf-8")
