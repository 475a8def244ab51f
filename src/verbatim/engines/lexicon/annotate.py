"""Mark the words of a sentence: what is judged (targets) and what judges (cues)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

from verbatim.engines.lexicon.lookup import Match
from verbatim.engines.lexicon.resources import STRONG_CUE, VOCABULARY, Lexicon, Pair, Phrase
from verbatim.engines.lexicon.spans import GENERIC, Cue, Target
from verbatim.engines.lexicon.words import (
    BEFORE_VERB,
    NOUN_NEGATORS,
    PERSONS,
    QUALITIES,
    VERB_NOUNS,
)
from verbatim.labels import DRIVERS

PAIR_REACH = 5
"""Words between the two sides of a pair such as `wall + thin`."""
_FREE, _NAMES, _JUDGES = range(3)
"""What a word is in: no phrase, one that names what is judged, one that judges."""
_START = attrgetter("start")

STAFF = DRIVERS.index("staff")

T = TypeVar("T")
Valued = Sequence[Match[float]]


def annotate(
    low: Sequence[str],
    valued: Valued,
    named: Sequence[Match[Phrase]],
    paired: Sequence[Match[Pair]],
    lexicon: Lexicon,
) -> tuple[list[Target], list[Cue], list[bool]]:
    """Return targets and cues in text order, and which words stand inside a longer phrase.

    Parameters
    ----------
    low : sequence of str
    valued, named, paired : sequences of matches
        Where words with a valence, phrases of the vocabulary and pairs were found in `low`.
    lexicon : Lexicon
    """
    role, taken = [_FREE] * len(low), [False] * len(low)
    cues = _pairs(low, paired, valued) if paired else []
    targets: list[Target] = []
    for cue in cues:
        _mark(role, cue.start, cue.end, _JUDGES)
    for start, end, phrases in named:
        if cues and _role(role, start, end) == _JUDGES:
            continue
        phrase = phrases[0]
        if phrase.sign:
            if low[start] in NOUN_NEGATORS and end > start + 1:
                targets += _lacking(low, start, end, lexicon)
            cue = _phrase_cue(phrase, start, end, valued)
            cue.end = start + 1 if targets and targets[-1].end == end else end
            cues.append(cue)
        elif low[start] in VERB_NOUNS and start and low[start - 1] in BEFORE_VERB:
            continue
        else:
            targets.append(Target(start, end, phrase.driver, phrase.weak))
        said = _JUDGES if phrase.sign else _NAMES
        if end == start + 1:
            role[start] = said
        else:
            _mark(role, start, end, said)
            _mark(taken, start, end, True)
    for start, end, values in valued:
        if end > start + 1:
            _mark(taken, start, end, True)
        if values[0] and (inside := _role(role, start, end)) != _JUDGES:
            kind = "name" if inside == _NAMES else "word"
            cues.append(Cue(start, end, values[0], kind=kind if _is_word(low[start]) else "emoji"))
    if len(cues) > 1:
        cues.sort(key=_START)
    if low[0] in PERSONS and not targets:
        _judge_person(low, cues)
    return _compounds(targets), cues, taken


def _judge_person(low: Sequence[str], cues: Sequence[Cue]) -> None:
    """`she was lovely`: a quality of a person who is not named otherwise is one of staff."""
    if low[1:2] not in (["is"], ["was"], ["'s"]):
        return
    for cue in cues:
        if cue.driver == GENERIC and low[cue.start] in QUALITIES:
            cue.driver, cue.kind = STAFF, "person"


def _is_word(token: str) -> bool:
    return token.isalpha() or any(map(str.isalnum, token))


def _phrase_cue(phrase: Phrase, start: int, end: int, valued: Valued) -> Cue:
    valence = _phrase_valence(valued, start, end, phrase.sign)
    kind = "weak phrase" if phrase.weak else "phrase"
    return Cue(start, end, valence, phrase.driver, phrase.weak, kind)


def _compounds(targets: list[Target]) -> list[Target]:
    """`breakfast buffet` is one target; its last word says what it is, unless it says little."""
    if len(targets) < 2:
        return targets
    merged: list[Target] = []
    for target in targets:
        if merged and merged[-1].end == target.start:
            first = merged.pop()
            head = first if target.weak and not first.weak else target
            target = Target(first.start, target.end, head.driver, head.weak)
        merged.append(target)
    return merged


def _role(role: Sequence[int], start: int, end: int) -> int:
    """What the words are in: a phrase that judges counts before one that names."""
    return role[start] if end == start + 1 else max(role[start:end])


def _lacking(low: Sequence[str], start: int, end: int, lexicon: Lexicon) -> list[Target]:
    """In `no parking`, a phrase of its own, `parking` is still the target."""
    inner = lexicon.phrases.longest(VOCABULARY, low, start + 1)
    if inner is None or inner[0] != end or inner[1][0].sign:
        return []
    return [Target(start + 1, end, inner[1][0].driver)]


def _mark(marks: list[T], start: int, end: int, mark: T) -> None:
    marks[start:end] = [mark] * (end - start)


def _phrase_valence(valued: Valued, start: int, end: int, sign: int) -> float:
    """The lexicon's valence where it agrees with the phrase's sign, else a clear one."""
    strongest = 0.0
    for first, last, values in valued:
        if first < end and start < last:
            strongest = max(strongest, values[0] * sign)
    return sign * (strongest or STRONG_CUE)


def _pairs(low: Sequence[str], paired: Sequence[Match[Pair]], valued: Valued) -> list[Cue]:
    cues = []
    for start, end, pairs in paired:
        for pair in pairs:
            if _has_partner(low, start, end, pair):
                valence = _phrase_valence(valued, start, end, pair.phrase.sign)
                cues.append(Cue(start, end, valence, pair.phrase.driver, kind="pair"))
                break
    return cues


def _has_partner(low: Sequence[str], start: int, end: int, pair: Pair) -> bool:
    window = [*low[max(0, start - PAIR_REACH) : start], "\n", *low[end : end + PAIR_REACH]]
    for partner in pair.partners:
        size = len(partner)
        if partner[0] in window and any(
            tuple(window[i : i + size]) == partner for i in range(len(window) - size + 1)
        ):
            return True
    return False
