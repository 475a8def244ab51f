"""What every engine must hold: its test module has an `engine` fixture and subclasses this."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbatim.engines.base import Engine, Predictions
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS
from verbatim.sentences import Sentence, split_sentences

TEXTS = [
    "The staff were friendly but the room was filthy.",
    "Great location, great food, terrible wifi!",
    "We waited 45 minutes and nobody came.",
    "It could have been cleaner.",
    "ok",
    "👍👍👍",
    "!!! ??? ...",
    "THE WORST HOTEL EVER",
    "I will definitely come back, thank you so much 😊",
    "Although the bed was comfortable, the noise kept us awake.",
    "La chambre était très propre",
    "good",
]


def sentences_of(*texts: str) -> list[Sentence]:
    return [sentence for text in texts for sentence in split_sentences(text)]


def assert_equal(left: Predictions, right: Predictions) -> None:
    np.testing.assert_array_equal(left.first, right.first)
    for part in ("sentences", "opinions"):
        one, other = getattr(left, part), getattr(right, part)
        for field in fields(one):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


class Conformance:
    """The contract of `verbatim.engines.base.Engine`, as tests."""

    def test_names_itself(self, engine: Engine) -> None:
        assert engine.name and engine.version
        assert engine.version == engine.version

    def test_nothing_in_nothing_out(self, engine: Engine) -> None:
        result = engine.predict([])
        assert len(result) == 0
        assert result.opinions.target.shape == (0, 2)

    def test_shapes_and_ranges(self, engine: Engine) -> None:
        sentences = sentences_of(*TEXTS)
        result = engine.predict(sentences)
        n, m = len(sentences), int(result.first[-1])
        whole, found = result.sentences, result.opinions
        assert len(result) == n
        assert whole.emotions.shape == (n, len(EMOTIONS)) and whole.emotions.max() <= 3
        assert whole.intents.shape == (n, len(INTENTS))
        assert np.nanmax(np.abs(whole.sentiment)) <= 1
        assert m > 5, "these sentences hold many plain opinions"
        assert found.driver.shape == (m,)
        assert found.driver.min() >= 0 and found.driver.max() < len(DRIVERS)
        assert np.abs(found.sentiment).max() <= 1
        assert np.array_equal(np.sign(found.sentiment), np.sign(found.strength))
        assert found.confidence.min() >= 0 and found.confidence.max() <= 1

    def test_spans_lie_in_their_sentence(self, engine: Engine) -> None:
        sentences = sentences_of(*TEXTS)
        result = engine.predict(sentences)
        for i, sentence in enumerate(sentences):
            for k in range(result.first[i], result.first[i + 1]):
                for part in ("target", "assessment", "evidence"):
                    start, end = getattr(result.opinions, part)[k]
                    if part != "evidence" and start == -1:
                        assert end == -1
                        continue
                    assert 0 <= start < end <= len(sentence.text)
                    assert sentence.text[start:end] == sentence.text[start:end].strip()

    def test_order_and_batch_mates_do_not_matter(self, engine: Engine) -> None:
        sentences = sentences_of(*TEXTS)
        whole = engine.predict(sentences)
        order = np.random.default_rng(0).permutation(len(sentences))
        assert_equal(engine.predict([sentences[i] for i in order]), whole.take(order))
        for i, sentence in enumerate(sentences):
            assert_equal(engine.predict([sentence]), whole.take(np.array([i])))

    def test_the_same_twice(self, engine: Engine) -> None:
        sentences = sentences_of(*TEXTS)
        assert_equal(engine.predict(sentences), engine.predict(sentences))

    # Each engine is one more executor of this test; it keeps no state that they could share.
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(text=st.text(max_size=120))
    def test_any_unicode_is_read(self, engine: Engine, text: str) -> None:
        sentences = split_sentences(text)
        assert len(engine.predict(sentences)) == len(sentences)

    @pytest.mark.parametrize(
        "piece", ["kind of ", "👍", "not ", "very ", "but ", "😀 ", "good ", "a", "!"]
    )
    def test_ten_thousand_characters_of_anything(self, engine: Engine, piece: str) -> None:
        sentences = split_sentences(piece * (10_000 // len(piece)))
        assert len(engine.predict(sentences)) == len(sentences)
