"""Mark the words of a sentence: what is judged (targets) and what judges (cues)."""

from __future__ import annotations

from operator import attrgetter

from verbatim.engines.lexicon.resources import STRONG_CUE, Lexicon, Pair, Phrase
from verbatim.engines.lexicon.spans import Cue, Target, Words
from verbatim.engines.lexicon.words import NOUN_NEGATORS
from verbatim.taxonomy.phrases import Match

PAIR_REACH = 5
"""Words between the two sides of a pair such as `wall + thin`."""


def annotate(words: Words, lexicon: Lexicon) -> tuple[list[Target], list[Cue], list[bool]]:
    """Return targets and cues in text order, and which words stand inside a longer phrase."""
    low = words.low
    taken = [False] * len(low)
    value_at: dict[int, float] = {}
    valued = lexicon.valence.find(low)
    for start, end, values in valued:
        _mark(taken, start, end)
        for i in range(start, end):
            value_at[i] = values[0]
    cues = _pairs(low, lexicon, value_at)
    targets: list[Target] = []
    judging = {i for cue in cues for i in range(cue.start, cue.end)}
    naming: set[int] = set()
    for match in lexicon.vocabulary.find(low):
        start, end, phrases = match
        if not judging.isdisjoint(range(start, end)):
            continue
        _mark(taken, start, end)
        phrase = next((phrase for phrase in phrases if phrase.sign), None)
        if phrase is None:
            targets.append(Target(start, end, phrases[0].driver, phrases[0].weak))
            naming.update(range(start, end))
        else:
            targets += _lacking(low, match, lexicon)
            cue = _phrase_cue(phrase, start, end, value_at)
            cue.end = start + 1 if targets and targets[-1].end == end else end
            cues.append(cue)
            judging.update(range(start, end))
    for start, end, values in valued:
        inside = range(start, end)
        if values[0] and judging.isdisjoint(inside):
            kind = "word" if naming.isdisjoint(inside) else "name"
            kind = kind if any(map(str.isalnum, low[start])) else "emoji"
            cues.append(Cue(start, end, values[0], kind=kind))
    cues.sort(key=attrgetter("start"))
    return _compounds(targets), cues, taken


def _phrase_cue(phrase: Phrase, start: int, end: int, value_at: dict[int, float]) -> Cue:
    valence = _phrase_valence(value_at, start, end, phrase.sign)
    kind = "weak phrase" if phrase.weak else "phrase"
    return Cue(start, end, valence, phrase.driver, phrase.weak, kind)


def _compounds(targets: list[Target]) -> list[Target]:
    """`breakfast buffet` is one target; its last word says what it is, unless it says little."""
    merged: list[Target] = []
    for target in targets:
        if merged and merged[-1].end == target.start:
            first = merged.pop()
            head = first if target.weak and not first.weak else target
            target = Target(first.start, target.end, head.driver, head.weak)
        merged.append(target)
    return merged


def _lacking(low: list[str], match: Match[Phrase], lexicon: Lexicon) -> list[Target]:
    """In `no parking`, a phrase of its own, `parking` is still the target."""
    if low[match.start] not in NOUN_NEGATORS or match.end == match.start + 1:
        return []
    inner = lexicon.vocabulary.longest(low, match.start + 1)
    if inner is None or inner[0] != match.end or inner[1][0].sign:
        return []
    return [Target(match.start + 1, match.end, inner[1][0].driver)]


def _mark(taken: list[bool], start: int, end: int) -> None:
    if end > start + 1:
        taken[start:end] = [True] * (end - start)


def _phrase_valence(value_at: dict[int, float], start: int, end: int, sign: int) -> float:
    """The lexicon's valence where it agrees with the phrase's sign, else a clear one."""
    values = [value_at[i] for i in range(start, end) if i in value_at]
    agreeing = [abs(value) for value in values if value * sign > 0]
    return sign * max(agreeing, default=STRONG_CUE)


def _pairs(low: list[str], lexicon: Lexicon, value_at: dict[int, float]) -> list[Cue]:
    cues = []
    for start, end, pairs in lexicon.pairs.find(low):
        for pair in pairs:
            if _has_partner(low, start, end, pair):
                valence = _phrase_valence(value_at, start, end, pair.phrase.sign)
                cues.append(Cue(start, end, valence, pair.phrase.driver, kind="pair"))
                break
    return cues


def _has_partner(low: list[str], start: int, end: int, pair: Pair) -> bool:
    window = [*low[max(0, start - PAIR_REACH) : start], "\n", *low[end : end + PAIR_REACH]]
    for partner in pair.partners:
        size = len(partner)
        if partner[0] in window and any(
            tuple(window[i : i + size]) == partner for i in range(len(window) - size + 1)
        ):
            return True
    return False
