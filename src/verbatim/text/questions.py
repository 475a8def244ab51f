r"""Short answers, read with what the survey asked.

"Showers", below "What should we improve?", is a complaint only because of the question. So an
answer that just names things is read with the question's words before it: "Please improve
showers". An answer that refuses ("nothing"), or judges the other way ("all good"), and any that is
longer, says itself what it means, and is left as it is.

Examples
--------
>>> [(start, new) for start, _, new in completions("Showers, the price. Parking", "improve")]
[(0, 'Please improve '), (20, 'Please improve ')]
>>> list(completions("Nothing", "improve"))
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verbatim.text.cleaning import Edit

_MOST_WORDS = 5
"""Words of an entry; what is longer is mostly a sentence of its own."""

_REFUSING = (
    "no not none nothing nope nil na n/a nada never idk dunno idea know think sure can't cannot "
    "don't didn't couldn't wouldn't same"
)
_PRAISING = (
    "good great fine ok okay perfect excellent happy love loved lovely satisfied amazing awesome "
    "best brilliant fantastic wonderful superb like liked enjoy enjoyed keep thanks thank pleased"
)
_BLAMING = (
    "bad poor terrible awful horrible worst hate hated rude dirty slow disappointing disappointed "
    "too little few hardly"
)
_COMPARING = frozenset(
    "more less fewer better additional extra bigger larger smaller faster quicker slower longer "
    "shorter cleaner quieter louder nicer friendlier kinder politer easier simpler earlier later "
    "sooner lower higher cheaper clearer softer firmer warmer cooler hotter colder brighter darker "
    "wider closer nearer fresher healthier tastier newer stronger smoother safer tidier "
    "comfier".split()
)
_SPEAKING = (
    "i we you they it he she i'm i've we've it's that there this is isn't was wasn't are aren't "
    "were weren't has hasn't had have haven't does doesn't did do will won't would can could should"
)
_TELLING = {
    "improve": frozenset(f"{_REFUSING} {_PRAISING} {_SPEAKING}".split()),
    "like": frozenset(f"{_REFUSING} {_BLAMING} {_SPEAKING}".split()),
}
QUESTIONS = tuple(_TELLING)
"""What a survey may have asked for: what to improve, or what was liked."""

_UNIT = re.compile(r"(?:[^\n.!?]|[.!?](?!\s|$))+")
_NUMBERING = re.compile(r"\s*(?:(?:\d{1,2}[.)]|[-*\u2022])\s+)?")
_BETWEEN = re.compile(r"[,;/|&+\u2022]|\b(?:and|or)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'/-]*")


def completions(text: str, question: str) -> Iterator[Edit]:
    """Yield the question's words, to be put before each line or sentence that only names things.

    Parameters
    ----------
    text : str
        A normalised text.
    question : str
        One of `QUESTIONS`.
    """
    for unit in _UNIT.finditer(text):
        start = _NUMBERING.match(text, *unit.span()).end()  # type: ignore[union-attr]
        entries = [_WORD.findall(entry.casefold()) for entry in _BETWEEN.split(unit[0])]
        words = [word for entry in entries for word in entry]
        only_names = words and _TELLING[question].isdisjoint(words)
        if only_names and max(map(len, entries)) <= _MOST_WORDS:
            yield start, start, _asked(question, words)


def _asked(question: str, words: list[str]) -> str:
    """Say what the question asked: "bigger lockers" aren't to be improved, they are wished for."""
    if question == "like":
        return "I like: "
    return "Please improve " if _COMPARING.isdisjoint(words) else "I wish for "
