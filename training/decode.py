"""From the model's logits to opinions and attributes: plain numpy, one sentence at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.batches import OUTSIDE
from training.examples import ATTRIBUTES, SIGNS, Span
from training.tokenise import Encoded
from verbatim.engines.neural.spans import softmax
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS

Floats = NDArray[np.float32]
Said = dict[str, Floats]
"""Logits of one sentence by the names of `training.model.Outputs`, without padding."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probability of what is said.

    Attributes
    ----------
    opinion : float
        A driver is judged with a sign: product of the driver's probability and the sign's.
    inside : float
        A word is part of a span.
    link : float
        A span may be the target of an opinion, the likeliest one is its assessment: mean over its
        tokens.
    another : float
        A further span is an assessment too, of another target: one more opinion.
    emotion, intent : float
    attribute : float
        The likeliest value of an attribute is said.
    """

    opinion: float = 0.5
    inside: float = 0.5
    link: float = 0.5
    another: float = 0.5
    emotion: float = 0.5
    intent: float = 0.5
    attribute: float = 0.5

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Found:
    """An opinion that was found; spans in code points, `confidence` is not calibrated."""

    driver: str
    sign: int
    strength: int
    confidence: float
    target: Span | None
    assessment: Span | None


def sigmoid(logits: Floats) -> Floats:
    """Probability of yes."""
    return np.float32(0.5) * (1 + np.tanh(logits / 2))


def opinions(said: Said, encoded: Encoded, thresholds: Thresholds) -> list[Found]:
    """Opinions of a sentence, in the order of the drivers."""
    said_so = sigmoid(said["drivers"])[:, None] * sigmoid(said["signs"])
    targets, assessments = (
        tagged_spans(said[f"{part}_tags"], encoded.words, thresholds.inside)
        for part in ("target", "assessment")
    )
    found: list[Found] = []
    for driver, sign in np.argwhere(said_so >= thresholds.opinion).tolist():
        at = driver, sign
        pairs = _paired(
            _linked(targets, said["link_target"][at], thresholds.link, thresholds.link),
            _linked(assessments, said["link_assessment"][at], thresholds.link, thresholds.another),
        )
        found += [_found(said, at, float(said_so[at]), pair, encoded) for pair in pairs]
    return found


def _found(
    said: Said,
    at: tuple[int, int],
    confidence: float,
    spans: tuple[range | None, range | None],
    encoded: Encoded,
) -> Found:
    sign = SIGNS[at[1]]
    strength = sign * (1 + int(said["strong"][at] > 0))
    target, assessment = (_characters(span, encoded) for span in spans)
    return Found(DRIVERS[at[0]], sign, strength, confidence, target, assessment)


def tagged_spans(tags: Floats, words: Sequence[int | None], inside: float) -> list[range]:
    """Token ranges of tagged spans: the first piece of a word decides for all of it.

    Examples
    --------
    >>> outside, begin, more = 9 * np.eye(3, dtype=np.float32)
    >>> tags = np.stack([outside, begin, more, more, outside])
    >>> tagged_spans(tags, [None, 0, 1, 1, None], inside=0.5)
    [range(1, 4)]
    """
    firsts = [i for i, word in enumerate(words) if word is not None and word != words[i - 1]]
    ends = [*firsts[1:], len(words) - 1]
    spans: list[range] = []
    goes_on = False
    for first, end, is_inside in zip(firsts, ends, _inside(tags[firsts]) >= inside, strict=True):
        if is_inside:
            start = spans.pop().start if goes_on else first
            spans.append(range(start, end))
        goes_on = is_inside
    return spans


def _inside(tags: Floats) -> Floats:
    """Probability that a token is in a span."""
    shares: Floats = 1 - softmax(tags)[:, OUTSIDE]
    return shares


def _linked(spans: list[range], logits: Floats, least: float, further: float) -> list[range]:
    """Spans of an opinion, likeliest first; those behind it must be likelier than `further`."""
    scores = {span: float(sigmoid(logits[span.start : span.stop]).mean()) for span in spans}
    ranked = sorted(spans, key=lambda span: (-scores[span], span.start))
    needed = [least, *[further] * len(ranked[1:])]
    return [span for span, lowest in zip(ranked, needed, strict=False) if scores[span] >= lowest]


def _paired(
    targets: list[range], assessments: list[range]
) -> list[tuple[range | None, range | None]]:
    """Each assessment with the nearest target, one a target; both are given likeliest first."""
    if not assessments:
        return [(targets[0] if targets else None, None)]
    if not targets:
        return [(None, assessments[0])]
    said: dict[range, range] = {}
    for assessment in assessments:
        said.setdefault(min(targets, key=partial(_distance, assessment)), assessment)
    return sorted(said.items(), key=lambda opinion: opinion[1].start)


def _distance(a: range, b: range) -> int:
    return max(a.start - b.stop, b.start - a.stop)


def _characters(span: range | None, encoded: Encoded) -> Span | None:
    if span is None:
        return None
    return encoded.offsets[span.start][0], encoded.offsets[span.stop - 1][1]


def emotions(said: Said, thresholds: Thresholds) -> dict[str, int]:
    """Emotions that are felt, and their intensity 1 to 3."""
    felt = np.flatnonzero(sigmoid(said["emotions"]) >= thresholds.emotion)
    intensity = 1 + np.rint(2 * sigmoid(said["intensity"])).astype(int)
    return {EMOTIONS[i]: int(intensity[i]) for i in felt}


def intents(said: Said, thresholds: Thresholds) -> frozenset[str]:
    """Intents of a sentence."""
    return frozenset(
        INTENTS[i] for i in np.flatnonzero(sigmoid(said["intents"]) >= thresholds.intent)
    )


def attributes(said: Said, thresholds: Thresholds) -> dict[str, str | None]:
    """Likeliest value of each attribute, None where it isn't likely enough."""
    told: dict[str, str | None] = {}
    for name, values in ATTRIBUTES.items():
        share = softmax(said[name])
        is_told = share.max() >= thresholds.attribute
        told[name] = (*values, None)[int(share.argmax())] if is_told else None
    return told
