"""Fold what is judged, and how, to the words that carry it, and keep how it was written."""

from __future__ import annotations

import re

from verbatim.drivers.evidence import FUNCTION_WORDS

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
NEGATIONS = frozenset("no not never nor without nobody none nothing".split())
_EMPTY = FUNCTION_WORDS | frozenset(
    "anything around bit both during each etc every everything itself lot lots near per plus "
    "something thing things themselves upon via within without".split()
)
_PARTICLES = frozenset("in out up down off on".split())
"""Words that may belong to the one before, as in "check in" and "broke down"."""
_WITH_PARTICLE = frozenset("check checking drop log pick set sign take walk".split())
_DEGREES = frozenset(
    "absolutely really extremely incredibly super quite pretty rather fairly totally completely "
    "always truly little".split()
)

MOST_WORDS = 8
"""Words of a phrase that count, from its start."""


def fold(text: str, leave_out: frozenset[str]) -> tuple[str, str]:
    """Words of a phrase without those at its edges that say nothing, and how they are written.

    Examples
    --------
    >>> fold("our WiFi connection", TARGET), fold("was really SLOW", ASSESSMENT), fold("it", TARGET)
    (('wifi connection', 'WiFi connection'), ('slow', 'SLOW'), ('', ''))
    """
    found = [(one.group().replace("\u2019", "'").casefold(), one) for one in WORD.finditer(text)]
    first, last = 0, len(found)
    while first < last and found[first][0] in leave_out:
        first += 1
    while first < last and _ends_empty([word for word, _ in found[first:last]], leave_out):
        last -= 1
    kept = found[first:last][:MOST_WORDS]
    if not kept:
        return "", ""
    return " ".join(word for word, _ in kept), text[kept[0][1].start() : kept[-1][1].end()]


def _ends_empty(words: list[str], leave_out: frozenset[str]) -> bool:
    """Whether the last word says nothing; a particle does behind a judgement or such a verb."""
    *before, last = words
    if last in _PARTICLES and before:
        return leave_out is TARGET and before[-1] not in _WITH_PARTICLE
    return last in leave_out


TARGET = _EMPTY
"""Words that don't name anything at the edge of what is judged."""

ASSESSMENT = (_EMPTY | _DEGREES) - NEGATIONS - {"out", "off", "down", "up", "over"}
"""Words that don't judge at the edge of a judgement; "no" and "out of order" do."""


def stem(word: str) -> str:
    """Singular of a regular plural, so that beds and bed are one.

    Examples
    --------
    >>> stem("beds"), stem("glass"), stem("queries"), stem("bus")
    ('bed', 'glass', 'query', 'bus')
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def stems(phrase: str) -> tuple[str, ...]:
    """Stems of the words of a folded phrase."""
    return tuple(map(stem, phrase.split()))
