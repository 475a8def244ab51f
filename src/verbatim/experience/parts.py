"""Split what is said into customer service and the rest of the experience.

An opinion is on *service* if it judges staff or service, or if it judges a matter of people and
procedure (`SHARED`) in a sentence that tells of a contact: by phone, in writing, on social media,
in person, or while asking for help. Every other opinion is on the *rest*. What a touchpoint says
alone wouldn't do: "kind staff, dirty room" is one sentence, met in person, and only half of it is
service.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.experience.columns import PARTS
from verbatim.experience.reviews import Bools, Ints, Reviews, Sides, sides
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
    n_drivers : int
    emotions : int64 array of shape (m, 3)
        Each triple of review, part and emotion once.
    """

    parts: Sides
    drivers: Sides
    n_drivers: int
    emotions: Ints


def said(analysis: Analysis, reviews: Reviews) -> Said:
    """Split the opinions and the interactions of the reviews that count."""
    names = [ID, "sentence", "universal", "driver", "label", "emotion"]
    opinions = analysis.select("opinions", names)
    opinions = opinions[opinions["driver"].notna()]
    sentences = analysis.select(
        "sentences", [ID, "sentence", "label", "touchpoint", "stage", "interaction", *FELT]
    )
    review, told_by = reviews.rows(opinions[ID]), reviews.rows(sentences[ID])
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
        n_drivers=len(drivers),
        emotions=_distinct(
            np.concatenate([review, met_review[sentence]]),
            np.concatenate([part, where[sentence]]),
            np.concatenate([emotion, felt]),
        ),
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


def _distinct(review: Ints, part: Ints, emotion: Ints) -> Ints:
    triples = np.stack([review, part, emotion], axis=1)
    return np.unique(triples[(review >= 0) & (emotion >= 0)], axis=0)
