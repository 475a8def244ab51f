"""What ``verbatim taxonomies`` prints."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

import verbatim
from verbatim.report.screen import Screen
from verbatim.taxonomy import resolve


def taxonomies_text() -> str:
    """Names of the shipped taxonomies and what they are for."""
    available = [resolve(name) for name in verbatim.available_taxonomies()]
    return _aligned([(taxonomy.name, taxonomy.description) for taxonomy in available])


def taxonomy_text(name: str) -> str:
    """Drivers of a taxonomy with their meaning and their sub-drivers."""
    taxonomy = resolve(name)
    rows: list[tuple[str, str]] = []
    for driver in taxonomy.drivers:
        rows.append((driver.id, driver.description or driver.name))
        if driver.subdrivers:
            rows.append(("", "> " + ", ".join(sub.id for sub in driver.subdrivers)))
    return f"{taxonomy.name}: {taxonomy.description}\n\n{_aligned(rows)}"


def _aligned(rows: Sequence[tuple[str, str]]) -> str:
    width = max(len(key) for key, _ in rows) + 2
    room = max(20, Screen.of(sys.stdout).width - width)
    return "\n".join(
        key.ljust(width) + textwrap.fill(words, room).replace("\n", "\n" + " " * width)
        for key, words in rows
    )
