"""What every result of this package says of how it was made."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from verbatim.analysis import Analysis
from verbatim.comparison import sample
from verbatim.drivers.columns import meanings
from verbatim.drivers.options import ScoreOptions
from verbatim.experience.reviews import Reviews
from verbatim.reliability import RULE, accuracy
from verbatim.schema import Column
from verbatim.weights.effective import effective_number


def provenance(
    analysis: Analysis,
    reviews: Reviews,
    by: Sequence[Hashable],
    weight: str | None,
    options: ScoreOptions,
    columns: Mapping[str, tuple[Column, ...]],
) -> dict[str, Any]:
    """Options, counts, meaning of the columns, engine and versions."""
    return {
        "by": [str(name) for name in by],
        "weight": None if weight is None else str(weight),
        "min_reviews": options.min_reviews,
        "n_resamples": options.n_resamples,
        "confidence": options.confidence,
        "seed": options.seed,
        "n_verbatims": len(analysis),
        "n_read": int(reviews.n_read.sum()),
        "n_effective": effective_number(reviews.weights),
        "reliability": RULE,
        "columns": {table: meanings(listed) for table, listed in columns.items()},
        **sample.provenance(analysis),
    }


def weak(
    analysis: Analysis, heads: Sequence[tuple[str, str, Collection[str]]]
) -> list[dict[str, Any]]:
    """Of (name, head, values), those about which the engine is too often wrong to be drawn.

    Each with the held-out sentences on which the engine found it, and how many are right.
    """
    found = ((name, accuracy(analysis.meta, head, values)) for name, head, values in heads)
    return [
        {"name": name, "n_right": each.n_right, "n_found": each.n_found}
        for name, each in found
        if each is not None and not each.is_reliable
    ]
