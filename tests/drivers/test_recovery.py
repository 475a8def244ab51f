"""Known effects, confounded by what is mentioned together, are found again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import recovery, scoring
from benchmarks.simulation import MIXED, NEGATIVE, POSITIVE, draw, make_model


def test_the_regression_ranks_drivers_right_where_leaving_out_is_misled() -> None:
    rows = recovery.recover(n_models=3)
    for figure in ("points", "reward", "penalty"):
        assert np.mean([row[figure] for row in rows]) > 0.95
    assert np.mean([row["impact"] for row in rows]) < 0.9
    assert np.mean([row["blamed"] for row in rows]) > 0.4
    assert np.mean([row["blamed adjusted"] for row in rows]) < 0.2


def test_the_simulation_has_the_points_it_says() -> None:
    model = make_model(5, seed=2)
    states, outcome = draw(model, 200_000, np.random.default_rng(0))
    good, bad = (np.isin(states, (side, MIXED)).mean(axis=0) for side in (POSITIVE, NEGATIVE))
    np.testing.assert_allclose(good * model.reward + bad * model.penalty, model.points, atol=0.01)
    assert outcome.mean() == pytest.approx(model.base + model.points.sum(), abs=0.01)


def test_coverage_is_a_share_for_every_figure(monkeypatch: pytest.MonkeyPatch, capsys, tmp_path):
    monkeypatch.setattr(recovery, "MANY", 5000)
    monkeypatch.setattr(recovery, "SIZES", (300,))
    out = tmp_path / "recovery.json"
    assert recovery.main(["--models", "1", "--trials", "4", "--out", str(out)]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert [row["figure"] for row in found["coverage"]] == list(recovery.FIGURES)
    assert all(0.6 < row["coverage"] <= 1 for row in found["coverage"])
    said = capsys.readouterr().out
    assert "| points (adjusted) with true points |" in said
    assert "| importance |" in said


def test_scoring_is_measured_in_a_process_of_its_own(capsys, tmp_path) -> None:
    out = tmp_path / "scoring.json"
    assert scoring.main(["--reviews", "2000", "--drivers", "4", "--out", str(out)]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["reviews"] == 2000 and 0 < found["seconds"] < 60
    assert 0 < found["GiB once loaded"] <= found["peak GiB"] < 2
    assert "resamples: 1,000" in capsys.readouterr().out
