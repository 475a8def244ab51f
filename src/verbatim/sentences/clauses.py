"""Where a new clause begins in text without full stops, as hotel portals print it.

`split_run` cuts a long run of words into units of readable length at the best places;
`opens_clause` says whether a clause begins at a word. Both look at a few words around the place,
in tables of English function words, and need no parser.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["HANGING", "MOST_WORDS", "NOT_NOUNS", "PRONOUNS", "opens_clause", "split_run"]

MOST_WORDS = 60
"""No unit has more words than this."""

_WORDS = {
    "subject": "i we they he she nobody",
    "maybe_subject": "it you there this these those everyone everything everybody "
    "nothing someone none all",
    "determiner": "the a an my our your their his her its this that these those no every each all "
    "both some any another",
    "finite": "was were is are am had has have did does do would will could can should may might "
    "must 's 're 've 'd 'll 'm got went took seemed seems looked looks felt feels came comes made "
    "gave needs needed works worked kept keeps smelled smelt tasted lacked lacks",
    "preposition": "of in on at to for with from by about into onto over under near next between "
    "behind during without through across around after before inside outside off per than as like "
    "despite including",
    "joiner": "and or but because if when while although though whereas unless until since that "
    "which who whom whose where what how why whether so nor plus",
    "degree": "very really so too quite extremely super pretty rather more most less least "
    "absolutely incredibly totally completely fairly such almost nearly just only not n't never "
    "even then ca wo be been being",
    # After these a pronoun or noun goes on with the clause: "I think we", "all they had".
    "complement": "say said says think thought hope hoped feel felt know knew guess believe "
    "believed wish wished told tell suppose sure glad afraid everything all anything nothing thing "
    "things time times way reason minute moment wherever whatever whenever once found find mean "
    "means realise realised realize realized noticed ensure ensured make made let given "
    "someone anyone somewhere place people person fact saying telling thinking hoping meaning",
    "opener": "however overall unfortunately additionally furthermore moreover sadly luckily "
    "thankfully otherwise nevertheless secondly firstly lastly finally also besides meanwhile "
    "fortunately definitely highly",
    "adjective": "good great nice lovely excellent friendly helpful clean dirty comfortable small "
    "large big spacious poor bad terrible awful amazing fantastic perfect beautiful wonderful cold "
    "hot warm quiet noisy modern old new cheap expensive free fresh tasty delicious rude polite "
    "slow fast quick easy main only front whole best worst",
    "subordinate": "because when while since if after before until where which so as",
    "fragment": "no not very would will just absolutely easy great good excellent lovely nice "
    "perfect terrible poor awful amazing friendly",
    "moment": "day night morning evening time week year",
    "relative": "who that which",
    "conjunction": "and or but because if when who which that",
    "intransitive": "arrived stayed returned complained waited walked checked",
}
_IS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_FREE = "this these those all some any both before after inside outside around about off over"
HANGING = (
    _IS["determiner"] | _IS["preposition"] | _IS["joiner"] | _IS["degree"] | _IS["finite"]
) - frozenset(f"{_FREE} too never works worked did do will needed looked felt".split(" "))
"""Words, in lower case, that no unit ends with."""

NOT_NOUNS = _IS["preposition"] | _IS["joiner"] | _IS["degree"] | _IS["finite"] | _IS["opener"]
"""Words, in lower case, that are never the noun of a clause."""
PRONOUNS = _IS["subject"] - {"nobody"}
"""Words, in lower case, that only a clause goes on from: "and when I | finally" is no place."""

_PAUSES = frozenset([",", ";", ")", "-", "--", "/", "...", "\u2026", ":", "&"])
_FIRM = 2.0
_CUT_COST = 1.6
_WORDS_PER_PAUSE = 15
_TOO_LONG = 30


# What is wrong with a unit of so many words: below 9, above 20, above 30.
_PENALTY = tuple(
    max(0, 9 - size) * 0.3 + max(0, size - 20) * 0.05 + max(0, size - 30) * 0.15
    for size in range(MOST_WORDS + 1)
)


def opens_clause(words: Sequence[str], index: int) -> bool:
    """Say whether a new clause, with a subject of its own, begins at `words[index]`.

    Examples
    --------
    >>> words = "the room was clean but breakfast was cold".split()
    >>> [index for index in range(len(words)) if opens_clause(words, index)]
    [4]
    """
    first = max(0, index - 5)
    nearby = [word.lower() for word in words[first : index + 8]]
    return _score(nearby, index - first) >= _FIRM


def split_run(words: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Cut a run of words where clauses begin, into units of 6 to 30 words where that is possible.

    Maximises the sum of the clause scores at the cuts, less a cost for each cut and for each unit
    that is too short or too long. Time is linear in the number of words.

    Parameters
    ----------
    words : sequence of str, length n
        A stretch of text with no full stop inside.
    starts : sequence of int, length n
        Offset of each word; there is no cut where no space is.

    Returns
    -------
    list of int
        Indices, ascending, 0 < index < n, at which a new unit begins. No unit has more than
        `MOST_WORDS` words.
    """
    lower = [word.lower() for word in words]
    pauses = {index + 1 for index, word in enumerate(lower) if word in _PAUSES}
    # Who sets commas sets them where a clause ends.
    punctuated = len(pauses) * _WORDS_PER_PAUSE > len(lower)
    places = []
    for index in pauses if punctuated else range(1, len(lower)):
        if index < len(lower) and starts[index] > starts[index - 1] + len(lower[index - 1]):
            score = _score(lower, index) + (0.9 if index in pauses else 0.0)
            if score:
                places.append((index, score))
    return _best_cuts(_filled(sorted(places), lower), len(lower))


def _score(words: Sequence[str], index: int) -> float:
    """Rate the lower-case word at `index` as the first of a clause: 0 never, 2 and more surely."""
    if not 0 < index < len(words) or _hangs(words, index):
        return 0.0
    if words[index - 1] in PRONOUNS:
        return _subject(words, index)
    word = words[index]
    if word in ("not", "never") and words[index - 1] in _IS["finite"]:
        return 0.0
    clause = index + 1 < len(words) and _begins_subject(words, index + 1)
    if word in _IS["opener"]:
        return 3.5 if clause else 2.3
    if word in ("and", "but", "plus"):
        if clause:
            return 2.8 if word == "but" else 2.4
        return 0.0 if words[index - 1] in _IS["adjective"] else 0.5
    return _subject(words, index) or 0.9 * (word in _IS["subordinate"] or word in _IS["fragment"])


def _hangs(words: Sequence[str], index: int) -> bool:
    """Say whether no unit may end before `index`: "with |", or "which, | by the way"."""
    if words[index - 1] == ",":
        return index > 1 and words[index - 2] in _IS["conjunction"]
    return words[index - 1] in HANGING


def _begins_subject(words: Sequence[str], index: int) -> bool:
    word = words[index]
    if word in _IS["subject"]:
        return True
    return word not in NOT_NOUNS and 0 < _verb_distance(words, index) < 5


def _subject(words: Sequence[str], index: int) -> float:
    """Rate `index` as the beginning of a subject that a finite verb follows."""
    word = words[index]
    if words[index - 1] in _IS["complement"]:
        return 0.0
    if word in _IS["subject"]:
        return 0.0 if words[index - 1] in ("before", "after") else _pronoun(words, index)
    if word not in _IS["maybe_subject"] and word not in _IS["determiner"]:
        return _bare_noun(words, index)
    distance = _verb_distance(words, index)
    ahead = "".join(words[index + 1 : index + 2])
    if word in _IS["maybe_subject"] and (distance == 1 or ahead.endswith("ed")):
        return _pronoun(words, index)
    return _noun_phrase(words, index, distance) if distance and word in _IS["determiner"] else 0.0


def _verb_distance(words: Sequence[str], index: int) -> int:
    """Count the words to the finite verb of the subject that begins at `index`; 0: no verb."""
    for distance in range(1, min(7, len(words) - index)):
        word, before = words[index + distance], words[index + distance - 1]
        if word in _IS["finite"]:
            return distance
        if (word in _IS["joiner"] and word != "who") or not (word[0].isalnum() or word == "-"):
            return 0
        if word in _IS["determiner"] and before not in _IS["preposition"]:
            return 0
        if word in ("you", "there", "it") or (word in _IS["subject"] and distance == 1):
            return 0
    return 0


def _pronoun(words: Sequence[str], index: int) -> float:
    """Tell "the room | we paid" from "the room we had", which is one noun phrase."""
    for back in range(1, min(4, index) + 1):
        word = words[index - back]
        if word in _IS["finite"] or word in _IS["joiner"] or word in _IS["preposition"]:
            return 3.0
        if word in ("best", "worst") and back > 1:
            return 1.2
        if word in _IS["determiner"]:
            return 2.5 if words[max(0, index - back - 1)] in _IS["preposition"] else 1.2
    return 3.0


def _noun_phrase(words: Sequence[str], index: int, distance: int) -> float:
    """Rate "the room was", which may be the object of a verb before it: "we loved the"."""
    before, earlier = words[index - 1], words[max(0, index - 2)]
    object_of = before.endswith("ed") and before not in _IS["intransitive"]
    if words[index] in ("every", "each", "any"):
        return 0.0
    if object_of and earlier in _IS["subject"] | _IS["relative"]:
        return 1.0
    return 1.9 if _IS["subject"].intersection(words[index : index + distance]) else 3.0


def _bare_noun(words: Sequence[str], index: int) -> float:
    """Rate "staff were" and "friendly staff were", unless the words before belong to the noun."""
    word, before, earlier = words[index], words[index - 1], words[max(0, index - 2)]
    verb = index + (2 if word in _IS["adjective"] else 1)
    if verb >= len(words) or words[verb] not in _IS["finite"]:
        return 0.0
    if word in NOT_NOUNS or not word.isalpha() or before in _IS["determiner"]:
        return 0.0
    if before not in _IS["moment"] and earlier in _IS["determiner"] | {"and", "or"}:
        return 0.0
    return 0.0 if before in _IS["adjective"] and earlier not in HANGING else 2.2


def _filled(places: list[tuple[int, float]], words: Sequence[str]) -> list[tuple[int, float]]:
    """Add the least bad places where no clause begins for too long."""
    filled: list[tuple[int, float]] = []
    last = 0
    for place in [*places, (len(words), 0.0)]:
        while place[0] - last > _TOO_LONG:
            last = _spare(words, last)
            filled.append((last, 0.1))
        filled.append(place)
        last = place[0]
    return filled[:-1]


def _spare(words: Sequence[str], last: int) -> int:
    """Find a place to cut 12 to 30 words after `last`, before a preposition if there is one."""
    places = [
        index
        for index in range(last + _TOO_LONG, last + 12, -1)
        if words[index][0].isalnum()
        and words[index - 1] not in PRONOUNS
        and not _hangs(words, index)
    ]
    ahead = (index for index in places if words[index] in _IS["preposition"] | _IS["joiner"])
    return next(ahead, places[0] if places else last + _TOO_LONG)


def _best_cuts(places: list[tuple[int, float]], size: int) -> list[int]:
    """Choose among `places` by dynamic programming over the last cut."""
    nodes = [(0, 0.0), *places, (size, 0.0)]
    totals, origins = [0.0], [0]
    first = 0
    for node in range(1, len(nodes)):
        end, score = nodes[node]
        while end - nodes[first][0] > MOST_WORDS:
            first += 1
        options = [totals[other] - _PENALTY[end - nodes[other][0]] for other in range(first, node)]
        best = max(options)
        totals.append(best + score - _CUT_COST)
        origins.append(first + options.index(best))
    cuts, node = [], origins[-1]
    while node:
        cuts.append(nodes[node][0])
        node = origins[node]
    return cuts[::-1]
