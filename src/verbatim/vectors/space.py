"""Phrases to vectors, by the word pieces that they are made of.

A word piece has one vector, wherever it stands; a phrase's is the sum of its pieces', made 1 long.
How long a piece's own vector is says how much it counts. No network runs: a million phrases take
seconds. `training/words.py` makes the vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from verbatim.artefacts import Artefact, open_artefact
from verbatim.errors import ArtefactError

ARTEFACT = "words"
VECTORS, TOKENISER = "vectors.npz", "tokenizer.json"
_AT_A_TIME = 1 << 14
"""Phrases that are held as word pieces at a time; the result doesn't depend on it."""

Vectors = NDArray[np.float32]


class WordSpace:
    """Reads phrases. Holds nothing that a call changes, so threads may share it.

    Parameters
    ----------
    artefact : Artefact
        Word pieces, and an 8-bit vector and a scale for each of them.
    """

    def __init__(self, artefact: Artefact) -> None:
        from tokenizers import Tokenizer

        with np.load(BytesIO(artefact.bytes(VECTORS)), allow_pickle=False) as arrays:
            self._steps, self._scale = arrays["steps"], arrays["scale"]
        self._tokeniser = Tokenizer.from_str(artefact.text(TOKENISER))
        self._tokeniser.no_padding()
        self._tokeniser.no_truncation()
        if self._tokeniser.get_vocab_size() != len(self._steps):
            raise ArtefactError(f"{artefact.path} has not one vector per word piece")
        self.width: int = self._steps.shape[1]
        self.version: str = artefact.digest

    def phrases(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, the cosine of two being their product.

        Parameters
        ----------
        texts : sequence of str, length n

        Returns
        -------
        float32 array of shape (n, width)
            Each row has length 1, or is 0 where no word is known. A row depends on its text alone.

        Examples
        --------
        >>> lift, elevator, soup = space().phrases(["slow lift", "the elevator", "tomato soup"])
        >>> bool(lift @ elevator > lift @ soup)
        True
        """
        parts = [self._sums(part) for part in _parts(texts)]
        sums = np.concatenate([np.zeros((0, self.width), np.float32), *parts])
        length = np.sqrt(np.einsum("nd,nd->n", sums, sums))[:, None]
        return (sums / np.where(length > 0, length, 1)).astype(np.float32)

    def _sums(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokeniser.encode_batch_fast(texts, add_special_tokens=False)
        ids = [encoding.ids for encoding in encodings]
        counts = np.array([len(pieces) for pieces in ids])
        sums = np.zeros((len(texts), self.width), np.float32)
        if counts.any():
            flat = np.concatenate([np.array(pieces, np.int64) for pieces in ids])
            pieces = self._steps[flat] * self._scale[flat, None]
            starts = (np.cumsum(counts) - counts)[counts > 0]
            sums[counts > 0] = np.add.reduceat(pieces, starts, axis=0)
        return sums


def _parts(texts: Sequence[str]) -> Iterator[list[str]]:
    listed = list(texts)
    for start in range(0, len(listed), _AT_A_TIME):
        yield listed[start : start + _AT_A_TIME]


@lru_cache(maxsize=1)
def space() -> WordSpace:
    """The space that is shipped, read once; raise `ArtefactError` if its files are not whole."""
    return WordSpace(open_artefact(ARTEFACT))
