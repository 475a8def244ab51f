"""Reviews in groups, and the figures that all three measures of this package are made of.

A review is the unit of every figure: each has one *side* (positive, negative, neither, or both) in
each *cell* (a group and a key, such as a channel), however often it says the same. Net figures are
the mean of +1, -1 and 0 with the intervals of `verbatim.drivers.bootstrap`, shares have Wilson's.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim import grouping
from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator, net_interval, wilson
from verbatim.drivers.counts import Masses
from verbatim.drivers.options import ScoreOptions
from verbatim.grouping import Groups
from verbatim.labels import EMOTIONS
from verbatim.schema import ID
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import in_units, sum_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.integer[Any]]
"""Whole numbers of any width: what there is several of per review is held in few bytes."""
Figures = dict[str, NDArray[Any]]

PLEASANT = ("joy", "gratitude", "admiration", "trust", "relief")
UNPLEASANT = tuple(name for name in EMOTIONS if name not in (*PLEASANT, "surprise"))
"""Surprise is neither: it may be either."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of an analysis, in groups.

    Attributes
    ----------
    groups : Groups
    counted : bool array of shape (n_verbatims,)
        Those that were read and weigh more than 0.
    weights : float64 array of shape (n_verbatims,)
        In units of their group (`verbatim.weights.effective`), 1 without weights; 0 where a review
        doesn't count.
    """

    groups: Groups
    counted: Bools
    weights: Floats

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return len(self.groups.values)

    @property
    def n_read(self) -> Ints:
        """Reviews of each group."""
        return _count(self.groups.of_row[self.counted], self.n_groups)

    @property
    def mass(self) -> Floats:
        """Sum of their weights."""
        of_row = self.groups.of_row[self.counted]
        return sum_by(of_row, self.weights[self.counted], self.n_groups)

    def blocks(self, analysis: Analysis) -> Iterator[Block]:
        """Yield the blocks of the analysis that these are the reviews of."""
        first = 0
        for block in analysis.blocks():
            ids = pd.Index(block.select("verbatims", [ID])[ID])
            yield Block(block, ids, first, self.counted[first : first + len(ids)])
            first += len(ids)

    def labels(self, n_keys: int) -> pd.DataFrame:
        """Columns of the group of each cell, `n_keys` cells per group."""
        return self.groups.values.iloc[np.repeat(np.arange(self.n_groups), n_keys)].reset_index(
            drop=True
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Some of the reviews, from row `first` on, with all that they say.

    Attributes
    ----------
    analysis : Analysis
    ids : Index
    first : int
    counted : bool array of shape (len(ids),)
    """

    analysis: Analysis
    ids: pd.Index[Any]
    first: int
    counted: Bools

    def select(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Some columns of a table of the block."""
        return self.analysis.select(table, columns)

    def rows(self, ids: pd.Series[Any]) -> Ints:
        """Row in all reviews of each id; -1 where the review doesn't count."""
        row = self.ids.get_indexer(pd.Index(ids)).astype(np.int64)
        if not len(row):
            return row
        return np.where((row >= 0) & self.counted[row], row + self.first, -1)


@dataclass(frozen=True, slots=True)
class Sides:
    """Pairs of a review and a key, each once; side 0 is positive, 1 negative, 2 neither, 3 both."""

    review: Numbers
    key: Numbers
    side: Numbers
    n_keys: int

    def cells(self, reviews: Reviews) -> Ints:
        """Cell of each pair: group * n_keys + key."""
        return reviews.groups.of_row[self.review] * self.n_keys + self.key

    @property
    def net_side(self) -> Numbers:
        """Index into `verbatim.drivers.bootstrap.SIDES`: both sides add as little as neither."""
        return np.minimum(self.side, 2)


def take(
    analysis: Analysis, names: Sequence[Hashable], weight: str | None, reserved: frozenset[str]
) -> Reviews:
    """Take the reviews; a column of `by` whose name is `reserved` gets `by_` before it."""
    weights = review_weights(analysis, weight)
    found = grouping.group({name: analysis.column(name) for name in names}, len(analysis))
    values = found.values.rename(
        columns=lambda name: f"by_{name}" if name in reserved else str(name)
    )
    groups = Groups(values, found.of_row)
    scaled = in_units(weights, groups.of_row, len(values))
    return Reviews(groups, scaled > 0, scaled)


def sides(review: Ints, key: Ints, positive: Bools, negative: Bools, n_keys: int) -> Sides:
    """Gather rows into one side per review and key; rows of a review or key below 0 are left out.

    Examples
    --------
    >>> yes, no = np.array([True, False, False]), np.array([False, True, False])
    >>> found = sides(np.array([4, 4, 7]), np.array([0, 0, 1]), yes, no, 2)
    >>> found.review.tolist(), found.key.tolist(), found.side.tolist()
    ([4, 7], [0, 1], [3, 2])
    """
    kept = (review >= 0) & (key >= 0)
    pairs, pair = np.unique(review[kept] * n_keys + key[kept], return_inverse=True)
    good, bad = (
        np.bincount(pair[said[kept]], minlength=len(pairs)) > 0 for said in (positive, negative)
    )
    side = np.select([good & bad, good, bad], [3, 0, 1], 2).astype(np.int8)
    return Sides(
        (pairs // n_keys).astype(np.int32), (pairs % n_keys).astype(np.int32), side, n_keys
    )


def together(parts: Sequence[Sides]) -> Sides:
    """Sides of all blocks."""
    review, key, side = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("review", "key", "side")
    )
    return Sides(review, key, side, parts[0].n_keys)


def counts(found: Sides, reviews: Reviews, names: Sequence[str] = ()) -> Figures:
    """Reviews of each cell: `n_reviews`, and by net side under the `names` of these, if given."""
    size = reviews.n_groups * found.n_keys
    by_side = _count(found.cells(reviews) * 3 + found.net_side, 3 * size).reshape(-1, 3)
    return {"n_reviews": by_side.sum(axis=1)} | dict(zip(names, by_side.T, strict=False))


def masses(found: Sides, reviews: Reviews) -> Masses:
    """Weights of the reviews of each cell by net side."""
    size, held = 3 * reviews.n_groups * found.n_keys, reviews.weights[found.review]
    codes = found.cells(reviews) * 3 + found.net_side
    mass, square = (sum_by(codes, each, size).reshape(-1, 3) for each in (held, held**2))
    return Masses(mass, square)


def net(name: str, held: Masses, options: ScoreOptions, *stream: str) -> Figures:
    """Net figure of each cell, -100 to 100, under `name`, with the ends of its interval."""
    ends = np.full((len(held.reviews), 2), np.nan)
    for cell in np.flatnonzero(held.reviews):
        random = generator(options.seed, *stream)
        ends[cell] = net_interval(
            held.sides[cell], options.n_resamples, options.confidence, random, held.squares[cell]
        )
    return {name: 100 * held.net, f"{name}_low": ends[:, 0], f"{name}_high": ends[:, 1]}


def share(name: str, part: Floats, whole: Floats, confidence: float) -> Figures:
    """Share of masses under `name`, with Wilson's interval; NaN where the whole is 0."""
    held = np.minimum(part, whole)  # rounding must not make a share above 1
    low, high = wilson(held, whole, confidence)
    value = held / np.where(whole > 0, whole, np.nan)
    return {name: value, f"{name}_low": low, f"{name}_high": high}


def is_low(n_effective: Floats, options: ScoreOptions) -> Bools:
    """Whether a number of effective reviews is below the support floor."""
    return np.asarray(n_effective.round(9) < options.min_reviews)


def members(codes: Ints, size: int) -> list[Ints]:
    """Positions of each code below `size`; codes below 0 are left out.

    Examples
    --------
    >>> [found.tolist() for found in members(np.array([1, -1, 0, 1]), 3)]
    [[2], [0, 3], []]
    """
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(size + 1))
    return [order[start:stop].astype(np.int64) for start, stop in pairwise(ends)]


def _count(codes: Ints, size: int) -> Ints:
    return np.bincount(codes, minlength=size).astype(np.int64)
