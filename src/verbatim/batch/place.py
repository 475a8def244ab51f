"""Where a run writes: a directory beside the result that becomes it when everything is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verbatim.atomic import real, sync_tree
from verbatim.batch.manifest import MANIFEST, Manifest
from verbatim.directory import check_ours, foreign_entries, recover, replace_directory
from verbatim.errors import StorageError


@dataclass(frozen=True, slots=True)
class Place:
    """A place that this run alone writes to.

    Attributes
    ----------
    out : Path
        Where the result will be, as it was given.
    directory : Path
        Where it is made, in parts: `out` with ``.partial`` behind its name.
    overwrite : bool
        Whether an earlier result, or parts of another one, may be replaced.
    """

    out: Path
    directory: Path
    overwrite: bool


@contextmanager
def claimed(out: str | Path, overwrite: bool = False) -> Iterator[Place]:
    """Claim a place to write to; what is done there stays when the block ends early.

    Raises
    ------
    StorageError
        The place can't be written, another run writes to it, or it holds something else than an
        analysis. Raised before the block runs; in the block, errors of writing become one.
    """
    out = Path(out)
    path = real(out)
    directory = path.with_name(f"{path.name}.partial")
    try:
        _check(out, overwrite)
        directory.mkdir(parents=True, exist_ok=True)
    except StorageError:
        raise
    except OSError as error:
        raise _unwritable(out, error) from error
    with _locked(directory, out):
        try:
            yield Place(out, directory, overwrite)
        except StorageError:
            raise
        except OSError as error:
            raise _unwritable(out, error) from error
        finally:
            _remove_if_empty(directory)


def _check(out: Path, overwrite: bool) -> None:
    recover(out)
    if out.exists() and not overwrite and Manifest.read(out) is None:
        raise StorageError(f"{out} is there already; name another folder or give --overwrite")
    if overwrite:
        check_ours(out)


def _unwritable(out: Path, error: OSError) -> StorageError:
    return StorageError(f"{out} can't be written: {error.strerror or error}")


@contextmanager
def _locked(directory: Path, out: Path) -> Iterator[None]:
    """Keep other runs away; the system lets go of the lock however this process ends."""
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise StorageError(
            f"another run is writing {out}; wait for it or name another folder"
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _remove_if_empty(directory: Path) -> None:
    """Leave nothing behind of a run that has done no part."""
    manifest = Manifest.read(directory) if directory.is_dir() else None
    if manifest is not None and not manifest.parts and not foreign_entries(directory):
        shutil.rmtree(directory, ignore_errors=True)
    elif manifest is None and directory.is_dir() and not any(directory.iterdir()):
        directory.rmdir()


def n_done(place: Place) -> int:
    """Count the parts that are done."""
    manifest = Manifest.read(place.directory)
    return 0 if manifest is None else len(manifest.parts)


def clear(place: Place, keep: Collection[str] = ()) -> None:
    """Remove what lies in the directory, but for the files to keep and the manifest."""
    kept = {place.directory / name for name in (MANIFEST, *keep)}
    for path in sorted(place.directory.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif not path.is_dir() and path not in kept:
            path.unlink()


def check_known(place: Place) -> None:
    """Raise `StorageError` if the directory holds what no run of ours has left there."""
    if any(not path.name.startswith(".") for path in place.directory.iterdir()):
        raise StorageError(
            f"{place.directory} holds something else than parts of an analysis; move it away"
        )


def publish(place: Place) -> None:
    """Let the directory become the result."""
    sync_tree(place.directory)
    replace_directory(place.directory, real(place.out))
