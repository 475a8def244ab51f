"""Find where levels change: split every series again and again, as long as the splits stand out.

Binary segmentation (Scott and Knott, 1974) with false-discovery control: in the first round every
series is tested; what is split is tested in its two parts in the next, and so on. The p-values of a
round are adjusted together (Benjamini and Hochberg, 1995), so a round only begins where the one
before found something.

References
----------
A. J. Scott and M. Knott (1974), A cluster analysis method for grouping means in the analysis of
variance, Biometrics 30, 507-512.
Y. Benjamini and Y. Hochberg (1995), Controlling the false discovery rate, JRSS B 57, 289-300.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from verbatim.comparison.discovery import q_values
from verbatim.comparison.permutation import Values
from verbatim.drivers.bootstrap import generator
from verbatim.trend.scan import EVEN, Scan, scan

Floats = NDArray[np.float64]

MOST_DRAWS = 100_000


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one driver through time.

    Attributes
    ----------
    driver : int
        Its row in the drivers.
    measure : str
    names : tuple of str
        What the random numbers of its tests depend on.
    counts : float64 array of shape (n_periods, 3 * n_weights)
        Reviews of each period with each weight and value, as in `verbatim.trend.scan.scan`.
    values : Values
    weights : float64 array of shape (n_weights,)
    """

    driver: int
    measure: str
    names: tuple[str, ...]
    counts: Floats
    values: Values
    weights: Floats = field(default_factory=lambda: EVEN)


@dataclass(frozen=True, slots=True)
class Tested:
    """Test of the periods of a series from `start` until before `stop`."""

    series: int
    start: int
    stop: int
    found: Scan
    q: float


@dataclass(frozen=True, slots=True)
class Change:
    """A change at period `at`; one level holds from `start`, the next until before `stop`."""

    series: int
    start: int
    at: int
    stop: int
    p: float
    q: float


def find_changes(
    series: Sequence[Series], fdr: float, seed: int
) -> tuple[list[Tested], list[Change]]:
    """Test every series, and find all changes, in the order of the series and of time."""
    parts = [(i, 0, len(one.counts)) for i, one in enumerate(series)]
    first = tests = _round(series, parts, fdr, seed)
    kept: list[Tested] = []
    while tests:
        split = [test for test in tests if test.q <= fdr]
        kept += split
        parts = [
            (test.series, start, stop)
            for test in split
            for start, stop in ((test.start, test.found.split), (test.found.split, test.stop))
        ]
        tests = _round(series, parts, fdr, seed)
    return first, _levels(kept, [len(one.counts) for one in series])


def _round(
    series: Sequence[Series], parts: Sequence[tuple[int, int, int]], fdr: float, seed: int
) -> list[Tested]:
    # As many draws as let a single part of all stand out.
    n_draws = min(MOST_DRAWS, max(999, ceil(2 * len(parts) / fdr) - 1))
    found = [_scan(series[i], start, stop, n_draws, seed) for i, start, stop in parts]
    q = q_values(np.array([one.p for one in found]))
    return [
        Tested(*part, one, float(each)) for part, one, each in zip(parts, found, q, strict=True)
    ]


def _scan(one: Series, start: int, stop: int, n_draws: int, seed: int) -> Scan:
    random = generator(seed, "trend", one.measure, *one.names, str(start), str(stop))
    found = scan(one.counts[start:stop], one.values, n_draws, random, one.weights)
    return Scan(found.split + start if found.split >= 0 else -1, found.p, found.dispersion)


def _levels(tests: Sequence[Tested], lengths: Sequence[int]) -> list[Change]:
    """Put the changes in order, each between the one before and the one behind it."""
    changes = []
    for i in sorted({test.series for test in tests}):
        own = sorted((test for test in tests if test.series == i), key=lambda t: t.found.split)
        ends = [0, *(test.found.split for test in own), lengths[i]]
        changes += [
            Change(i, ends[k], ends[k + 1], ends[k + 2], test.found.p, test.q)
            for k, test in enumerate(own)
        ]
    return changes
