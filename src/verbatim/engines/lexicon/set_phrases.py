"""Read set phrases as what they say, so that no later rule need know them: one word for another.

`far from clean` is `not very clean`, and `can't praise her enough` praises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verbatim.engines.lexicon.resources import NEUTRAL, VALENCES, VOCABULARY, Lexicon
from verbatim.engines.lexicon.spans import Words
from verbatim.engines.lexicon.words import HARD

CERTAINLY, INDEED = "absolutely", "indeed"
"""Stand for words that negate nothing: the first stresses what follows."""
PLEASE = frozenset("please pls plz kindly".split())
NOT_VERY = ("not", "very")
ENOUGH_REACH = 9
"""Words behind `can't praise` in which an `enough` turns it."""
_ABILITY = frozenset("ca can could".split())
_PRAISING = frozenset("recommend praise thank commend rate compliment".split())

Reader = Callable[[list[str], int, Lexicon], None]


def read_set_phrases(words: Words, lexicon: Lexicon) -> Words:
    """Return the words with set phrases read as what they say, as many as there were."""
    if _OPENERS.isdisjoint(words.low):
        return words
    low = list(words.low)
    for position in [i for i, word in enumerate(low) if word in _OPENERS]:
        _READERS[words.low[position]](low, position, lexicon)
    return words._replace(low=low)


def _judges(low: Sequence[str], position: int, lexicon: Lexicon) -> int:
    """Sign of the phrase that starts at a word, 0 if it judges nothing."""
    if position >= len(low):
        return 0
    valued = lexicon.phrases.longest(VALENCES, low, position)
    if valued is not None and abs(valued[1][0]) > NEUTRAL:
        return 1 if valued[1][0] > 0 else -1
    named = lexicon.phrases.longest(VOCABULARY, low, position)
    return 0 if named is None else int(named[1][0].sign)


def _falls_short(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`far from clean`, `less than helpful`: what is said to be short of praise is not praised."""
    is_short = tuple(low[position : position + 2]) in (("far", "from"), ("less", "than"))
    if is_short and _judges(low, position + 2, lexicon) > 0:
        low[position : position + 2] = NOT_VERY


def _opposite(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`anything but comfortable`."""
    if low[position + 1 : position + 2] == ["but"] and _judges(low, position + 2, lexicon):
        low[position : position + 2] = NOT_VERY


def _free(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`free of bugs`."""
    of = low[position + 1 : position + 2]
    if of in (["of"], ["from"]) and _judges(low, position + 2, lexicon) < 0:
        low[position : position + 2] = NOT_VERY


def _beyond_doubt(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`without a doubt the worst`: no doubt is there, and so nothing is negated."""
    article = low[position + 1 : position + 2] in (["a"], ["any"])
    end = position + 2 + article
    if low[end - 1 : end] in (["doubt"], ["question"]):
        low[position:end] = [INDEED] * (end - position)


def _beyond_praise(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`can't praise the nurses enough`, `could not recommend it more highly`."""
    negator = next(
        (i for i in (position - 1, position - 2) if i > 0 and low[i] in ("n't", "not")), None
    )
    if negator is None or low[negator - 1] not in _ABILITY:
        return
    for i in range(position + 1, min(position + ENOUGH_REACH, len(low))):
        if low[i] in HARD:
            return
        if low[i] == "enough" or (low[i] == "more" and low[i + 1 : i + 2] != ["than"]):
            low[negator] = CERTAINLY
            return


def _folded_hands(low: list[str], position: int, lexicon: Lexicon) -> None:
    """`please fix it 🙏` asks and thanks for nothing."""
    if not PLEASE.isdisjoint(low):
        low[position] = "please"


_READERS: dict[str, Reader] = {
    "far": _falls_short,
    "less": _falls_short,
    "anything": _opposite,
    "free": _free,
    "without": _beyond_doubt,
    "🙏": _folded_hands,
    **dict.fromkeys(_PRAISING, _beyond_praise),
}
_OPENERS = frozenset(_READERS)
