"""What a run learns from: rows in memory, made into batches when their turn comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tokenizers import Tokenizer

from training.augment import augment
from training.batches import Batch, Item, collate
from training.data import ANNOTATED, load
from training.examples import Example
from training.options import Options
from training.prepare import EMBEDDED, load_vectors
from training.sampling import Place
from training.tokenise import encode, encoder_directory, load_tokeniser


@dataclass(frozen=True, slots=True)
class Material:
    """The rows to learn from, by set."""

    examples: Mapping[str, Sequence[Example]]
    lengths: Mapping[str, Sequence[int]]
    vectors: Mapping[str, Any]
    tokeniser: Tokenizer

    @classmethod
    def load(cls, data: Path, prepared: Path, options: Options) -> Material:
        """Read the sets of a run, and the vectors that `prepare` wrote for them."""
        tokeniser = load_tokeniser(encoder_directory() / "tokenizer.json")
        examples = {source: load(data, source) for source in options.sources}
        vectors = {
            source: load_vectors(data, prepared, source)
            for source in EMBEDDED
            if source in examples
        }
        return cls.of(examples, vectors, tokeniser)

    @classmethod
    def of(
        cls,
        examples: Mapping[str, Sequence[Example]],
        vectors: Mapping[str, Any],
        tokeniser: Tokenizer,
    ) -> Material:
        """Put examples together with their lengths in tokens."""
        lengths = {
            source: [len(e) for e in encode(tokeniser, [row.text for row in rows])]
            for source, rows in examples.items()
        }
        return cls(examples, lengths, vectors, tokeniser)

    def batch(self, places: Sequence[Place], options: Options, number: int) -> Batch:
        """Tensors of some rows in pass `number`; the same ones each time."""
        examples = [self._example(place, options, number) for place in places]
        encoded = encode(self.tokeniser, [example.text for example in examples])
        items = [
            Item(example, tokens, share.weight, self._vector(source, row), share.taught)
            for example, tokens, (source, row) in zip(examples, encoded, places, strict=True)
            for share in [options.sources[source]]
        ]
        return collate(items, options.architecture.vector)

    def _example(self, place: Place, options: Options, number: int) -> Example:
        source, row = place
        example = self.examples[source][row]
        random = Random(f"{options.seed} {number} {source} {row}")
        if source in ANNOTATED and random.random() < options.augment:
            return augment(example, random)
        return example

    def _vector(self, source: str, row: int) -> Any:
        return self.vectors[source][row].astype("float32") if source in self.vectors else None
