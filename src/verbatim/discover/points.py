r"""Put phrases where those of the same meaning lie near.

A word's vector is that of `verbatim.vectors`. How much a word counts is learnt from the reviews:
one that is said of every driver alike ("good", "room", "it") tells little about what an opinion is
about. Its weight is the log-entropy weight (Dumais 1991)

.. math:: g_w = 1 + \frac{\sum_d p_{wd} \log p_{wd}}{\log D},
          \qquad p_{wd} = n_{wd} / n_w

over the D drivers that are talked of: 1 for a word that one driver has to itself, 0 for one that is
spread evenly. Links, pronouns and numbers count as if they were. A phrase is the weighted sum of
its words; an opinion is the sum of its target and its assessment, made 1 long.

References
----------
S. T. Dumais (1991), Improving the retrieval of information from external sources, Behavior Research
Methods, Instruments and Computers 23, 229-236.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.discover.words import is_empty

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]

LEAST_WEIGHT = 0.01
_AT_A_TIME = 1 << 14


def word_weights(phrases: pd.DataFrame, counts: Floats) -> dict[str, float]:
    """Weights of the words that more than one driver has or that are empty; others have 1.

    Parameters
    ----------
    phrases : DataFrame of m rows
        ``driver``, ``target`` and ``assessment``.
    counts : float64 array of shape (m,)
        Reviews that say each.
    """
    n_drivers = max(phrases["driver"].nunique(), 2)
    texts = [phrases["target"].to_numpy(), phrases["assessment"].to_numpy()]
    words = [set(f"{one} {two}".split()) for one, two in zip(*texts, strict=True)]
    rows = np.repeat(np.arange(len(words)), [len(each) for each in words])
    table = pd.DataFrame(
        {
            "word": [word for each in words for word in sorted(each)],
            "driver": phrases["driver"].to_numpy()[rows],
            "n": counts[rows],
        }
    )
    n = table.groupby(["word", "driver"])["n"].sum()
    p = n / n.groupby("word").transform("sum")
    entropy = -(p * np.log(p)).groupby("word").sum() / np.log(n_drivers)
    weight = (1 - entropy).clip(lower=LEAST_WEIGHT).round(4)
    weight[[is_empty(word) for word in weight.index]] = LEAST_WEIGHT
    shared = weight[weight < 1]
    return dict(zip(shared.index.tolist(), shared.tolist(), strict=True))


def points(
    targets: Sequence[str], assessments: Sequence[str], weights: Mapping[str, float]
) -> Vectors:
    """Vectors of n opinions, float32 of shape (n, width): 1 long, or 0 where no word is known.

    Examples
    --------
    >>> lift, elevator, bed = points(["lift", "elevators", "bed"], ["slow", "", "hard"], {})
    >>> bool(lift @ elevator > lift @ bed)
    True
    """
    words = sorted(
        {word for texts in (targets, assessments) for text in texts for word in text.split()}
    )
    codes = {word: code for code, word in enumerate(words)}
    vectors = _of_words(words) * np.array([weights.get(w, 1.0) for w in words], np.float32)[:, None]
    parts = [np.zeros((0, vectors.shape[1]), np.float32)]
    for start in range(0, len(targets), _AT_A_TIME):
        stop = start + _AT_A_TIME
        target, assessment = (
            _sums(texts[start:stop], codes, vectors) for texts in (targets, assessments)
        )
        parts.append(units(target + assessment))
    return np.concatenate(parts)


def units(vectors: Vectors) -> Vectors:
    """Rows made 1 long; rows of 0 stay."""
    length = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    made: Vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    return made


def _of_words(words: Sequence[str]) -> Vectors:
    from verbatim.vectors import space

    return np.asarray(space().phrases(words), dtype=np.float32)


def _sums(texts: Sequence[str], codes: Mapping[str, int], vectors: Vectors) -> Vectors:
    """Sum of the words' vectors over the root of their number, so that long texts don't shout."""
    words = [[codes[word] for word in text.split()] for text in texts]
    counts = np.array([len(each) for each in words], dtype=np.int64)
    sums = np.zeros((len(words), vectors.shape[1]), np.float32)
    if counts.any():
        flat = np.array([code for each in words for code in each], dtype=np.int64)
        starts = (np.cumsum(counts) - counts)[counts > 0]
        held = np.add.reduceat(vectors[flat], starts, axis=0)
        sums[counts > 0] = held / np.sqrt(counts[counts > 0], dtype=np.float32)[:, None]
    return sums
