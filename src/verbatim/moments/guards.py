"""Whether the words around a trigger hold it back: a negation, a supposition, a joke."""

from __future__ import annotations

import re

from verbatim.moments.rules import Guard

_CLAUSE = re.compile(
    r"[;:,.!?…()\n–—]|\b(?:but|although|though|because|when|while|after|since|so|until|yet|then|that"
    r"|which|who)\b|\band (?=(?:i|we|he|she|they|it|my|our|the|nobody|no|\w+ed)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")


def held_back(guard: Guard, sentence: str, start: int, following: str = "") -> bool:
    """Whether `guard` holds back the trigger that begins at `start` of `sentence`.

    Parameters
    ----------
    guard : Guard
    sentence : str
    start : int
    following : str
        The next sentence of the verbatim, where a joke is told to be one.

    Examples
    --------
    >>> from verbatim.moments.rules import load_rules
    >>> negated = load_rules().guards[0]
    >>> held_back(negated, "Nobody was injured", 11), held_back(negated, "No, I was injured", 10)
    (True, False)
    """
    if guard.around is not None and guard.around.search(f"{sentence} {following}"):
        return True
    if guard.before is None:
        return False
    words = _before(sentence, start, guard.reach)
    if guard.harmless is not None:
        words = guard.harmless.sub(" ", words)
    return guard.before.search(words) is not None


def _before(sentence: str, start: int, reach: int) -> str:
    """The last words of the clause before the trigger."""
    breaks = [found.end() for found in _CLAUSE.finditer(sentence) if found.end() <= start]
    clause = sentence[breaks[-1] if breaks else 0 : start]
    words = [found.start() for found in _WORD.finditer(clause)]
    return clause[words[-reach] :] if len(words) > reach else clause
