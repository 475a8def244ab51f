"""What customers did: their verbs and objects, in their own words, counted over reviews.

There is no grammar here, only patterns that seldom fail: a subject in the first person or none at
the start of a sentence, words that may stand between, a verb of `verbs`, and what follows up to a
bound of the clause. What is only asked, wished or supposed is left out. "waited", "waiting" and
"had to wait" meet in one verb; of the words behind it the one that most reviews share says what
the activity is about, so that "waited 20 minutes at check-in" meets "waiting in line at check in".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.journey import verbs
from verbatim.matching import matching

Ints = NDArray[np.integer[Any]]

Key = tuple[str, str]
"""Verb, with its particle and how it is said (done, not done, suffered), and what it is about."""

MOST_WORDS = 6
"""Words of an object."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*|[.!?,;:()\u2013\u2014\"]")
_DURATION = re.compile(verbs.DURATION, re.IGNORECASE)
_UNITS = ("min", "hour", "hr", "day", "week", "month", "night", "year", "sec")
_NEAR = 8
"""Words behind a subject within which its verb stands."""
_SUBJECTS = frozenset({"i", "we", "i've", "we've"})
_PASSIVES = frozenset({"was", "were", "been", "got", "being"})
_TELLING = frozenset(verbs.FORMS) | verbs.SUFFERED | verbs.MEALS
_MAY_TELL = (
    rf"(?is)^\W*(?:{'|'.join(sorted(verbs.FORMS))})(?:[^a-z]|$)"
    rf"|(?:^|[^a-z])(?:i|we)(?:[^a-z].*)?[^a-z](?:{'|'.join(sorted(_TELLING))})(?:[^a-z]|$)"
)
"""Lets through all that `_tells` does, and little more; a pattern of RE2, so without look-round."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One mention of an activity.

    Attributes
    ----------
    verb : str
        Verb in its first form with its particle; "not" or "be" stands before one that didn't
        happen or that was suffered.
    about : tuple of str
        Words that say what about, folded.
    words : str
        As the customer put it, without durations.
    """

    verb: str
    about: tuple[str, ...]
    words: str


def activities(text: str) -> list[Activity]:
    """Find the activities of one sentence.

    Examples
    --------
    >>> [found.words for found in activities("We waited 45 minutes at check-in and called twice.")]
    ['waited at check-in', 'called twice']
    >>> activities("If I call again, will you book a room?"), activities("The wait was long.")
    ([], [])
    >>> [(found.verb, found.words) for found in activities("I was charged twice for the room.")]
    [('be charged', 'was charged twice for the room')]
    """
    plain = text.replace("\u2019", "'").strip()
    if not _tells(plain.lower().split()):
        return []  # most sentences; the rest takes time
    if any(unit in plain for unit in _UNITS):
        plain = _DURATION.sub(" ", plain).strip()
    words = _WORD.findall(plain.lower() if plain.isupper() else plain)
    reading = _Reading(tuple(words), tuple(word.lower() for word in words))
    found: list[Activity] = []
    end = 0
    for place, word in enumerate(reading.low):
        opens = place == 0 or word in _SUBJECTS or (found and word in {"and", "then"})
        if opens and place >= end:
            activity, end = reading.at(place)
            found += [activity] if activity else []
    return found


def may_tell(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each sentence may hold an activity, at a fraction of the time of `activities`.

    Examples
    --------
    >>> may_tell(["We waited.", "The room was clean.", "Nice bed; I slept well."]).tolist()
    [True, False, True]
    """
    return matching(texts, _MAY_TELL)


def _tells(low: Sequence[str]) -> bool:
    """Whether a verb stands first or shortly behind a subject."""
    if not low or (low[0] not in verbs.FORMS and _SUBJECTS.isdisjoint(low)):
        return False
    if low[0] in verbs.FORMS:
        return True
    for place, word in enumerate(low):
        if word in _SUBJECTS:
            near = [one.strip(".,;:!?") for one in low[place + 1 : place + _NEAR]]
            if not _TELLING.isdisjoint(near):
                return True
    return False


Read = tuple[Activity | None, int]
"""What was found, and where reading goes on."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of a sentence, as they are and in small letters."""

    words: tuple[str, ...]
    low: tuple[str, ...]

    def at(self, place: int) -> Read:
        """Read an activity whose subject stands here, or whose verb does without a subject."""
        is_subject = self.low[place] in _SUBJECTS
        if is_subject and place and self.low[place - 1] in verbs.UNREAL:
            return None, place
        start = at = place + (is_subject or place > 0)
        while at < len(self.low) and self._helps(at):
            at += 1
        return self._verb(start, at, is_subject) if at < len(self.low) else (None, place)

    def _helps(self, at: int) -> bool:
        """Whether a word stands between subject and verb: "got to speak", but not "got a room"."""
        word, behind = self.low[at], self.low[at + 1 : at + 2]
        if word in verbs.FORMS:
            return word in verbs.HELPERS and behind == ("to",)
        return word in verbs.HELPERS or word in verbs.NEGATIONS

    def _verb(self, start: int, at: int, is_subject: bool) -> Read:
        between, word = self.low[start:at], self.low[at]
        if between[-1:] == ("had",) and verbs.MEALS & set(self.low[at : at + 3]):
            return self._activity("have", at - 1, at)
        passive = [place for place in range(start, at) if self.low[place] in _PASSIVES]
        if passive and word in verbs.SUFFERED and "to" not in self.low[passive[-1] : at]:
            return self._activity(f"be {word}", passive[-1], at + 1)
        if word not in verbs.FORMS or (passive and not word.endswith("ing")):
            return None, start
        if word == "going" and self.low[at + 1 : at + 2] == ("to",):
            return None, start
        return self._done(start, at, is_subject)

    def _done(self, start: int, at: int, is_subject: bool) -> Read:
        """Read what the customer did or didn't do."""
        between, word = self.low[start:at], self.low[at]
        verb, is_past = verbs.FORMS[word]
        is_not = bool(between) and not verbs.NOT.isdisjoint(between)
        is_told = is_past or bool(between) or (is_subject and verb in verbs.HABITS)
        is_led = is_subject or start > 0 or verb in verbs.TELEGRAPHIC
        is_idiom = word == "used" and self.low[at + 1 : at + 2] == ("to",)
        is_idiom |= is_not and verb == "wait"  # can't wait to be back
        is_idiom |= word in {"writing", "reporting"}  # this review
        if not (is_told and is_led) or is_idiom:
            return None, start
        first, end = self._shown_from(start, at, is_not), at + 1
        if self.low[end : end + 1] and self.low[end] in verbs.PARTICLES.get(verb, ()):
            verb, end = f"{verb} {self.low[end]}", end + 1
        elif verb in verbs.NEEDS_PARTICLE:
            return None, start
        done = f"not {verb}" if is_not else verb
        behind = self.low[end : end + 1]
        if verb in verbs.INTRANSITIVE and not verbs.DETERMINERS.isdisjoint(behind):
            return self._activity(done, first, end, end)
        return self._activity(done, first, end)

    def _shown_from(self, start: int, at: int, is_not: bool) -> int:
        """First word to show: the verb, or what it hangs on, such as "had to" or "didn't"."""
        for place in range(start, at):
            word, behind = self.low[place], self.low[place + 1 : place + 2]
            if is_not and (word in verbs.NOT or behind == ("not",)):
                return place
            if word in verbs.LEADING and behind and behind[0] in {"to", "up"}:
                return place
        return at

    def _activity(self, verb: str, first: int, end: int, stop: int | None = None) -> Read:
        """Take the object up to a bound; nothing where it says too little."""
        stop = self._bound(end) if stop is None else stop
        while stop > end and (self.low[stop - 1] in verbs.TRAILING or self.low[stop - 1].isdigit()):
            stop -= 1
        about = tuple(dict.fromkeys(_about(self.low[end:stop])))
        if not about and verb.removeprefix("not ") not in verbs.ALONE:
            return None, stop
        shown = " ".join(self.words[first:stop])
        return Activity(verb, about, shown[:1].lower() + shown[1:]), stop

    def _bound(self, end: int) -> int:
        stop = end
        while stop < len(self.low) and stop - end < MOST_WORDS and self._goes_on(stop, end):
            stop += 1
        if stop - end < MOST_WORDS or stop == len(self.low) or not self._goes_on(stop, end):
            return stop
        # Too long: it ends before its last preposition.
        cuts = [place for place in range(end + 2, stop) if self.low[place] in verbs.PREPOSITIONS]
        return cuts[-1] if cuts else stop

    def _goes_on(self, at: int, end: int) -> bool:
        word = self.low[at]
        if word == "it" and at > end and self.low[at - 1] not in verbs.PREPOSITIONS:
            return False  # "arrived at our room it was", but "reported it", "asked about it"
        return word not in verbs.CLAUSE_BOUNDS and word[0].isalnum()


def _about(low: Sequence[str]) -> Iterator[str]:
    """Words that say what about, folded: no plural, "check in" as "check-in"."""
    joined = " ".join(low).replace("check in", "check-in").replace("check out", "check-out")
    for word in joined.split():
        word = word.removesuffix("'s")
        word = word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word
        if word not in verbs.FUNCTION and word[0].isalpha() and len(word) > 1:
            yield word


def fold(reviews: Ints, codes: Ints, different: Sequence[Activity]) -> list[Key]:
    """Give each activity its key: the verb and the word about it that most reviews share.

    Parameters
    ----------
    reviews, codes : int arrays of shape (m,)
        Review of each mention, and index into `different` of its activity.
    different : sequence of Activity

    Examples
    --------
    >>> said = ["We waited at check-in.", "I waited in line at check in.", "We waited outside."]
    >>> different = [one for text in said for one in activities(text)]
    >>> fold(np.arange(3), np.arange(3), different)
    [('wait', 'check-in'), ('wait', 'check-in'), ('wait', 'outside')]
    """
    numbers: dict[Key, int] = {}
    held = [
        [numbers.setdefault((one.verb, word), len(numbers)) for word in one.about or ("",)]
        for one in different
    ]
    sizes = np.array([len(one) for one in held], dtype=np.int64)
    flat = np.array([number for one in held for number in one], dtype=np.int64)
    n = sizes[codes]
    # The numbers of each mention stand side by side in `flat`.
    first = np.repeat((np.cumsum(sizes) - sizes)[codes] - (np.cumsum(n) - n), n)
    number = flat[first + np.arange(len(first))]
    width = int(reviews.max(initial=0)) + 1
    pairs = np.unique(number * width + np.repeat(reviews, n))
    shared = np.bincount(pairs // width, minlength=len(numbers)).tolist()
    keys = []
    for one, own in zip(different, held, strict=True):
        # Of equals the last: it is what the others describe.
        _, place = max((shared[number], place) for place, number in enumerate(own))
        keys.append((one.verb, (one.about or ("",))[place]))
    return keys


def as_put(mentions: Sequence[Activity]) -> str:
    """Choose the words most often used; of equals one without a number, then the shortest."""
    counts = Counter(activity.words for activity in mentions)
    return min(counts, key=lambda words: (-counts[words], _holds_digit(words), len(words), words))


def _holds_digit(words: str) -> bool:
    return any(letter.isdigit() for letter in words)
