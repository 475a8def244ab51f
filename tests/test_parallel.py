"""Processes and threads: what they say, what they share, and what a server warms up."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import warnings
from typing import Any

import pytest

from verbatim import Analyzer
from verbatim.sentences import tokens

TEXTS = [f"Great food {n}, rude staff" for n in range(600)]


def _in_daemon(found: Any) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        n_opinions = len(Analyzer(engine="lexicon", n_jobs=2).analyze(TEXTS).opinions)
    found.put((n_opinions, [str(warning.message) for warning in told]))


def test_a_daemon_reads_alone_and_quietly() -> None:
    context = multiprocessing.get_context("spawn")
    found = context.Queue()
    process = context.Process(target=_in_daemon, args=(found,), daemon=True)
    process.start()
    n_opinions, told = found.get(timeout=120)
    process.join()
    assert n_opinions >= 2 * len(TEXTS)
    assert told == []


def test_a_progress_that_raises_says_no_more_than_that() -> None:
    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    analyzer = Analyzer(engine="lexicon", n_jobs=2)
    with pytest.raises(RuntimeError, match="enough"):  # a warning would be an error
        analyzer.analyze(TEXTS, progress=stop)
    assert len(analyzer.analyze(TEXTS[:3]).opinions) >= 6


def test_threads_share_one_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.tokenise("it's o'clock-ish")
    made: list[None] = []
    monkeypatch.setattr(tokens, "_pipeline", lambda: made.append(None))
    pieces = [f"n{n}'s-{n}x!?" for n in range(2000)]
    alone = [tokens.tokenise(piece).words for piece in pieces]
    tokens._read.cache_clear()
    found: dict[int, list[list[str]]] = {}

    def read(thread: int) -> None:
        order = pieces[thread:] + pieces[:thread]
        words = [tokens.tokenise(piece).words for piece in order]
        found[thread] = words[-thread:] + words[:-thread]

    threads = [threading.Thread(target=read, args=(n * 97 + 1,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == []
    assert all(words == alone for words in found.values()) and len(found) == 6


def test_warming_up_loads_what_the_first_verbatim_needs() -> None:
    code = """
import sys, verbatim
analyzer = verbatim.Analyzer(engine="lexicon")
assert analyzer.warm_up() is analyzer
before = set(sys.modules)
analyzer.analyze("The lift wasn't working... and nobody told us!")
late = {name for name in set(sys.modules) - before}
assert not late, late
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
