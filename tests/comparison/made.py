"""Reviews drawn at random, or counted out, for comparisons and trends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tests.drivers.conftest import Says, analysis_of
from verbatim.analysis import Analysis

SAID = {
    "+": [Says("staff", 0.8)],
    "-": [Says("staff", -0.6)],
    "0": [Says("staff", 0.0)],
    "~": [Says("staff", 0.8), Says("staff", -0.6)],
    ".": [],
}
"""Reviews that praise, criticise, mention, do both, or say nothing of the staff."""


def analysis_by(groups: Mapping[Any, str], column: str = "city", **extra: Any) -> Analysis:
    """Make an analysis from the reviews of each group, one sign of `SAID` for each."""
    reviews = [SAID[sign] for signs in groups.values() for sign in signs]
    values = [group for group, signs in groups.items() for _ in signs]
    return analysis_of(reviews, **{column: values}, **extra)


def drawn(
    sizes: Sequence[int], chances: Sequence[Sequence[float]], seed: int = 0
) -> dict[str, str]:
    """Groups g0, g1, ... of these sizes, and the chance of each sign +-0. in each."""
    random = np.random.default_rng(seed)
    return {
        f"g{i}": "".join(random.choice(list("+-0."), size, p=chance))
        for i, (size, chance) in enumerate(zip(sizes, chances, strict=True))
    }
