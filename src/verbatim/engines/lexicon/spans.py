"""The small values that the rules pass on: words, targets, cues and chunks of one sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from verbatim.engines.lexicon.words import BEFORE_DEGREE, DEGREES, HARD, SEPARATORS, SUBJECTS
from verbatim.sentences import Sentence

GENERIC = -1
"""Driver of a cue that judges without saying what, and of a target that no driver knows."""
SHORTEST_CAPITALS = 3
"""Letters that a word in capitals has if they are to mean something."""


class Words(NamedTuple):
    """The words of a sentence as the rules see them: lower case, hyphens inside words left out."""

    low: list[str]
    token: Sequence[int]
    sentence: Sentence

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the sentence's text that the words ``start:end`` take.

        A span begins with a whole word: at `can`, not at the `n't` of `can't`.
        """
        first, last = self.token[start], self.token[end - 1]
        words, starts = self.sentence.words, self.sentence.starts
        if self.low[start] in ("n't", "not") and first:
            first -= starts[first - 1] + len(words[first - 1]) == starts[first]
        return starts[first], starts[last] + len(words[last])

    def is_upper(self, position: int) -> bool:
        """Whether the word is in capitals, and long enough for that to mean something."""
        word = self.sentence.words[self.token[position]]
        return len(word) >= SHORTEST_CAPITALS and word.isupper()


class Target(NamedTuple):
    """Words ``start:end`` name something that a driver knows."""

    start: int
    end: int
    driver: int
    weak: bool = False


@dataclass(slots=True)
class Cue:
    """Words ``start:end`` judge. The valence changes as rules apply; 0 means they say nothing.

    `kind` names the rule that found it and, later, how it met its target: the engine's confidence
    is the precision measured for that kind.
    """

    start: int
    end: int
    valence: float
    driver: int = GENERIC
    weak: bool = False
    kind: str = "word"
    negated: bool = False
    real: bool = True
    span_start: int = -1

    @property
    def shown_start(self) -> int:
        """Where the assessment begins: with the booster or negation that belongs to it."""
        return self.start if self.span_start < 0 else self.span_start


@dataclass(slots=True)
class Chunk:
    """Words ``start:end`` between two separators; `opener` is the separator before them."""

    start: int
    end: int
    opener: str
    targets: list[Target]
    cues: list[Cue]

    @property
    def is_hard(self) -> bool:
        """Whether the separator before it ends what went before."""
        return self.opener in HARD


def words_of(sentence: Sentence) -> Words:
    """Lower the words, mend `didnt` and `un-tidy`, leave out what joins the parts of compounds."""
    words, starts = sentence.words, sentence.starts
    low = list(map(str.lower, words))
    if not sentence.text.isascii():
        low = [word.translate(_EMOJI_MODIFIERS) or word for word in low]
    if _TO_MEND.isdisjoint(low):
        return Words(low, range(len(low)), sentence)
    low = ["n't" if word == "nt" else word for word in low]
    joins = {i for i in range(len(low)) if low[i] in ("-", "/") and _joins(words, starts, i)}
    low = ["not" if word == "un" and i + 1 in joins else word for i, word in enumerate(low)]
    kept = [i for i in range(len(low)) if i not in joins]
    return Words([low[i] for i in kept], kept, sentence)


_TO_MEND = frozenset(["nt", "-", "/"])

_PLAIN_SEPARATORS = frozenset(", and & ( ) - – —".split())
_EMOJI_MODIFIERS = dict.fromkeys([0xFE0F, *range(0x1F3FB, 0x1F400)])
"""Variation selector and skin tones: an emoji says the same without them."""


def _joins(words: Sequence[str], starts: Sequence[int], i: int) -> bool:
    if i == 0 or i + 1 == len(words):
        return False
    return starts[i - 1] + len(words[i - 1]) == starts[i] and starts[i] + 1 == starts[i + 1]


def chunks_of(
    low: Sequence[str], taken: Sequence[bool], targets: list[Target], cues: list[Cue]
) -> list[Chunk]:
    """Cut at separators, save those inside a known phrase (`taken`), and hand out what is there.

    Examples
    --------
    >>> low = "great staff , but slow".split()
    >>> [(c.opener, low[c.start : c.end]) for c in chunks_of(low, [False] * 5, [], [])]
    [('', ['great', 'staff']), ('but', ['slow'])]
    """
    separators = [
        i
        for i, word in enumerate(low)
        if word in SEPARATORS and not taken[i] and not (word in DEGREES and _tells_degree(low, i))
    ]
    if not separators:
        return [Chunk(0, len(low), "", targets, cues)]
    cuts = [-1, *separators, len(low)]
    chunks: list[Chunk] = []
    pending = ""
    for before, after in pairwise(cuts):
        if before >= 0:
            pending = _stronger(pending, low[before]) if pending else low[before]
        if after > before + 1:
            chunks.append(Chunk(before + 1, after, pending, [], []))
            pending = ""
    _hand_out(chunks, targets, cues)
    return chunks


def _hand_out(chunks: Sequence[Chunk], targets: Sequence[Target], cues: Sequence[Cue]) -> None:
    """Put each target and cue into the chunk that it begins in; a separator is in none."""
    starts = [chunk.start for chunk in chunks]
    for target in targets:
        if (place := bisect_right(starts, target.start)) and target.start < chunks[place - 1].end:
            chunks[place - 1].targets.append(target)
    for cue in cues:
        if (place := bisect_right(starts, cue.start)) and cue.start < chunks[place - 1].end:
            chunks[place - 1].cues.append(cue)


def _tells_degree(low: Sequence[str], i: int) -> bool:
    """Whether `so` or `as` belongs to the word behind it: `not so good`, `was as good as`."""
    return i > 0 and low[i - 1] in BEFORE_DEGREE and i + 1 < len(low) and low[i + 1] not in SUBJECTS


def _stronger(first: str, second: str) -> str:
    """Of two neighbouring separators, the one that tells more: `, but` is a `but`."""
    if second and not _is_plain(second):
        return second
    return first if first in HARD or not _is_plain(first) else second or first


def _is_plain(separator: str) -> bool:
    return separator in _PLAIN_SEPARATORS
