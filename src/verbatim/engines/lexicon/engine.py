"""The lexicon engine: VADER's words and the taxonomy's phrases under rules, without a model.

It needs no weights, explains itself word by word, and abstains where no rule holds. Each call
costs time linear in the length of the sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from verbatim.artefacts import open_artefact
from verbatim.engines.base import ABSENT, OpinionPredictions, Predictions, SentencePredictions
from verbatim.engines.lexicon.annotate import annotate
from verbatim.engines.lexicon.facts import find_facts
from verbatim.engines.lexicon.feelings import feelings_of, matching_emotion
from verbatim.engines.lexicon.opinions import Opinion, opinions_of, sentence_sentiment
from verbatim.engines.lexicon.pairing import pair
from verbatim.engines.lexicon.polarity import apply_rules
from verbatim.engines.lexicon.rated import rated
from verbatim.engines.lexicon.reality import weigh_reality
from verbatim.engines.lexicon.resources import Lexicon, load_lexicon
from verbatim.engines.lexicon.set_phrases import read_set_phrases
from verbatim.engines.lexicon.spans import Words, chunks_of, words_of
from verbatim.engines.lexicon.words import NEGATORS
from verbatim.engines.negation import is_negated
from verbatim.sentences import Sentence
from verbatim.taxonomy import Taxonomy

RULES_VERSION = 3
"""Raise with any change of the rules that may change a prediction."""
NO_SPAN = (ABSENT, ABSENT)


class LexiconEngine:
    """Read sentences by rules.

    Parameters
    ----------
    taxonomy : Taxonomy
        Its phrases, those of universal drivers included, are the vocabulary.
    """

    name = "lexicon"

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._artefact = open_artefact("lexicon")
        self._lexicon = load_lexicon(taxonomy, self._artefact)

    @cached_property
    def version(self) -> str:
        """Rules, word lists and vocabulary that this engine reads with."""
        return f"{RULES_VERSION}-{self._artefact.digest[:12]}-{self._taxonomy.digest[:12]}"

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        """Read `sentences`; see `verbatim.engines.base.Predictions` for what comes back."""
        result = SentencePredictions.empty(len(sentences))
        rows: list[tuple[Any, ...]] = []
        first = [0]
        sentiments: list[float] = []
        felt: list[tuple[int, int, int]] = []
        for i, sentence in enumerate(sentences):
            words = words_of(sentence)
            opinions, sentiment, emotions, intents = read(words, self._lexicon)
            sentiments.append(sentiment)
            if emotions:
                felt += [(i, emotion, intensity) for emotion, intensity in emotions.items()]
            for intent in intents:
                result.intents[i, intent] = True
            if opinions:
                may_negate = not NEGATORS.isdisjoint(words.low)
                rows += [_row(opinion, words, emotions, may_negate) for opinion in opinions]
            first.append(len(rows))
        result.sentiment[:] = sentiments
        if felt:
            places, named, intensities = zip(*felt, strict=True)
            result.emotions[places, named] = intensities
        return Predictions(result, OpinionPredictions.from_rows(rows), np.array(first, np.int64))


class Reading(NamedTuple):
    """What one sentence says.

    Attributes
    ----------
    opinions : list of Opinion
    sentiment : float
        -1 to 1, NaN when nothing is judged.
    emotions : dict of int to int
        Intensity, 1 to 3, of each emotion felt.
    intents : set of int
    """

    opinions: list[Opinion]
    sentiment: float
    emotions: dict[int, int]
    intents: set[int]


def read(words: Words, lexicon: Lexicon) -> Reading:
    """Read one sentence."""
    words = read_set_phrases(words, lexicon)
    low = words.low
    valued, named, paired, felt = lexicon.phrases.find(low)
    targets, cues, taken = annotate(low, valued, named, paired, lexicon)
    cues = rated(words, cues)
    facts = find_facts(words, targets, cues)
    if facts:
        cues = sorted(cues + facts, key=attrgetter("start"))
    chunks = chunks_of(low, taken, targets, cues) if cues else []
    if chunks:
        apply_rules(words, chunks, lexicon.boosters)
        weigh_reality(low, chunks)
    emotions, intents = feelings_of(low, felt, cues) if felt else ({}, set())
    if not chunks:
        return Reading([], math.nan, emotions, intents)
    opinions = opinions_of(pair(low, chunks), low, lexicon.confidence)
    return Reading(opinions, sentence_sentiment(low, chunks), emotions, intents)


def _row(
    opinion: Opinion, words: Words, emotions: dict[int, int], may_negate: bool
) -> tuple[Any, ...]:
    """One value per field of `OpinionPredictions`, in their order."""
    strength = opinion.strength
    valence = opinion.valence if strength else 0.0
    sentiment = valence / (valence**2 + 4.0) ** 0.5
    assessment = words.span(*opinion.assessment) if opinion.assessment else NO_SPAN
    is_all = opinion.evidence == opinion.assessment
    return (
        opinion.driver,
        sentiment,
        strength,
        opinion.confidence,
        words.span(*opinion.target) if opinion.target else NO_SPAN,
        assessment,
        assessment if is_all else words.span(*opinion.evidence),
        opinion.negated or (may_negate and is_negated(words.sentence, assessment, reach=0)),
        matching_emotion(emotions, opinion.valence) if emotions else ABSENT,
    )
