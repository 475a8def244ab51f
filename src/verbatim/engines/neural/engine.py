"""The neural engine: a small encoder that was trained for this label space, run on the CPU.

Sentences of equal length in word pieces are read together. None is padded, and the graph scales
each word piece by itself, so that a prediction depends on its sentence alone, to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatim.artefacts import open_artefact
from verbatim.engines.base import ABSENT, OpinionPredictions, Predictions, SentencePredictions
from verbatim.engines.lexicon.feelings import matching_emotion
from verbatim.engines.negation import is_negated
from verbatim.engines.neural.emoji import MODIFIERS
from verbatim.engines.neural.opinions import NO_SPAN, emotions_of, opinions
from verbatim.engines.neural.rated import Row, rated
from verbatim.engines.neural.session import Said, Session
from verbatim.engines.neural.settings import Settings, sigmoid
from verbatim.engines.neural.spans import softmax
from verbatim.engines.neural.threads import default_threads
from verbatim.engines.neural.tokens import Tokens
from verbatim.sentences import Sentence

DECODING_VERSION = 3
"""Raise with any change of the code that may change a prediction."""
ATTRIBUTES = ("touchpoint", "stage", "interaction", "effort", "resolution")
APOSTROPHES = "'\u2019"
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s\b", re.IGNORECASE)


class NeuralEngine:
    """Read sentences with the shipped model.

    Parameters
    ----------
    n_threads : int, optional
        Threads that read, 1 or more. By default ``OMP_NUM_THREADS``, or the cores that this
        process was given. Predictions don't depend on it.

    Raises
    ------
    ArtefactError
        ``models/neural`` is missing or was altered.
    """

    name = "neural"

    def __init__(self, n_threads: int | None = None) -> None:
        artefact = open_artefact("neural")
        self._tokens = Tokens(artefact.text("tokenizer.json"))
        self._settings = Settings.of(artefact.json("settings.json"))
        self._width = int(artefact.meta["vector_width"])
        threads = default_threads() if n_threads is None else n_threads
        graph, probe = artefact.bytes("model.onnx"), artefact.bytes("probe.onnx")
        self._session = Session(graph, probe, threads)
        self._version = f"{DECODING_VERSION}-{artefact.digest[:12]}"

    @property
    def version(self) -> str:
        """Code, weights and thresholds that this engine reads with."""
        return self._version

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        """Read `sentences`; see `verbatim.engines.base.Predictions` for what comes back."""
        whole = SentencePredictions.empty(len(sentences), self._width)
        found: list[list[Row]] = [[] for _ in sentences]
        groups = list(self._tokens.groups([sentence.text for sentence in sentences]))
        read = self._session.run_each([group.ids for group in groups])
        for group, said in zip(groups, read, strict=True):
            self._fill(whole, group.rows, said)
            for row, opinion in opinions(said, group, self._settings):
                found[group.rows[row]].append(opinion)
        for place, sentence in enumerate(sentences):
            found[place] = self._completed(whole, place, found[place], sentence)
        counts = np.array([len(rows) for rows in found], np.int64)
        self._silence(whole, counts)
        rows = [opinion for rows in found for opinion in sorted(rows, key=_evidence)]
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return Predictions(whole, OpinionPredictions.from_rows(rows), first)

    def _completed(
        self, whole: SentencePredictions, place: int, read: list[Row], sentence: Sentence
    ) -> list[Row]:
        """Opinions of a sentence with all fields; what a rating says goes for the sentence too."""
        rows = rated(read, sentence.text)
        if rows != read:
            whole.sentiment[place] = np.mean([row[1] for row in rows])
        return [complete(row, sentence, whole.emotions[place]) for row in rows]

    def _fill(self, whole: SentencePredictions, rows: NDArray[np.int64], said: Said) -> None:
        whole.sentiment[rows] = np.tanh(said["sentiment"])
        whole.emotions[rows] = emotions_of(said, self._settings)
        whole.intents[rows] = sigmoid(said["intents"]) >= self._settings.intent
        whole.vectors[rows] = said["vector"]
        for name in ATTRIBUTES:
            getattr(whole, name)[rows] = told(said[name], self._settings.attribute)

    def _silence(self, whole: SentencePredictions, counts: NDArray[np.int64]) -> None:
        """Where there is no opinion, a sentiment near 0 says that nothing is judged."""
        is_faint = np.abs(whole.sentiment) < self._settings.sentiment
        whole.sentiment[(counts == 0) & is_faint] = np.nan


def told(logits: NDArray[np.float32], least: float) -> NDArray[np.int64]:
    """Likeliest value of an attribute per sentence, `ABSENT` for none or one that is less likely.

    Parameters
    ----------
    logits : array of shape (n, values + 1)
        The last is "none".
    least : float
        Probability from which a value is said.

    Examples
    --------
    >>> told(np.float32([[2, 0, 1], [0, 0, 2], [1, 0, 1]]), 0.5).tolist()
    [0, -1, -1]
    """
    share = softmax(logits)
    value = share.argmax(axis=1)
    is_told = (value != share.shape[1] - 1) & (share.max(axis=1) >= least)
    return np.where(is_told, value, ABSENT)


def complete(opinion: Row, sentence: Sentence, felt: NDArray[np.uint8]) -> Row:
    """Add what rests on the words and the emotions of the sentence: `negated` and `emotion`."""
    values, spans = opinion[:-3], opinion[-3:]
    target, assessment, evidence = (whole_words(sentence.text, span) for span in spans)
    if evidence == NO_SPAN:
        evidence = (0, len(sentence.text))
    sign = opinion[1]
    emotions = {int(i): int(felt[i]) for i in np.flatnonzero(felt)}
    emotion = matching_emotion(emotions, sign) if sign else -1
    negated = is_negated(sentence, assessment if assessment != NO_SPAN else evidence)
    return (*values, target, assessment, evidence, negated, emotion)


def _evidence(opinion: tuple[Any, ...]) -> tuple[int, int]:
    """Where an opinion stands: a sentence's opinions come in the order of reading."""
    evidence: tuple[int, int] = opinion[-3]
    return evidence


def whole_words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Widen a span that begins or ends inside a word or an emoji: "couldn't" is three word pieces.

    An "'s" at its end is another word.

    Examples
    --------
    >>> text = "They couldn't care"
    >>> start, end = whole_words(text, (12, 18))
    >>> text[start:end]
    "couldn't care"
    >>> whole_words("It's great", (0, 2))
    (0, 2)
    """
    start, end = span
    if span == NO_SPAN:
        return span
    while start > 0 and _is_inside_word(text, start - 1) and _is_inside_word(text, start):
        start -= 1
    while end < len(text) and _is_inside_word(text, end - 1) and _is_inside_word(text, end):
        if _POSSESSIVE.match(text, end):
            break
        end += 1
    while start > 0 and text[start] in MODIFIERS:
        start -= 1
    while end < len(text) and text[end] in MODIFIERS:
        end += 1
    return start, end


def _is_inside_word(text: str, place: int) -> bool:
    """Whether a character is part of a word; an apostrophe is between two letters."""
    if text[place] in APOSTROPHES:
        return 0 < place < len(text) - 1 and (text[place - 1] + text[place + 1]).isalnum()
    return text[place].isalnum()
