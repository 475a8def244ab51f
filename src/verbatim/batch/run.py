"""Read a planned file part by part, write what is done, and go on where a run was stopped."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from verbatim.analyzer import Analyzer
from verbatim.atomic import write_file
from verbatim.batch.manifest import Manifest, Part, differences, done_parts, sha256
from verbatim.batch.place import Place, check_known, claimed, clear, publish
from verbatim.batch.plan import CHUNK_ROWS, Plan, make_plan
from verbatim.batch.reading import Files, read
from verbatim.directory import META, check_ours
from verbatim.errors import StorageError
from verbatim.parallel import ended
from verbatim.readers import Progress, look_through
from verbatim.sheets import ENCODING, harmless
from verbatim.storage import meta_bytes
from verbatim.taxonomy import Taxonomy

REJECTED = "rejected.csv"
"""Pieces of the file that are no row: line, reason, raw. Only where there are any."""


def analyze_file(
    file: str | Path,
    out: str | Path,
    *,
    text: str | None = None,
    id: str | None = None,
    columns: Collection[str] | None = None,
    sheet: str | None = None,
    taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
    engine: str = "neural",
    n_jobs: int = 1,
    question: str | None = None,
    chunk_rows: int = CHUNK_ROWS,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    r"""Analyse a file of any length into a directory that `Analysis.load` reads.

    The memory taken doesn't grow with the file. The directory appears when it is whole; until
    then the parts that are done lie in one with ``.partial`` behind its name, where the same call
    goes on.

    Parameters
    ----------
    file : str or Path
        CSV, TSV, JSON lines, Parquet; JSON arrays and XLSX are held as a whole.
    out : str or Path
        Directory to make.
    text, id : str, optional
        Columns of the verbatims and of unique ids.
    columns : collection of str, optional
        Columns that ride along; by default all.
    sheet : str, optional
        Sheet of a workbook; the first unless told.
    taxonomy, engine, question
        As for `verbatim.analyze`.
    n_jobs : int
        Processes that read; -1 takes every core. The result is the same for any number.
    chunk_rows : int
        Rows of a part: what is held at a time by each process.
    overwrite : bool
        Replace an earlier result, or parts of another one; a folder that holds anything else is
        left as it is.
    progress : callable, optional
        Called as ``progress(done, total)`` with rows.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    InputError
        The file holds no table, or a column isn't there.
    StorageError
        The directory can't be written, or holds the result or parts of something else.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from verbatim import Analysis
    >>> from verbatim.batch import analyze_file
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "reviews.csv")
    ...     _ = file.write_text("review\nLovely staff\nDirty room\n")
    ...     out = analyze_file(file, Path(folder, "out"), text="review")
    ...     Analysis.load(out).opinions["driver"].tolist()
    ['staff', 'cleanliness']
    """
    analyzer = Analyzer(taxonomy=taxonomy, engine=engine, n_jobs=n_jobs, question=question)
    with claimed(out, overwrite) as place:
        source = look_through(file, sheet)
        plan = make_plan(
            source,
            analyzer,
            text=text,
            id=id,
            columns=columns,
            sheet=sheet,
            chunk_rows=chunk_rows,
        )
        if not is_complete(plan, place):
            read_parts(plan, place, analyzer, progress)
            publish(place)
    return Path(out)


def is_complete(plan: Plan, place: Place, files: Collection[str] = ()) -> bool:
    """Whether the result of this very plan is there already, and whole.

    Parameters
    ----------
    plan : Plan
    place : Place
    files : collection of str
        Names of what belongs to the result beside the tables.

    Raises
    ------
    StorageError
        Another one is there, and may not be replaced; or what is there would be replaced, and holds
        the file to read, or something else than we write.
    """
    if place.out.exists() and not place.overwrite:
        there = Manifest.read(place.out)
        changed = [] if there is None else differences(there, plan.manifest, with_results=True)
        if there is None or changed:
            raise StorageError(
                f"{place.out} is there already, and made otherwise ({'; '.join(changed)}); "
                "name another folder or give --overwrite"
            )
        if _is_whole(there, plan, place.out, files):
            return True
    _check_replaceable(plan, place)
    return False


def _is_whole(there: Manifest, plan: Plan, out: Path, files: Collection[str]) -> bool:
    expected = {META, *files, *([REJECTED] if plan.source.n_rejected else [])}
    return all((out / name).is_file() for name in expected) and (
        done_parts(there, out) == there.parts
    )


def _check_replaceable(plan: Plan, place: Place) -> None:
    """Raise `StorageError` if more would be lost than a result of ours."""
    source = plan.source.path.resolve()
    for directory in (place.out, place.directory):
        check_ours(directory)
        if source.is_relative_to(directory.resolve()):
            raise StorageError(
                f"{plan.source.path} lies in {directory}, which is replaced; "
                "move it away or name another folder"
            )


def read_parts(
    plan: Plan, place: Place, analyzer: Analyzer, progress: Progress | None = None
) -> None:
    """Read the parts that aren't done yet, and write what belongs to all of them.

    Raises
    ------
    StorageError
        Parts of another plan are there, and may not be replaced.
    """
    manifest = _resumed(plan, place)
    clear(place, keep=[name for part in manifest.parts for name in part.files])
    manifest.write(place.directory)
    done, n_done = sum(part.rows for part in manifest.parts), len(manifest.parts)
    if progress is not None:
        progress(done, plan.source.n_rows)
    with closing(read(plan, n_done, analyzer)) as reading, ended(reading) as parts:
        for number, (rows, files) in enumerate(parts, start=n_done):
            manifest = manifest.with_part(_write_part(place.directory, number, rows, files))
            manifest.write(place.directory)
            done += rows
            if progress is not None:
                progress(done, plan.source.n_rows)
    write_file(place.directory / META, meta_bytes(plan.meta))
    if plan.source.n_rejected:
        _write_rejected(plan, place.directory / REJECTED)


def _resumed(plan: Plan, place: Place) -> Manifest:
    """Manifest to go on with: that of the parts that are there, or one without parts."""
    there = Manifest.read(place.directory)
    if there is None:
        check_known(place)
        return replace(plan.manifest, parts=_taken_over(plan, place))
    changed = differences(there, plan.manifest)
    if not changed:
        return replace(plan.manifest, parts=done_parts(there, place.directory))
    if place.overwrite:
        return plan.manifest
    raise StorageError(
        f"{place.directory} holds {len(there.parts)} parts of another run: {'; '.join(changed)}. "
        "Go on with what it was begun with, or give --overwrite to start anew"
    )


def _taken_over(plan: Plan, place: Place) -> tuple[Part, ...]:
    """Copy the parts of a result of this plan that is no longer whole."""
    there = None if place.overwrite else Manifest.read(place.out)
    if there is None or differences(there, plan.manifest):
        return ()
    parts = done_parts(there, place.out)
    # First, as a folder without a manifest would be taken for someone else's if this is killed.
    replace(plan.manifest, parts=parts).write(place.directory)
    for name in (name for part in parts for name in part.files):
        (place.directory / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(place.out / name, place.directory / name)
    return parts


def _write_part(directory: Path, number: int, rows: int, files: Files) -> Part:
    written = {}
    for table, content in files.items():
        name = f"{table}.parquet/part-{number:06}.parquet"
        (directory / name).parent.mkdir(exist_ok=True)
        write_file(directory / name, content)
        written[name] = sha256(content)
    return Part(rows, written)


def _write_rejected(plan: Plan, path: Path) -> None:
    with path.open("w", encoding=ENCODING, newline="") as file:
        for number, table in enumerate(plan.source.tables(plan.chunk_rows, ())):
            harmless(table.rejected).to_csv(file, index=False, header=number == 0)
