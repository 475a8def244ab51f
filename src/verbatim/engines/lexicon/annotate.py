"""Mark the words of a sentence: what is judged (targets) and what judges (cues)."""

from __future__ import annotations

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
    targets: list[Target] = []
    cues: list[Cue] = []
    valued = [(m.start, m.end, m.values[0]) for m in lexicon.valence.find(low)]
    value_at = {i: value for start, end, value in valued for i in range(start, end)}
    pairs = _pairs(words, lexicon, value_at)
    paired = {i for cue in pairs for i in range(cue.start, cue.end)}
    for match in lexicon.vocabulary.find(low):
        if any(i in paired for i in range(match.start, match.end)):
            continue
        _mark(taken, match.start, match.end)
        judging = [phrase for phrase in match.values if phrase.sign]
        if judging:
            phrase = judging[0]
            valence = _phrase_valence(value_at, match.start, match.end, phrase.sign)
            kind = "weak phrase" if phrase.weak else "phrase"
            lacking = _lacking(low, match, lexicon)
            targets += lacking
            end = match.start + 1 if lacking else match.end
            cues.append(Cue(match.start, end, valence, phrase.driver, phrase.weak, kind))
        else:
            phrase = match.values[0]
            targets.append(Target(match.start, match.end, phrase.driver, phrase.weak))
    cues += pairs
    owned = {i for cue in cues for i in range(cue.start, cue.end)}
    named = {i for target in targets for i in range(target.start, target.end)}
    for start, end, value in valued:
        _mark(taken, start, end)
        inside = range(start, end)
        if not any(i in owned for i in inside):
            kind = "name" if any(i in named for i in inside) else "word"
            cues.append(Cue(start, end, value, kind=kind))
    cues.sort(key=lambda cue: (cue.start, cue.end))
    return _compounds([t for t in targets if t.start not in owned]), cues, taken


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


def _pairs(words: Words, lexicon: Lexicon, value_at: dict[int, float]) -> list[Cue]:
    cues = []
    for match in lexicon.pairs.find(words.low):
        for pair in match.values:
            if _has_partner(words.low, match.start, match.end, pair):
                phrase = pair.phrase
                valence = _phrase_valence(value_at, match.start, match.end, phrase.sign)
                cues.append(Cue(match.start, match.end, valence, phrase.driver, False, "pair"))
                break
    return cues


def _has_partner(low: list[str], start: int, end: int, pair: Pair) -> bool:
    window = low[max(0, start - PAIR_REACH) : start] + ["\n"] + low[end : end + PAIR_REACH]
    for partner in pair.partners:
        size = len(partner)
        if partner[0] in window and any(
            tuple(window[i : i + size]) == partner for i in range(len(window) - size + 1)
        ):
            return True
    return False
