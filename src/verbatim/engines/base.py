"""What an engine is: sentences in, plain arrays out.

An engine knows the universal label space of `verbatim.labels` and nothing of tables, taxonomies,
files or the order of its batch. Everything it says about n sentences and the m opinions in them
is held by one `Predictions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatim.labels import EMOTIONS, INTENTS
from verbatim.sentences import Sentence

ABSENT = -1
"""In an index or offset array: there is none."""


@dataclass(frozen=True, slots=True)
class SentencePredictions:
    """What is said of each of n sentences as a whole.

    Attributes
    ----------
    sentiment : float32 array of shape (n,)
        -1 (negative) to 1 (positive); NaN where the sentence judges nothing.
    emotions : uint8 array of shape (n, 13)
        Intensity 1 to 3 per emotion of `verbatim.labels.EMOTIONS`; 0 where it is not felt.
    intents : bool array of shape (n, 7)
        Per intent of `verbatim.labels.INTENTS`.
    touchpoint, stage, interaction, effort, resolution : int8 arrays of shape (n,)
        Index into the tuple of that name in `verbatim.labels`; -1 where there is none.
    vectors : float32 array of shape (n, H)
        A point in the engine's space, for clustering; H is 0 when the engine has no such space.
    """

    sentiment: NDArray[np.float32]
    emotions: NDArray[np.uint8]
    intents: NDArray[np.bool_]
    touchpoint: NDArray[np.int8]
    stage: NDArray[np.int8]
    interaction: NDArray[np.int8]
    effort: NDArray[np.int8]
    resolution: NDArray[np.int8]
    vectors: NDArray[np.float32]

    @classmethod
    def empty(cls, n: int, width: int = 0) -> SentencePredictions:
        """Predictions that abstain from everything, for n sentences."""
        none = np.full(n, ABSENT, np.int8)
        return cls(
            sentiment=np.full(n, np.nan, np.float32),
            emotions=np.zeros((n, len(EMOTIONS)), np.uint8),
            intents=np.zeros((n, len(INTENTS)), np.bool_),
            touchpoint=none,
            stage=none.copy(),
            interaction=none.copy(),
            effort=none.copy(),
            resolution=none.copy(),
            vectors=np.zeros((n, width), np.float32),
        )


@dataclass(frozen=True, slots=True)
class OpinionPredictions:
    """The m opinions found, in the order of their sentences.

    Spans are (start, end) in code points of the sentence's own text; (-1, -1) is "none".

    Attributes
    ----------
    driver : int8 array of shape (m,)
        Index into `verbatim.labels.DRIVERS`.
    sentiment : float32 array of shape (m,)
        -1 to 1; exactly 0 is a neutral judgement, its sign is the opinion's sign.
    strength : int8 array of shape (m,)
        -2 strongly negative to 2 strongly positive.
    confidence : float32 array of shape (m,)
        Probability, calibrated on held-out sentences, that driver and sign are right.
    target, assessment, evidence : int32 arrays of shape (m, 2)
        Spans; every opinion has evidence.
    negated : bool array of shape (m,)
        Whether a negation turned the sign of the words.
    emotion : int8 array of shape (m,)
        Index into `verbatim.labels.EMOTIONS`, -1 where there is none.
    """

    driver: NDArray[np.int8]
    sentiment: NDArray[np.float32]
    strength: NDArray[np.int8]
    confidence: NDArray[np.float32]
    target: NDArray[np.int32]
    assessment: NDArray[np.int32]
    evidence: NDArray[np.int32]
    negated: NDArray[np.bool_]
    emotion: NDArray[np.int8]

    @classmethod
    def from_rows(cls, rows: Sequence[tuple[Any, ...]]) -> OpinionPredictions:
        """Build the arrays from rows that hold one value per field, in the order of the fields."""
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(_OPINION_DTYPES)
        arrays: list[Any] = [
            np.array(column, dtype) for column, dtype in zip(columns, _OPINION_DTYPES, strict=True)
        ]
        return cls(*(a.reshape(-1, 2) if a.dtype == np.int32 else a for a in arrays))


_OPINION_DTYPES: tuple[type[np.generic], ...] = (
    np.int8,
    np.float32,
    np.int8,
    np.float32,
    np.int32,
    np.int32,
    np.int32,
    np.bool_,
    np.int8,
)


@dataclass(frozen=True, slots=True)
class Predictions:
    """What an engine says of n sentences and their m opinions.

    Attributes
    ----------
    sentences : SentencePredictions
    opinions : OpinionPredictions
    first : int64 array of shape (n + 1,)
        Sentence i holds the opinions ``first[i]:first[i + 1]``.
    """

    sentences: SentencePredictions
    opinions: OpinionPredictions
    first: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first) - 1

    def take(self, indices: NDArray[np.int64]) -> Predictions:
        """Predictions for the sentences at `indices`, in that order, repeats allowed.

        This is how a sentence that stands in a batch many times costs the engine once.
        """
        counts = np.diff(self.first)[indices]
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        within = np.arange(first[-1]) - np.repeat(first[:-1], counts)
        rows = np.repeat(self.first[:-1][indices], counts) + within
        return Predictions(_rows(self.sentences, indices), _rows(self.opinions, rows), first)


T = TypeVar("T", SentencePredictions, OpinionPredictions)


def _rows(table: T, indices: NDArray[np.int64]) -> T:
    return type(table)(*(getattr(table, field.name)[indices] for field in fields(table)))


class Engine(Protocol):
    """Reads sentences. Implementations are thread-safe and hold no state that a call changes.

    The prediction for a sentence depends on that sentence alone: never on its batch mates, on
    their number or their order. ``tests/conformance.py`` checks any engine against this contract.
    """

    @property
    def name(self) -> str:
        """Name under which `verbatim.analyze(engine=...)` knows it."""

    @property
    def version(self) -> str:
        """Changes whenever the same sentence may get another prediction."""

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        """Read `sentences`."""
