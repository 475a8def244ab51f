"""The measures are the same whether the analysis is in memory or read from several parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from tests.experience.made import Told, analysis_of
from tests.stored import in_parts
from verbatim import Analysis
from verbatim.experience.numbers import may_hold, numbers

TEXTS = (
    "Called three times about the bill.",
    "An hour on hold!",
    "Kind staff.",
    "We waited 45\u00a0minutes and sent two e-mails.",
)


@pytest.fixture(scope="module")
def reviews() -> Analysis:
    """240 reviews at random; the first 40 say nothing, some don't count."""
    random = np.random.default_rng(0)
    made: list[list[Told]] = [[] for _ in range(40)]
    made += [[_told(random) for _ in range(random.integers(0, 5))] for _ in range(200)]
    return analysis_of(
        made,
        status=random.choice(["ok", "ok", "ok", "not_english"], 240).tolist(),
        city=random.choice(["a", "b"], 240),
        stars=random.integers(1, 6, 240),
        w=random.choice([0.0, 0.3, 0.7, 1.9], 240),
    )


def _told(random: np.random.Generator) -> Told:
    def one(*values: Any) -> Any:
        return values[random.integers(len(values))]

    return Told(
        text=one(*TEXTS),
        opinions=one(
            (), (("staff", "positive"),), (("billing", "negative"), ("design", "neutral"))
        ),
        touchpoint=one(None, "phone", "website"),
        stage=one(None, "support"),
        interaction=one(None, "reactive", "proactive"),
        effort=one(None, "low", "high"),
        resolution=one(None, "solved", "unsolved"),
        intents=one((), ("return",), ("churn", "warn")),
        emotions=one((), ("joy",), ("anger", "sadness")),
    )


@pytest.mark.parametrize("measure", ["service_experience", "effort", "loyalty"])
@pytest.mark.parametrize("asked", [{}, {"by": "city"}, {"weight": "w"}], ids=str)
def test_blocks_change_nothing(
    reviews: Analysis, tmp_path: Path, measure: str, asked: dict[str, Any]
) -> None:
    outcome = {"service_experience": {"outcome": "stars"}, "loyalty": {"score": "stars"}}
    options = {"min_reviews": 3, **asked, **outcome.get(measure, {})}
    stored = in_parts(reviews, tmp_path, 8)
    found, whole = (getattr(each, measure)(**options) for each in (stored, reviews))
    for name, table in whole.tables.items():
        assert len(table)
        assert_frame_equal(found.tables[name], table, check_exact=True)
    assert found.meta == whole.meta


def test_a_text_that_may_hold_no_number_holds_none() -> None:
    lines = Path(__file__).with_name("quantities.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    texts += [*TEXTS, "half an hour", "1h20", "two\u00a0voicemails", "the 2nd follow-up call"]
    may = may_hold(texts).tolist()
    held = [bool(numbers(text)) for text in texts]
    assert sum(held) > 50
    assert all(passed for passed, holds in zip(may, held, strict=True) if holds)
    assert not may_hold(["A lovely day", "Room 45", "Great people at the desk"]).any()
