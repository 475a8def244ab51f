"""The neural engine takes the cores that its process was given, and no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from verbatim.engines.neural import threads

CORES = 8


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Eight cores, and a file that would hold the limit of a container."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: CORES)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(CORES)), raising=False)
    monkeypatch.setattr(threads, "_LIMIT", tmp_path / "cpu.max")
    monkeypatch.setattr(threads, "_OLDER", (tmp_path / "quota", tmp_path / "period"))
    return tmp_path


def test_every_core_where_nothing_limits_them() -> None:
    assert threads.default_threads() == CORES


@pytest.mark.parametrize(
    ("given", "taken"), [("3", 3), (" 4,2", 4), ("", CORES), ("0", CORES), ("many", CORES)]
)
def test_the_user_and_joblib_may_say_how_many(
    monkeypatch: pytest.MonkeyPatch, given: str, taken: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", given)
    assert threads.default_threads() == taken


def test_of_very_many_cores_some_unless_more_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 128)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(128)), raising=False)
    assert threads.default_threads() == threads.MOST
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    assert threads.default_threads() == 64


def test_only_the_cores_that_the_process_may_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {2, 5}, raising=False)
    assert threads.default_threads() == 2


@pytest.mark.parametrize(
    ("limit", "taken"),
    [("200000 100000", 2), ("250000 100000", 3), ("50000 100000", 1), ("max 100000", CORES)],
)
def test_only_what_a_container_is_allotted(machine: Path, limit: str, taken: int) -> None:
    (machine / "cpu.max").write_text(limit + "\n", "ascii")
    assert threads.default_threads() == taken


@pytest.mark.parametrize(("quota", "taken"), [("400000", 4), ("-1", CORES), ("1600000", CORES)])
def test_an_older_container_says_it_in_two_files(machine: Path, quota: str, taken: int) -> None:
    (machine / "quota").write_text(quota + "\n", "ascii")
    (machine / "period").write_text("100000\n", "ascii")
    assert threads.default_threads() == taken
