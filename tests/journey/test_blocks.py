"""A journey is the same whether its analysis is in memory or read from several parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from tests.journey.made import Says, analysis_of
from tests.stored import in_parts
from verbatim import Analysis
from verbatim.journey.activities import activities, may_tell
from verbatim.labels import STAGES, TOUCHPOINTS

TEXTS = (
    "We waited 20 minutes at check-in.",
    "I waited in line at check in!",
    "Called the desk twice and asked for towels",
    "Lovely triage nurse.",
    "The room was clean.",
)


@pytest.fixture(scope="module")
def reviews() -> Analysis:
    """300 reviews at random; the first 40 say nothing, some don't count."""
    random = np.random.default_rng(0)
    made: list[list[Says]] = [[] for _ in range(40)]
    made += [[_says(random) for _ in range(random.integers(0, 6))] for _ in range(260)]
    return analysis_of(
        made,
        status=random.choice(["ok", "ok", "ok", "not_english"], 300).tolist(),
        city=random.choice(["a", "b"], 300),
        stars=random.integers(1, 6, 300),
        w=random.choice([0.0, 0.3, 0.7, 1.9], 300),
    )


def _says(random: np.random.Generator) -> Says:
    def one(*values: Any) -> Any:
        return values[random.integers(len(values))]

    return Says(
        text=one(*TEXTS),
        stage=one(None, *STAGES[:3]),
        touchpoint=one(None, *TOUCHPOINTS[:3]),
        label=one("positive", "negative", "mixed", "neutral", "none"),
        opinions=one((), (("staff", 1),), (("food", -1), ("waiting", -1)), (("food", 0),)),
        emotions=one({}, {"joy": 3}, {"anger": 1, "joy": 2}),
        intents=one((), ("suggestion",), ("request",)),
        resolution=one(None, "solved", "unsolved"),
    )


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"by": "city", "outcome": "stars"},
        {"outcome": "stars", "weight": "w"},
        {"stages": {"triage": ["triage nurse"], "rest": list(STAGES[:2])}},
    ],
    ids=["plain", "by", "weighted", "phrases"],
)
def test_blocks_change_nothing(reviews: Analysis, tmp_path: Path, asked: dict[str, Any]) -> None:
    whole = reviews.journey(min_reviews=3, **asked)
    stored = in_parts(reviews, tmp_path, 8).journey(min_reviews=3, **asked)
    assert len(whole.activities) and len(whole.discoveries) and len(whole.opportunities)
    for name, table in whole.tables.items():
        assert_frame_equal(stored.tables[name], table, check_exact=True)
    without = {key: value for key, value in whole.meta.items() if key != "schema_version"}
    assert {key: stored.meta[key] for key in without} == without


def test_a_sentence_that_may_tell_nothing_tells_nothing() -> None:
    texts = [
        *TEXTS,
        "WE\u00a0WAITED",
        "I\u2019ve\nreturned the shoes",
        '"Waited" an hour',
        "  waited for ages",
        "Nice room, and then we, finally, checked in",
        "I",
        "",
    ]
    passed = may_tell(texts).tolist()
    assert all(may for may, text in zip(passed, texts, strict=True) if activities(text))
    assert passed[3:5] == [False, False]
