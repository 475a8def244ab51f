"""The lexicon engine: VADER's words and the taxonomy's phrases under rules, without a model.

It needs no weights, explains itself word by word, and abstains where no rule holds. Each call
costs time linear in the length of the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

import numpy as np

from verbatim.artefacts import open_artefact
from verbatim.engines.base import ABSENT, OpinionPredictions, Predictions, SentencePredictions
from verbatim.engines.lexicon.annotate import annotate
from verbatim.engines.lexicon.facts import find_facts
from verbatim.engines.lexicon.feelings import feelings_of, matching_emotion
from verbatim.engines.lexicon.opinions import Opinion, opinions_of, sentence_sentiment
from verbatim.engines.lexicon.pairing import pair
from verbatim.engines.lexicon.polarity import apply_rules
from verbatim.engines.lexicon.reality import weigh_reality
from verbatim.engines.lexicon.resources import Lexicon, load_lexicon
from verbatim.engines.lexicon.spans import Chunk, Words, chunks_of, words_of
from verbatim.sentences import Sentence
from verbatim.taxonomy import Taxonomy

RULES_VERSION = 2
"""Raise with any change of the rules that may change a prediction."""
NO_SPAN = (ABSENT, ABSENT)
MOST_WORDS_IN_CAPITALS = 0.6
"""Share of words in capitals above which capitals stress nothing."""


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
        first = np.zeros(len(sentences) + 1, np.int64)
        for i, sentence in enumerate(sentences):
            words = words_of(sentence)
            opinions, result.sentiment[i] = read(words, self._lexicon)
            emotions, intents = feelings_of(words.low, self._lexicon)
            for emotion, intensity in emotions.items():
                result.emotions[i, emotion] = intensity
            for intent in intents:
                result.intents[i, intent] = True
            rows += [_row(opinion, words, emotions) for opinion in opinions]
            first[i + 1] = len(rows)
        return Predictions(result, OpinionPredictions.from_rows(rows), first)


def read(words: Words, lexicon: Lexicon) -> tuple[list[Opinion], float]:
    """Opinions of one sentence, and its sentiment in -1..1 (NaN when nothing is judged)."""
    chunks = judge(words, lexicon)
    opinions = opinions_of(pair(words.low, chunks), len(words.low), lexicon.confidence)
    return opinions, sentence_sentiment(words, chunks)


def judge(words: Words, lexicon: Lexicon) -> list[Chunk]:
    """Chunks of one sentence with their targets and their cues, rules applied."""
    targets, cues, taken = annotate(words, lexicon)
    facts = find_facts(words.low, targets, cues)
    if facts:
        cues = sorted(cues + facts, key=attrgetter("start"))
    if not cues:
        return []
    chunks = chunks_of(words.low, taken)
    for chunk in chunks:
        chunk.targets = [t for t in targets if chunk.start <= t.start < chunk.end]
        chunk.cues = [cue for cue in cues if chunk.start <= cue.start < chunk.end]
    apply_rules(words, chunks, lexicon.boosters, _is_shouting(words))
    weigh_reality(words.low, chunks)
    return chunks


def _is_shouting(words: Words) -> bool:
    upper = sum(map(str.isupper, words.sentence.words))
    return upper > MOST_WORDS_IN_CAPITALS * len(words.low)


def _row(opinion: Opinion, words: Words, emotions: dict[int, int]) -> tuple[Any, ...]:
    """One value per field of `OpinionPredictions`, in their order."""
    valence = opinion.valence if opinion.strength else 0.0
    sentiment = valence / (valence**2 + 4.0) ** 0.5
    return (
        opinion.driver,
        sentiment,
        opinion.strength,
        opinion.confidence,
        words.span(*opinion.target) if opinion.target else NO_SPAN,
        words.span(*opinion.assessment) if opinion.assessment else NO_SPAN,
        words.span(*opinion.evidence),
        opinion.negated,
        matching_emotion(emotions, opinion.valence),
    )
