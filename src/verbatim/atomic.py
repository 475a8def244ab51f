"""Write files that appear whole or not at all, and let one save at a time change a folder.

What is being written lies beside its place under a name of its own, made with the usual
permissions: the system takes the umask off, which a program of several threads can't look up.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from verbatim.errors import StorageError

_PATIENCE = 30.0
"""Seconds to wait for another save, which holds its lock as long as it takes to rename."""


def real(path: Path) -> Path:
    """Follow links, so that what they lead to is written and they stay links."""
    return Path(os.path.realpath(path))


def beside(path: Path) -> Path:
    """Name what will become `path` when it is whole; no other writer takes the same name."""
    return path.with_name(f".{path.name}-{secrets.randbits(48)}")


def write_file(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, even if the machine stops.

    Of several that write it at once, one is last, and its content is there.
    """
    path = real(path)
    temporary = beside(path)
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


@contextmanager
def only_save(path: Path) -> Iterator[None]:
    """Keep other saves from `path` meanwhile.

    Where there are no locks, as on Windows, or the folder can't be read, the block just runs.

    Raises
    ------
    StorageError
        Another save doesn't come to its end.
    """
    try:
        handle = os.open(path.parent, os.O_RDONLY) if os.name == "posix" else None
    except PermissionError:
        handle = None
    if handle is None:
        yield
        return
    import fcntl

    try:
        _lock(handle, path)
        yield
    finally:
        with suppress(OSError):  # closing would leave the lock to a process forked meanwhile
            fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    import fcntl

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise StorageError(
                    f"another save is writing {path}; wait for it or name another folder"
                ) from None
            time.sleep(0.01)
        except OSError:  # a file system without locks
            return None


def sync_directory(path: Path) -> None:
    """Let the names in a directory outlive a stop of the machine, where the system can do so."""
    if os.name == "posix":
        _sync(path)


def sync_tree(directory: Path) -> None:
    """Let all files in a directory outlive a stop of the machine."""
    for path in [directory, *directory.rglob("*")]:
        if path.is_file() or os.name == "posix":
            _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
