"""How many threads read: as many as this process was given cores."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path

MOST = 16
"""Threads that are taken unasked: each takes memory, and what is done in Python between their runs
is done one at a time."""

_LIMIT = Path("/sys/fs/cgroup/cpu.max")
_OLDER = Path("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), Path("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
"""Where Linux says what share of the cores a container has, in the new way and in the old."""


def default_threads() -> int:
    """``OMP_NUM_THREADS`` if it is set, else the cores given to this process, `MOST` at most.

    joblib sets the variable in its workers, so that theirs don't fight for the cores.
    """
    given = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()  # OpenMP allows "4,2"
    if given.isdecimal() and int(given) > 0:
        return int(given)
    every = os.cpu_count() or 1
    return min(_allowed(every), _quota(every), MOST)


def _allowed(every: int) -> int:
    """Cores that the process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else every


def _quota(every: int) -> int:
    """Cores that the time allotted to a container makes up, rounded up."""
    try:
        if _LIMIT.is_file():
            quota, period = _LIMIT.read_text("ascii").split()
        else:
            quota, period = (file.read_text("ascii").strip() for file in _OLDER)
        return max(ceil(int(quota) / int(period)), 1) if int(quota) > 0 else every
    except (OSError, ValueError, ZeroDivisionError):  # "max", or no such files: there is no limit
        return every
