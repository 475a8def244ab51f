"""Sentences to groups of word pieces of one length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from verbatim.engines.neural.emoji import restored, spelled
from verbatim.errors import ArtefactError

Ints = NDArray[np.int64]

MOST_TOKENS = 128
"""Word pieces of a sentence that are read, the two special ones included; the rest is left out.

Sentences have 60 words at most, so that this concerns strings of rare symbols and long numbers.
"""
TOKENS_A_RUN = 1024
"""About how many word pieces the graph reads at a time: more is no faster."""
CONTINUES = "##"
"""How a word piece begins that is not the first of its word."""


@dataclass(frozen=True, slots=True)
class Group:
    """n sentences of T word pieces each, so that none is padded.

    Attributes
    ----------
    rows : int64 array of shape (n,)
        Where each sentence stands in the batch.
    ids : int64 array of shape (n, T)
        The first and the last are special tokens.
    start, end : int32 arrays of shape (n, T)
        Offsets in the sentence, in code points.
    is_first : bool array of shape (n, T)
        Whether the piece is the first of its word.
    """

    rows: NDArray[np.int64]
    ids: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    is_first: NDArray[np.bool_]


class Tokens:
    """Cuts sentences into word pieces.

    Parameters
    ----------
    specification : str
        What a ``tokenizer.json`` holds.
    """

    def __init__(self, specification: str) -> None:
        try:
            self._tokenizer = Tokenizer.from_str(specification)
        except Exception as error:  # the library raises nothing more special
            raise ArtefactError(f"tokenizer.json can't be read ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        vocabulary = self._tokenizer.get_vocab()
        self._is_first = np.ones(max(vocabulary.values()) + 1, np.bool_)
        self._is_first[[i for piece, i in vocabulary.items() if piece.startswith(CONTINUES)]] = 0

    def groups(self, texts: Sequence[str]) -> Iterator[Group]:
        """Group `texts` by their exact length, the longest first; leave out those without a word.

        Threads that share the groups end at about the same time when the small ones come last.
        """
        words = [spelled(text) for text in texts]
        encodings = self._tokenizer.encode_batch(
            [text if new is None else new[0] for text, new in zip(texts, words, strict=True)]
        )
        origins = {row: new[1] for row, new in enumerate(words) if new is not None}
        by_length: dict[int, list[int]] = {}
        for row, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding), []).append(row)
        for length, rows in sorted(by_length.items(), reverse=True):
            size = max(1, TOKENS_A_RUN // length)
            if length > 2:
                for i in range(0, len(rows), size):
                    yield self._group(rows[i : i + size], encodings, origins)

    def _group(
        self, rows: list[int], encodings: Sequence[Encoding], origins: Mapping[int, Ints]
    ) -> Group:
        ids = np.array([encodings[row].ids for row in rows], np.int64)
        offsets = np.array([encodings[row].offsets for row in rows], np.int32)
        for i, row in enumerate(rows):
            if row in origins:
                offsets[i] = restored(offsets[i], origins[row])
        is_first = self._is_first[ids]
        is_first[:, [0, -1]] = False
        return Group(np.array(rows), ids, offsets[..., 0], offsets[..., 1], is_first)
