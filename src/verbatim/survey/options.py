"""The options of the survey scores, checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from operator import index

from verbatim.errors import OptionError

MAX_RESAMPLES = 100_000


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """Options that all measures share; a value not allowed raises `OptionError`.

    Examples
    --------
    >>> SurveyOptions(confidence=95)
    Traceback (most recent call last):
    verbatim.errors.OptionError: confidence=95 is not between 0 and 1; give a share such as 0.95
    """

    confidence: float = 0.95
    n_resamples: int = 1000
    seed: int = 0
    min_responses: int = 30

    def __post_init__(self) -> None:
        for name, low in (("n_resamples", 100), ("seed", 0), ("min_responses", 0)):
            object.__setattr__(self, name, integer(name, getattr(self, name), low))
        if self.n_resamples > MAX_RESAMPLES:
            raise OptionError(
                f"n_resamples={self.n_resamples} is above {MAX_RESAMPLES}; 1000 is enough for most"
            )
        share = self.confidence
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 < float(share) < 1:
            raise OptionError(
                f"confidence={share!r} is not between 0 and 1; give a share such as 0.95"
            )
        object.__setattr__(self, "confidence", float(share))


@dataclass(frozen=True, slots=True)
class Scale:
    """Points that a respondent may choose, all whole numbers from `low` to `high`."""

    low: int
    high: int

    @property
    def points(self) -> int:
        """How many points there are."""
        return self.high - self.low + 1


def scale_of(ends: Sequence[int]) -> Scale:
    """Read the ends of a scale.

    Examples
    --------
    >>> scale_of((1, 7)).points
    7
    >>> scale_of((7, 1))
    Traceback (most recent call last):
    verbatim.errors.OptionError: scale=(7, 1) is not a scale; give its lowest and its highest point
    as two whole numbers, such as (1, 5)
    """
    try:
        low, high = (index(end) for end in ends)
        allowed = low < high and not any(isinstance(end, bool) for end in ends)
    except (TypeError, ValueError):
        allowed = False
    if not allowed:
        raise OptionError(
            f"scale={ends!r} is not a scale; give its lowest and its highest point as two whole "
            "numbers, such as (1, 5)"
        )
    return Scale(low, high)


def integer(name: str, value: object, low: int, high: int | None = None) -> int:
    """Read a whole number of at least `low` and, if given, at most `high`.

    Examples
    --------
    >>> integer("top", 9, 1, 4)
    Traceback (most recent call last):
    verbatim.errors.OptionError: top=9 is not allowed; give a whole number from 1 to 4
    """
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if isinstance(value, bool) or number < low or (high is not None and number > high):
        allowed = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise OptionError(f"{name}={value!r} is not allowed; give a whole number {allowed}")
    return number
