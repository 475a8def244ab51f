"""The benchmark of the heads and of the rules measures what it says."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from benchmarks import journey
from benchmarks.readings import Reading
from verbatim.labels import INTENTS


class Says:
    """A system that finds the same in every text."""

    offers: frozenset[str] = frozenset()

    def __init__(self, **heads: str | None) -> None:
        self.attributes = dict.fromkeys(journey.VALUES) | heads

    def run(self, texts: Sequence[str]) -> None:
        return None

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [Reading(math.nan, "none", attributes=self.attributes) for _ in texts]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=4, max_size=30))
def test_kappa_agrees_with_sklearn(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    table = np.zeros((1, 3, 3))
    np.add.at(table[0], (one, other), 1)
    if table.sum(axis=1).max() < len(pairs) or table.sum(axis=2).max() < len(pairs):
        expected = cohen_kappa_score(one, other, labels=[0, 1, 2])
        assert journey.kappa(table)[0] == pytest.approx(expected)


def _data(folder: Path) -> Path:
    none = {head: None for head in journey.VALUES}
    rows = [
        {"id": "a", "text": "Easy.", **none, "effort": "low", "intents": []},
        {"id": "b", "text": "Hard.", **none, "effort": "high", "intents": [INTENTS[0]]},
    ]
    (folder / "own").mkdir()
    (folder / "own" / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    agreed = "| effort | kappa 0.894, same 0.990 |\n| intent micro-F1 | 0.913 (77/72) |\n"
    (folder / "own" / "AGREEMENT.md").write_text(agreed, "utf-8")
    return folder


def test_heads_stand_beside_the_annotators(tmp_path: Path) -> None:
    systems = {"mine": Says(effort="low"), "mute": Says()}
    ((_, part),) = journey.run_journey(_data(tmp_path), ["heads"], systems, None)
    together = part["tables"]["All values together"]
    assert "| effort: kappa, none counts | 0.000 " in together
    assert "| - | 0.894 |" in together
    assert "| intents: micro-F1 | - | - | 0.913 |" in together
    assert list(part["tables"]) == ["All values together", "effort, mine"]
    low = part["tables"]["effort, mine"].splitlines()[2]
    assert low.startswith("| low | 0.500 [") and low.endswith("| 2 | 1 |")


def test_a_set_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ((_, part),) = journey.run_journey(tmp_path, ["heads"], {}, None)
    assert part["tables"] == {}
    assert "is not there" in capsys.readouterr().out


def test_the_rules_are_scored_on_places(tmp_path: Path) -> None:
    ((_, part),) = journey.run_journey(tmp_path, ["quantities"], {}, None)
    table = part["tables"]["Contacts and waiting times"]
    assert table.splitlines()[2].startswith("| hard cases of the tests | ")
    assert len(table.splitlines()) == 3


def test_verdicts_hold_places_and_no_text() -> None:
    for path in (journey.ON_DEV, journey.ON_REVIEWS):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            assert set(row) <= {"id", "start", "end", "unit", "value", "right"}
            assert 0 <= row["start"] < row["end"]
