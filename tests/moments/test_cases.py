"""Precision and recall on the hard cases, half of which look like moments and are none."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.moments.cases import KEPT_ASIDE, TUNED, load_cases, look
from verbatim.moments.columns import KINDS


def test_the_list_is_what_it_says() -> None:
    tuned, kept_aside = load_cases(TUNED), load_cases(KEPT_ASIDE)
    assert not tuned.keys() & kept_aside.keys()
    for part in (tuned, kept_aside):
        without = sum(not kinds for kinds in part.values())
        assert len(part) >= 100
        assert 0.45 <= without / len(part) <= 0.55
        assert set(Counter(kind for kinds in part.values() for kind in kinds)) == set(KINDS)


@pytest.mark.parametrize("engine", ["neural", "lexicon"])
def test_precision_and_recall_on_what_the_rules_were_written_with(engine: str) -> None:
    found = look(TUNED, engine)
    assert found.precision >= 0.93, found.false
    assert found.recall >= 0.85, found.missed


@pytest.mark.parametrize("engine", ["neural", "lexicon"])
def test_precision_before_recall_on_what_was_written_after_them(engine: str) -> None:
    found = look(KEPT_ASIDE, engine)
    assert found.precision >= 0.88, found.false
    assert found.recall >= 0.22, found.missed
