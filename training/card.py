"""Write the numbers of a run into ``training/README.md``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- numbers: begin -->", "<!-- numbers: end -->"


def table(results: Mapping[str, Any]) -> str:
    """Markdown of what `evaluate` measured; a measure with several values gets its own table."""
    numbers: Mapping[str, Any] = results["numbers"]
    single = {name: value for name, value in numbers.items() if not isinstance(value, Mapping)}
    parts = [_rows("own/dev", single)]
    parts += [_rows(name, value) for name, value in numbers.items() if isinstance(value, Mapping)]
    mix = ", ".join(f"{name} x {share}" for name, share in results["rows per pass"].items())
    run = "{passes} passes, {steps} steps, {minutes} minutes".format_map(results)
    return "\n\n".join([f"{run}; share of its rows that a pass reads of each set: {mix}.", *parts])


def _rows(title: str, numbers: Mapping[str, float]) -> str:
    lines = [f"| {title} | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value:.3f} |" for name, value in numbers.items())])


def fill(text: str, block: str) -> str:
    """Replace what stands between the marks.

    Examples
    --------
    >>> fill(f"a {BEGIN}old{END} z", "new").splitlines()[1]
    'new'
    """
    marked = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    return marked.sub(lambda _: f"{BEGIN}\n{block}\n{END}", text)


def write(results: Mapping[str, Any]) -> None:
    """Fill the block of the README."""
    README.write_text(fill(README.read_text("utf-8"), table(results)), "utf-8")
