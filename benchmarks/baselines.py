"""Baselines: VADER, TextBlob, and VADER's sign for every driver whose keyword occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from benchmarks.systems import OPINIONS, Opinion, Reading, polarity

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LABELS = {1: "positive", 0: "neutral", -1: "negative"}


def split_sentences(text: str) -> list[str]:
    """Cut at `.`, `!`, `?` before a blank and at line ends; plain on purpose, for baselines only.

    Examples
    --------
    >>> split_sentences("Good food. Rude staff!\\nNever again")
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
    def keywords(self) -> Mapping[str, frozenset[str]]:
        """Drivers by lower-case phrase."""
        from verbatim.taxonomy import Taxonomy

        drivers: dict[str, set[str]] = {}
        for driver in Taxonomy.load("universal").drivers:
            for phrase in driver.targets:
                drivers.setdefault(" ".join(_words(phrase)), set()).add(driver.id)
        return {phrase: frozenset(found) for phrase, found in drivers.items() if phrase}

    @cached_property
    def _longest(self) -> int:
        return max(phrase.count(" ") + 1 for phrase in self.keywords)

    def mentioned(self, sentence: str) -> list[str]:
        """Drivers of which a keyword occurs, plural `s` allowed."""
        found: set[str] = set()
        for phrase in _phrases(_words(sentence), self._longest):
            found |= self.keywords.get(phrase, frozenset())
            found |= self.keywords.get(phrase.removesuffix("s"), frozenset())
        return sorted(found)

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


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _phrases(words: Sequence[str], longest: int) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield " ".join(words[start:end])
