"""The options of a journey, checked once."""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.comparison.options import Options
from verbatim.errors import OptionError


@dataclass(frozen=True, slots=True)
class JourneyOptions:
    """Options of `journey`, under the same names; a value not allowed raises `OptionError`.

    Examples
    --------
    >>> JourneyOptions(higher_is_better="no")
    Traceback (most recent call last):
    verbatim.errors.OptionError: higher_is_better='no' is not allowed; give True or False
    """

    min_reviews: int = 30
    n_resamples: int = 1000
    confidence: float = 0.95
    fdr: float = 0.05
    seed: int = 0
    higher_is_better: bool = True

    def __post_init__(self) -> None:
        names = ("min_reviews", "n_resamples", "confidence", "fdr", "seed")
        checked = Options(**{name: getattr(self, name) for name in names})
        for name in names:
            object.__setattr__(self, name, getattr(checked, name))
        if not isinstance(self.higher_is_better, bool):
            raise OptionError(
                f"higher_is_better={self.higher_is_better!r} is not allowed; give True or False"
            )
