"""What the neural engine adds to the bare run of its graph on the same word pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

from benchmarks.metrics import Estimate
from benchmarks.readings import System

NEURAL = "verbatim neural"
ABOUT = "times the seconds of the bare graph on the same word pieces; lower is better"
ROUNDS = 5
SENTENCES = 1000


def forward(
    corpora: Mapping[str, Sequence[str]], systems: Mapping[str, System]
) -> dict[str, dict[str, Estimate]]:
    """Seconds of the engine, and of all of `analyze`, for each second of the graph alone."""
    texts = list(dict.fromkeys(corpora.get("sentences", ())))[:SENTENCES]
    if NEURAL not in systems or not texts:
        return {}
    from benchmarks.systems import SYSTEMS
    from verbatim.engines.neural import NeuralEngine
    from verbatim.sentences import split_sentences as split

    engine = NeuralEngine()
    sentences = [sentence for text in texts for sentence in split(text)]
    groups = list(engine._tokens.groups([sentence.text for sentence in sentences]))
    # An analyzer remembers the sentences that it has read, so each round needs a new one.
    fresh = iter([SYSTEMS[NEURAL]() for _ in range(ROUNDS)])
    ways: dict[str, Callable[[], Any]] = {
        "graph": lambda: list(engine._session.run_each([group.ids for group in groups])),
        "engine": lambda: engine.predict(sentences),
        "analyze": lambda: next(fresh).run(texts),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begin = perf_counter()
            way()
            seconds[name].append(perf_counter() - begin)
    return {
        f"{name} against the bare graph, {len(sentences):,} sentences": {
            NEURAL: _ratio(seconds[name], seconds["graph"])
        }
        for name in ("engine", "analyze")
    }


def _ratio(ours: Sequence[float], bare: Sequence[float]) -> Estimate:
    """Ratio of the fastest rounds, between those of single rounds."""
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    return Estimate(min(ours) / min(bare), min(ratios), max(ratios))
