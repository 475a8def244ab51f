"""Baselines that learn: logistic regression on TF-IDF, and on the released encoder's vectors.

Both learn from the same annotated sentences as the neural engine, and both choose their one
threshold where it does, on own/dev.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.baselines import split_sentences
from benchmarks.corpora import ROOT
from benchmarks.opinion_sets import sentence_label
from benchmarks.readings import OPINIONS, Opinion, Reading

DATA = ROOT.parent / "shared" / "data"
GRID = np.arange(0.05, 0.75, 0.05)
LEAST_EXAMPLES = 5
"""A driver and sign that fewer sentences have is not learnt."""

Pair = tuple[str, int]


class TfidfLogistic:
    """One logistic regression per driver and sign on TF-IDF of words, word pairs and letters."""

    offers = frozenset({OPINIONS})

    def __init__(self, data: Path = DATA) -> None:
        from training.data import ANNOTATED, load, load_dev

        examples = [example for name in ANNOTATED for example in load(data, name)]
        self._fit([e.text for e in examples], [_pairs(e.opinions) for e in examples])
        _, dev = load_dev(data)
        self._threshold = 0.5
        self._threshold = self._choose([e.text for e in dev], [_pairs(e.opinions) for e in dev])

    def features(self) -> Any:
        """What the regressions see of a text."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_union

        return make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True),
        )

    def _fit(self, texts: Sequence[str], pairs: Sequence[frozenset[Pair]]) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier
        from sklearn.pipeline import make_pipeline

        counts = Counter(pair for row in pairs for pair in row)
        self._classes = sorted(pair for pair, n in counts.items() if n >= LEAST_EXAMPLES)
        labels = np.array([[pair in row for pair in self._classes] for row in pairs])
        regression = LogisticRegression(C=10.0, max_iter=300)
        self._model = make_pipeline(self.features(), OneVsRestClassifier(regression))
        self._model.fit(list(texts), labels)

    def _choose(self, texts: Sequence[str], pairs: Sequence[frozenset[Pair]]) -> float:
        gold = np.array([[pair in row for pair in self._classes] for row in pairs])
        probabilities = self._probabilities(texts)

        def f1(threshold: float) -> float:
            said = probabilities >= threshold
            return float(2 * (said & gold).sum() / (said.sum() + sum(map(len, pairs))))

        return float(max(GRID, key=f1))

    def _probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        probabilities: NDArray[np.float64] = self._model.predict_proba(list(texts))
        return probabilities

    def run(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Probabilities, one row per sentence of each text."""
        return self._probabilities([s for text in texts for s in split_sentences(text) or [text]])

    def read(self, texts: Sequence[str]) -> list[Reading]:
        sentences = [split_sentences(text) or [text] for text in texts]
        bounds = np.cumsum([len(parts) for parts in sentences])[:-1]
        return [self._read(rows) for rows in np.split(self.run(texts), bounds)]

    def _read(self, probabilities: NDArray[np.float64]) -> Reading:
        opinions = tuple(
            Opinion(driver, float(sign * row[i]), sign)
            for row in probabilities
            for i, (driver, sign) in enumerate(self._classes)
            if row[i] >= self._threshold
        )
        signs = np.array([sign for _, sign in self._classes])
        sentiment = float((probabilities * signs).sum(axis=1).clip(-1, 1).mean())
        return Reading(sentiment, sentence_label([o.sign for o in opinions]), opinions)


class FrozenLogistic(TfidfLogistic):
    """The same on the vectors of all-MiniLM-L6-v2 as it is released; needs the `train` extra."""

    def features(self) -> Any:
        from sklearn.preprocessing import FunctionTransformer

        from training.prepare import embed, released_encoder

        encoder = released_encoder()
        scale = 384**0.5  # of length 1, the vectors are small against the penalty of the weights
        return FunctionTransformer(lambda texts: scale * embed(encoder, texts).astype(np.float32))


def _pairs(opinions: Sequence[Any]) -> frozenset[Pair]:
    return frozenset((o.drivers[0], o.sign) for o in opinions)
