r"""Notice samples of which the ends of the scale are over-represented.

Whoever was delighted or let down posts, and the rest stays silent: the stars of online reviews are
mostly J-shaped, while the same products rated by everybody who was asked have one peak (Hu, Zhang
and Pavlou, 2009). The mean of such a sample is no estimate of the mean of all customers, and more
reviews don't help.

A sample is called J-shaped (or U-shaped, which is the same with ends alike) when *each* end of the
scale is more frequent than *every* value from its neighbour to the middle of the scale. A sample
with one peak, however skewed, rises or falls all along one of the two halves, so it isn't. More
frequent means by a quarter at least, and beyond chance: of the :math:`n_e + n_v` reviews at end and
value :math:`n_e` would be about half, so

.. math:: z = \frac{n_e - n_v - 1}{\sqrt{n_e + n_v}} > 1.645

(sign test, with continuity correction), for all the comparisons, so the chance to be wrong is at
most 5% in all (Berger, 1982). With weights the counts are shares times the effective number of
reviews.

References
----------
N. Hu, J. Zhang and P. A. Pavlou (2009), Overcoming the J-shaped distribution of product reviews,
Communications of the ACM 52(10), 144-147.
R. L. Berger (1982), Multiparameter hypothesis testing and acceptance sampling, Technometrics 24,
295-300.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from warnings import warn

import numpy as np
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.errors import BiasWarning
from verbatim.weights.effective import effective_number

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEWEST_VALUES, MOST_POINTS = 3, 11
"""Different values that an outcome must have at least, and points of its scale at most."""

RATIO = 1.25
"""How many times as frequent an end must be."""

Z = 1.645
"""One-sided 5% point of the normal distribution."""

_WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """A sample on a scale of K evenly spaced points.

    Attributes
    ----------
    points, shares : float64 arrays of shape (K,)
        The points, rising, and the (weighted) share of the reviews at each.
    n : int
        Reviews.
    n_effective : float
    """

    points: Floats
    shares: Floats
    n: int
    n_effective: float

    @property
    def mean(self) -> float:
        """Mean of the sample."""
        return float(self.points @ self.shares)


def scale_of(values: Floats, weights: Floats) -> Scale | None:
    """Lay values with weights above 0 out on their scale; None if it is none of few even steps.

    Examples
    --------
    >>> scale_of(np.array([1.0, 2.0, 5.0]), np.ones(3)).points.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0]
    >>> scale_of(np.array([0.0, 1.0, 1.0]), np.ones(3)), scale_of(np.arange(12.0), np.ones(12))
    (None, None)
    """
    different, code = np.unique(values, return_inverse=True)
    if not FEWEST_VALUES <= len(different) <= MOST_POINTS:
        return None
    step, span = np.diff(different).min(), different[-1] - different[0]
    if not span < (MOST_POINTS - 0.5) * step:
        return None
    steps = (different - different[0]) / step
    place = np.round(steps).astype(np.int64)
    if np.abs(steps - place).max() > _WHOLE:
        return None
    order = np.argsort(weights, kind="stable")
    masses = np.bincount(place[code[order]], weights=weights[order])
    points = np.linspace(different[0], different[-1], place[-1] + 1)
    return Scale(points, masses / masses.sum(), len(values), effective_number(weights))


def is_j_shaped(scale: Scale) -> bool:
    """Whether both ends hold more than the values from them to the middle.

    Examples
    --------
    >>> points = np.arange(1.0, 6.0)
    >>> is_j_shaped(Scale(points, np.array([0.2, 0.06, 0.08, 0.18, 0.48]), 500, 500.0))
    True
    >>> is_j_shaped(Scale(points, np.array([0.02, 0.04, 0.1, 0.3, 0.54]), 500, 500.0))
    False
    """
    counts = scale.shares * scale.n_effective
    half = (len(counts) + 1) // 2
    return _stands_out(counts[:half]) and _stands_out(counts[::-1][:half])


def _stands_out(counts: Floats) -> bool:
    """Whether the first count is above each of the others, by `RATIO` and beyond chance."""
    end, others = counts[0], counts[1:]
    above = end - others - 1 > Z * np.sqrt(end + others)
    return bool((above & (end >= RATIO * others)).all())


def warn_of_bias(
    analysis: Analysis,
    outcome: str | None,
    values: Floats | None,
    weight: str | None,
    weights: Floats,
) -> list[Mapping[str, Any]]:
    """Warn the caller's caller of a J-shaped outcome, and list what was warned of.

    Not where the column of the weights was made to give the outcome a known distribution.

    Parameters
    ----------
    analysis : Analysis
    outcome, weight : str, optional
        Columns.
    values, weights : float64 arrays of shape (n_verbatims,)
        What they hold; NaN where there is no outcome.
    """
    made = analysis.meta.get("weights", {}).get(weight, {})
    known = {margin["column"] for margin in made.get("margins", [])}
    if values is None or outcome in known:
        return []
    there = ~np.isnan(values)
    found = j_shape(values[there], weights[there], str(outcome))
    if found is None:
        return []
    warn(found["message"], BiasWarning, stacklevel=4)
    return [found]


def j_shape(values: Floats, weights: Floats, name: str) -> Mapping[str, Any] | None:
    """Warn of a J-shaped outcome: the message and its numbers, as JSON can hold them.

    Parameters
    ----------
    values, weights : float64 arrays of shape (n,)
        Outcomes and weights; those with a weight of 0 don't count.
    name : str
        Of the outcome.
    """
    held = weights[weights > 0]
    scale = scale_of(values[weights > 0], held)
    if scale is None or not is_j_shaped(scale):
        return None
    points = [int(point) if point == int(point) else float(point) for point in scale.points]
    return {
        "kind": "j_shape",
        "message": _message(scale, points, name, bool(held.min() < held.max())),
        "outcome": name,
        "n": scale.n,
        "n_effective": scale.n_effective,
        "values": points,
        "shares": scale.shares.tolist(),
        "mean": scale.mean,
    }


def _message(scale: Scale, points: list[Any], name: str, weighted: bool) -> str:
    shares = zip(points, scale.shares, strict=True)
    held = ", ".join(f"{point}: {100 * share:.1f}%" for point, share in shares)
    return (
        f"the {scale.n:,} reviews with {name!r} are J-shaped{', weighted as they are' * weighted}: "
        f"both ends hold more than the values next to them ({held}; mean {scale.mean:.2f}). Where "
        "people choose to post, the delighted and the let down do so most; then the mean, and what "
        "drivers do to it, are off for all customers, however many the reviews. Nothing was "
        f"corrected. If you know how {name!r} is distributed among all customers, weight to it: "
        f"verbatim.weights.post_stratify(analysis, to={{{name!r}: {{{points[0]}: share, ..., "
        f"{points[-1]}: share}}}}), then drivers(weight='weight')"
    )
