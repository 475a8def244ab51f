"""A feature of sentences at every place and in the rest of the journey, summed by review.

What is made of it, and the formula, stands in `discoveries`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.journey.sample import Floats, Ints, Numbers, Sample
from verbatim.weights.effective import sum_by

NONE = 1e-12
"""What rounding leaves of nothing."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A feature at every place and in the rest of the journey; arrays of shape (n_places,).

    Attributes
    ----------
    value, difference : float64 arrays
        Mean at the place, and less that of the rest.
    variance : float64 array
        Of the difference, where there is none.
    n_saying : int64 array
        Reviews of the group that say it.
    n_reviews : int64 array
        Reviews that say it at the place.
    """

    value: Floats
    difference: Floats
    variance: Floats
    n_saying: Ints
    n_reviews: Ints


@dataclass(frozen=True, slots=True)
class Counted:
    """What all features have alike that the same sentences count for.

    Attributes
    ----------
    each : float64 array of shape (n_verbatims,)
        Sentences of each review that count.
    here : float64 array of shape (p,)
        Of each pair.
    total : float64 array of shape (n_groups,)
        Their weight in each group.
    inside, outside : float64 arrays of shape (n_places,)
        At the place and in the rest of its group.
    own, crossed, whole : float64 arrays of shape (n_places,)
        Sums of squared weights times the squares of `here`, `here` times `each`, and the squares of
        `each` in the group.
    scale : float64 array of shape (n_places,)
        Variance of the difference over that of a sentence, if sentences don't hang together.
    n_here : int64 array of shape (n_places,)
        Reviews at the place with a sentence that counts.
    n_effective : float64 array of shape (n_places,)
        Effective number of these.
    """

    each: Floats
    here: Floats
    total: Floats
    inside: Floats
    outside: Floats
    own: Floats
    crossed: Floats
    whole: Floats
    scale: Floats
    n_here: Ints
    n_effective: Floats


def counted(sample: Sample, rows: Ints) -> Counted:
    """Sum the sentences that count."""
    pairs, size = sample.pairs, sample.n_places
    groups, weight = sample.groups.of_row, sample.weights
    n_groups, held = len(sample.groups.values), weight[pairs.verbatim]
    of_place = _group_of_place(sample)
    each = _per_review(sample, rows)
    here = sample.per_pair(rows)
    total = sum_by(groups, weight * each, n_groups)
    inside = sum_by(pairs.place, held * here, size)
    outside = np.maximum(total[of_place] - inside, 0)
    outside = np.where(outside > NONE * total[of_place], outside, 0)
    # Squared weights of the sentences at the place and of the others.
    near = sum_by(pairs.place, held**2 * here, size)
    far = sum_by(groups, weight**2 * each, n_groups)[of_place] - near
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = near / inside**2 + far / outside**2
    judging = np.flatnonzero(here > 0)
    return Counted(
        each=each,
        here=here,
        total=total,
        inside=inside,
        outside=outside,
        own=sum_by(pairs.place, (held * here) ** 2, size),
        crossed=sum_by(pairs.place, held**2 * here * each[pairs.verbatim], size),
        whole=sum_by(groups, (weight * each) ** 2, n_groups)[of_place],
        scale=scale,
        n_here=_count(pairs.place[judging], size),
        n_effective=_effective(pairs.place[judging], held[judging], size),
    )


def sides(sample: Sample, rows: Numbers, value: Floats, base: Counted) -> Sides:
    """Compare the sides, by sums of products of whole numbers, which add up alike in any order.

    `value` is that of the sentences `rows`; all others have 0.
    """
    size, groups, weight = sample.n_places, sample.groups.of_row, sample.weights
    n_groups, of_place = len(sample.groups.values), _group_of_place(sample)
    said = _per_review(sample, rows, value)
    spoke = _per_review(sample, rows, value**2)
    total = np.where(base.total > 0, base.total, np.nan)
    means = sum_by(groups, weight * said, n_groups) / total
    mean = means[of_place]
    # Only pairs of reviews that say it add to the sums.
    pair = np.flatnonzero(spoke[sample.pairs.verbatim])
    place, verbatim = sample.pairs.place[pair], sample.pairs.verbatim[pair]
    here, base_here = sample.per_pair(rows, value)[pair], base.here[pair]
    there, each, held = said[verbatim], base.each[verbatim], weight[verbatim]
    square = held**2
    # Of (x - mean m) (y - mean n), summed over reviews.
    own = (
        sum_by(place, square * here**2, size)
        - 2 * mean * sum_by(place, square * here * base_here, size)
        + mean**2 * base.own
    )
    crossed = (
        sum_by(place, square * here * there, size)
        - mean * sum_by(place, square * (here * each + base_here * there), size)
        + mean**2 * base.crossed
    )
    whole = (
        sum_by(groups, (weight * said) ** 2, n_groups)
        - 2 * means * sum_by(groups, weight**2 * said * base.each, n_groups)
    )[of_place] + mean**2 * base.whole
    spread = (sum_by(groups, weight * spoke, n_groups) / total - means**2)[of_place]
    excess = sum_by(place, held * here, size) - mean * base.inside
    with np.errstate(divide="ignore", invalid="ignore"):
        both = 1 / base.inside + 1 / base.outside
        clustered = both**2 * own - 2 * both / base.outside * crossed + whole / base.outside**2
        return Sides(
            value=mean + excess / base.inside,
            difference=excess * both,
            variance=np.fmax(clustered, spread * base.scale),
            n_saying=_count(groups[(said != 0) & (weight > 0)], n_groups)[of_place],
            n_reviews=_count(place[here != 0], size),
        )


def _group_of_place(sample: Sample) -> Ints:
    return np.arange(sample.n_places) // (len(sample.stages) * sample.width)


def _per_review(sample: Sample, rows: Numbers, values: Floats | None = None) -> Floats:
    """Sum of the values of sentences, whole numbers, by review."""
    verbatim = sample.sentences.verbatim[rows]
    return np.bincount(verbatim, values, minlength=len(sample.weights)).astype(np.float64)


def _count(codes: Ints, size: int) -> Ints:
    return np.bincount(codes, minlength=size).astype(np.int64)


def _effective(codes: Ints, weights: Floats, size: int) -> Floats:
    total, square = sum_by(codes, weights, size), sum_by(codes, weights**2, size)
    return np.asarray(total**2 / np.where(square > 0, square, 1))
