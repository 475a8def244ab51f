"""The command says what Python warns of, once, as a note; and takes a column of weights."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

import verbatim
from verbatim.cli import main
from verbatim.cli.notes import bias_as_notes
from verbatim.errors import BiasWarning

STARS = [1] * 30 + [2] * 6 + [3] * 8 + [4] * 20 + [5] * 70


def saved(folder: Path) -> str:
    reviews = pd.DataFrame({"review": "Lovely staff.", "stars": STARS, "w": 1.5})
    reviews.loc[:40, "review"] = "Rude staff."
    verbatim.analyze(reviews, text="review", engine="lexicon").save(folder / "saved")
    return str(folder / "saved")


def run(capsys, monkeypatch, *arguments: str):
    monkeypatch.setattr(sys, "argv", ["verbatim", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr()


def test_a_j_shaped_outcome_is_a_note(capsys, monkeypatch, tmp_path: Path) -> None:
    folder = saved(tmp_path)
    for _ in range(2):  # every run says so
        status, shown = run(capsys, monkeypatch, "drivers", folder, "--outcome", "stars")
        assert status == 0 and "Staff" in shown.out
        assert shown.err.startswith("note: the 134 reviews with 'stars' are J-shaped: ")
        assert shown.err.count("\n") == 1
    assert run(capsys, monkeypatch, "drivers", folder)[1].err == ""


def test_it_is_a_note_in_a_process_of_its_own_where_warnings_are_errors(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "verbatim.cli", "drivers", saved(tmp_path)]
    done = subprocess.run([*command, "--outcome", "stars"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr.startswith("note: the 134 reviews")


def test_a_saved_analysis_is_scored_with_weights(capsys, monkeypatch, tmp_path: Path) -> None:
    folder = saved(tmp_path)
    plain = run(capsys, monkeypatch, "drivers", folder)[1].out
    weighted = run(capsys, monkeypatch, "drivers", folder, "--weight", "w")[1].out
    note = "Weighted by w: the 134 reviews tell as much as 134 of equal weight.\n"
    assert weighted == plain + note  # the weights are all the same
    status, shown = run(capsys, monkeypatch, "drivers", folder, "--weight", "v")
    assert status == 2 and "unknown column 'v'" in shown.err


def test_the_same_note_comes_once_and_other_warnings_stay(capsys) -> None:
    with pytest.warns(UserWarning, match="something else") as others, bias_as_notes():
        for said in ("one", "one", "two"):
            warnings.warn(said, BiasWarning, stacklevel=1)
        warnings.warn("something else", UserWarning, stacklevel=1)
    assert capsys.readouterr().err == "note: one\nnote: two\n"
    assert [str(each.message) for each in others] == ["something else"]
