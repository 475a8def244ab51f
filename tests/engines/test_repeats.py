"""A sentence that comes again costs nothing and gets the same prediction."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engines.conformance import TEXTS, Conformance, assert_equal, sentences_of
from verbatim.engines import build_engine, repeats
from verbatim.engines.base import Engine, Predictions
from verbatim.engines.repeats import Repeats
from verbatim.sentences import Sentence
from verbatim.taxonomy import Taxonomy


class Counting:
    """An engine that tells what it had to read."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.name, self.version = engine, engine.name, engine.version
        self.read: list[str] = []

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        self.read += [sentence.text for sentence in sentences]
        return self.engine.predict(sentences)


@pytest.fixture(scope="module")
def plain() -> Engine:
    return build_engine("lexicon", Taxonomy.load("general"))


@pytest.fixture(scope="module")
def engine(plain: Engine) -> Engine:
    return Repeats(plain)


class TestRepeats(Conformance):
    """Nothing of its own."""


def test_what_comes_again_is_not_read_again(plain: Engine) -> None:
    counting = Counting(plain)
    engine = Repeats(counting)
    sentences = sentences_of(*TEXTS)
    for batch in (sentences, sentences[::-1], [*sentences[3:5], *sentences[3:5]]):
        assert_equal(engine.predict(batch), plain.predict(batch))
    assert sorted(counting.read) == sorted({sentence.text for sentence in sentences})


def test_only_the_latest_are_remembered(plain: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "REMEMBERED", 2)
    counting = Counting(plain)
    engine = Repeats(counting)
    for text in ("Good food.", "Bad food.", "Good food.", "Cold food.", "Good food.", "Bad food."):
        engine.predict(sentences_of(text))
    assert counting.read == ["Good food.", "Bad food.", "Cold food.", "Bad food."]


def test_long_sentences_are_not_remembered(plain: Engine) -> None:
    counting = Counting(plain)
    engine = Repeats(counting)
    long = f"The food at {'x' * 400} was good."
    for _ in range(2):
        engine.predict(sentences_of(long))
    assert len(counting.read) == 2


def test_threads_share_what_is_remembered(plain: Engine, engine: Engine) -> None:
    sentences = sentences_of(*TEXTS)
    expected = plain.predict(sentences)
    with ThreadPoolExecutor(4) as pool:
        for result in pool.map(engine.predict, [sentences] * 12):
            assert_equal(result, expected)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_is_forked_between_changes_of_what_is_remembered() -> None:
    code = """
import os, threading, time
from verbatim.engines import repeats
held = threading.Event()
def change():
    with repeats._LOCK:
        held.set()
        time.sleep(0.5)
threading.Thread(target=change).start()
held.wait()
child = os.fork()
if not child:
    os._exit(0 if repeats._LOCK.acquire(timeout=5) else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], timeout=120, check=False)
    assert run.returncode == 0
