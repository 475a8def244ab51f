"""Columns keep the names that they have in the file, whatever the tables call them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import verbatim
from tests.test_cli import Command

ROWS = "".join(f"{('north', 'south')[i % 2]},{i % 5},Lovely staff here\n" for i in range(10))
ANALYZE = ("analyze", "r.csv", "--text", "note", "--engine", "lexicon", "--out", "out")


@pytest.fixture
def out(run: Command) -> str:
    Path("r.csv").write_text(f"language,status,note\n{ROWS}")
    assert run(*ANALYZE).status == 0
    return "out"


def test_a_renamed_column_is_noted(run: Command) -> None:
    Path("r.csv").write_text(f"language,stars,note\n{ROWS}")
    noted = "column 'language' is 'language_input' in the tables, which have one of that name"
    assert noted in run(*ANALYZE).out
    assert noted in run("report", "r.csv", "--text", "note", "--engine", "lexicon").err


def test_a_folder_is_asked_by_the_names_of_the_file(run: Command, out: str) -> None:
    done = run("drivers", out, "--by", "language", "--outcome", "status")
    assert (done.status, done.out.count("\nsouth\n")) == (0, 1)
    assert done.err.splitlines()[0] == (
        "note: 'language' is the file's column, 'language_input' here"
    )
    assert "north: none, of 5 reviews" in run("moments", out, "--by", "language").out
    run("report", out, "--by", "language", "--outcome", "status", "-o", "r.html")
    page = Path("r.html").read_text("utf-8")
    assert "_input" not in page and "status" in page


def test_what_python_saved_is_asked_by_them_too(run: Command) -> None:
    frame = pd.DataFrame({"label": ["a", "b"] * 3, "note": ["Lovely staff"] * 6})
    verbatim.analyze(frame, text="note", engine="lexicon").save("saved")
    assert "\nb\n" in run("drivers", "saved", "--by", "label").out
    assert "\nb\n" in run("drivers", "saved", "--by", "label_input").out


def test_a_column_of_ours_is_used_where_the_file_has_none(run: Command) -> None:
    Path("r.csv").write_text("shop,note\nA,Lovely staff\nB,Rude staff\n")
    run(*ANALYZE)
    done = run("drivers", "out", "--by", "label")
    assert done.err == "" and "positive\n" in done.out
