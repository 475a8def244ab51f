"""Labels as tensors: what each row of a batch is labelled for, and with what.

A label that a row does not have stands under a mask (``*_known``) or as `IGNORE`. Token indices
count from the first special token.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.examples import ATTRIBUTES, SIGNS, Example, Opinion
from training.tokenise import Encoded
from verbatim.labels import DRIVERS, EMOTIONS, INTENTS

IGNORE = -100
OUTSIDE, BEGIN, INSIDE = range(3)
"""Tags of a token."""

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a batch.

    Attributes
    ----------
    example : Example
    encoded : Encoded
    weight : float
        Factor of its losses.
    vector : float array of shape (H,) or None
        What its sentence vector is to be near.
    taught : float
        Factor of a teacher's say on it.
    """

    example: Example
    encoded: Encoded
    weight: float = 1.0
    vector: NDArray[np.float32] | None = None
    taught: float = 1.0


@dataclass(frozen=True, slots=True)
class Batch:
    """n rows of T tokens; g opinions with a choice of drivers; m opinions with spans.

    Attributes
    ----------
    ids, mask : (n, T)
    weight, taught : (n,)
    drivers, drivers_known : (n, 21)
        Whether each driver is judged.
    signs : (n, 21, 3), signs_known : (n, 21)
        Signs with which each driver is judged, in the order of `SIGNS`.
    strong, strong_known : (n, 21, 3)
        Whether the opinion is a strong one.
    either : (g, 21), either_row : (g,), either_sign : (g, 3), either_signed : (g,)
        Opinions of which any of several drivers is right.
    target_tags, assessment_tags : (n, T)
    link_row, link_driver, link_sign : (m,)
        Opinions whose spans are known, and the tokens of these:
    link_target, link_assessment : (m, T)
    emotions, intensity, intensity_known : (n, 13), emotions_known : (n,)
    intents : (n, 7), intents_known : (n,)
    attributes : (n, 5)
    sentiment, sentiment_known : (n,)
    vector : (n, H), vector_known : (n,)
    """

    ids: Tensor
    mask: Tensor
    weight: Tensor
    taught: Tensor
    drivers: Tensor
    drivers_known: Tensor
    signs: Tensor
    signs_known: Tensor
    strong: Tensor
    strong_known: Tensor
    either: Tensor
    either_row: Tensor
    either_sign: Tensor
    either_signed: Tensor
    target_tags: Tensor
    assessment_tags: Tensor
    link_row: Tensor
    link_driver: Tensor
    link_sign: Tensor
    link_target: Tensor
    link_assessment: Tensor
    emotions: Tensor
    emotions_known: Tensor
    intensity: Tensor
    intensity_known: Tensor
    intents: Tensor
    intents_known: Tensor
    attributes: Tensor
    sentiment: Tensor
    sentiment_known: Tensor
    vector: Tensor
    vector_known: Tensor

    def to(self, device: torch.device) -> Batch:
        """Copy onto a device."""
        moved = (getattr(self, f.name).to(device, non_blocking=True) for f in fields(self))
        return Batch(*moved)


def collate(items: Sequence[Item], width: int) -> Batch:
    """Pad and stack; `width` is that of the sentence vectors."""
    length = max(len(item.encoded) for item in items)
    arrays = [
        _sentence_labels(item, width) | _opinion_labels(item.example) | _token_labels(item, length)
        for item in items
    ]
    stacked = {name: np.stack([a[name] for a in arrays]) for name in arrays[0]}
    stacked |= _links(items, length) | _either(items)
    return Batch(**{name: torch.from_numpy(array) for name, array in stacked.items()})


def inputs(encoded: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    """Ids and mask of a batch, (n, T) each, padded with 0."""
    length = max(map(len, encoded))
    ids = np.zeros((len(encoded), length), np.int64)
    for row, tokens in zip(ids, encoded, strict=True):
        row[: len(tokens)] = tokens.ids
    mask = np.arange(length) < np.array([[len(tokens)] for tokens in encoded])
    return torch.from_numpy(ids), torch.from_numpy(mask.astype(np.int64))


def _sentence_labels(item: Item, width: int) -> Arrays:
    example = item.example
    known = {name: np.array(name in example.tasks) for name in ("emotions", "intents")}
    emotions = np.array([example.emotions.get(name, 0) for name in EMOTIONS], np.float32)
    sentiment = example.sentiment if "sentiment" in example.tasks else None
    return {
        "weight": np.array(item.weight, np.float32),
        "taught": np.array(item.taught, np.float32),
        "emotions": (emotions > 0).astype(np.float32),
        "emotions_known": known["emotions"],
        "intensity": (np.maximum(emotions, 1) - 1) / np.float32(2),
        "intensity_known": (emotions > 0) & ("intensity" in example.tasks),
        "intents": np.array([name in example.intents for name in INTENTS], np.float32),
        "intents_known": known["intents"],
        "attributes": np.array([_attribute(example, name) for name in ATTRIBUTES], np.int64),
        "sentiment": np.array(sentiment or 0.0, np.float32),
        "sentiment_known": np.array(sentiment is not None),
        "vector": np.zeros(width, np.float32) if item.vector is None else item.vector,
        "vector_known": np.array(item.vector is not None),
    }


def _attribute(example: Example, name: str) -> int:
    if "attributes" not in example.tasks:
        return IGNORE
    value, values = example.attributes[name], ATTRIBUTES[name]
    return len(values) if value is None else values.index(value)


def _opinion_labels(example: Example) -> Arrays:
    present = np.zeros(len(DRIVERS), bool)
    signs = np.zeros((len(DRIVERS), len(SIGNS)), np.float32)
    strong, strong_known = signs.copy(), np.zeros(signs.shape, bool)
    for opinion in _certain(example):
        driver = DRIVERS.index(opinion.drivers[0])
        present[driver] = True
        if opinion.sign is not None:
            sign = SIGNS.index(opinion.sign)
            signs[driver, sign] = 1
            if opinion.strong is not None:
                strong[driver, sign] = max(strong[driver, sign], opinion.strong)
                strong_known[driver, sign] = True
    known = np.array([driver not in example.unknown for driver in DRIVERS])
    return {
        "drivers": present.astype(np.float32),
        "drivers_known": known & ("drivers" in example.tasks),
        "signs": signs,
        "signs_known": signs.any(axis=1),
        "strong": strong,
        "strong_known": strong_known,
    }


def _certain(example: Example) -> list[Opinion]:
    return [opinion for opinion in example.opinions if len(opinion.drivers) == 1]


def _token_labels(item: Item, length: int) -> Arrays:
    encoded, example = item.encoded, item.example
    ids = np.zeros(length, np.int64)
    ids[: len(encoded)] = encoded.ids
    arrays: Arrays = {"ids": ids, "mask": (np.arange(length) < len(encoded)).astype(np.int64)}
    for part in ("target", "assessment"):
        tags = np.full(length, IGNORE)
        if "spans" in example.tasks:
            tags[: len(encoded)] = _tags(encoded, [getattr(o, part) for o in example.opinions])
        arrays[f"{part}_tags"] = tags
    return arrays


def _tags(encoded: Encoded, spans: Sequence[tuple[int, int] | None]) -> NDArray[np.int64]:
    """Tags of one sentence; of two spans that overlap, the first counts."""
    tags = np.full(len(encoded), OUTSIDE)
    for span in sorted({span for span in spans if span is not None}):
        tokens = encoded.tokens(span)
        if tokens and (tags[tokens] == OUTSIDE).all():
            tags[tokens] = INSIDE
            tags[tokens[0]] = BEGIN
    return tags


def _links(items: Sequence[Item], length: int) -> Arrays:
    """Tokens of the spans of each opinion; opinions with one driver and sign share a row."""
    rows: dict[tuple[int, int, int], NDArray[np.bool_]] = {}
    for number, item in enumerate(items):
        for opinion in _certain(item.example) if "spans" in item.example.tasks else ():
            if opinion.sign is not None:
                key = number, DRIVERS.index(opinion.drivers[0]), SIGNS.index(opinion.sign)
                tokens = rows.setdefault(key, np.zeros((2, length), bool))
                tokens[0, item.encoded.tokens(opinion.target)] = True
                tokens[1, item.encoded.tokens(opinion.assessment)] = True
    keys = np.array(list(rows), np.int64).reshape(-1, 3)
    spans = np.array(list(rows.values()), np.float32).reshape(-1, 2, length)
    return {
        "link_row": keys[:, 0],
        "link_driver": keys[:, 1],
        "link_sign": keys[:, 2],
        "link_target": spans[:, 0],
        "link_assessment": spans[:, 1],
    }


def _either(items: Sequence[Item]) -> Arrays:
    """Opinions with a choice of drivers."""
    found = [
        (row, [driver in opinion.drivers for driver in DRIVERS], opinion.sign)
        for row, item in enumerate(items)
        for opinion in item.example.opinions
        if len(opinion.drivers) > 1
    ]
    sign = [[known == s for known in SIGNS] for _, _, s in found]
    return {
        "either_row": np.array([row for row, _, _ in found], np.int64),
        "either": np.array([e for _, e, _ in found], bool).reshape(-1, len(DRIVERS)),
        "either_sign": np.array(sign, np.float32).reshape(-1, len(SIGNS)),
        "either_signed": np.array([s is not None for _, _, s in found], bool),
    }
