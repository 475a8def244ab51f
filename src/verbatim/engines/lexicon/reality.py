"""Tell what was found from what was expected, asked, denied, said by others or true long ago."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from verbatim.engines.lexicon.polarity import WISH, flip
from verbatim.engines.lexicon.spans import Chunk, Cue
from verbatim.engines.lexicon.words import (
    ADVERSE_EXPECTATIONS,
    ANSWERED_NO,
    ANSWERS,
    ASKING,
    CONTRAST,
    DENIALS,
    DETERMINERS,
    EXPECTATIONS,
    FEARS,
    IRREALIS,
    NEGATORS,
    NOW,
    OPINION_VERBS,
    OTHERS,
    SAYING,
)

_ANSWER = 4
"""Words behind a question in which its answer stands."""
LONGEST_LABEL = 3
_FEARED = frozenset({"would", "might", "could"})
_FORMERLY = frozenset({("used", "to"), ("the", "past")})
_WISHES = frozenset({"wish", "wished", "if"})
_UNREAL = IRREALIS | EXPECTATIONS | OTHERS | FEARS | {"used", "past"}
"""Without any of these words a sentence tells what was found."""
_TELLING = _WISHES | _UNREAL | NEGATORS | {"?"}
"""Without any of these, what it tells stands as well."""


def weigh_reality(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """Mark the cues that are not real, and turn those that are denied."""
    if _TELLING.isdisjoint(low):
        return
    if not _WISHES.isdisjoint(low):
        for chunk in chunks:
            _wish(low, chunk)
    if not _UNREAL.isdisjoint(low):
        for chunk in chunks:
            for cue in chunk.cues:
                _unreal(low, cue, chunk)
        _forget_the_past(low, chunks)
        if not FEARS.isdisjoint(low):
            _allay(low, chunks)
    if not NEGATORS.isdisjoint(low):
        _carry_negation(low, chunks)
        _deny(low, chunks)
    if "?" in low and low[0] in ASKING:
        _ask(low, chunks)


def _unreal(low: Sequence[str], cue: Cue, chunk: Chunk) -> None:
    """What was only imagined, expected or said does not count as found."""
    if chunk.opener in IRREALIS:
        cue.real = False
        return
    before = low[chunk.start : cue.start]
    expectation = next((word for word in before if word in EXPECTATIONS), None)
    if any(pair in _FORMERLY for pair in pairwise(before)):
        flip(cue)
        cue.kind = "formerly"
    elif any(first in OTHERS and second in SAYING for first, second in pairwise(before)):
        cue.real = False
    elif expectation in ADVERSE_EXPECTATIONS and cue.valence > 0 and not cue.negated:
        cue.valence, cue.kind = WISH, "wish"
    elif (
        expectation and not cue.negated and ("would" in before or "to" in before or "was" in before)
    ):
        cue.real = False


def _wish(low: Sequence[str], chunk: Chunk) -> None:
    """`I wish the room was clean`: what is good is what is missing."""
    wish = next((cue for cue in chunk.cues if _is_wish(low, cue)), None)
    good = [c for c in chunk.cues if wish is not None and c.valence > 0 and wish.start < c.start]
    for cue in good:
        cue.valence, cue.kind = WISH, "wish"
    if wish is not None and good:
        wish.real = False


def _is_wish(low: Sequence[str], cue: Cue) -> bool:
    """`I wish`, `if only`, not `we wish you a lovely stay`."""
    words, following = low[cue.start : cue.end], low[cue.end : cue.end + 2]
    is_greeting = following[:1] == ["you"] and not DETERMINERS.isdisjoint(following[1:])
    return (words[0] in ("wish", "wished") or words == ["if", "only"]) and not is_greeting


def _carry_negation(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """`I wouldn't say, given the price, that it is good`: the negation waits for its cue."""
    waiting = False
    for chunk in chunks:
        if chunk.opener in CONTRAST or chunk.is_hard:
            waiting = False
        words = low[chunk.start : chunk.end]
        if waiting and chunk.cues:
            flip(chunk.cues[0])
            waiting = False
        elif not chunk.cues:
            waiting = waiting or any(
                first in NEGATORS and second in OPINION_VERBS for first, second in pairwise(words)
            )


def _deny(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """`I thought it would be good, but it wasn't`: what was expected is denied."""
    for before, chunk in pairwise(chunks):
        words = set(low[chunk.start : chunk.end])
        is_denial = chunk.opener in CONTRAST and words <= DENIALS | NEGATORS
        if words & NEGATORS and (is_denial or _answers_no(chunk, words, before)):
            for cue in before.cues:
                cue.real = True
                flip(cue)


def _answers_no(chunk: Chunk, words: set[str], label: Chunk) -> bool:
    """`Quiet: no`, `Complaints - none`: what the label says is not so."""
    is_label = chunk.opener in (":", "-", "–") and label.end - label.start <= LONGEST_LABEL
    return is_label and words <= ANSWERED_NO


def _allay(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """`I was worried it would be small, but`: what was feared is not what was found."""
    for chunk, after in pairwise(chunks):
        words = low[chunk.start : chunk.end]
        fear = next((chunk.start + i for i, word in enumerate(words) if word in FEARS), None)
        if fear is None or after.opener not in CONTRAST:
            continue
        if not _FEARED.isdisjoint(low[fear : chunk.end]):
            for cue in chunk.cues:
                cue.real = cue.real and cue.end <= fear


def _forget_the_past(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """`used to be good, now it is bad`: only the present counts, where it is told."""
    past = [cue for chunk in chunks for cue in chunk.cues if cue.kind == "formerly"]
    present = any(cue.real and cue.kind != "formerly" for chunk in chunks for cue in chunk.cues)
    if past and present and not NOW.isdisjoint(low):
        for cue in past:
            cue.real = False


def _ask(low: Sequence[str], chunks: Sequence[Chunk]) -> None:
    """A question finds nothing good, unless it is answered, as in `Would I return? No`."""
    mark = low.index("?")
    words = low[mark + 1 : mark + 1 + _ANSWER]
    answer = min((ANSWERS[word] for word in words if word in ANSWERS), default=0.0)
    for chunk in chunks:
        for cue in chunk.cues:
            if cue.start > mark:
                continue
            if answer < 0:
                flip(cue)
            cue.real = bool(answer) or cue.valence < 0
