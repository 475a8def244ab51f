"""Measure a run on the own held-out set, with thresholds chosen there.

The measures are those of the benchmark. No other set is read: what is tuned on one cannot be
measured on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from benchmarks import readings
from benchmarks.opinion_sets import own_dev, sentence_label
from benchmarks.readings import CONFIDENCE, OPINIONS, SPANS, STRENGTH, Opinion, Reading
from training import decode
from training.data import load_dev
from training.examples import ATTRIBUTES
from training.model import Reader
from training.predict import predict
from training.tokenise import Encoded, encode
from verbatim.engines.neural.session import Said
from verbatim.engines.neural.settings import Settings
from verbatim.labels import DRIVERS

Row = dict[str, Any]

OFFERS = frozenset({OPINIONS, SPANS, CONFIDENCE, STRENGTH, readings.ATTRIBUTES})
AS_GOOD = 0.002
"""Below the best by less than this, a threshold is as good."""
GRID = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))


@dataclass(frozen=True, slots=True)
class Dev:
    """The held-out rows, their tokens and the sentiment of their labels."""

    rows: list[Row]
    encoded: list[Encoded]
    sentiment: list[float | None]

    @classmethod
    def load(cls, data: Path, tokeniser: Tokenizer) -> Dev:
        """Read the rows; spans are compared on the texts as the rows have them."""
        rows, examples = load_dev(data)
        encoded = encode(tokeniser, [row["text"] for row in rows])
        return cls(rows, encoded, [e.sentiment if e.opinions else None for e in examples])


def measure(model: Reader, dev: Dev, low_precision: bool = False) -> tuple[Settings, Row]:
    """Thresholds, and every measure by its name."""
    said = predict(model, dev.encoded, low_precision)
    settings = choose(said, dev)
    readings = read(said, dev.encoded, settings)
    scores = own_dev(dev.rows, readings, OFFERS)
    numbers: Row = {name: round(score.value, 4) for name, score in scores.items()}
    numbers |= _sentiment(said, dev) | _loose_spans(dev, readings)
    numbers["pair F1 by driver"] = by_driver(dev.rows, readings)
    return settings, numbers


def read(said: Sequence[Said], encoded: Sequence[Encoded], settings: Settings) -> list[Reading]:
    """Put what the model says into the terms of the benchmark."""
    return [_reading(s, e, settings) for s, e in zip(said, encoded, strict=True)]


def _reading(said: Said, encoded: Encoded, settings: Settings) -> Reading:
    found = decode.opinions(said, encoded, settings)
    return Reading(
        sentiment=float(np.tanh(said["sentiment"])),
        label=sentence_label([opinion.sign for opinion in found]),
        opinions=tuple(
            Opinion(
                driver=o.driver,
                sentiment=o.strength / 2,
                sign=o.sign,
                strength=o.strength,
                confidence=o.confidence,
                target=o.target,
                assessment=o.assessment,
            )
            for o in found
        ),
        emotions=frozenset(decode.emotions(said, settings)),
        intents=decode.intents(said, settings),
        attributes=decode.attributes(said, settings),
    )


def choose(said: Sequence[Said], dev: Dev) -> Settings:
    """Move each threshold in turn to where its measure is best."""
    chosen = decode.EVEN
    steps: list[tuple[str, Callable[[Settings], float]]] = [
        ("opinion", lambda t: _pair_f1(said, dev, t)),
        ("inside", lambda t: _span_f1(said, dev, t)),
        ("link", lambda t: _span_f1(said, dev, t)),
        ("another", lambda t: _pair_f1(said, dev, t)),
        ("emotion", lambda t: _set_f1(dev, "emotions", [decode.emotions(s, t) for s in said])),
        ("intent", lambda t: _set_f1(dev, "intents", [decode.intents(s, t) for s in said])),
        ("attribute", lambda t: _attributes_f1(dev, [decode.attributes(s, t) for s in said])),
    ]
    for name, score in steps:
        options = [replace(chosen, **{name: value}) for value in GRID]
        chosen = options[middle_of_best([score(option) for option in options])]
    return chosen


def middle_of_best(scores: Sequence[float]) -> int:
    """Place of the middle one of the scores that are as good as the best.

    On a thousand sentences the best one of many that are alike is chance.

    Examples
    --------
    >>> middle_of_best([0.3, 0.501, 0.5, 0.502, 0.4])
    2
    """
    good = [place for place, score in enumerate(scores) if score >= max(scores) - AS_GOOD]
    return good[(len(good) - 1) // 2]


def _f1(gold: Sequence[Counter[Any]], found: Sequence[Counter[Any]]) -> float:
    both = sum((g & f).total() for g, f in zip(gold, found, strict=True))
    everything = sum(c.total() for c in (*gold, *found))
    return 2 * both / everything if everything else 0.0


def _opinions(said: Sequence[Said], dev: Dev, settings: Settings) -> list[list[decode.Found]]:
    return [decode.opinions(s, e, settings) for s, e in zip(said, dev.encoded, strict=True)]


def _pair_f1(said: Sequence[Said], dev: Dev, settings: Settings) -> float:
    found = _opinions(said, dev, settings)
    return _f1(_gold_pairs(dev.rows), [Counter((o.driver, o.sign) for o in row) for row in found])


def _gold_pairs(rows: Sequence[Row]) -> list[Counter[tuple[str, int]]]:
    return [
        Counter((o["driver"], int(np.sign(o["polarity"]))) for o in row["opinions"]) for row in rows
    ]


def _span_f1(said: Sequence[Said], dev: Dev, settings: Settings) -> float:
    found = _opinions(said, dev, settings)
    parts = ("target", "assessment")
    gold = [
        Counter({(p, *o[p]) for o in row["opinions"] for p in parts if o[p]}) for row in dev.rows
    ]
    spans = [
        Counter({(p, *getattr(o, p)) for o in row for p in parts if getattr(o, p)}) for row in found
    ]
    return _f1(gold, spans)


def _set_f1(dev: Dev, name: str, found: Sequence[Any]) -> float:
    return _f1([Counter(list(row[name])) for row in dev.rows], [Counter(list(f)) for f in found])


def _attributes_f1(dev: Dev, found: Sequence[dict[str, str | None]]) -> float:
    """Mean over the attributes of the F1 of their named values."""

    def named(rows: Sequence[Any], name: str) -> list[Counter[Any]]:
        return [Counter({row[name]} - {None}) for row in rows]

    return float(np.mean([_f1(named(dev.rows, name), named(found, name)) for name in ATTRIBUTES]))


def _sentiment(said: Sequence[Said], dev: Dev) -> dict[str, float]:
    """Correlation of the sentence's sentiment with the mean grade of its opinions."""
    pairs = [
        (np.tanh(s["sentiment"]), gold)
        for s, gold in zip(said, dev.sentiment, strict=True)
        if gold is not None
    ]
    return {"sentence sentiment r": round(float(np.corrcoef(np.array(pairs).T)[0, 1]), 4)}


def _loose_spans(dev: Dev, readings: Sequence[Reading]) -> dict[str, float]:
    """F1 of the characters in spans: how much of the loss is only at the edges."""
    scores: dict[str, float] = {}
    for part in ("target", "assessment"):
        gold = [
            Counter({i for o in r["opinions"] if o[part] for i in range(*o[part])})
            for r in dev.rows
        ]
        found = [
            Counter({i for o in r.opinions for i in range(*(getattr(o, part) or (0, 0)))})
            for r in readings
        ]
        scores[f"{part} characters F1"] = round(_f1(gold, found), 4)
    return scores


def by_driver(rows: Sequence[Row], readings: Sequence[Reading]) -> dict[str, float]:
    """Driver + sign F1 of each driver."""
    gold, found = (
        _gold_pairs(rows),
        [Counter((o.driver, o.sign) for o in r.opinions) for r in readings],
    )
    return {
        driver: round(_f1([_only(driver, g) for g in gold], [_only(driver, f) for f in found]), 4)
        for driver in DRIVERS
    }


def _only(driver: str, pairs: Counter[tuple[str, int]]) -> Counter[tuple[str, int]]:
    return Counter({pair: n for pair, n in pairs.items() if pair[0] == driver})
