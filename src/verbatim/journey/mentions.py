"""The table of activities: what customers did at each place, counted over reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from verbatim.drivers.columns import typed
from verbatim.journey.activities import as_put, fold
from verbatim.journey.columns import ACTIVITIES
from verbatim.journey.quotes import quote_columns
from verbatim.journey.sample import Bools, Ints, Numbers, Sample
from verbatim.weights.effective import sum_by

MOST = 20
"""Activities of a place."""
FEWEST_REVIEWS = 2
"""Reviews from which an activity is more than one customer's."""
MOST_SINGLE = 3
"""Activities of a place where there aren't as many that are told by several reviews."""


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Mentions by place and key, those of a place and key side by side; int64 arrays.

    Attributes
    ----------
    mention : array of shape (m,)
        Row in `Sample.told`.
    bounds : array of shape (k + 1,)
        Where each place and key begins.
    place, n_reviews : arrays of shape (k,)
    """

    mention: Ints
    bounds: Ints
    place: Ints
    n_reviews: Ints


@dataclass(frozen=True, slots=True)
class _Line:
    """An activity of a place, and the shortest sentences that put it in these words."""

    place: int
    words: str
    n_reviews: int
    mass: float
    rows: Ints


def activities_table(sample: Sample) -> pd.DataFrame:
    """One row per place and activity, those of most reviews first."""
    lines = list(_lines(sample, _by_place(sample)))
    places = np.array([line.place for line in lines], dtype=np.int64)
    weights = sample.weights[sample.pairs.verbatim]
    mass = sum_by(sample.pairs.place, weights, sample.n_places)
    data = {
        "activity": [line.words for line in lines],
        "n_reviews": [line.n_reviews for line in lines],
        "share": np.minimum(np.array([line.mass for line in lines]) / mass[places], 1),
        **quote_columns(sample, _quoted(sample, lines)),
    }
    return pd.concat([sample.labels(places), typed(ACTIVITIES, data)], axis=1)


def _by_place(sample: Sample) -> _Mentions:
    """Sort the mentions by place and key."""
    told = sample.told
    review = sample.sentences.verbatim[told.row]
    keys = fold(review, told.activity, sample.activities)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    code = np.array([numbers[key] for key in keys], dtype=np.int64)[told.activity]
    both, width = np.tile(np.arange(len(code)), 2), max(len(numbers), 1)
    cell = sample.places(told.row) * width + code[both]
    order = np.lexsort((review[both], cell))
    both, cell = both[order], cell[order]
    is_first = _changes(cell)
    first = np.flatnonzero(is_first)
    is_new = is_first | _changes(review[both])
    n_reviews = np.bincount(np.cumsum(is_first)[is_new] - 1, minlength=len(first))
    return _Mentions(both, np.append(first, len(cell)), cell[first] // width, n_reviews)


def _changes(values: Numbers) -> Bools:
    """Whether each value differs from the one before."""
    return np.append(True, np.diff(values) != 0)[: len(values)]


def _lines(sample: Sample, found: _Mentions) -> Iterator[_Line]:
    """The activities that most reviews of each place tell of."""
    starts = np.flatnonzero(_changes(found.place)).tolist()
    for start, stop in pairwise([*starts, len(found.place)]):
        n = found.n_reviews[start:stop]
        most = min(max(int((n >= FEWEST_REVIEWS).sum()), MOST_SINGLE), MOST)
        fewest = np.sort(n)[::-1][:most][-1]
        cells = start + np.flatnonzero(n >= fewest)
        lines = [_line(sample, found, cell) for cell in cells.tolist()]
        lines.sort(key=lambda line: (-line.n_reviews, _oddness(line.words), line.words))
        yield from lines[:most]


def _line(sample: Sample, found: _Mentions, cell: int) -> _Line:
    mentions = found.mention[found.bounds[cell] : found.bounds[cell + 1]]
    told = [sample.activities[code] for code in sample.told.activity[mentions].tolist()]
    words = as_put(told)
    rows = sample.told.row[mentions]
    said = rows[[one.words == words for one in told]]
    length = sample.sentences.end[said] - sample.sentences.start[said]
    reviews = np.unique(sample.sentences.verbatim[rows])
    return _Line(
        place=int(found.place[cell]),
        words=words,
        n_reviews=len(reviews),
        mass=float(sum(sorted(sample.weights[reviews]))),
        rows=np.unique(said[length == length.min()]).astype(np.int64),
    )


def _quoted(sample: Sample, lines: Sequence[_Line]) -> list[int]:
    """One sentence of each line: the first by its text, then by what no order of rows changes."""
    texts = sample.texts(np.concatenate([np.zeros(0, np.int64), *(line.rows for line in lines)]))

    def rank(row: int) -> tuple[str, int, int]:
        return texts[row], int(sample.tie(np.array(row))), int(sample.sentences.number[row])

    return [min(line.rows.tolist(), key=rank) for line in lines]


def _oddness(words: str) -> int:
    """How far a wording is from the length that reads best."""
    return abs(len(words.split()) - 4)
