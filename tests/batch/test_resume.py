"""A run that is stopped anywhere goes on, and leaves what an uninterrupted one leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.batch.made import HEADER, OPTIONS, content, rows, run, write_reviews
from verbatim import Analysis, Analyzer, StorageError
from verbatim.batch import analyze_file, claimed, is_complete, make_plan, reading
from verbatim.readers import look_through


class Killed(BaseException):
    """What no code catches, as a killed process runs no code."""


ROWS = 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_reviews(tmp_path / "reviews.csv", ROWS)
    return tmp_path


@pytest.fixture
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an uninterrupted run leaves."""
    folder = tmp_path_factory.mktemp("whole")
    write_reviews(folder / "reviews.csv", ROWS)
    return content(run(folder))


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the same rows, read again, cost nothing."""
    known: dict[tuple[object, ...], tuple[int, dict[str, bytes]]] = {}
    read_part = reading._read_part

    def remembered(analyzer: Any, job: Any, frame: Any, start: int) -> Any:
        key = (job, start, len(frame))
        if key not in known:
            known[key] = read_part(analyzer, job, frame, start)
        return known[key]

    monkeypatch.setattr(reading, "_read_part", remembered)


def stop_at(monkeypatch: pytest.MonkeyPatch, step: int, error: BaseException) -> list[int]:
    """Raise `error` at one of the steps that change the disk; the list holds the steps so far."""
    steps: list[int] = []

    def counted(change: Callable[..., Any], is_after: bool) -> Callable[..., Any]:
        def changing(*arguments: Any, **options: Any) -> Any:
            steps.append(len(steps))
            if len(steps) - 1 == step and not is_after:
                raise error
            result = change(*arguments, **options)
            if len(steps) - 1 == step:
                raise error
            return result

        return changing

    monkeypatch.setattr(os, "fsync", counted(os.fsync, is_after=False))
    monkeypatch.setattr(Path, "replace", counted(Path.replace, is_after=False))
    monkeypatch.setattr(Path, "rename", counted(Path.rename, is_after=True))
    return steps


def n_steps(folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        steps = stop_at(patch, -1, Killed())
        run(folder, "counted")
    shutil.rmtree(folder / "counted")
    return len(steps)


@pytest.mark.usefixtures("read_once")
def test_killed_at_every_step_it_goes_on_to_the_same_bytes(
    folder: Path, whole: dict[str, bytes]
) -> None:
    total = n_steps(folder)
    assert total > 30
    for step in range(total):
        with pytest.MonkeyPatch.context() as patch:
            stop_at(patch, step, Killed())
            with pytest.raises(Killed):
                run(folder)
        assert not (folder / "out").exists() or content(folder / "out") == whole
        run(folder)
        assert content(folder / "out") == whole
        assert sorted(os.listdir(folder)) == ["out", "reviews.csv"]
        shutil.rmtree(folder / "out")


@pytest.mark.usefixtures("read_once")
def test_killed_while_replacing_there_is_always_a_whole_result(
    folder: Path, whole: dict[str, bytes]
) -> None:
    older = content(run(folder, chunk_rows=9))
    total = n_steps(folder)
    for step in range(total - 12, total + 2):
        with pytest.MonkeyPatch.context() as patch:
            stop_at(patch, step, Killed())
            with suppress(Killed):
                run(folder, overwrite=True)
        if (folder / "out").exists():
            assert content(folder / "out") in (older, whole)
        run(folder, overwrite=True)
        assert content(folder / "out") == whole
        assert sorted(os.listdir(folder)) == ["out", "reviews.csv"]
        run(folder, chunk_rows=9, overwrite=True)


def test_only_what_is_not_done_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatim.batch.run._write_rejected", _fail)
    with pytest.raises(Killed):
        run(folder)
    monkeypatch.undo()
    monkeypatch.setattr("verbatim.batch.reading._read_part", _fail)
    assert len(Analysis.load(run(folder))) == ROWS


def _fail(*_: object, **__: object) -> None:
    raise Killed


def test_a_part_that_was_damaged_is_read_again(folder: Path, whole: dict[str, bytes]) -> None:
    part = stopped_after(folder, parts=2)
    part.write_bytes(part.read_bytes()[:-10])
    assert content(run(folder)) == whole


def stopped_after(folder: Path, parts: int) -> Path:
    """Stop a run after so many parts, and name a file of the last."""
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if len(told) > parts:
            raise Killed

    with pytest.raises(Killed):
        run(folder, progress=stop)
    return folder / f"out.partial/verbatims.parquet/part-{parts - 1:06}.parquet"


def test_other_processes_and_another_name_go_on_too(folder: Path, whole: dict[str, bytes]) -> None:
    stopped_after(folder, parts=1)
    assert content(run(folder, n_jobs=2)) == whole


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"chunk_rows": 5}, "chunk_rows was 7 and is 5"),
        ({"id": "key"}, "id was None and is 'key'"),
        ({"columns": ["hotel"]}, "columns was"),
        ({"taxonomy": "telecom"}, r"taxonomy was 'general \w{8}' and is 'telecom \w{8}'"),
    ],
)
def test_another_run_is_not_mixed_in(folder: Path, options: dict[str, Any], message: str) -> None:
    stopped_after(folder, parts=2)
    before = content(folder / "out.partial")
    with pytest.raises(StorageError, match=message) as caught:
        run(folder, **options)
    assert "2 parts of another run" in str(caught.value) and "--overwrite" in str(caught.value)
    assert content(folder / "out.partial") == before
    run(folder, **options, overwrite=True)
    fresh = run(folder, "fresh", **options)
    assert content(folder / "out") == content(fresh)


def test_a_changed_file_is_not_mixed_in(folder: Path) -> None:
    stopped_after(folder, parts=2)
    changed = HEADER + rows(ROWS).replace("Rude", "Kind")
    (folder / "reviews.csv").write_text(changed, "utf-8")
    with pytest.raises(StorageError, match="or was changed"):
        run(folder)


def test_a_file_that_only_moved_goes_on(folder: Path, whole: dict[str, bytes]) -> None:
    stopped_after(folder, parts=2)
    os.utime(folder / "reviews.csv", (0, 0))
    assert content(run(folder)) == whole


def test_the_same_again_is_nothing_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder)
    monkeypatch.setattr("verbatim.batch.reading._read_part", _fail)
    run(folder)
    with pytest.raises(StorageError, match=r"made otherwise \(chunk_rows was 7 and is 6\); name"):
        run(folder, chunk_rows=6)
    with pytest.raises(Killed):
        run(folder, overwrite=True)
    assert (folder / "out").exists()


def test_foreign_folders_are_left_alone(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "mine.txt").write_text("keep me")
    with pytest.raises(StorageError, match="is there already"):
        run(folder)
    with pytest.raises(StorageError, match="not overwritten"):
        run(folder, overwrite=True)
    (folder / "new.partial").mkdir()
    (folder / "new.partial" / "mine.txt").write_text("keep me")
    with pytest.raises(StorageError, match=r"new.partial holds something else .*mine.txt"):
        run(folder, "new", overwrite=True)
    assert (folder / "new.partial" / "mine.txt").exists()


def test_what_the_user_has_put_beside_a_result_is_not_removed(folder: Path) -> None:
    mine = run(folder) / "opinions.parquet" / "mine.txt"
    mine.write_text("keep me")
    with pytest.raises(StorageError, match=r"\(opinions.parquet/mine.txt\).*not overwritten"):
        run(folder, overwrite=True)
    (folder / "out" / "meta.json").unlink()
    with pytest.raises(StorageError, match="not overwritten"):
        run(folder)
    assert mine.read_text() == "keep me"


def test_what_the_user_has_put_among_the_parts_is_not_removed(folder: Path) -> None:
    stopped_after(folder, parts=2)
    mine = folder / "out.partial" / "mine.txt"
    mine.write_text("keep me")
    for overwrite in (False, True):
        with pytest.raises(StorageError, match=r"out.partial holds .*\(mine.txt\)"):
            run(folder, overwrite=overwrite)
    assert mine.read_text() == "keep me"


def test_the_file_to_read_is_not_removed_whatever_its_name(folder: Path) -> None:
    out = run(folder)
    (folder / "link").symlink_to(out)
    for path in (out / "rejected.csv", folder / "link" / "rejected.csv"):
        with pytest.raises(StorageError, match=r"rejected.csv lies in .*out, which is replaced"):
            analyze_file(path, out, **{**OPTIONS, "text": "raw"}, overwrite=True)
    assert (out / "rejected.csv").exists()


@pytest.mark.parametrize(
    "lost", ["meta.json", "rejected.csv", "opinions.parquet/part-000001.parquet"]
)
def test_what_a_result_has_lost_is_made_again(
    folder: Path, whole: dict[str, bytes], lost: str
) -> None:
    (run(folder) / lost).unlink()
    assert content(run(folder)) == whole
    assert sorted(os.listdir(folder)) == ["out", "reviews.csv"]


def test_only_the_parts_that_a_result_has_lost_are_read_again(
    folder: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    part = run(folder) / "verbatims.parquet" / "part-000001.parquet"
    part.write_bytes(part.read_bytes()[:-10])
    starts: list[int] = []
    read_part = reading._read_part

    def noting(analyzer: Any, job: Any, frame: Any, start: int) -> Any:
        starts.append(start)
        return read_part(analyzer, job, frame, start)

    monkeypatch.setattr(reading, "_read_part", noting)
    with pytest.raises(StorageError, match="made otherwise"):
        run(folder, chunk_rows=6)
    assert starts == []
    assert content(run(folder)) == whole
    assert len(starts) == 2 and min(starts) > 0


@pytest.mark.usefixtures("read_once")
def test_killed_while_a_damaged_result_is_made_again_it_goes_on(
    folder: Path, whole: dict[str, bytes]
) -> None:
    run(folder)
    for step in range(0, 40, 3):
        (folder / "out" / "opinions.parquet" / "part-000001.parquet").unlink()
        with pytest.MonkeyPatch.context() as patch:
            stop_at(patch, step, Killed())
            with suppress(Killed):
                run(folder)
        assert content(run(folder)) == whole
        assert sorted(os.listdir(folder)) == ["out", "reviews.csv"]


def test_a_result_is_whole_with_all_that_was_made_of_it(folder: Path) -> None:
    out = run(folder)
    source = look_through(folder / "reviews.csv")
    plan = make_plan(source, Analyzer(engine="lexicon"), text="review", chunk_rows=7)
    with claimed(out) as place:
        assert is_complete(plan, place)
        assert not is_complete(plan, place, ["report.html"])
        (out / "report.html").touch()
        assert is_complete(plan, place, ["report.html"])


def test_a_second_run_to_the_same_place_is_refused(folder: Path) -> None:
    with (
        claimed(folder / "out"),
        pytest.raises(StorageError, match="another run is writing"),
    ):
        run(folder)


@pytest.mark.parametrize("step", [0, 5, 14, 25])
def test_a_full_disk_is_one_error_and_no_half_file(
    folder: Path, whole: dict[str, bytes], step: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        stop_at(patch, step, OSError(28, "No space left on device"))
        with pytest.raises(StorageError, match="out can't be written: No space left on device"):
            run(folder)
    assert not (folder / "out").exists()
    hidden = [path for path in folder.rglob(".*") if path.is_file()]
    assert hidden == []
    assert content(run(folder)) == whole


def test_a_file_that_changes_while_it_is_read_stops_the_run(folder: Path) -> None:
    def append(done: int, total: int) -> None:
        with (folder / "reviews.csv").open("a") as file:
            file.write("r99,A,1,1,More\n")

    with pytest.raises(ValueError, match="was changed while it was read"):
        run(folder, progress=append)
    assert not (folder / "out").exists()


def processes_of(pid: int) -> list[int]:
    """Processes that a process has started, where the system tells."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


KILLED = """
import sys
from pathlib import Path
from tests.batch.made import run
run(Path(sys.argv[1]), n_jobs=int(sys.argv[2]), chunk_rows=40)
"""


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_killed_by_the_system_it_goes_on_to_the_same_bytes(tmp_path: Path, n_jobs: int) -> None:
    write_reviews(tmp_path / "reviews.csv", 600)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), str(n_jobs)])
    deadline = time.monotonic() + 120
    parts = tmp_path / "out.partial" / "opinions.parquet"
    while not parts.is_dir() or len(os.listdir(parts)) < 3:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.002)
    helpers = processes_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "out").exists()
    while any(map(is_alive, helpers)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    run(tmp_path, chunk_rows=40)
    run(tmp_path, "whole", chunk_rows=40)
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert sorted(os.listdir(tmp_path)) == ["out", "reviews.csv", "whole"]
