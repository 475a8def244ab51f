"""Where a rating stands in the text, it says how it is judged: a network is poor at numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from verbatim.engines.neural.opinions import NO_SPAN, Span
from verbatim.labels import DRIVERS
from verbatim.sentences.ratings import Rating, ratings_in

CONFIDENCE = 0.9
"""Of an opinion that nothing but a rating speaks for."""
_AROUND = frozenset("a an the only just barely solid easy full out of stars star".split())
_WORD = re.compile(r"\w+")

_OVERALL = DRIVERS.index("overall")

Row = tuple[Any, ...]
"""Driver, sentiment, strength, confidence, and the spans of target, assessment and evidence."""


def rated(rows: Sequence[Row], text: str) -> list[Row]:
    """Opinions of a sentence, those that are a rating with the sign and strength of that.

    A sentence without opinions that rates has one, `overall`.

    Examples
    --------
    >>> misread = (DRIVERS.index("room"), 0.9, 2, 0.8, (0, 4), (5, 9), (0, 9))
    >>> rated([misread], "Room 4/10")[0][1:3]
    (-0.5, -1)
    >>> rated([], "1 star")[0][:3] == (DRIVERS.index("overall"), -1.0, -2)
    True
    """
    ratings = ratings_in(text)
    if ratings and not rows:
        span = ratings[0].start, ratings[0].end
        strength = ratings[0].strength
        return [(_OVERALL, strength / 2, strength, CONFIDENCE, NO_SPAN, span, span)]
    return [_as_rated(row, ratings, text) for row in rows]


def _as_rated(row: Row, ratings: Sequence[Rating], text: str) -> Row:
    *_, assessment, evidence = row
    said = evidence if assessment == NO_SPAN else assessment
    for rating in ratings:
        if _is_all(rating, said, text):
            return (row[0], rating.strength / 2, rating.strength, *row[3:])
    return row


def _is_all(rating: Rating, span: Span, text: str) -> bool:
    """Whether a span holds the rating, or part of it, and nothing else that judges."""
    if span[0] >= rating.end or span[1] <= rating.start:
        return False
    before = text[span[0] : max(span[0], rating.start)]
    after = text[min(span[1], rating.end) : span[1]]
    return _AROUND.issuperset(_WORD.findall(f"{before} {after}".lower()))
