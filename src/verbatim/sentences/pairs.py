"""Where verbless runs part: "room great staff bad food good", "good food bad service"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from verbatim.sentences.clauses import HANGING, NOT_NOUNS, opens_clause

__all__ = ["part_pairs"]

_JUDGING = frozenset(
    "good great nice lovely excellent friendly helpful clean dirty comfortable small large big "
    "spacious poor bad terrible awful amazing fantastic perfect beautiful wonderful cold hot warm "
    "quiet noisy modern old new cheap expensive free fresh tasty delicious rude polite slow fast "
    "quick easy best worst ok okay fine superb brilliant horrible horrid dreadful gross disgusting "
    "filthy spotless tiny huge cramped cosy cozy comfy hard soft broken fab fabulous outstanding "
    "exceptional awesome average mediocre decent reasonable high low late early rubbish useless "
    "unhelpful unfriendly pleasant unpleasant loud smelly stale bland crap shocking disappointing "
    "impressive overpriced pricey weak strong short long attentive professional responsive "
    "unresponsive reliable unreliable convenient inconvenient simple confusing messy tidy dated "
    "outdated limited sufficient insufficient adequate inadequate welcoming kind caring nasty "
    "tasteless yummy stunning gorgeous ideal central remote safe unsafe busy crowded empty dark "
    "bright dull boring".split()
)
_DEGREE = frozenset("very too so really not quite extremely super pretty rather".split())
_NO_NOUNS = NOT_NOUNS | HANGING | _JUDGING | frozenset("it you there get keep make find".split())
_OPENING = _JUDGING | _DEGREE
_LIKELY = frozenset(form for word in _OPENING for form in (word, word.capitalize(), word.upper()))
_LEAST, _LEAST_PAIRS = 4, 3


def part_pairs(words: Sequence[str], cuts: Sequence[int]) -> Sequence[int]:
    """Cut units that begin with several pairs of noun and adjective between the pairs.

    Three pairs at least, or two and nothing else; all of them in the same order, with no mark
    between. What follows the last pair stays with it unless it begins something new.

    Parameters
    ----------
    words : sequence of str
        Words of a text.
    cuts : sequence of int
        Index of the first word of each unit, ascending.

    Returns
    -------
    sequence of int
        `cuts` and where they are to be cut further, ascending.

    Examples
    --------
    >>> part_pairs("room great staff very bad food good".split(), [0])
    [0, 2, 5]
    >>> part_pairs("good food bad service".split(), [0])
    [0, 2]
    >>> part_pairs("good food bad service twice".split(), [0])
    [0]
    """
    size = len(words)
    for first in cuts:
        if words[first] in _LIKELY or (first + 1 < size and words[first + 1] in _LIKELY):
            break
    else:
        return cuts
    parted: list[int] = []
    for first, last in pairwise([*cuts, size]):
        parted += _parts(words, first, last)
    return parted


def _parts(words: Sequence[str], first: int, last: int) -> list[int]:
    """Return the index of the first word of each part of a unit."""
    parts = [first]
    if last - first < _LEAST or _OPENING.isdisjoint(map(str.lower, words[first : first + 2])):
        return parts
    while last - first >= _LEAST:
        ends = max(_ends(words, first, last, True), _ends(words, first, last, False), key=len)
        first = ends[-1] if ends else last
        if len(ends) < _LEAST_PAIRS - 1:
            break
        alone = not any(word[0].isalnum() for word in words[first : min(last, first + _LEAST)])
        if len(ends) < _LEAST_PAIRS - alone:
            break
        parts += ends[:-1]
        if first == last or not _begins_anew(words, first):
            break
        parts.append(first)
    return parts


def _ends(words: Sequence[str], first: int, last: int, noun_first: bool) -> list[int]:
    """Return the index behind each pair of the run that begins at `first`."""
    ends: list[int] = []
    at = first
    while (end := _pair_end(words, at, last, noun_first)) > at:
        ends.append(end)
        at = end
    return ends


def _pair_end(words: Sequence[str], at: int, last: int, noun_first: bool) -> int:
    """Return the index behind the pair that begins at `at`; `at` if there is none."""
    index = at + noun_first
    while index < last and words[index].lower() in _DEGREE:
        index += 1
    noun = at if noun_first else index + 1
    if max(index, noun) >= last or words[index].lower() not in _JUDGING:
        return at
    is_noun = words[noun].isalpha() and words[noun].lower() not in _NO_NOUNS
    return max(index, noun) + 1 if is_noun else at


def _begins_anew(words: Sequence[str], index: int) -> bool:
    """Tell "food good | crew ace" and "food good | we left" from "food good for the price"."""
    word = words[index]
    return word.isalpha() and (word.lower() not in _NO_NOUNS or opens_clause(words, index))
