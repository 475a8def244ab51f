"""The neural engine under the contract of every engine, and what it promises beyond."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from tests.engines.conformance import TEXTS, Conformance, assert_equal, sentences_of
from verbatim import artefacts
from verbatim.artefacts import models_directory, open_artefact
from verbatim.engines.base import Engine
from verbatim.engines.neural import NeuralEngine, session
from verbatim.engines.neural.engine import is_negated
from verbatim.engines.neural.settings import Settings
from verbatim.engines.neural.spans import tagged_spans
from verbatim.engines.neural.tokens import MOST_TOKENS, Tokens
from verbatim.errors import ArtefactError
from verbatim.sentences import Sentence, split_sentences

pytestmark = pytest.mark.skipif(
    not (models_directory() / "neural" / "meta.json").is_file(),
    reason="models/neural is not there; `python -m training export` makes it",
)

MANY = [
    f"{opening} {subject} {verb} {word}{end}"
    for opening in ("The", "We were told that the")
    for subject in ("staff", "check-in queue", "mobile app", "refund")
    for verb in ("was", "is never", "could not have been")
    for word in ("great", "slow and confusing", "worth the money")
    for end in (".", " 😊")
]


@pytest.fixture(scope="module")
def engine() -> NeuralEngine:
    return NeuralEngine()


class TestNeuralEngine(Conformance):
    """Nothing of its own."""


def test_any_cut_of_a_batch_gives_the_same_bits(engine: Engine) -> None:
    sentences = sentences_of(*MANY, *TEXTS)
    whole = engine.predict(sentences)
    for size in (1, 2, 3, 7, 50):
        for i in range(0, len(sentences), size):
            rows = np.arange(i, min(i + size, len(sentences)))
            assert_equal(engine.predict([sentences[row] for row in rows]), whole.take(rows))


def test_tagged_spans_are_whole_words_without_special_pieces() -> None:
    """The tags run over six pieces, of which the second word has two."""
    outside, begin, inside = 9 * np.eye(3, dtype=np.float32)
    is_first = np.array([[False, True, True, False, True, True, False]])
    tags = np.stack([begin, outside, begin, outside, inside, begin, inside])[None]
    spans = tagged_spans(tags, is_first, 0.5)
    assert list(zip(spans.start.tolist(), spans.end.tolist(), strict=True)) == [(2, 6)]


def test_inside_opens_a_span_where_nothing_began() -> None:
    outside, _, inside = 9 * np.eye(3, dtype=np.float32)
    tags = np.stack([outside, inside, outside])[None]
    spans = tagged_spans(tags, np.array([[False, True, False]]), 0.5)
    assert (spans.start.tolist(), spans.end.tolist()) == ([1], [2])


def test_spans_lie_on_words(engine: Engine) -> None:
    sentences = sentences_of(*MANY)
    result = engine.predict(sentences)
    n_spans = 0
    for i, sentence in enumerate(sentences):
        ends = {
            start + len(word) for start, word in zip(sentence.starts, sentence.words, strict=True)
        }
        for k in range(result.first[i], result.first[i + 1]):
            for part in ("target", "assessment", "evidence"):
                start, end = getattr(result.opinions, part)[k]
                if start >= 0:
                    n_spans += 1
                    # The hyphen of check-in is a word to the model.
                    assert start in sentence.starts or "-" in sentence.text[start - 1 : start + 1]
                    assert end in ends or "-" in sentence.text[end - 1 : end + 1]
    assert n_spans > len(sentences) / 4


def test_threads_agree(engine: NeuralEngine) -> None:
    sentences = sentences_of(*MANY)
    alone = NeuralEngine(n_threads=1).predict(sentences)
    assert_equal(NeuralEngine(n_threads=2).predict(sentences), alone)
    with ThreadPoolExecutor(4) as pool:
        for result in pool.map(engine.predict, [sentences] * 8):
            assert_equal(result, alone)


def test_a_sentence_without_words_says_nothing(engine: Engine) -> None:
    blank = Sentence("\u200b", 0, ("\u200b",), (0,))
    result = engine.predict([*split_sentences("Lovely staff."), blank])
    assert result.first[2] == result.first[1] > 0
    assert np.isnan(result.sentences.sentiment[1])
    assert not result.sentences.vectors[1].any()
    assert result.sentences.stage[1] == -1


def test_what_follows_the_last_piece_that_is_read_changes_nothing(engine: Engine) -> None:
    def sentence(words: list[str]) -> Sentence:
        starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])]).tolist()
        return Sentence(" ".join(words), 0, tuple(words), tuple(starts))

    read = ["Lovely", "staff", "but"] + ["very"] * (MOST_TOKENS - 5)
    assert_equal(
        engine.predict([sentence(read)]), engine.predict([sentence([*read, "rude", "cook"])])
    )


def test_sentences_of_one_length_are_read_together_and_none_is_padded() -> None:
    tokens = Tokens(open_artefact("neural").text("tokenizer.json"))
    texts = ["clean room", "unbelievable!", "", "dirty bath", "good"]
    groups = {tuple(group.rows): group for group in tokens.groups(texts)}
    assert set(groups) == {(0, 1, 3), (4,)} or set(groups) == {(0, 3), (1,), (4,)}
    group = next(group for rows, group in groups.items() if 0 in rows)
    assert [texts[0][a:b] for a, b in zip(group.start[0], group.end[0], strict=True)] == [
        "",
        "clean",
        "room",
        "",
    ]
    assert group.is_first[0].tolist() == [False, True, True, False]


@pytest.mark.parametrize("name", ["model.onnx", "probe.onnx", "settings.json", "tokenizer.json"])
@pytest.mark.parametrize("harm", ["alter", "remove"])
def test_a_harmed_artefact_is_refused(
    name: str, harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(models_directory() / "neural", tmp_path / "neural")
    file = tmp_path / "neural" / name
    if harm == "alter":
        file.write_bytes(file.read_bytes() + b" ")
    else:
        file.unlink()
    monkeypatch.setattr(artefacts, "models_directory", lambda: tmp_path)
    with pytest.raises(ArtefactError, match=f"{name} is .*install verbatim-cx again"):
        NeuralEngine()


def test_kernels_that_do_not_overflow_say_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "overflows", lambda probe: True)
    sentences = sentences_of(*MANY)
    assert_equal(NeuralEngine().predict(sentences), engine.predict(sentences))


def test_settings_that_lack_a_number_are_refused() -> None:
    given = open_artefact("neural").json("settings.json")
    assert Settings.of(given).opinion == given["opinion"]
    with pytest.raises(ArtefactError, match="it needs"):
        Settings.of({name: value for name, value in given.items() if name != "slope"})


def test_a_driver_may_be_judged_with_two_signs(engine: NeuralEngine) -> None:
    settings = replace(engine._settings, opinion=0.0)
    other = NeuralEngine()
    other._settings = settings
    found = other.predict(sentences_of("The first waiter was lovely, the second rude.")).opinions
    signs = np.sign(found.sentiment[found.driver == 0])
    assert {-1, 1} <= set(signs.tolist())


def test_vectors_have_length_one(engine: Engine) -> None:
    vectors = engine.predict(sentences_of(*TEXTS[:6])).sentences.vectors
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_negation_is_seen_before_the_words_it_turns() -> None:
    (sentence,) = split_sentences("The bed wasn't comfortable but the view was great.")
    start = sentence.text.index("comfortable")
    assert is_negated(sentence, (start, start + 11))
    assert not is_negated(sentence, (sentence.text.index("great"), len(sentence.text) - 1))


def test_every_field_has_the_type_it_says(engine: Engine) -> None:
    result = engine.predict(sentences_of(*TEXTS))
    empty = engine.predict([])
    for part in ("sentences", "opinions"):
        for field in fields(getattr(result, part)):
            full, none = (getattr(getattr(r, part), field.name) for r in (result, empty))
            assert full.dtype == none.dtype
            assert full.shape[1:] == none.shape[1:]


def test_plain_judgement_is_an_opinion_though_its_driver_is_unsure(engine: Engine) -> None:
    result = engine.predict(sentences_of("It was great", "We came on a Monday."))
    assert np.diff(result.first).tolist() == [1, 0]
    assert result.opinions.sentiment[0] > 0


def test_same_words_never_judge_one_driver_both_ways(engine: Engine) -> None:
    texts = ("Couldn't care less attitude", "neither friendly nor helpful", "I like it", *MANY)
    result = engine.predict(sentences_of(*texts))
    found = result.opinions
    for i in range(len(result.first) - 1):
        rows = range(result.first[i], result.first[i + 1])
        said = [(found.driver[k], *found.target[k], *found.assessment[k]) for k in rows]
        assert len(set(said)) == len(said)


def test_spans_hold_whole_symbols_and_flags_say_nothing(engine: Engine) -> None:
    texts = ["Service 👎🏽", "Great place 🇮🇹🍕"]
    result = engine.predict(sentences_of(*texts))
    spans = [*zip(result.opinions.assessment, texts, strict=False)]
    assert [text[slice(*span)] for span, text in spans] == ["👎🏽", "Great"]
    (plain,) = engine.predict(sentences_of("Great place")).sentences.sentiment
    assert result.sentences.sentiment[1] == pytest.approx(plain, abs=0.05)
