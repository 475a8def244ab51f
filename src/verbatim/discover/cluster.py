r"""Cluster weighted points on the sphere; the number of clusters follows from the points.

1. Seeds: from the most frequent point down, each that is not near one taken before.
2. Spherical k-means from these seeds (Dhillon and Modha 2001) makes many small clusters.
3. Ward's method (1963) joins them, the pair first whose union loses least,
   :math:`w_a w_b / (w_a + w_b) \, |c_a - c_b|^2`, until a union loses more than
   `RESOLUTION` :math:`\sqrt{w}` of a total weight w: with more reviews finer themes are found, but
   not in proportion.
4. Clusters whose centres are nearer than `SAME` are one: a lift is an elevator.

Nothing is drawn at random; points come sorted, so the order of the reviews changes nothing.

References
----------
J. H. Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58, 236-244.
I. S. Dhillon and D. S. Modha (2001), Concept decompositions for large sparse text data using
clustering, Machine Learning 42, 143-175.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verbatim.discover.points import Vectors, units

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEAR = 0.7
"""Cosine from which a point is no seed of its own beside another."""
MOST_SEEDS = 400
CANDIDATES = 8000
"""Points that may be seeds, the most frequent."""
ROUNDS = 3
RESOLUTION = 0.1
"""Loss, over the root of the weight, from which clusters stay apart: the higher, the fewer."""
SAME = 0.55
"""Cosine of their centres from which two clusters mean the same."""

_BLOCK = 4096
_DIGITS = 5
"""To which cosines are rounded, so that a tie is one on every machine."""


def cosines(points: Vectors, centres: Vectors) -> Vectors:
    """Cosine of each point (n) to each centre (k), -1 to 1: (n, k)."""
    near = np.empty((len(points), len(centres)), np.float32)
    for start in range(0, len(points), _BLOCK):
        part = slice(start, start + _BLOCK)
        near[part] = np.round(points[part] @ centres.T, _DIGITS)
    return near


def nearest(points: Vectors, centres: Vectors) -> tuple[Ints, Floats]:
    """Nearest centre of each point, the first of equals, and the cosine to it, -1 to 1."""
    which = np.full(len(points), -1, np.int64)
    cosine = np.full(len(points), -1.0)
    for start in range(0, len(points) if len(centres) else 0, _BLOCK):
        part = slice(start, start + _BLOCK)
        near = cosines(points[part], centres)
        which[part], cosine[part] = near.argmax(axis=1), near.max(axis=1)
    return which, cosine


def means(points: Vectors, weights: Floats, which: Ints, size: int) -> Vectors:
    """Directions of the weighted means of `size` clusters; 0 for one without points."""
    sums = np.zeros((size, points.shape[1]), np.float64)
    held = which >= 0
    np.add.at(sums, which[held], points[held] * weights[held, None])
    return units(sums.astype(np.float32))


def cluster(points: Vectors, weights: Floats) -> Vectors:
    """Centres of the clusters, float32 of shape (k, width).

    Parameters
    ----------
    points : float32 array of shape (n, width)
        1 long, or 0: those are left out.
    weights : float64 array of shape (n,)
        Reviews at each.
    """
    known = points.any(axis=1)
    points, weights = points[known], weights[known]
    centres = _seeds(points, weights)
    for _ in range(ROUNDS):
        which, _ = nearest(points, centres)
        moved = means(points, weights, which, len(centres))
        centres = moved[moved.any(axis=1)]
    which, _ = nearest(points, centres)
    mass = np.bincount(which[which >= 0], weights, len(centres)).astype(np.float64)
    centres, mass = centres[mass > 0], mass[mass > 0]
    joined = ward(centres, mass, RESOLUTION * np.sqrt(weights.sum()))
    joined = _alike(centres, mass, joined)
    return means(centres, mass, joined, int(joined.max(initial=-1)) + 1)


def _alike(centres: Vectors, mass: Floats, which: Ints) -> Ints:
    """Join clusters that mean the same, however many reviews hold them, as lift and elevator."""
    while (n := int(which.max(initial=-1)) + 1) > 1:
        middle = means(centres, mass, which, n)
        near = np.triu(np.round(middle @ middle.T, _DIGITS), 1)
        i, j = divmod(int(near.argmax()), n)
        if near[i, j] < SAME:
            break
        which = np.unique(np.where(which == j, i, which), return_inverse=True)[1].astype(np.int64)
    return which


def ward(centres: Vectors, mass: Floats, most: float, least_clusters: int = 1) -> Ints:
    """Cluster of each centre after all unions that lose at most `most`.

    Examples
    --------
    >>> centres = np.array([[1, 0], [0.9, 0.1], [0, 1]], dtype=np.float32)
    >>> ward(centres, np.array([5.0, 1.0, 4.0]), 1.0).tolist()
    [0, 0, 1]
    """
    n = len(centres)
    middle, weight = centres.astype(np.float64), mass.astype(np.float64)
    cluster = np.arange(n)
    alive = np.ones(n, dtype=bool)
    losses = np.full((n, n), np.inf)
    for i in range(n):
        losses[i] = _losses(i, middle, weight, alive)
    partner = losses.argmin(axis=1) if n else cluster  # of each, so that a union costs O(n)
    least = losses[np.arange(n), partner] if n else weight
    while alive.sum() > least_clusters:
        i, j = sorted((int(least.argmin()), int(partner[least.argmin()])))
        if losses[i, j] > most:
            break
        total = weight[i] + weight[j]
        middle[i] = (weight[i] * middle[i] + weight[j] * middle[j]) / total
        weight[i], alive[j] = total, False
        cluster[cluster == j] = i
        losses[j], losses[:, j], least[j] = np.inf, np.inf, np.inf
        losses[i] = losses[:, i] = _losses(i, middle, weight, alive)
        stale = alive & ((partner == i) | (partner == j) | (losses[i] < least))
        stale[i] = True
        partner[stale] = losses[stale].argmin(axis=1)
        least[stale] = losses[stale, partner[stale]]
    return np.unique(cluster, return_inverse=True)[1].astype(np.int64)


def _losses(i: int, middle: Floats, weight: Floats, alive: NDArray[np.bool_]) -> Floats:
    """What joining i with each other loses, rounded so that ties are ties."""
    apart = ((middle - middle[i]) ** 2).sum(axis=1)
    lost = np.round(weight * weight[i] / (weight + weight[i]) * apart, _DIGITS)
    lost[~alive] = np.inf
    lost[i] = np.inf
    return np.asarray(lost)


def _seeds(points: Vectors, weights: Floats) -> Vectors:
    order = np.lexsort((np.arange(len(points)), -weights))[:CANDIDATES]
    seeds = np.zeros((0, points.shape[1]), np.float32)
    for start in range(0, len(order), MOST_SEEDS):
        block = points[order[start : start + MOST_SEEDS]]
        if len(seeds):
            block = block[np.round(block @ seeds.T, _DIGITS).max(axis=1) < NEAR]
        seeds = np.concatenate([seeds, block[_apart(block)]])
        if len(seeds) >= MOST_SEEDS:
            break
    return seeds[:MOST_SEEDS]


def _apart(block: Vectors) -> list[int]:
    """Points of the block that are not near one taken before."""
    near = np.round(block @ block.T, _DIGITS) >= NEAR
    taken: list[int] = []
    for i in range(len(block)):
        if not near[i, taken].any():
            taken.append(i)
    return taken
