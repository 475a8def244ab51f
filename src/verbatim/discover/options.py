"""The options of discovery, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from verbatim.drivers.options import ScoreOptions, integer

LEAST = 3
"""Reviews that a theme holds at least, however few there are."""
ROOT = 4
"""A theme needs the root of the number of reviews read, divided by this."""


@dataclass(frozen=True, slots=True)
class DiscoverOptions:
    """Options of `discover`, under the same names; a value not allowed raises `OptionError`.

    Examples
    --------
    >>> DiscoverOptions(min_size=0)
    Traceback (most recent call last):
    verbatim.errors.OptionError: min_size=0 is not allowed; give an integer of at least 1
    """

    min_size: int | None = None
    min_reviews: int = 30
    n_resamples: int = 1000
    confidence: float = 0.95
    seed: int = 0
    n_quotes: int = 3

    def __post_init__(self) -> None:
        names = ("min_reviews", "n_resamples", "confidence", "seed", "n_quotes")
        checked = ScoreOptions(**{name: getattr(self, name) for name in names})
        for name in names:
            object.__setattr__(self, name, getattr(checked, name))
        if self.min_size is not None:
            object.__setattr__(self, "min_size", integer("min_size", self.min_size, 1))

    def size(self, n_read: int) -> int:
        """Reviews that a theme needs, of so many that were read.

        Examples
        --------
        >>> [DiscoverOptions().size(n) for n in (10, 2_500, 1_000_000)]
        [3, 12, 250]
        """
        return max(LEAST, round(sqrt(n_read) / ROOT)) if self.min_size is None else self.min_size
