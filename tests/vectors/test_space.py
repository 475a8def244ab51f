"""Vectors of phrases: what lies near what, and that a row is its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.artefacts import Artefact, models_directory
from verbatim.errors import ArtefactError
from verbatim.vectors import WordSpace, space

GROUPS = {
    "lift": ["slow lift", "the elevator", "broken lifts", "waiting for the elevator"],
    "waiter": ["rude waiter", "unfriendly waitress", "the staff were impolite"],
    "parking": ["parking fee", "car park charges", "paid parking"],
    "food": ["tasty soup", "delicious dinner", "the meal was tasteless"],
    "bed": ["hard mattress", "comfy bed", "lumpy pillows"],
}


def test_phrases_lie_near_those_that_mean_the_same() -> None:
    phrases = [phrase for group in GROUPS.values() for phrase in group]
    group_of = np.array([name for name, group in GROUPS.items() for _ in group])
    vectors = space().phrases(phrases)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, np.nan)
    means = np.stack([np.nanmean(likeness[:, group_of == name], axis=1) for name in GROUPS], axis=1)
    assert (np.array(list(GROUPS))[means.argmax(axis=1)] == group_of).all()


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍"])
def test_a_phrase_without_a_known_word_is_zero(text: str) -> None:
    assert not space().phrases([text]).any()


def test_no_phrases_are_no_rows() -> None:
    assert space().phrases([]).shape == (0, space().width)


def test_case_and_marks_change_nothing() -> None:
    plain, loud = space().phrases(["slow lift", "SLOW... lift!"])
    np.testing.assert_array_equal(plain, loud)


def test_a_phrase_that_says_a_word_twice_points_where_the_word_does() -> None:
    once, twice = space().phrases(["breakfast", "breakfast breakfast"])
    np.testing.assert_allclose(once, twice, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.randoms())
def test_a_row_depends_on_its_own_text_alone(texts: list[str], random: object) -> None:
    together = space().phrases(texts)
    assert together.dtype == np.float32
    order = list(range(len(texts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(space().phrases([texts[i] for i in order]), together[order])
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_array_equal(space().phrases([text])[0], row)
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5) or not row.any()


def test_more_phrases_than_are_read_at_a_time() -> None:
    texts = [f"room {i % 97}" for i in range(40_000)]
    np.testing.assert_array_equal(space().phrases(texts)[-97:], space().phrases(texts[-97:]))


def test_it_is_small_and_named_by_its_files() -> None:
    directory = models_directory() / "words"
    assert sum(file.stat().st_size for file in directory.iterdir()) < 5_000_000
    assert len(space().version) == 64


def test_files_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    directory = tmp_path / "words"
    shutil.copytree(models_directory() / "words", directory)
    meta = json.loads((directory / "meta.json").read_text("utf-8"))
    (directory / "vectors.npz").write_bytes(b"altered")
    with pytest.raises(ArtefactError, match="sha256 differs"):
        WordSpace(Artefact(directory, meta))
