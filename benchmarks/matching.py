"""One-to-one matching of predicted with gold opinions, text by text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

P = TypeVar("P")
G = TypeVar("G")


def match(
    predicted: Sequence[P], gold: Sequence[G], fits: Callable[[P, G], bool]
) -> list[tuple[int, int]]:
    """Largest set of pairs (predicted, gold) that fit, each member used at most once."""
    if not predicted or not gold:
        return []
    edges = np.array([[fits(p, g) for g in gold] for p in predicted], bool)
    rows, columns = linear_sum_assignment(edges, maximize=True)
    return [(int(p), int(g)) for p, g in zip(rows, columns, strict=True) if edges[p, g]]


def match_counts(
    predicted: Sequence[Sequence[P]],
    gold: Sequence[Sequence[G]],
    fits: Callable[[P, G], bool],
    skip: Callable[[G], bool],
) -> NDArray[np.float64]:
    """Per text: matched, predicted, gold; shape (n, 3).

    Gold that is skipped neither counts nor can be missed. What a system says of it can't be told
    from a false alarm, so each skipped gold opinion takes one unmatched prediction of its text
    out of the count.
    """
    pairs = zip(predicted, gold, strict=True)
    counts = [_counts(p, [o for o in g if not skip(o)], len(g), fits) for p, g in pairs]
    return np.array(counts, np.float64).reshape(-1, 3)


def _counts(
    predicted: Sequence[P], gold: Sequence[G], n_all: int, fits: Callable[[P, G], bool]
) -> tuple[int, int, int]:
    matched = len(match(predicted, gold, fits))
    excused = min(n_all - len(gold), len(predicted) - matched)
    return matched, len(predicted) - excused, len(gold)
