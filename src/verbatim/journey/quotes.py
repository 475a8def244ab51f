"""Choose the sentences that stand for something: typical, readable, sure, one per review.

The choice is that of the quotes of drivers, see `verbatim.drivers.evidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from verbatim.drivers.evidence import Candidate, best, readability, words_of
from verbatim.journey.sample import Floats, Ints, Numbers, Sample
from verbatim.schema import ID

SPARE = 3
"""Quotes chosen for one that is shown, as the first may stand elsewhere already."""

MOST_CANDIDATES = 25
"""Sentences looked at for each quote: the surest."""


_AT_ONCE = 1_000_000
"""Sentences that are ranked at once."""

Candidates = tuple[Ints, Numbers, Floats]
"""Of sentences that may be quoted: what each may stand for, its row, and how sure that is, 0 to 1;
the same sentence may be there several times."""


def choose(sample: Sample, candidates: Iterable[Candidates], n_quotes: int) -> dict[int, list[int]]:
    """Rows of the sentences to quote for each key, the best first.

    Parameters
    ----------
    sample : Sample
    candidates : iterable of (keys, rows, sure)
    n_quotes : int
        Quotes per key.
    """
    if not n_quotes:
        return {}
    keys, rows, sure = _surest(sample, candidates)
    texts = sample.texts(rows)
    pool: dict[int, list[Candidate]] = {}
    for key, row, one in zip(keys.tolist(), rows.tolist(), sure.tolist(), strict=True):
        pool.setdefault(key, []).append(_candidate(sample, row, texts[row], one))
    return {key: [one.row for one in best(held, n_quotes)] for key, held in pool.items()}


def _surest(sample: Sample, candidates: Iterable[Candidates]) -> Candidates:
    """The surest of each key, the surest first; ties are broken by what no order changes."""
    held: Candidates = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    for keys, rows, sure in candidates:
        for start in range(0, len(keys), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            fresh = (keys[part], rows[part], sure[part])
            both = [np.concatenate(pair) for pair in zip(held, fresh, strict=True)]
            held = _ranked(sample, both[0], both[1], both[2])
    return held


def _ranked(sample: Sample, keys: Ints, rows: Numbers, sure: Floats) -> Candidates:
    order = np.lexsort((sample.sentences.number[rows], sample.tie(rows), -sure, keys))
    first = np.append(True, np.diff(keys[order]) != 0)
    before = np.arange(len(order)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    kept = order[before < MOST_CANDIDATES]
    return keys[kept], rows[kept], sure[kept]


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


def _candidate(sample: Sample, row: int, text: str, sure: float) -> Candidate:
    verbatim = int(sample.sentences.verbatim[row])
    words = words_of(text)
    prior = sure * readability(text, len(words))
    weight = float(sample.weights[verbatim])
    return Candidate(row, verbatim, text, frozenset(words), prior, weight)


def quote_columns(sample: Sample, rows: list[int]) -> dict[str, object]:
    """Columns ``id``, ``sentence`` and ``text`` of quoted sentences; NA for -1."""
    held = np.array(rows, dtype=np.int64)
    absent = held < 0
    shown = held[~absent]
    texts = {**sample.texts(shown), -1: None}
    ids = sample.analysis.select("verbatims", [ID])[ID]
    found = ids.iloc[sample.sentences.verbatim[shown]]
    number = pd.Series(pd.NA, index=range(len(held)), dtype="Int64")
    number[~absent] = sample.sentences.number[shown].astype(np.int64)
    return {
        "id": found.set_axis(np.flatnonzero(~absent)).reindex(range(len(held))),
        "sentence": number,
        "text": pd.Series([texts[row] for row in rows], dtype="str"),
    }
