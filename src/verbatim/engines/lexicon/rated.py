"""Ratings in the text as cues: `2/5` judges what it stands beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from verbatim.engines.lexicon.resources import NEUTRAL
from verbatim.engines.lexicon.spans import Cue, Words
from verbatim.sentences.ratings import Rating, ratings_in

_VALENCES = {-2: -3.0, -1: -1.4, 0: NEUTRAL / 2, 1: 1.8, 2: 3.0}


def rated(words: Words, cues: list[Cue]) -> list[Cue]:
    """Cues of a sentence, those of its ratings in the place of what else their words say."""
    ratings = ratings_in(words.sentence.text)
    if not ratings:
        return cues
    found = [_cue(rating, words) for rating in ratings]
    left = [cue for cue in cues if all(cue.end <= f.start or f.end <= cue.start for f in found)]
    return sorted(left + found, key=attrgetter("start"))


def _cue(rating: Rating, words: Words) -> Cue:
    starts = [words.sentence.starts[token] for token in words.token]
    first = max(0, bisect_right(starts, rating.start) - 1)
    return Cue(first, bisect_left(starts, rating.end), _VALENCES[rating.strength], kind="rating")
