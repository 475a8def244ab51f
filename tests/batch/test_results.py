"""The files that the command writes beside the tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.batch.made import content, write_reviews
from verbatim.batch.manifest import Manifest
from verbatim.cli.app import main
from verbatim.cli.output import result_files

ANALYZE = ("analyze", "reviews.csv", "--text", "review", "--engine", "lexicon", "--out", "out")
EVERYTHING = (*ANALYZE, "--by", "hotel", "--outcome", "stars", "--format", "csv", "-q")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reviews(tmp_path / "reviews.csv", 16)
    monkeypatch.chdir(tmp_path)


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["verbatim", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_all_that_is_written_is_known_and_may_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(monkeypatch, *EVERYTHING) == 0
    first = content(Path("out"))
    manifest = Manifest.read(Path("out"))
    assert manifest is not None
    assert {name for name in first if "/" not in name} == {
        *result_files(manifest.results),
        *("meta.json", "manifest.json", "rejected.csv"),
    }
    assert command(monkeypatch, *EVERYTHING, "--overwrite") == 0
    assert content(Path("out")) == first
    Path("out/.DS_Store").touch()  # what a file manager leaves is in nobody's way
    assert command(monkeypatch, *ANALYZE, "--overwrite", "--tables-only", "-q") == 0
    manifest = Manifest.read(Path("out"))
    assert manifest is not None
    assert result_files(manifest.results) == []
    assert not Path("out/report.html").exists()


def test_the_input_and_notes_in_the_folder_are_not_removed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, *ANALYZE, "-q") == 0
    os.replace("reviews.csv", "out/reviews.csv")
    Path("out/notes.txt").write_text("mine")
    assert command(monkeypatch, "analyze", "out/reviews.csv", *ANALYZE[2:], "--overwrite") == 2
    assert "(notes.txt, reviews.csv); it is not overwritten" in capsys.readouterr().err
    assert Path("out/notes.txt").exists() and Path("out/reviews.csv").exists()
    assert Path("out/report.html").exists()


def test_a_lost_part_is_made_again_with_all_that_is_made_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, *EVERYTHING) == 0
    before = content(Path("out"))
    assert command(monkeypatch, *EVERYTHING[:-1]) == 0
    assert "holds all of this already" in capsys.readouterr().out
    Path("out/report.html").unlink()
    Path("out/opinions.parquet/part-000000.parquet").unlink()
    assert command(monkeypatch, *EVERYTHING[:-1]) == 0
    assert "holds all of this already" not in capsys.readouterr().out
    assert content(Path("out")) == before


def test_a_damaged_part_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, *ANALYZE, "-q", "--tables-only") == 0
    part = Path("out/opinions.parquet/part-000000.parquet")
    part.write_bytes(part.read_bytes()[:300])
    assert command(monkeypatch, "drivers", "out") == 2
    told = capsys.readouterr().err
    assert told.startswith("verbatim: ") and "part-000000.parquet" in told
