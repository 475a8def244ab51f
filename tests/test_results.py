"""What every result shares: the main table, and plain values for JSON."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date

import numpy as np
import pandas as pd
import pytest

from verbatim.results import Result, records


class Scores(Result):
    main = "scores"


@pytest.fixture
def scores() -> Scores:
    table = pd.DataFrame({"driver": ["staff", None], "n": np.array([3, 4], np.int32)})
    return Scores({"scores": table, "notes": table.iloc[:0]}, {"seed": 0})


def test_a_table_that_is_taken_out_can_be_changed_without_harm(scores: Scores) -> None:
    taken = scores.frame
    taken["n"] = 0
    taken.loc[0, "driver"] = "food"
    assert scores.frame["n"].tolist() == [3, 4]
    assert scores.frame["driver"].iloc[0] == "staff"
    with pytest.raises(FrozenInstanceError):
        scores.tables = {}  # type: ignore[misc]


def test_json_holds_meta_and_every_table(scores: Scores) -> None:
    held = json.loads(scores.to_json())
    assert held["meta"] == {"seed": 0}
    assert held["scores"] == [{"driver": "staff", "n": 3}, {"driver": None, "n": 4}]
    assert held["notes"] == []
    assert len(scores) == 2


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (float("nan"), None),
        (pd.NaT, None),
        (float("inf"), "inf"),
        (pd.Timestamp(2025, 6, 1), "2025-06-01T00:00:00"),
        (date(2025, 6, 1), "2025-06-01"),
        (pd.Period("2025-06"), "2025-06"),
        (["a", "b"], ["a", "b"]),
    ],
)
def test_values_become_plain(value: object, plain: object) -> None:
    assert records(pd.DataFrame({"value": pd.Series([value], dtype=object)})) == [{"value": plain}]
