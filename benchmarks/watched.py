"""Run the command ``verbatim analyze`` in processes of its own, and watch what they take."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

COMMAND = (sys.executable, "-m", "verbatim.cli", "analyze")
PAUSE_S = 0.5
"""Between two looks at the processes: a look takes some milliseconds of a core from them."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at a moment: parts that are done, and memory of all processes together."""

    seconds: float
    parts: int
    mb: float


@dataclass(frozen=True, slots=True)
class Watched:
    """A run of the command.

    Attributes
    ----------
    seconds : float
        Until it ended.
    looks : tuple of Look
    """

    seconds: float
    looks: tuple[Look, ...]

    @property
    def n_parts(self) -> int:
        """Parts of the result."""
        return max(look.parts for look in self.looks)

    @property
    def read_s(self) -> float:
        """Seconds until the last part was done."""
        return next(look.seconds for look in self.looks if look.parts == self.n_parts)

    def peak_mb(self, start: float = 0, end: float = 1) -> float:
        """Highest memory while from `start` to `end` of the parts were done, as shares of all."""
        low, high = start * self.n_parts, end * self.n_parts
        return max((look.mb for look in self.looks if low <= look.parts <= high), default=0.0)


def watch(arguments: Sequence[str], folder: Path, threads: int | None = None) -> Watched:
    """Run the command to its end; `folder` is where its parts appear.

    Parameters
    ----------
    arguments : sequence of str
        Of the command, but for ``--out``.
    folder : Path
    threads : int, optional
        Of an engine in one process; as the command chooses by default.
    """
    environment = os.environ | ({} if threads is None else {"OMP_NUM_THREADS": str(threads)})
    begin = perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*COMMAND, *arguments, "--quiet", "--out", str(folder / "out")],
            stderr=errors,
            env=environment,
        )
        looks = []
        while process.poll() is None:
            looks.append(Look(perf_counter() - begin, parts_done(folder), memory_mb(process.pid)))
            sleep(PAUSE_S)
        seconds = perf_counter() - begin
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(errors.read().decode(errors="replace"))
    last = Look(seconds, parts_done(folder), 0.0)
    return Watched(seconds, (*looks, last))


def kill(arguments: Sequence[str], folder: Path, after_s: float) -> bool:
    """Start the command and kill all its processes; say whether it hadn't ended by itself."""
    process = subprocess.Popen(
        [*COMMAND, *arguments, "--quiet", "--out", str(folder / "out")], start_new_session=True
    )
    try:
        process.wait(after_s)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def parts_done(folder: Path) -> int:
    """Parts that the manifest of a run lists, finished or not."""
    for name in ("out.partial", "out"):
        try:
            return len(json.loads((folder / name / "manifest.json").read_text("utf-8"))["parts"])
        except (OSError, ValueError):
            continue
    return 0


def memory_mb(pid: int) -> float:
    """Memory of a process and all that it has started, in MB; what they share counts once."""
    return sum(map(_mb, _family(pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for thread in _paths(Path(f"/proc/{one}/task")):
            try:
                found += map(int, (thread / "children").read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def _paths(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6
    except (OSError, StopIteration):
        return 0.0
