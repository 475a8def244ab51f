"""The options of the driver scores, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from operator import index

from verbatim.errors import OptionError, unknown

LEVELS = ("driver", "subdriver", "theme")
IMPORTANCE_METHODS = ("auto", "lmg", "johnson")
MAX_RESAMPLES = 100_000


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """Options of `score_drivers`, under the same names; a value not allowed raises `OptionError`.

    Examples
    --------
    >>> ScoreOptions(confidence=95)
    Traceback (most recent call last):
    verbatim.errors.OptionError: confidence=95 is not between 0 and 1; give a share such as 0.95
    """

    level: str = "driver"
    min_reviews: int = 30
    n_resamples: int = 1000
    confidence: float = 0.95
    seed: int = 0
    n_quotes: int = 3
    importance_method: str = "auto"
    higher_is_better: bool = True

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise OptionError(unknown("level", self.level, LEVELS))
        if self.importance_method not in IMPORTANCE_METHODS:
            raise OptionError(
                unknown("importance_method", self.importance_method, IMPORTANCE_METHODS)
            )
        if not isinstance(self.higher_is_better, bool):
            raise OptionError(
                f"higher_is_better={self.higher_is_better!r} is not allowed; give True or False"
            )
        for name, low in (("min_reviews", 0), ("n_resamples", 100), ("n_quotes", 0), ("seed", 0)):
            object.__setattr__(self, name, integer(name, getattr(self, name), low))
        if self.n_resamples > MAX_RESAMPLES:
            raise OptionError(
                f"n_resamples={self.n_resamples} is above {MAX_RESAMPLES}; 1000 is enough for most"
            )
        object.__setattr__(self, "confidence", _share("confidence", self.confidence))


def integer(name: str, value: object, low: int) -> int:
    """Take an integer of at least `low`; else raise `OptionError`, which names the option.

    Examples
    --------
    >>> integer("n", 3.5, 1)
    Traceback (most recent call last):
    verbatim.errors.OptionError: n=3.5 is not allowed; give an integer of at least 1
    """
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or number < low:
        raise OptionError(f"{name}={value!r} is not allowed; give an integer of at least {low}")
    return number


def _share(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < float(value) < 1:
        raise OptionError(f"{name}={value!r} is not between 0 and 1; give a share such as 0.95")
    return float(value)
