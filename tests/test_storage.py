"""Saves and reads that meet, stop midway, or find something else than what was saved."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import verbatim
from verbatim import Analysis, StorageError, atomic
from verbatim.atomic import only_save, write_file
from verbatim.report.write import write_text
from verbatim.stored import StoredTables

posix = pytest.mark.skipif(os.name != "posix", reason="needs links, locks or permissions")


def made(*reviews: str) -> Analysis:
    frame = pd.DataFrame({"review": reviews, "hotel": ["A", "B", "C", "D"][: len(reviews)]})
    return verbatim.analyze(frame, text="review", engine="lexicon")


@pytest.fixture(scope="module")
def older() -> Analysis:
    return made("Great food", "Rude staff")


@pytest.fixture(scope="module")
def newer() -> Analysis:
    return made("Dirty room", "Lovely pool. Slow wifi.", "Cold food")


@pytest.fixture
def place(older: Analysis, tmp_path: Path) -> Path:
    return older.save(tmp_path / "out")


def shape(analysis: Analysis) -> tuple[int, ...]:
    return tuple(len(table) for table in analysis.tables.values())


def together(*calls: Callable[[], object]) -> list[BaseException]:
    """Call all at once; the errors."""
    errors: list[BaseException] = []

    def call(function: Callable[[], object]) -> None:
        try:
            function()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=call, args=(function,)) for function in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@posix
def test_permissions_are_those_of_the_umask_which_is_left_alone(
    older: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o027)

    def refuse(mask: int) -> int:
        raise AssertionError("other threads would make files with it")

    monkeypatch.setattr(os, "umask", refuse)
    try:
        path = older.save(tmp_path / "out")
        page = write_text(tmp_path / "page.html", "<p>")
    finally:
        monkeypatch.undo()
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o750
    assert {file.stat().st_mode & 0o777 for file in [page, *path.iterdir()]} == {0o640}


@posix
def test_a_link_stays_and_what_it_leads_to_is_replaced(
    newer: Analysis, place: Path, tmp_path: Path
) -> None:
    link = tmp_path / "current"
    link.symlink_to("out")
    (tmp_path / ".out-former").symlink_to("gone")  # as earlier versions have left it
    for _ in range(2):
        assert newer.save(link, overwrite=True) == link
        assert link.is_symlink() and not place.is_symlink()
        assert shape(Analysis.load(place)) == shape(Analysis.load(link)) == shape(newer)
    assert sorted(os.listdir(tmp_path)) == ["current", "out"]
    (tmp_path / "page.html").symlink_to("real.html")
    write_text(tmp_path / "page.html", "<p>")
    assert (tmp_path / "real.html").read_text() == "<p>"


def fails_to_move_in(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target.name == "out" and "former" not in self.name:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)


def test_what_was_there_comes_back_if_the_new_can_not_take_its_place(
    older: Analysis, newer: Analysis, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_to_move_in(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(StorageError, match="No space left"):
        newer.save(place, overwrite=True)
    monkeypatch.undo()
    assert shape(Analysis.load(place)) == shape(older)
    assert os.listdir(place.parent) == ["out"]


def test_what_a_killed_save_moved_away_is_read_and_never_lost(
    older: Analysis, newer: Analysis, place: Path
) -> None:
    former = place.with_name(".out-former")
    place.rename(former)
    assert shape(Analysis.load(place)) == shape(Analysis.open(place)) == shape(older)
    with pytest.raises(StorageError, match="is there already"):
        newer.save(place)
    assert shape(Analysis.load(place)) == shape(older) and not former.exists()
    place.rename(former)
    newer.save(place, overwrite=True)
    assert shape(Analysis.load(place)) == shape(newer) and not former.exists()


def test_a_folder_of_the_user_is_not_taken_for_what_was_moved_away(
    older: Analysis, place: Path
) -> None:
    former = place.with_name(".out-former")
    place.rename(former)
    (former / "mine.txt").write_text("irreplaceable")
    with pytest.raises(StorageError, match=r"mine\.txt"):
        older.save(place, overwrite=True)
    assert (former / "mine.txt").exists() and not place.exists()


def test_a_load_is_of_one_save(
    newer: Analysis, older: Analysis, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, saves = StoredTables.read, [newer]

    def saving_meanwhile(self: StoredTables, table: str, columns: Any) -> pd.DataFrame:
        found = read(self, table, columns)
        if table == "sentences" and saves:
            with suppress(StorageError):  # made to wait, at last
                saves.pop().save(place, overwrite=True)
        return found

    monkeypatch.setattr(StoredTables, "read", saving_meanwhile)
    assert shape(Analysis.load(place)) == shape(newer)
    monkeypatch.setattr(atomic, "_PATIENCE", 0.05)
    saves += [older, newer] * 5
    assert shape(Analysis.load(place)) in (shape(older), shape(newer))


def test_readers_and_writers_meet_without_harm(
    older: Analysis, newer: Analysis, place: Path
) -> None:
    found = set()

    def read() -> None:
        for _ in range(12):
            found.add(shape(Analysis.load(place)))

    def write(analysis: Analysis) -> Callable[[], object]:
        return lambda: [analysis.save(place, overwrite=True) for _ in range(6)]

    assert together(write(older), write(newer), write(older), read) == []
    assert found <= {shape(older), shape(newer)}
    assert os.listdir(place.parent) == ["out"]


def test_an_opened_analysis_notices_that_it_was_replaced(
    older: Analysis, newer: Analysis, place: Path
) -> None:
    opened = Analysis.open(place)
    kept = pickle.loads(pickle.dumps(opened.filter(hotel="A")))
    assert kept.verbatims["text"].tolist() == ["Great food"]
    made("Rude staff", "Great food").save(place, overwrite=True)  # of the same length
    for use in (
        lambda: opened.verbatims,
        lambda: len(opened),
        lambda: kept.verbatims,
        lambda: kept.drivers(),
        lambda: next(opened.blocks()).opinions,
        lambda: opened.columns,
    ):
        with pytest.raises(StorageError, match="was replaced or removed since it was opened"):
            use()
    shutil.rmtree(place)
    with pytest.raises(StorageError, match="was replaced or removed since"):
        repr(opened)


def test_an_opened_analysis_may_be_saved_in_its_own_place(place: Path) -> None:
    Analysis.open(place).filter(hotel="B").save(place, overwrite=True)
    assert Analysis.load(place).verbatims["text"].tolist() == ["Rude staff"]


def test_an_opened_analysis_stays_where_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place.parent)
    opened = Analysis.open("out")
    monkeypatch.chdir("/")
    assert len(opened.opinions) == 2


@posix
def test_a_save_that_does_not_end_is_told_of(
    newer: Analysis, older: Analysis, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_PATIENCE", 0.05)
    with only_save(place), pytest.raises(StorageError, match=r"another save is writing .*out"):
        newer.save(place, overwrite=True)
    assert shape(Analysis.load(place)) == shape(older)
    assert os.listdir(place.parent) == ["out"]


def test_only_one_of_several_first_saves_is_the_first(
    older: Analysis, newer: Analysis, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    errors = together(*[lambda one=one: one.save(path) for one in (older, newer, older, newer)])
    assert len(errors) == 3
    assert all("is there already" in str(error) for error in errors)
    assert shape(Analysis.load(path)) in (shape(older), shape(newer))


def test_a_file_is_written_by_many_at_once(tmp_path: Path) -> None:
    contents = [bytes([65 + n]) * 100_000 for n in range(6)]
    path = tmp_path / "page.html"
    calls = [lambda c=c: [write_file(path, c) for _ in range(10)] for c in contents]
    assert together(*calls) == []
    assert path.read_bytes() in contents
    assert os.listdir(tmp_path) == ["page.html"]


def rewritten(file: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    change(pd.read_parquet(file)).to_parquet(file, index=False)


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a column is gone": (
        lambda p: rewritten(p / "opinions.parquet", lambda t: t.drop(columns="label")),
        r"opinions\.parquet .* no column 'label'",
    ),
    "a column is of another type": (
        lambda p: rewritten(p / "opinions.parquet", lambda t: t.assign(strength="x")),
        r"'strength' holds large_string, not int64",
    ),
    "two tables are swapped": (
        lambda p: shutil.copy(p / "sentences.parquet", p / "verbatims.parquet"),
        r"verbatims\.parquet .* no column 'text'",
    ),
    "ids are of another kind": (
        lambda p: rewritten(p / "opinions.parquet", lambda t: t.assign(id=t["id"].astype("str"))),
        "tables of several analyses",
    ),
}


def without_digests(path: Path) -> None:
    """As versions before this one have saved it."""
    meta = json.loads((path / "meta.json").read_text())
    del meta["sha256"]
    (path / "meta.json").write_text(json.dumps(meta))


@pytest.mark.parametrize("name", CHANGES)
def test_tables_that_are_none_of_ours_are_told_of(place: Path, name: str) -> None:
    change, message = CHANGES[name]
    change(place)
    with pytest.raises(StorageError, match=r"it isn't the file that was saved"):
        Analysis.load(place)
    without_digests(place)
    for read in (Analysis.load, Analysis.open):
        with pytest.raises(StorageError, match=message):
            read(place)


def test_a_table_of_another_analysis_is_told_of(
    newer: Analysis, place: Path, tmp_path: Path
) -> None:
    other = newer.save(tmp_path / "other")
    shutil.copy(other / "opinions.parquet", place / "opinions.parquet")
    with pytest.raises(StorageError, match=r"opinions\.parquet .*isn't the file that was saved"):
        Analysis.load(place)


def test_what_was_saved_before_is_still_read(older: Analysis, place: Path) -> None:
    without_digests(place)
    assert shape(Analysis.load(place)) == shape(older)
    assert Analysis.load(place).meta == older.meta == Analysis.open(place).meta


@pytest.mark.parametrize("key", ["engine", "taxonomy", "id"])
def test_provenance_that_lacks_something_is_told_of(place: Path, key: str) -> None:
    meta = json.loads((place / "meta.json").read_text())
    (place / "meta.json").write_text(json.dumps({k: v for k, v in meta.items() if k != key}))
    with pytest.raises(StorageError, match=f"holds no analysis .*'{key}'"):
        Analysis.load(place)
    (place / "meta.json").write_text(json.dumps({**meta, "schema_version": "1"}))
    with pytest.raises(StorageError, match="schema version '1'"):
        Analysis.open(place)


def test_provenance_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    place = verbatim.analyze(["Rude staff"], engine="lexicon").save(tmp_path / "saved")
    (place / "meta.json").write_text('{"schema_version":' * 100_000)
    for opened in (verbatim.Analysis.load, verbatim.Analysis.open):
        with pytest.raises(verbatim.StorageError, match="missing or broken"):
            opened(place)
