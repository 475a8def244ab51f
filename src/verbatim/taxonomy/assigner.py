"""From an opinion's universal driver and its words to the driver that reports it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from verbatim.errors import OptionError, unknown
from verbatim.labels import DRIVERS
from verbatim.taxonomy.likeness import Likeness, Opinion
from verbatim.taxonomy.phrases import Kind, PhraseIndex, fold, parse, together, with_forms

T = TypeVar("T")
K = TypeVar("K")

_REMEMBERED = 1 << 13
_SHORT = 32

Place = tuple[str | None, str | None]
"""Driver and sub-driver."""
Score = tuple[bool, int, int]
"""Whether a phrase that is not weak was found; words in the longest phrase; phrases found."""


class PhraseScorer:
    """Scores owners (drivers, or sub-drivers) by their phrases among the words of an opinion."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self.owners = tuple(phrases)
        self._joint: list[tuple[str, bool, int]] = []
        plain: list[tuple[tuple[str, ...], tuple[str, bool]]] = []
        joint: list[tuple[tuple[str, ...], tuple[int, int]]] = []
        for owner, texts in phrases.items():
            for phrase in map(parse, texts):
                if len(phrase.parts) == 1:
                    plain.append((phrase.parts[0], (owner, phrase.weak)))
                    continue
                joint += [(part, (len(self._joint), n)) for n, part in enumerate(phrase.parts)]
                self._joint.append((owner, phrase.weak, len(phrase.parts)))
        self._plain_index, self._joint_index = _index(plain), _index(joint)

    def scores(self, words: Sequence[str]) -> dict[str, Score]:
        """Score of every owner with a phrase among `words`."""
        scores: dict[str, Score] = {}
        for i in range(len(words)):
            if found := self._plain_index.longest(words, i):
                for owner, weak in found[1]:
                    _count(scores, owner, weak, found[0] - i)
        if self._joint:
            self._score_joint(words, scores)
        return scores

    def _score_joint(self, words: Sequence[str], scores: dict[str, Score]) -> None:
        spans: dict[int, dict[int, list[tuple[int, int]]]] = {}
        for i in range(len(words)):
            end, values = self._joint_index.longest(words, i) or (i, ())
            for phrase, part in values:
                spans.setdefault(phrase, {}).setdefault(part, []).append((i, end))
        for phrase, found in spans.items():
            owner, weak, parts = self._joint[phrase]
            if len(found) == parts and together(list(found.values())):
                size = sum(max(end - start for start, end in part) for part in found.values())
                _count(scores, owner, weak, size)


def _index(entries: Iterable[tuple[tuple[str, ...], T]]) -> PhraseIndex[T]:
    """Find a phrase in the forms of a noun and of a verb: which it is, nobody says."""
    kinds: tuple[Kind, ...] = ("target", "positive")
    forms = with_forms((words, kind, value) for words, value in entries for kind in kinds)
    return PhraseIndex(dict.fromkeys(forms))


def _count(scores: dict[str, Score], owner: str, weak: bool, size: int) -> None:
    firm, longest, number = scores.get(owner, (False, 0, 0))
    scores[owner] = (firm or not weak, max(longest, size), number + 1)


def _best(scores: Mapping[str, Score], owners: Iterable[str]) -> str | None:
    """Owner with the highest score; of equal ones the first in the order of `owners`."""
    return max((owner for owner in owners if owner in scores), key=scores.__getitem__, default=None)


class Assigner:
    """Holds a taxonomy's phrases in the form in which opinions are looked up.

    Parameters
    ----------
    own : mapping of driver id to phrases
        Drivers that are not universal, in the order of the taxonomy.
    sources : mapping of own driver id to universal drivers
        From which universal drivers each takes opinions.
    reporters : mapping of universal driver to driver id
        Who reports the rest.
    parts : mapping of driver id to a mapping of sub-driver id to phrases
    likeness : Likeness
        Says which opinions own drivers take without a phrase.
    """

    def __init__(
        self,
        own: Mapping[str, Iterable[str]],
        sources: Mapping[str, frozenset[str]],
        reporters: Mapping[str, str],
        parts: Mapping[str, Mapping[str, Iterable[str]]],
        likeness: Likeness,
    ) -> None:
        self._reporters, self._likeness = reporters, likeness
        self._own = PhraseScorer(own)
        self._takers = {
            universal: [driver for driver in own if universal in sources[driver]]
            for universal in DRIVERS
        }
        self._alike = {
            universal: [driver for driver in takers if driver in likeness.own]
            for universal, takers in self._takers.items()
        }
        self._parts = {
            driver: (PhraseScorer(phrases), list(phrases)) for driver, phrases in parts.items()
        }
        self._named = _remembering(self._find_named)
        self._place = _remembering(self._find_place)

    def assign(self, opinions: Sequence[Opinion]) -> list[Place]:
        """Driver and sub-driver for each opinion, as `Taxonomy.assign` says."""
        takers: dict[Opinion, str | None] = {}
        for universal, words in opinions:
            if universal not in self._takers:
                raise OptionError(unknown("universal driver", universal, DRIVERS))
            takers[universal, words] = self._named(universal, words)
        is_open = [o for o, taker in takers.items() if taker is None and self._alike[o[0]]]
        if is_open:
            alike = self._likeness.take(is_open, self._alike, self._reporters)
            takers.update(zip(is_open, alike, strict=True))
        return [self._place(takers[o] or self._reporters.get(o[0]), o[1]) for o in opinions]

    def classify(self, texts: Sequence[str]) -> list[str | None]:
        """Driver of each text as a whole, whatever an engine would say; None if it is left open."""
        named = [_best(self._own.scores(fold(text)), self._own.owners) for text in texts]
        alike = self._likeness.choose(texts)
        return [first or second for first, second in zip(named, alike, strict=True)]

    def _find_named(self, universal: str, words: tuple[str, ...]) -> str | None:
        takers = self._takers[universal]
        return _best(self._own.scores(words), takers) if takers else None

    def _find_place(self, driver: str | None, words: tuple[str, ...]) -> Place:
        if driver is None:
            return None, None
        scorer, order = self._parts[driver]
        return driver, _best(scorer.scores(words), order) if order else None


def _remembering(find: Callable[[K, tuple[str, ...]], T]) -> Callable[[K, tuple[str, ...]], T]:
    """Short opinions come again and again; long ones do not, and would fill the memory."""
    remembered = lru_cache(_REMEMBERED)(find)

    def found(key: K, words: tuple[str, ...]) -> T:
        return remembered(key, words) if len(words) <= _SHORT else find(key, words)

    return found
