"""Write the numbers of a run into ``training/README.md``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
NUMBERS, ABLATION = "numbers", "ablation"
"""Blocks of the README that are written by script."""


def table(results: Mapping[str, Any]) -> str:
    """Markdown of what `evaluate` measured; a measure with several values gets its own table."""
    numbers: Mapping[str, Any] = results["numbers"]
    single = {name: value for name, value in numbers.items() if not isinstance(value, Mapping)}
    parts = [_rows("own/dev", single)]
    parts += [_rows(name, value) for name, value in numbers.items() if isinstance(value, Mapping)]
    mix = ", ".join(f"{name} x {share}" for name, share in results["rows per pass"].items())
    run = "passes: {passes}; {steps} steps, {minutes} minutes".format_map(results)
    return "\n\n".join([f"{run}; share of its rows that a pass reads of each set: {mix}.", *parts])


def _rows(title: str, numbers: Mapping[str, float]) -> str:
    lines = [f"| {title} | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value:.3f} |" for name, value in numbers.items())])


def fill(text: str, block: str, new: str) -> str:
    """Replace what stands between the marks of a block.

    Examples
    --------
    >>> print(fill("<!-- a: begin -->old<!-- a: end -->", "a", "new"))
    <!-- a: begin -->
    new
    <!-- a: end -->
    """
    begin, end = f"<!-- {block}: begin -->", f"<!-- {block}: end -->"
    marked = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    return marked.sub(lambda _: f"{begin}\n{new}\n{end}", text)


def write(block: str, new: str) -> None:
    """Fill a block of the README."""
    README.write_text(fill(README.read_text("utf-8"), block, new), "utf-8")
