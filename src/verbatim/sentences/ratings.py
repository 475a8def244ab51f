"""Ratings that stand in the text: "2/5", "8 out of 10", "one star", "★★☆☆☆".

A number of a scale says which side a judgement is on more surely than any reader of words. What
only looks like a rating is left: a date, "9 out of 10 times", a five-star hotel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = {"no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d)?|{'|'.join(_NUMBERS)})"
_SCALES = (5, 10, 100)
_STARS, _FULL = 5, "★⭐🌟"
_SYMBOLS = frozenset(_FULL)
_AFTER = (
    r"(?=\s*(?:$|[^\w\s%/:-]|:\s)|\s+(?:for|from|because|since|as|due|and|but|at|overall|would|will|all|"
    r"in|on|if|only|no|not|so|with|the|my|it|this)\b)"
)
"""What may follow: a mark, the end, or a word that begins something else. A noun that follows is
what is counted or described."""
_RATING = re.compile(
    rf"(?<![\w./:,$€£-])(?:(?P<part>{_NUMBER})\s*(?:/|(?:stars?\s+)?out\s+of)\s*"
    rf"(?P<whole>\d{{1,3}}|five|ten)(?:\s*stars?\b)?"
    rf"|(?P<stars>{_NUMBER})[\s-]?stars?){_AFTER}"
    r"|(?P<full>[★⭐🌟]\ufe0f?(?:\s?[★⭐🌟]\ufe0f?)*)(?P<empty>(?:\s?☆)*)",
    re.IGNORECASE,
)
_STEPS = ((0.25, -2), (0.5, -1), (0.66, 0), (0.85, 1))
"""Share of the scale below which a rating is so strong; above it is +2."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and where it stands, in code points of the text.

    Attributes
    ----------
    start, end : int
    share : float
        Of the scale's highest value, 0 to 1.
    """

    start: int
    end: int
    share: float

    @property
    def strength(self) -> int:
        """How it judges, -2 (very negative) to 2 (very positive).

        Examples
        --------
        >>> [Rating(0, 1, value / 5).strength for value in (1, 2, 3, 4, 5)]
        [-2, -1, 0, 1, 2]
        >>> [Rating(0, 1, value / 10).strength for value in (0, 4, 6, 8, 9)]
        [-2, -1, 0, 1, 2]
        """
        return next((strength for below, strength in _STEPS if self.share < below), 2)


def ratings_in(text: str) -> list[Rating]:
    """Ratings that stand in `text`, in order.

    Examples
    --------
    >>> [rating.share for rating in ratings_in("Room 4/10, staff 5 stars!")]
    [0.4, 1.0]
    >>> ratings_in("A 5 star hotel, 9 out of 10 times full, open 24/7.")
    []
    """
    if not _may_rate(text):
        return []
    found = (_rating(match) for match in _RATING.finditer(text))
    return [rating for rating in found if rating is not None]


def _may_rate(text: str) -> bool:
    """Rule out most texts without a rating, at less cost than a search for one."""
    plain = text.casefold()
    return (
        "/" in plain
        or "star" in plain
        or ("out" in plain and "of" in plain)
        or not (text.isascii() or _SYMBOLS.isdisjoint(text))
    )


def _rating(match: re.Match[str]) -> Rating | None:
    scale = _of_symbols(match) if match["full"] else _of_numbers(match)
    if scale is None or scale[0] > scale[1]:
        return None
    return Rating(match.start(), match.end(), scale[0] / scale[1])


def _of_symbols(match: re.Match[str]) -> tuple[float, float] | None:
    """How many of how many; a single star marks a point of a list."""
    full = sum(character in _FULL for character in match["full"])
    empty = match["empty"].count("☆")
    return (full, full + empty if empty else _STARS) if full + empty > 1 else None


def _of_numbers(match: re.Match[str]) -> tuple[float, float] | None:
    if match["stars"]:
        return _value(match["stars"]), _STARS
    is_date = match.string[: match.start()].casefold().endswith(("on ", "of "))
    whole = _value(match["whole"])
    return (_value(match["part"]), whole) if whole in _SCALES and not is_date else None


def _value(number: str) -> float:
    word = number.casefold()
    return float(_NUMBERS[word] if word in _NUMBERS else word.replace(",", "."))
