"""The one rule by which views decide what they draw."""

from __future__ import annotations

from typing import Any

import pytest

import verbatim
from verbatim.artefacts import open_artefact
from verbatim.reliability import Accuracy, accuracy, is_told_reliably


def _meta(counts: dict[str, Any]) -> dict[str, Any]:
    return {"engine": {"name": "made", "held_out": {"stage": counts}}}


@pytest.mark.parametrize(
    ("found", "right", "reliable"),
    [(10, 6, True), (20, 11, False), (9, 9, False), (0, 0, False)],
)
def test_the_rule_takes_enough_sentences_and_enough_right(
    found: int, right: int, reliable: bool
) -> None:
    meta = _meta({"use": {"annotated": 50, "found": {"use": right, "none": found - right}}})
    assert is_told_reliably(meta, "stage", ["use"]) is reliable


def test_figures_are_those_of_the_counts() -> None:
    one = Accuracy(n_found=10, n_right=6, n_annotated=8)
    assert (one.precision, one.recall, one.f1) == (0.6, 0.75, pytest.approx(2 / 3))
    none = Accuracy(0, 0, 0)
    assert (none.precision, none.recall, none.f1) == (None, None, None)


def test_values_taken_for_each_other_are_right_once_they_are_merged() -> None:
    counts = {
        "purchase": {"annotated": 20, "found": {"purchase": 5, "consideration": 9}},
        "consideration": {"annotated": 20, "found": {"consideration": 5, "purchase": 1}},
    }
    both = accuracy(_meta(counts), "stage", ["purchase", "consideration"])
    assert both == Accuracy(n_found=20, n_right=20, n_annotated=40)
    assert not is_told_reliably(_meta(counts), "stage", ["purchase"])


def test_what_carries_no_figures_is_taken_at_its_word() -> None:
    assert accuracy({"engine": {"name": "by hand"}}, "effort", ["high"]) is None
    assert is_told_reliably({"engine": {"name": "by hand"}}, "effort", ["high"])


def test_an_analysis_carries_the_counts_of_its_engine_and_keeps_them(tmp_path: Any) -> None:
    analysis = verbatim.analyze(["We waited at check-in."])
    held_out = analysis.meta["engine"]["held_out"]
    assert held_out == open_artefact("neural").by_value
    assert {"stage", "touchpoint", "effort", "resolution", "emotion"} <= set(held_out)
    for values in held_out.values():
        assert all(set(one) == {"annotated", "found"} for one in values.values())
    loaded = verbatim.Analysis.load(analysis.save(tmp_path / "saved"))
    assert loaded.meta["engine"]["held_out"] == held_out
    assert set(analysis.to_dict()["meta"]["engine"]) == {"name", "version"}
