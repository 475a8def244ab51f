"""Vectors of word pieces learn where texts are put, and pieces that no text has stay."""

from __future__ import annotations

import numpy as np
import pytest

from training import words
from training.encoder import Encoder

TEXTS = ["soup cold", "soup", "cold soup soup", "waiter kind", "kind", "the waiter", "the soup"]


@pytest.fixture()
def parts(tokeniser):
    pieces = words.cut(tokeniser, TEXTS)
    generator = np.random.default_rng(0)
    alone = generator.normal(size=(tokeniser.get_vocab_size(), 6))
    return alone, words.known(tokeniser), pieces, generator.normal(size=(len(TEXTS), 6))


def _cosine(vectors, pieces, targets):
    sums = np.stack([vectors[ids].sum(axis=0) for ids in pieces])
    norms = np.linalg.norm(sums, axis=1) * np.linalg.norm(targets, axis=1)
    return ((sums * targets).sum(axis=1) / norms).mean()


def test_material_is_texts_and_what_is_judged_how(examples):
    material = words.material(examples)
    assert "The soup was cold but the waiter was kind." in material
    assert {"soup", "cold", "soup cold", "waiter kind", "overpriced"} <= set(material)
    assert material == sorted(set(material))


def test_marks_and_special_pieces_are_not_known(tokeniser):
    vocabulary, is_known = tokeniser.get_vocab(), words.known(tokeniser)
    assert not is_known[[vocabulary[p] for p in ("[CLS]", "[PAD]", "[UNK]", ".", "!", "##'")]].any()
    assert is_known[[vocabulary[p] for p in ("soup", "##s", "a")]].all()


def test_common_pieces_weigh_less():
    weights = words.importance([np.array([0] * 90 + [1] * 10)], 3)
    assert weights[0] < weights[1] < weights[2] < 1


def test_learning_turns_sums_towards_their_targets(parts, monkeypatch):
    monkeypatch.setattr(words, "PASSES", 60)
    monkeypatch.setattr(words, "RATE", 0.05)
    _, _, pieces, targets = parts
    start = np.random.default_rng(1).normal(size=(len(parts[0]), 6))
    learnt, loss = words.learn(start, pieces, targets)
    before, after = (_cosine(vectors, pieces, targets) for vectors in (start, learnt))
    assert after > before + 0.3
    assert loss == pytest.approx(1 - after, abs=0.05)
    unseen = np.setdiff1d(np.arange(len(start)), np.concatenate(pieces))
    np.testing.assert_allclose(learnt[unseen], start[unseen], atol=1e-6)


def test_it_repeats_and_unknown_pieces_are_zero(parts):
    first, second = (words.distil(*parts)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert not first[~parts[1]].any() and first[parts[1]].any(axis=1).all()


def test_rounding_stays_within_half_a_step():
    vectors = np.vstack([np.random.default_rng(0).normal(size=(5, 8)), np.zeros((1, 8))])
    steps, scale = words.rounded(vectors)
    assert steps.dtype == np.int8
    gap = np.abs(steps * scale[:, None].astype(float) - vectors)
    assert (gap <= scale[:, None] / 2 + 1e-6).all()


def test_each_piece_is_read_by_itself(options):
    encoder = Encoder(options.architecture, 0.0).eval()
    vectors = words.alone(encoder, first=2, last=3)
    assert vectors.shape == (100, 48)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    one = words.alone(encoder, first=2, last=3)
    np.testing.assert_array_equal(one, vectors)
