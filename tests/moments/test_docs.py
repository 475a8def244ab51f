"""The page about moments lists every column as it is."""

from __future__ import annotations

from pathlib import Path

from verbatim.moments.columns import COUNTS, KINDS, MOMENTS

PAGE = Path(__file__).parents[2] / "docs" / "moments.md"


def test_the_page_lists_every_column_and_kind() -> None:
    page = PAGE.read_text("utf-8")
    for column in (*MOMENTS, *COUNTS):
        assert f"| `{column.name}` | {column.dtype} | {column.meaning} |" in page
    for kind in KINDS:
        assert f"| `{kind}` |" in page
