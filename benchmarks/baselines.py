"""Baselines: VADER, TextBlob, and VADER's sign for every driver whose keyword occurs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks.readings import OPINIONS, Opinion, Reading, polarity

if TYPE_CHECKING:
    from verbatim.taxonomy.phrases import PhraseIndex

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_LABELS = {1: "positive", 0: "neutral", -1: "negative"}


def split_sentences(text: str) -> list[str]:
    r"""Cut at `.`, `!`, `?` before a blank and at line ends; plain, for baselines only.

    Examples
    --------
    >>> split_sentences("Good food. Rude staff!\nNever again")
    ['Good food.', 'Rude staff!', 'Never again']
    """
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


class Vader:
    """VADER's compound of the whole text, with its own thresholds."""

    offers: frozenset[str] = frozenset()

    def __init__(self) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        self._analyzer = SentimentIntensityAnalyzer()

    def compound(self, text: str) -> float:
        return float(self._analyzer.polarity_scores(text)["compound"])

    def run(self, texts: Sequence[str]) -> list[float]:
        return [self.compound(text) for text in texts]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [Reading(score, _LABELS[polarity(score)]) for score in self.run(texts)]


class TextBlob:
    """TextBlob's polarity of the whole text; 0 is neutral."""

    offers: frozenset[str] = frozenset()

    def __init__(self) -> None:
        from textblob import TextBlob

        self._blob = TextBlob

    def run(self, texts: Sequence[str]) -> list[float]:
        return [float(self._blob(text).sentiment.polarity) for text in texts]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        scores = self.run(texts)
        return [Reading(score, _LABELS[(score > 0) - (score < 0)]) for score in scores]


class VaderKeywords(Vader):
    """VADER sentence by sentence: its sign for each driver of which a plain keyword occurs.

    The keywords are the targets of the universal taxonomy, so that it has the vocabulary of the
    `lexicon` engine. A sentence that VADER finds neutral gives no opinion. The text's sentiment
    is the mean over its sentences, as VADER's authors advise for longer texts.
    """

    offers = frozenset({OPINIONS})

    @cached_property
    def keywords(self) -> PhraseIndex[str]:
        """Driver of each phrase, plurals and the like included."""
        from verbatim.taxonomy import Taxonomy

        return keyword_index(
            (phrase, driver.id)
            for driver in Taxonomy.load("universal").drivers
            for phrase in driver.targets
        )

    def mentioned(self, sentence: str) -> list[str]:
        """Drivers of which a keyword occurs."""
        from verbatim.taxonomy.phrases import fold

        matches = self.keywords.find(fold(sentence))
        return sorted({driver for match in matches for driver in match.values})

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Reading:
        sentences = split_sentences(text)
        scores = [self.compound(sentence) for sentence in sentences]
        mean = sum(scores) / len(scores) if scores else 0.0
        opinions = tuple(
            Opinion(driver, score, polarity(score))
            for sentence, score in zip(sentences, scores, strict=True)
            if polarity(score)
            for driver in self.mentioned(sentence)
        )
        return Reading(mean, _LABELS[polarity(mean)], opinions)


def keyword_index(phrases: Iterable[tuple[str, str]]) -> PhraseIndex[str]:
    """Index (phrase, driver) pairs; a phrase of several separate parts is no keyword."""
    from verbatim.taxonomy.phrases import PhraseIndex, inflect, parse

    parsed = [(parse(phrase), driver) for phrase, driver in phrases]
    return PhraseIndex(
        (form, driver)
        for phrase, driver in parsed
        if len(phrase.parts) == 1
        for form in inflect(phrase.parts[0], "target")
    )
