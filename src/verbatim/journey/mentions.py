"""The table of activities: what customers did at each place, counted over reviews."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.journey.activities import Activity, Key, activities, as_put, fold
from verbatim.journey.columns import ACTIVITIES
from verbatim.journey.quotes import quote_columns
from verbatim.journey.sample import Sample
from verbatim.weights.effective import sum_by

MOST = 20
"""Activities of a place."""
FEWEST_REVIEWS = 2
"""Reviews from which an activity is more than one customer's."""
MOST_SINGLE = 3
"""Activities of a place where there aren't as many that are told by several reviews."""

Told = dict[Key, list[tuple[int, int, Activity]]]
"""By key: row in the verbatims, row in the sentences, and the activity."""


def activities_table(sample: Sample) -> pd.DataFrame:
    """One row per place and activity, those of most reviews first."""
    rows = [
        row
        for place, told in sorted(_by_place(sample).items())
        for row in _rows(sample, place, told)
    ]
    places = np.array([row["place"] for row in rows], dtype=np.int64)
    placed = sample.placed
    pairs = pd.DataFrame({"place": placed.place, "verbatim": placed.verbatim}).drop_duplicates()
    mass = sum_by(
        pairs["place"].to_numpy(), sample.weights[pairs["verbatim"].to_numpy()], sample.n_places
    )
    data = {
        "activity": [row["activity"] for row in rows],
        "n_reviews": [row["n_reviews"] for row in rows],
        "share": np.minimum(np.array([row["mass"] for row in rows]) / mass[places], 1),
        **quote_columns(sample, [row["row"] for row in rows]),
    }
    return pd.concat([sample.labels(places), typed(ACTIVITIES, data)], axis=1)


def _by_place(sample: Sample) -> dict[int, Told]:
    """Read the sentences drawn, and sort what they tell by place and key."""
    drawn = sample.drawn.tolist()
    read = [(row, activities(sample.texts[row])) for row in drawn]
    told = [(row, one) for row, found in read for one in found]
    keyed = fold((int(sample.verbatim[row]), one) for row, one in told)
    where = {row: i for i, row in enumerate(drawn)}
    places = sample.placed.place
    by_place: dict[int, Told] = defaultdict(lambda: defaultdict(list))
    for (row, one), key in zip(told, keyed, strict=True):
        for place in (places[where[row]], places[where[row] + len(drawn)]):
            by_place[int(place)][key].append((int(sample.verbatim[row]), row, one))
    return by_place


def _rows(sample: Sample, place: int, told: Told) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    tie, number = sample.tie, sample.sentences["sentence"].to_numpy()
    for mentions in told.values():
        words = as_put([one for _, _, one in mentions])
        reviews = {verbatim for verbatim, _, _ in mentions}
        said = [row for _, row, one in mentions if one.words == words]
        found.append(
            {
                "place": place,
                "activity": words,
                "n_reviews": len(reviews),
                "mass": float(sum(sorted(sample.weights[list(reviews)]))),
                "row": min(
                    said,
                    key=lambda row: (
                        len(sample.texts[row]),
                        sample.texts[row],
                        tie[row],
                        number[row],
                    ),
                ),
            }
        )
    found.sort(key=lambda row: (-row["n_reviews"], _oddness(row["activity"]), row["activity"]))
    shared = sum(row["n_reviews"] >= FEWEST_REVIEWS for row in found)
    return found[: min(max(shared, MOST_SINGLE), MOST)]


def _oddness(words: str) -> int:
    """How far a wording is from the length that reads best."""
    return abs(len(words.split()) - 4)
