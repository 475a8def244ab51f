"""The hard cases: texts, and the moments that each holds; half of them hold none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import verbatim

CASES = Path(__file__).parent / "cases.jsonl"
TUNED, KEPT_ASIDE = "tuned", "kept_aside"
"""Parts of the list: what the rules were written with, and what was written after them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Moments found, of those that there are.

    Attributes
    ----------
    right, false, missed : tuple of (text, kind)
    """

    right: tuple[tuple[str, str], ...]
    false: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        return len(self.right) / (len(self.right) + len(self.false))

    @property
    def recall(self) -> float:
        return len(self.right) / (len(self.right) + len(self.missed))


def load_cases(part: str) -> dict[str, frozenset[str]]:
    """Kinds of each text of a part."""
    records = map(json.loads, CASES.read_text("utf-8").splitlines())
    return {one["text"]: frozenset(one["kinds"]) for one in records if one["part"] == part}


def look(part: str, engine: str) -> Found:
    """Compare what is found in a part with what there is."""
    cases = load_cases(part)
    texts = list(cases)
    frame = verbatim.analyze(texts, engine=engine).moments().frame
    found = {(texts[key], kind) for key, kind in zip(frame["id"], frame["kind"], strict=True)}
    held = {(text, kind) for text, kinds in cases.items() for kind in kinds}
    return Found(*(tuple(sorted(part)) for part in (found & held, found - held, held - found)))
