"""Split a phrase into the words that a text is split into.

A phrase can only be found in a text if both are cut alike. Texts are cut by spaCy's English
tokeniser, which would cost two seconds to import just to read a taxonomy; this is its behaviour
on lower-case text, less the tokens that hold no letter or digit. Tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from unicodedata import category

_QUOTES = str.maketrans("\u2018\u2019\u201b\u02bc", "''''")

_MARKS = frozenset("-~…,:;!?¿¡()[]{}<>_#*&·'\"”“\u201a„»«—\u2013")
_NOT_BEFORE = _MARKS | frozenset("§%=$£€¥₹")
_NOT_AFTER_DIGIT = frozenset("$£€¥₹+%")
_BEFORE_STOP = _MARKS | frozenset("%+-²")
_HYPHENS = frozenset("-\u2013—~")
_JOINTS = frozenset(":<>=/")

_LONGEST = 100
"""Characters of the longest chunk that is read like a word; what is longer is none."""

_MEASURES = (
    "km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha nm yd in ft kg g mg t lb oz kmh mph "
    "mbar mb kb gb tb"
)
_UNITS = frozenset(_MEASURES.split())

_SUBJECTS = "he how i it she that there these they this those we what when where who why you"
_ASKED = "how there what when where who why"
_ENDINGS = {
    "s": f"he it she that this {_ASKED}",
    "ll": _SUBJECTS,
    "d": _SUBJECTS,
    "re": f"these they those we you {_ASKED}",
    "ve": f"i these they those we you could might must not should would {_ASKED}",
    "m": "i",
}
_NEGATED = (
    "ai are ca could dare did do does had has have is may might must need ought sha should was "
    "were wo would"
)
_NOT_CONTRACTED = ("hell", "ill", "its", "shed", "shell", "well", "were", "whore")
"""Words that a contraction without its apostrophe would be mistaken for."""

_CUT = {
    "can not": "cannot",
    "gon na": "gonna",
    "got ta": "gotta",
    "let 's": "let's",
    "y' all": "y'all",
    "y all": "yall",
    "c'm on": "c'mon",
    "i 'm a": "i'ma",
    "i m a": "ima",
    "how 'd 'y": "how'd'y",
}
_WHOLE = (
    "and/or w/o a.m. p.m. e.g. i.e. v.s. vs. co. 'bout 'cause 'cos 'coz 'cuz 'd 'em 'll 'nuff 're "
    "'s doin' goin' havin' lovin' nothin' nuthin' ol' somethin'"
)


def fold(text: str) -> tuple[str, ...]:
    """Split `text` into lower-case words, without hyphens, slashes and punctuation.

    Parameters
    ----------
    text : str
        A phrase, or a text.

    Returns
    -------
    tuple of str
        The words in order, as spaCy's English tokeniser cuts the lower-case text, curly quotes
        made straight, less the tokens without a letter or digit and hyphens at a word's edge.

    Examples
    --------
    >>> fold("Didn't work: no Wi-Fi!")
    ('did', "n't", 'work', 'no', 'wi', 'fi')
    """
    plain = text.lower()
    if not plain.isascii():
        plain = plain.translate(_QUOTES)
    # A short text has no long chunk, and most opinions are short.
    words_of = _short_chunk_words if len(plain) <= _LONGEST else _chunk_words
    return tuple(chain.from_iterable(map(words_of, plain.split())))


def _chunk_words(chunk: str) -> tuple[str, ...]:
    if len(chunk) <= _LONGEST:
        return _short_chunk_words(chunk)
    # Mark by mark would take quadratic time, and a cache of such chunks all memory.
    return _worded(_split_inside(chunk.strip("".join(_MARKS))))


@lru_cache(maxsize=1 << 14)
def _short_chunk_words(chunk: str) -> tuple[str, ...]:
    if chunk.isalpha():
        return _contractions().get(chunk, (chunk,))
    plain = chunk.replace("---", "—").replace("--", "—").replace("..", "…").replace("….", "…")
    return _worded(_peel(plain))


def _worded(pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(piece for piece in pieces if any(map(str.isalnum, piece)))


def _peel(chunk: str) -> tuple[str, ...]:
    """Take marks off both ends until what is left is a known contraction or a plain word."""
    ends: tuple[str, ...] = ()
    while chunk not in _contractions():
        if chunk[:1] in _NOT_BEFORE:
            chunk = chunk[1:]
        elif cut := _ending(chunk):
            chunk, ends = chunk[:-cut], (chunk[-cut:], *ends)
        else:
            return (*_split_inside(chunk), *ends)
        if not chunk:
            return ends
    return _contractions()[chunk] + ends


def _ending(chunk: str) -> int:
    """Count the characters at the end of `chunk` that are a token of their own."""
    last, before = chunk[-1:], chunk[-2:-1]
    if last in _MARKS or (before.isdigit() and last in _NOT_AFTER_DIGIT):
        return 1
    if last == "." and (before.isalnum() or before in _BEFORE_STOP):
        return 1
    if chunk.endswith("'s"):
        return 2
    number = chunk.rstrip("abcdefghijklmnopqrstuvwxyz²³")
    unit = chunk[len(number) :]
    return len(unit) if unit in _UNITS and number[-1:].isdigit() else 0


def _split_inside(chunk: str) -> list[str]:
    pieces, start = [], 0
    padded = f" {chunk} "
    for i, mark in enumerate(chunk):
        if _splits(padded[i], mark, padded[i + 2]):
            pieces.append(chunk[start:i])
            start = i + 1
    return [*pieces, chunk[start:]]


def _splits(before: str, mark: str, after: str) -> bool:
    if mark.isalnum() or mark == "'":
        return False
    if after.isalpha() and (mark in _HYPHENS or mark in _JOINTS):
        return before.isalnum()
    if mark in "+-*^" and before.isdigit():
        return after.isdigit() or after == "-"
    if mark == ",":
        return before.isalpha() and after.isalpha()
    return mark == "…" or category(mark) == "So"


@lru_cache(maxsize=1)
def _contractions() -> dict[str, tuple[str, ...]]:
    """Every chunk that is cut in a way of its own, or that no rule may cut."""
    cuts = [f"{word} {end}" for word in _NEGATED.split() for end in ("n't", "n't 've")]
    for end, words in _ENDINGS.items():
        tails = (f"'{end}", f"'{end} 've") if end in ("ll", "d") else (f"'{end}",)
        cuts += [f"{word} {tail}" for word in words.split() for tail in tails]
    cuts += [cut.replace("'", "") for cut in cuts]
    cuts += [f"{hour} {half}" for hour in range(1, 13) for half in ("am", "pm", "a.m.", "p.m.")]
    table = {cut.replace(" ", ""): tuple(cut.split()) for cut in cuts}
    table |= {chunk: tuple(cut.split()) for cut, chunk in _CUT.items()}
    table |= {chunk: (chunk,) for chunk in (*_WHOLE.split(), *_NOT_CONTRACTED)}
    return table | {f"{letter}.": (f"{letter}.",) for letter in "abcdefghijklmnopqrstuvwxyz"}
