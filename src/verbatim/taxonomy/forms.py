"""The forms in which a phrase may stand in a text: plurals, and -s, -ed and -ing.

There is no dictionary: a form that is no English word is never found and does no harm. A form
that is another word does ("kind": "kinds"), so words known to have one keep the form they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Kind = Literal["target", "positive", "negative"]
"""What a phrase does: name what is judged, or judge it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FUNCTION = _set(
    "a about after again ago all also am an and any are around as at away back be because been "
    "before being both but by can could did do does down each either else enough even ever every "
    "few for from had has have he her here his how i if in into is it its just least less like "
    "lot lots many may me might more most much must my near neither never no nobody none nor not "
    "nothing of off on once one only or other our out over own per quite rather really same she "
    "should since so some still such than that the their them then there these they this those "
    "through till to too under until up us very was way we were what when where which while who "
    "whole why will with without would yet you your"
)
_STEADY = _set(
    "bad best better big bland bright calm cheap clean clear close cold content cool cosy cute "
    "damp dark dated dear dim dirty dry dull fair false fast fine firm flat free fresh full fun "
    "good grand great grim hard heavy high hot huge kind late lean light long loud low mean mild "
    "neat new nice odd okay old open plain poor posh prompt proper quick quiet rare raw real rich "
    "right rough rude sad safe severe sharp short sick slim slow small smart smooth soft solid "
    "sore sound sour spacious spare stale steep stiff strange strict strong super sure sweet swift "
    "tall tasty thick thin tight tiny top true unfair unsafe vague vast warm weak weird well wide "
    "wild wise worse worst worth wrong young"
)
"""Adjectives: their -s, -ed and -ing forms are other words, or none."""

_STEADY_ENDINGS = ("ful", "ous", "able", "ible", "less", "ness")

_PLURALS = {
    "child": "children",
    "half": "halves",
    "knife": "knives",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "person": "people",
    "potato": "potatoes",
    "shelf": "shelves",
    "tomato": "tomatoes",
    "wife": "wives",
    "woman": "women",
}

_IRREGULAR = (
    "begin/began/begun bite/bit/bitten blow/blew/blown break/broke/broken bring/brought "
    "build/built burn/burned/burnt buy/bought catch/caught choose/chose/chosen come/came "
    "cost/cost cut/cut deal/dealt draw/drew/drawn drink/drank/drunk drive/drove/driven "
    "eat/ate/eaten fall/fell/fallen feed/fed feel/felt fight/fought find/found fit/fitted/fit "
    "fly/flew/flown forget/forgot/forgotten freeze/froze/frozen get/got/gotten give/gave/given "
    "go/went/gone grow/grew/grown hang/hung hear/heard hide/hid/hidden hit/hit hold/held "
    "hurt/hurt keep/kept know/knew/known lay/laid lead/led learn/learned/learnt leave/left "
    "lend/lent let/let lie/lied/lay lose/lost make/made meet/met pay/paid put/put quit/quit "
    "read/read ride/rode/ridden ring/rang/rung rise/rose/risen run/ran say/said see/saw/seen "
    "sell/sold send/sent set/set shake/shook/shaken shine/shone show/showed/shown "
    "shrink/shrank/shrunk shut/shut sink/sank/sunk sit/sat sleep/slept slide/slid "
    "smell/smelled/smelt speak/spoke/spoken spend/spent spill/spilled/spilt split/split "
    "spoil/spoiled/spoilt spread/spread stand/stood steal/stole/stolen stick/stuck "
    "stink/stank/stunk strike/struck swim/swam/swum take/took/taken teach/taught tear/tore/torn "
    "tell/told think/thought throw/threw/thrown understand/understood wake/woke/woken "
    "wear/wore/worn win/won withdraw/withdrew/withdrawn write/wrote/written"
)
_PASTS = {verb: tuple(pasts) for verb, *pasts in (entry.split("/") for entry in _IRREGULAR.split())}

_DOUBLED = _set("admit begin commit forget occur omit prefer refer regret submit upset")
"""Verbs of two syllables whose last consonant doubles."""

_VOWELS = frozenset("aeiou")


def inflect(words: Sequence[str], kind: Kind) -> tuple[tuple[str, ...], ...]:
    """Forms of a phrase: the phrase itself, then those of its last and of its first word.

    Parameters
    ----------
    words : sequence of str
        Words of the phrase, as `verbatim.taxonomy.phrases.fold` gives them.
    kind : {"target", "positive", "negative"}
        A target is a noun phrase: its last word gets a plural, and its first word gets every form
        where a function word follows ("cost of living", "check in"). The first and the last word
        of a judgement get -s, -ed and -ing, or the past forms of an irregular verb.

    Returns
    -------
    tuple of tuple of str
        Without repeats. Function words, words in -ly, words under three letters and words with
        anything but the letters a to z keep the form they have.

    Examples
    --------
    >>> inflect(("car", "park"), "target")
    (('car', 'park'), ('car', 'parks'))
    >>> inflect(("stop", "working"), "negative")
    (('stop', 'working'), ('stops', 'working'), ('stopped', 'working'), ('stopping', 'working'))
    """
    first, *rest = words
    *start, last = words
    forms = [tuple(words)]
    if kind == "target":
        forms += [(*start, form) for form in _plurals(last)]
        leads = (*_plurals(first), *_verb_forms(first)) if rest and rest[0] in _FUNCTION else ()
    else:
        forms += [(*start, form) for form in _verb_forms(last)]
        leads = _verb_forms(first) if rest else ()
    forms += [(form, *rest) for form in leads]
    return tuple(dict.fromkeys(forms))


def _is_fixed(word: str) -> bool:
    plain = len(word) > 2 and word.isascii() and word.isalpha()
    return not plain or word.endswith("ly") or word in _FUNCTION


def _plurals(word: str) -> tuple[str, ...]:
    if _is_fixed(word):
        return ()
    if word in _PLURALS:
        return (_PLURALS[word],)
    return _with_s(word)


def _with_s(word: str) -> tuple[str, ...]:
    if word.endswith(("ss", "us", "x", "z", "ch", "sh")):
        return (f"{word}es",)
    if word.endswith("s"):
        return ()
    if word[-1] == "y" and word[-2] not in _VOWELS:
        return (f"{word[:-1]}ies",)
    return (f"{word}s",)


def _verb_forms(word: str) -> tuple[str, ...]:
    if _is_fixed(word) or word in _STEADY or word.endswith(_STEADY_ENDINGS) or _is_form(word):
        return ()
    stems = _stems(word)
    pasts = _PASTS.get(word) or tuple(_with_ed(stem) for stem in stems)
    return (*_with_s(word), *pasts, *(_with_ing(stem) for stem in stems))


def _is_form(word: str) -> bool:
    """Whether `word` is a plural or ends in -ed or -ing already ("bring" and "need" do not)."""
    if word.endswith("s"):
        return not word.endswith(("ss", "us"))
    for ending in ("ed", "ing"):
        if word.endswith(ending) and not word.endswith("eed"):
            return any(letter in _VOWELS or letter == "y" for letter in word.removesuffix(ending))
    return False


def _stems(word: str) -> tuple[str, ...]:
    """Double the last consonant of one syllable; after -el both spellings are in use."""
    sounds = word.replace("qu", "qw")
    a, b, c = (letter in _VOWELS for letter in sounds[-3:])
    doubled = word + word[-1]
    if a or not b or c or word[-1] in "wxy":
        return (word,)
    if word in _DOUBLED or sum(letter in _VOWELS for letter in sounds) == 1:
        return (doubled,)
    return (word, doubled) if word.endswith("el") else (word,)


def _with_ed(stem: str) -> str:
    if stem[-1] == "e":
        return f"{stem}d"
    return f"{stem[:-1]}ied" if stem[-1] == "y" and stem[-2] not in _VOWELS else f"{stem}ed"


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return f"{stem[:-2]}ying"
    if stem[-1] == "e" and not stem.endswith(("ee", "oe", "ye")):
        return f"{stem[:-1]}ing"
    return f"{stem}ing"
