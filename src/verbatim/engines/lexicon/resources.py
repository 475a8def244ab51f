"""Load what the lexicon engine knows: words with a valence, drivers' phrases, feelings, intents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from verbatim.artefacts import Artefact
from verbatim.engines.lexicon.lookup import Lookup
from verbatim.engines.lexicon.words import BOOSTERS, NEGATORS
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS
from verbatim.taxonomy import Taxonomy
from verbatim.taxonomy.phrases import Entry, Kind, fold, inflect, with_forms

NEUTRAL = 0.4
"""Valence up to which a word of our list is a neutral judgement, and one of VADER's noise."""
VALENCES, VOCABULARY = 0, 1
"""Which of the look-up's lists hold the valences and the vocabulary."""
STRONG_CUE = 1.9
"""Valence of a driver's own phrase whose words have none in the lexicon (VADER's scale, -4..4)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase of the taxonomy says: its driver, and its sign (0 for a target)."""

    driver: int
    sign: int
    weak: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase that speaks for its driver only near one of `partners` (first words of them)."""

    partners: frozenset[tuple[str, ...]]
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Feeling:
    """What a phrase tells of the writer: an emotion with its intensity, or (0) an intent."""

    label: int
    intensity: int
    opens: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything that the rules look words up in; shared by threads, never changed.

    `phrases` holds four lists: valences, the `Phrase`s of the taxonomy's vocabulary, its `Pair`s,
    and `Feeling`s.
    """

    phrases: Lookup
    boosters: Mapping[str, float]
    confidence: Mapping[str, float]


def load_lexicon(taxonomy: Taxonomy, artefact: Artefact) -> Lexicon:
    """Read VADER's list, our overlay and the taxonomy's phrases into one look-up."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT

    vocabulary, pairs = _vocabulary(taxonomy)
    return Lexicon(
        phrases=Lookup([_valences(artefact), vocabulary, pairs, _feelings(artefact)]),
        boosters={**BOOSTER_DICT, **BOOSTERS},
        confidence=artefact.json("confidence.json"),
    )


def _valences(artefact: Artefact) -> list[tuple[tuple[str, ...], float]]:
    merged = dict(_vader())
    for line in artefact.text("valence.tsv").splitlines():
        if line and not line.startswith("#"):
            phrase, value = line.split("\t")
            merged[_tokens(phrase)] = float(value)
    return [
        (words, value)
        for words, value in merged.items()
        if (value or len(words) > 1) and not (len(words) == 1 and words[0] in NEGATORS)
    ]


def _tokens(phrase: str) -> tuple[str, ...]:
    """Words as a sentence holds them; what is no word (an emoji, `a+`) stands as it is written."""
    words = fold(phrase)
    lost = set(phrase) - set("".join(words)) - set(" -/.,")
    return tuple(phrase.split()) if lost or not words else words


@lru_cache(maxsize=1)
def _vader() -> dict[tuple[str, ...], float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    entries = {_tokens(w): value for w, value in vader.lexicon.items() if abs(value) > NEUTRAL}
    for emoji, description in vader.emojis.items():
        value = sum(vader.lexicon.get(word, 0.0) for word in description.split())
        entries[(emoji,)] = max(-3.0, min(3.0, value))
    return entries


def _vocabulary(taxonomy: Taxonomy) -> tuple[Iterable[Entry[Phrase]], Iterable[Entry[Pair]]]:
    """Plain phrases, those that judge before those that name, and pairs."""
    plain: list[tuple[tuple[str, ...], Kind, Phrase]] = []
    pairs: list[tuple[tuple[str, ...], Kind, Pair]] = []
    signs = {"target": 0, "positive": 1, "negative": -1}
    for term in taxonomy.vocabulary():
        phrase = Phrase(DRIVERS.index(term.universal), signs[term.kind], term.weak)
        *partners, words = term.parts
        if partners:
            forms = frozenset(inflect(partners[0], "target"))
            pairs.append((words, term.kind, Pair(forms, phrase)))
        else:
            plain.append((words, term.kind, phrase))
    plain.sort(key=lambda entry: entry[1] == "target")
    return with_forms(plain), with_forms(pairs)


def _feelings(artefact: Artefact) -> list[tuple[tuple[str, ...], Feeling]]:
    emotions: Mapping[str, Mapping[int, list[str]]] = artefact.yaml("emotions.yaml")
    intents: Mapping[str, list[str]] = artefact.yaml("intents.yaml")
    entries = [
        (_tokens(phrase), Feeling(EMOTIONS.index(name), int(intensity)))
        for name, levels in emotions.items()
        for intensity, phrases in levels.items()
        for phrase in phrases
    ]
    return entries + [
        (_tokens(phrase.removeprefix("^")), Feeling(INTENTS.index(name), 0, phrase.startswith("^")))
        for name, phrases in intents.items()
        for phrase in phrases
    ]
