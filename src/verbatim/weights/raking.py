r"""Raking: make weights whose sums have several known distributions at once.

*Iterative proportional fitting* (Deming and Stephan, 1940) takes the margins in turn and multiplies
the weights of each value by the same number, so that its share is the known one; the others drift a
little, and less in each round. With one margin the first round is exact: *post-stratification*, the
weight of a review is the known share of its value over the share in the sample. The weights are
those nearest to the base weights :math:`d_i` by :math:`\sum_i w_i \log(w_i / d_i)` of all that have
these shares (Ireland and Kullback, 1968).

*Trimming* bounds the weights at a multiple of their mean; what is cut off is given to the others in
proportion to their weights, again and again until none is above (Potter, 1990). The shares are then
off by what the bound costs.

References
----------
W. E. Deming and F. F. Stephan (1940), On a least squares adjustment of a sampled frequency table
when the expected marginal totals are known, Annals of Mathematical Statistics 11, 427-444.
C. T. Ireland and S. Kullback (1968), Contingency tables with given marginals, Biometrika 55,
179-188.
F. J. Potter (1990), A study of procedures to identify and trim extreme sampling weights,
Proceedings of the Survey Research Methods Section, ASA, 225-230.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatim.errors import OptionError
from verbatim.weights.targets import Margin

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_ROUNDS = 1000
CLOSE = 1e-9
"""Largest difference of a share from its target that ends the rounds."""


def rake(margins: Sequence[Margin], base: Floats) -> Floats:
    """Weights that have the distribution of every margin; those above 0 have mean 1.

    Parameters
    ----------
    margins : sequence of Margin
        Of m reviews.
    base : float64 array of shape (m,)
        Weights to start from, above 0.

    Raises
    ------
    OptionError
        No weights have all distributions at once; the message names the margin that is off most.

    Examples
    --------
    >>> stars = Margin("stars", [1, 5], np.array([0, 0, 0, 1]), np.array([0.25, 0.75]))
    >>> rake([stars], np.ones(4)).round(6).tolist()
    [0.333333, 0.333333, 0.333333, 3.0]
    """
    kind, codes = _kinds(margins, len(base))
    # Sums in the order of the weights, so that rows in any order round alike.
    order = np.argsort(base, kind="stable")
    start = np.bincount(kind[order], weights=base[order], minlength=codes.shape[1])
    masses = start = start / start.sum()
    for _ in range(MAX_ROUNDS):
        for margin, code in zip(margins, codes, strict=True):
            masses = masses * _factors(margin, code, masses)[code]
        if max(_misses(margins, codes, masses)) < CLOSE:
            raked: Floats = base * (masses / start)[kind]
            return raked * float((raked > 0).sum() / np.sort(raked).sum())
    raise OptionError(_why(margins, codes, masses))


def trim(weights: Floats, limit: float) -> Floats:
    """Bound weights at `limit`, above 1, keeping the mean of 1 of those above 0.

    Examples
    --------
    >>> trim(np.array([0.25, 0.75, 0.5, 2.5]), 2.0).round(3).tolist()
    [0.333, 1.0, 0.667, 2.0]
    """
    values, of_row, counts = np.unique(weights, return_inverse=True, return_counts=True)
    fixed = np.zeros(len(values), dtype=bool)
    while (values > limit * (1 + CLOSE)).any():
        fixed |= values > limit
        values = np.where(fixed, limit, values)
        room = counts[values > 0].sum() - limit * counts[fixed].sum()
        values = np.where(fixed, values, values * (room / (values * counts)[~fixed].sum()))
    return np.asarray(values[of_row])


def shares(margin: Margin, weights: Floats) -> Floats:
    """Weighted share of each value of a margin, summing to 1."""
    order = np.argsort(weights, kind="stable")
    held, size = weights[order], len(margin.values)
    return np.asarray(np.bincount(margin.codes[order], held, minlength=size) / held.sum())


def _kinds(margins: Sequence[Margin], n: int) -> tuple[Ints, Ints]:
    """Kind of each review, alike in all margins, and each margin's code of each kind."""
    table = np.stack([margin.codes for margin in margins])
    kind = np.zeros(n, dtype=np.int64)
    for margin in margins:
        kind = kind * len(margin.values) + margin.codes
        kind = np.unique(kind, return_inverse=True)[1].astype(np.int64)
    first = np.unique(kind, return_index=True)[1]
    return kind, table[:, first]


def _current(margin: Margin, code: Ints, masses: Floats) -> Floats:
    held = np.bincount(code, weights=masses, minlength=len(margin.values))
    return np.asarray(held / held.sum())


def _factors(margin: Margin, code: Ints, masses: Floats) -> Floats:
    held = np.bincount(code, weights=masses, minlength=len(margin.values))
    # A value whose reviews another margin leaves out stays without weight.
    return np.asarray(margin.target / np.where(held > 0, held, np.inf))


def _misses(margins: Sequence[Margin], codes: Ints, masses: Floats) -> list[float]:
    """By how much the worst value of each margin is off its share."""
    return [
        float(np.abs(_current(margin, code, masses) - margin.target).max())
        for margin, code in zip(margins, codes, strict=True)
    ]


def _why(margins: Sequence[Margin], codes: Ints, masses: Floats) -> str:
    worst = int(np.argmax(_misses(margins, codes, masses)))
    margin = margins[worst]
    found = _current(margin, codes[worst], masses)
    i = int(np.argmax(margin.target - found))
    value = margin.values[i]
    plain = value.item() if isinstance(value, np.generic) else value
    others = " and ".join(repr(other.column) for other in margins if other is not margin)
    return (
        f"no weights found in {MAX_ROUNDS} rounds that have all the shares at once: {plain!r} of "
        f"{margin.column!r} gets a share of {found[i]:.4f} instead of {margin.target[i]:.4f} where "
        f"{others} {'have theirs' if len(margins) > 2 else 'has its own'}; leave "
        f"{margin.column!r} out, or merge values that few reviews or none combine"
    )
