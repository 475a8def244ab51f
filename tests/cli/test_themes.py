"""``verbatim themes``: what customers talk about, and what came up."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from tests.test_cli import Command

LINES = ["The lift was slow", "The pool was lovely", "The breakfast was cold"]


@pytest.fixture
def saved(run: Command) -> str:
    """Forty reviews a month of lift, pool and breakfast; in June eight of gift cards as well."""
    rows = [f"2025-0{month}-10,{LINES[i % 3]}" for month in (5, 6) for i in range(40)]
    rows += ["2025-06-11,The gift card was rejected"] * 8
    Path("r.csv").write_text("\n".join(["day,note", *rows]) + "\n")
    run("analyze", "r.csv", "--text", "note", "--engine", "lexicon", "--out", "out")
    return "out"


def test_themes_are_listed_to_read_and_for_a_spreadsheet(run: Command, saved: str) -> None:
    text = run("themes", saved).out
    assert "lift" in text and "breakfast" in text and ".frame" not in text
    assert max(map(len, text.splitlines())) <= 100
    table = pd.read_csv(StringIO(run("themes", saved, "--format", "csv").out))
    assert table["n_reviews"].min() >= 3 and table["name"].str.contains("lift").any()
    assert run("themes", saved, "--format", "csv", "-o", "t.csv").out == "Written to t.csv\n"
    assert Path("t.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_came_up_is_told(run: Command, saved: str) -> None:
    text = run("themes", saved, "--since", "2025-06-01", "--date", "day").out
    assert "gift card" in text and "lift" not in text and ".frame" not in text
    listed = run("themes", saved, "--since", "2025-06-01", "--format", "jsonl").out
    rows = [json.loads(line) for line in listed.splitlines()]
    thing = next(row for row in rows if row["what"] == "thing")
    assert (thing["name"], thing["n_before"], thing["n_since"]) == ("gift card", 0, 8)
    assert {row["what"] for row in rows} == {"theme", "thing"}


def test_an_analysis_is_written_with_its_themes(run: Command, saved: str) -> None:
    assert "Saved to with" in run("themes", saved, "--tagged", "with").out
    assert "lift" in run("drivers", "with", "--level", "theme").out


def test_options_that_do_not_go_together_are_refused(run: Command, saved: str) -> None:
    assert "--date day goes with --since" in run("themes", saved, "--date", "day").err
    assert "--min-size 0" in run("themes", saved, "--min-size", "0").err
    assert "unknown format 'xml'" in run("themes", saved, "--format", "xml").err
    assert "since='soon' is not a date" in run("themes", saved, "--since", "soon").err
