"""The options of comparisons and trends, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

from verbatim.drivers.options import ScoreOptions
from verbatim.errors import OptionError, unknown

SMALL = ("pool", "flag")


@dataclass(frozen=True, slots=True)
class Options:
    """Options that `compare` and `trend` share; a value not allowed raises `OptionError`.

    Examples
    --------
    >>> Options(fdr=5)
    Traceback (most recent call last):
    verbatim.errors.OptionError: fdr=5 is not between 0 and 1; give a share such as 0.05
    """

    level: str = "driver"
    min_reviews: int = 30
    n_resamples: int = 1000
    confidence: float = 0.95
    fdr: float = 0.05
    seed: int = 0

    def __post_init__(self) -> None:
        names = ("level", "min_reviews", "n_resamples", "confidence", "seed")
        checked = ScoreOptions(**{name: getattr(self, name) for name in names})
        for name in names:
            object.__setattr__(self, name, getattr(checked, name))
        share = self.fdr
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 < float(share) < 1:
            raise OptionError(f"fdr={share!r} is not between 0 and 1; give a share such as 0.05")
        object.__setattr__(self, "fdr", float(share))


def check_small(small: str | None, freq: str | None) -> str:
    """Say what becomes of small groups: as asked for, or by default.

    Examples
    --------
    >>> check_small(None, None), check_small(None, "M")
    ('pool', 'flag')
    """
    if small is None:
        return "flag" if freq else "pool"
    if small not in SMALL:
        raise OptionError(unknown("small", small, SMALL))
    if freq and small == "pool":
        raise OptionError(
            "small='pool' would take periods out of their order; give small='flag' with freq, or a "
            "longer freq"
        )
    return small
