"""Choose the sentences that stand for something: typical, readable, sure, one per review.

The choice is that of the quotes of drivers, see `verbatim.drivers.evidence`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from verbatim.drivers.evidence import Candidate, best, readability, words_of
from verbatim.journey.sample import Floats, Ints, Sample
from verbatim.schema import ID

SPARE = 3
"""Quotes chosen for one that is shown, as the first may stand elsewhere already."""

MOST_CANDIDATES = 25
"""Sentences looked at for each quote: the surest."""


def choose(
    sample: Sample, keys: Ints, rows: Ints, sure: Floats, n_quotes: int
) -> dict[int, list[int]]:
    """Rows of the sentences to quote for each key, the best first.

    Parameters
    ----------
    sample : Sample
    keys : int64 array of shape (p,)
        What each sentence may stand for.
    rows : int64 array of shape (p,)
        Rows in the sentences.
    sure : float64 array of shape (p,)
        How sure that is, 0 to 1.
    n_quotes : int
        Quotes per key.
    """
    if not n_quotes or not len(keys):
        return {}
    number = sample.sentences["sentence"].to_numpy()[rows]
    order = np.lexsort((number, sample.tie[rows], -sure, keys))
    first = np.append(True, np.diff(keys[order]) != 0)
    before = np.arange(len(order)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    pool: dict[int, list[Candidate]] = {}
    for i in order[before < MOST_CANDIDATES].tolist():
        pool.setdefault(int(keys[i]), []).append(_candidate(sample, int(rows[i]), float(sure[i])))
    return {
        key: [candidate.row for candidate in best(candidates, n_quotes)]
        for key, candidates in pool.items()
    }


def unlike(places: Sequence[int], ranked: Sequence[Sequence[int]]) -> list[int]:
    """Choose one row of each rank list, none twice at a place if there is another; -1 for none.

    Examples
    --------
    >>> unlike([0, 0, 1, 1], [[7, 8], [7, 9], [7], []])
    [7, 9, 7, -1]
    """
    used: set[tuple[int, int]] = set()
    chosen = []
    for place, rows in zip(places, ranked, strict=True):
        fresh = [row for row in rows if (place, row) not in used]
        row = next(iter([*fresh, *rows]), -1)
        used.add((place, row))
        chosen.append(row)
    return chosen


def _candidate(sample: Sample, row: int, sure: float) -> Candidate:
    text, verbatim = sample.texts[row], int(sample.verbatim[row])
    words = words_of(text)
    prior = sure * readability(text, len(words))
    weight = float(sample.weights[verbatim])
    return Candidate(row, verbatim, text, frozenset(words), prior, weight)


def quote_columns(sample: Sample, rows: list[int]) -> dict[str, object]:
    """Columns ``id``, ``sentence`` and ``text`` of quoted sentences; NA for -1."""
    held = np.array(rows, dtype=np.int64)
    found = sample.sentences.iloc[held].reset_index(drop=True)
    absent = held < 0
    return {
        "id": found[ID].mask(absent) if absent.any() else found[ID],
        "sentence": found["sentence"].astype("Int64").mask(absent),
        "text": pd.Series(sample.texts[held], dtype="str").mask(absent),
    }
