"""Read in several processes, or quietly in this one where others can't be had."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from multiprocessing import current_process
from typing import Any, TypeVar

Part = TypeVar("Part")


def n_workers(n_jobs: int) -> int:
    """Count the processes that `n_jobs` stands for: one in a process that may not have others."""
    if n_jobs == 1 or current_process().daemon:
        return 1
    from joblib import effective_n_jobs

    return int(effective_n_jobs(n_jobs))


@contextmanager
def ended(parts: Generator[Part, Any, Any]) -> Iterator[Generator[Part, Any, Any]]:
    """Yield what is read; if the block raises, what is still being read is dropped.

    joblib would warn of that, which the caller, who has the error, knows.
    """
    try:
        yield parts
    except BaseException:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parts.close()
        raise
