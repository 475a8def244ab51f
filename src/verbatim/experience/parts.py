"""Split what is said into customer service and the rest of the experience.

An opinion is on *service* if it judges staff or service, or if it judges a matter of people and
procedure (`SHARED`) in a sentence that tells of a contact: by phone, in writing, on social media,
in person, or while asking for help. Every other opinion is on the *rest*. What a touchpoint says
alone wouldn't do: "kind staff, dirty room" is one sentence, met in person, and only half of it is
service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from verbatim.experience.columns import PARTS
from verbatim.experience.reviews import Block, Bools, Ints, Numbers, Sides, sides, together
from verbatim.labels import EMOTIONS, INTERACTIONS
from verbatim.schema import ID

SERVICE_DRIVERS = ("staff", "service")
"""Universal drivers that are service wherever they are judged."""

SHARED = ("communication", "waiting", "process", "billing", "policy", "delivery", "safety")
"""Universal drivers that are service in a contact only."""

CHANNELS = ("phone", "written", "social", "in_person")
"""Touchpoints at which a customer speaks with the company."""

SERVICE, REST = 0, 1
FELT = [f"emotion_{name}" for name in EMOTIONS]


@dataclass(frozen=True, slots=True)
class Said:
    """What the reviews say, ready to be counted.

    Attributes
    ----------
    parts : Sides
        By `PARTS`.
    drivers : Sides
        Opinions by driver, service and rest apart: driver * 2 + `SERVICE` or `REST`.
    names : tuple of str
        The drivers, sorted.
    emotions : int32 array of shape (m, 3)
        Each triple of review, part and emotion once.
    """

    parts: Sides
    drivers: Sides
    names: tuple[str, ...]
    emotions: Numbers


def said(block: Block) -> Said:
    """Split the opinions and the interactions of the reviews of a block that count."""
    names = [ID, "sentence", "universal", "driver", "label", "emotion"]
    opinions = block.select("opinions", names)
    opinions = opinions[opinions["driver"].notna()]
    sentences = block.select(
        "sentences", [ID, "sentence", "label", "touchpoint", "stage", "interaction", *FELT]
    )
    review, told_by = block.rows(opinions[ID]), block.rows(sentences[ID])
    numbers = (opinions["sentence"].to_numpy(), sentences["sentence"].to_numpy())
    width = 1 + max(int(each.max(initial=0)) for each in numbers)
    contacts = (told_by * width + numbers[1])[contact(sentences)]
    in_contact = np.isin(review * width + numbers[0], contacts)
    is_service = _is_service(opinions["universal"], in_contact)
    part = np.where(is_service, SERVICE, REST).astype(np.int64)
    good, bad = (_is(opinions, sign) for sign in ("positive", "negative"))
    code, drivers = pd.factorize(opinions["driver"], sort=True)
    met = sentences[sentences["interaction"].notna()]
    where = len(INTERACTIONS) + pd.Index(INTERACTIONS).get_indexer(pd.Index(met["interaction"]))
    met_review = told_by[sentences["interaction"].notna().to_numpy()]
    emotion = pd.Index(EMOTIONS).get_indexer(pd.Index(opinions["emotion"]))
    sentence, felt = np.nonzero(met[FELT].notna().to_numpy())
    return Said(
        parts=sides(
            np.concatenate([review, met_review]),
            np.concatenate([part, where]),
            np.concatenate([good, _is(met, "positive") | _is(met, "mixed")]),
            np.concatenate([bad, _is(met, "negative") | _is(met, "mixed")]),
            len(PARTS),
        ),
        drivers=sides(review, 2 * code + part, good, bad, 2 * max(len(drivers), 1)),
        names=tuple(drivers),
        emotions=_distinct(
            np.concatenate([review, met_review[sentence]]),
            np.concatenate([part, where[sentence]]),
            np.concatenate([emotion, felt]),
        ),
    )


def all_said(parts: Sequence[Said]) -> Said:
    """What the reviews of all blocks say."""
    names = sorted({name for part in parts for name in part.names})
    numbers = {name: number for number, name in enumerate(names)}
    drivers = []
    for part in parts:
        own = np.array([numbers[name] for name in part.names] or [0], dtype=np.int32)
        held, key = part.drivers, part.drivers.key
        keys = 2 * own[key // 2] + key % 2
        drivers.append(Sides(held.review, keys, held.side, 2 * max(len(names), 1)))
    return Said(
        parts=together([part.parts for part in parts]),
        drivers=together(drivers),
        names=tuple(names),
        emotions=np.concatenate([part.emotions for part in parts]),
    )


def contact(sentences: pd.DataFrame) -> Bools:
    """Whether each sentence tells of a contact, by its touchpoint and stage."""
    told = sentences["touchpoint"].isin(CHANNELS) | (sentences["stage"] == "support")
    return told.fillna(False).to_numpy(dtype=bool)


def _is_service(universal: pd.Series[Any], in_contact: Bools) -> Bools:
    always, shared = (
        universal.isin(drivers).to_numpy(dtype=bool) for drivers in (SERVICE_DRIVERS, SHARED)
    )
    return np.asarray(always | (shared & in_contact))


def _is(table: pd.DataFrame, label: str) -> Bools:
    return np.asarray((table["label"] == label).to_numpy(dtype=bool))


def _distinct(review: Ints, part: Ints, emotion: Ints) -> Numbers:
    kept = (review >= 0) & (emotion >= 0)
    codes = (review * len(PARTS) + part) * len(EMOTIONS) + emotion
    pair, felt = np.divmod(np.unique(codes[kept]), len(EMOTIONS))
    return np.stack([pair // len(PARTS), pair % len(PARTS), felt], axis=1).astype(np.int32)
