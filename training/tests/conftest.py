from __future__ import annotations

from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from training.data import read_own
from training.evaluate import Dev
from training.examples import ATTRIBUTES, Example
from training.options import Architecture, Options, Share
from training.tokenise import encode

SENTENCES = [
    (
        "The soup was cold but the waiter was kind.",
        ("food", -1, "soup", "cold"),
        ("staff", 1, "waiter", "kind"),
    ),
    (
        "One waiter was kind, one was rude.",
        ("staff", 1, "One waiter", "kind"),
        ("staff", -2, "one", "rude"),
    ),
    ("Superb soup, superb bread.", ("food", 2, "soup", "Superb"), ("food", 2, "bread", "superb")),
    ("Way overpriced!", ("price", -2, None, "overpriced")),
    ("We came on a Monday.",),
    ("The queue was endless.", ("waiting", -2, "queue", "endless")),
]


def _row(text: str, *opinions: tuple[str, int, str | None, str | None]) -> dict[str, Any]:
    def span(words: str | None) -> list[int] | None:
        return None if words is None else [text.index(words), text.index(words) + len(words)]

    return {
        "text": text,
        "opinions": [
            {"driver": d, "polarity": p, "target": span(t), "assessment": span(a)}
            for d, p, t, a in opinions
        ],
        "emotions": {"anger": 2} if "rude" in text else {},
        "intents": ["warn"] if "overpriced" in text else [],
        **dict.fromkeys(ATTRIBUTES),
        "stage": "use" if opinions else None,
    }


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    return [_row(*sentence) for sentence in SENTENCES]


@pytest.fixture(scope="session")
def examples(rows: list[dict[str, Any]]) -> list[Example]:
    return [read_own(row) for row in rows]


@pytest.fixture(scope="session")
def tokeniser() -> Tokenizer:
    """Word pieces: some whole words, and letters for all others."""
    letters = "abcdefghijklmnopqrstuvwxyz.,!'"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "was", "soup", "cold", "waiter", "kind"]
    vocabulary = {
        piece: i for i, piece in enumerate([*words, *letters, *(f"##{c}" for c in letters)])
    }
    tokeniser = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokeniser.normalizer = BertNormalizer(lowercase=True)
    tokeniser.pre_tokenizer = BertPreTokenizer()
    special = [(token, vocabulary[token]) for token in ("[CLS]", "[SEP]")]
    tokeniser.post_processor = TemplateProcessing("[CLS] $A [SEP]", special_tokens=special)
    return tokeniser


@pytest.fixture(scope="session")
def options() -> Options:
    sizes = Architecture(
        vocabulary=100,
        positions=64,
        hidden=48,
        inner=96,
        layers=2,
        attention_heads=4,
        head=32,
        vector=48,
    )
    return Options(
        passes=2,
        batch=3,
        encoder_rate=2e-3,
        head_rate=5e-3,
        train_embeddings=True,
        augment=0.5,
        average=0.5,
        low_precision=False,
        sources={"own": Share(1.0)},
        architecture=sizes,
    )


@pytest.fixture(scope="session")
def dev(rows: list[dict[str, Any]], examples: list[Example], tokeniser: Tokenizer) -> Dev:
    encoded = encode(tokeniser, [row["text"] for row in rows])
    return Dev(rows, encoded, [e.sentiment if e.opinions else None for e in examples])
