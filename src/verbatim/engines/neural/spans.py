"""From tags and attention over word pieces to spans, for all sentences of a group at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

OUTSIDE = 0
"""Place of "outside" among the tags of a word piece; the others are begin and inside."""
SHARE_OF_PEAK = 0.25
"""Words around the heaviest one are evidence while they weigh at least this share of it."""


@dataclass(frozen=True, slots=True)
class Spans:
    """k spans of word pieces, in the order of their sentences.

    Attributes
    ----------
    row : int64 array of shape (k,)
        Sentence in its group.
    start, end : int64 arrays of shape (k,)
        First piece, and the one after the last.
    """

    row: Ints
    start: Ints
    end: Ints


def tagged_spans(tags: Floats, is_first: Flags, inside: float) -> Spans:
    """Spans that are tagged: the first piece of a word decides for all of it.

    Parameters
    ----------
    tags : array of shape (n, T, 3)
        Logits of outside, begin and inside.
    is_first : array of shape (n, T)
    inside : float
        Least probability of a word that is not outside.

    Examples
    --------
    >>> tags = 9 * np.eye(3, dtype=np.float32)[[[0, 1, 2, 0, 2, 0]]]
    >>> spans = tagged_spans(tags, np.array([[False, True, False, True, True, False]]), 0.5)
    >>> spans.start.tolist(), spans.end.tolist()
    ([1, 4], [3, 5])
    """
    row, piece = np.nonzero(is_first)
    is_inside = 1 - softmax(tags[row, piece])[:, OUTSIDE] >= inside
    goes_on = np.append(False, row[1:] == row[:-1])[
        : len(row)
    ]  # not the first word of its sentence
    begins = is_inside & ~(goes_on & np.append(False, is_inside[:-1])[: len(row)])
    ends = is_inside & ~np.append((goes_on & is_inside)[1:], False)[: len(row)]
    after = word_ends(is_first)[row, piece]
    return Spans(row[begins], piece[begins], after[ends])


def softmax(logits: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    scores = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = scores / scores.sum(axis=-1, keepdims=True)
    return shares


def word_ends(is_first: Flags) -> Ints:
    """For each word piece, the piece after the last of its word."""
    n_pieces = is_first.shape[1]
    bounds = np.where(is_first, np.arange(n_pieces), n_pieces - 1)
    following = np.minimum.accumulate(bounds[:, ::-1], axis=1)[:, ::-1]
    ends: Ints = np.concatenate([following[:, 1:], following[:, -1:]], axis=1)
    return ends


def mean_over(values: Floats, start: Ints, end: Ints) -> Floats:
    """Mean of ``values[i, start[i]:end[i]]`` for each row i."""
    total = np.concatenate(
        [np.zeros((len(values), 1)), np.cumsum(values, axis=1, dtype=np.float64)], axis=1
    )
    rows = np.arange(len(values))
    means: Floats = ((total[rows, end] - total[rows, start]) / (end - start)).astype(np.float32)
    return means


def heaviest_run(weights: Floats, is_first: Flags) -> tuple[Ints, Ints]:
    """Whole words around the heaviest piece that weigh a fair share of it: start and end.

    Parameters
    ----------
    weights : array of shape (k, T)
        Attention of k opinions to the word pieces of their sentences.
    is_first : array of shape (k, T)
        Of the same sentences.

    Examples
    --------
    >>> weights = np.float32([[0, 0.1, 0.3, 0.4, 0.05, 0.15]])
    >>> heaviest_run(weights, np.array([[False, True, True, True, True, False]]))
    (array([1]), array([4]))
    """
    places = np.arange(weights.shape[1])
    is_word = (places > 0) & (places < len(places) - 1)
    weights = np.where(is_word, weights, 0)
    peak = weights.argmax(axis=1)[:, None]
    is_light = (weights < SHARE_OF_PEAK * weights.max(axis=1, keepdims=True)) | ~is_word
    left = np.where(is_light & (places < peak), places, 0).max(axis=1) + 1
    right = np.where(is_light & (places > peak), places, len(places) - 1).min(axis=1)
    rows = np.arange(len(weights))
    begins = np.maximum.accumulate(np.where(is_first, places, 1), axis=1)
    return begins[rows, left], word_ends(is_first)[rows, right - 1]
