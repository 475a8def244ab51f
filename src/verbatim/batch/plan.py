"""What a run is going to do, settled before any work: columns, parts, provenance."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analyzer import Analyzer
from verbatim.batch.manifest import Manifest, file_sha256
from verbatim.errors import InputError, OptionError, unknown
from verbatim.ids import as_ids, check_filled, repeated_id
from verbatim.readers import Source, choose_text_column

CHUNK_ROWS = 5_000
"""Rows of a part: what is held at a time, and what is lost when a run is killed."""

PACKAGES = ("numpy", "onnxruntime", "pandas", "pyarrow", "spacy", "tokenizers", "py3langid", "ftfy")
"""Packages on whose version the bytes of a part may depend."""

_MOST_SUSPECTS = 1_000


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """A run, planned.

    Attributes
    ----------
    source : Source
    text : str
        Column that holds the verbatims.
    id : str or None
        Column of unique ids.
    carried : tuple of str
        Columns that ride along.
    chunk_rows : int
    meta : mapping
        Provenance of the analysis.
    manifest : Manifest
        Without any part.
    """

    source: Source
    text: str
    id: str | None
    carried: tuple[str, ...]
    chunk_rows: int
    meta: Mapping[str, Any]
    manifest: Manifest

    @property
    def wanted(self) -> tuple[str, ...]:
        """Columns of the file that are read."""
        return (self.text, *([] if self.id is None else [self.id]), *self.carried)


def make_plan(
    source: Source,
    analyzer: Analyzer,
    *,
    text: str | None = None,
    id: str | None = None,
    columns: Collection[str] | None = None,
    sheet: str | None = None,
    chunk_rows: int = CHUNK_ROWS,
    results: Mapping[str, Any] | None = None,
) -> Plan:
    """Settle what to read of a file, and write down what the tables will depend on.

    Parameters
    ----------
    source : Source
    analyzer : Analyzer
    text, id : str, optional
        Columns of the verbatims, by default the one that clearly holds them, and of unique ids.
    columns : collection of str, optional
        Columns that ride along; by default all.
    sheet : str, optional
        As `source` was opened with it.
    chunk_rows : int
        Rows of a part.
    results : mapping, optional
        Options of what will be made of the tables, on which they don't depend.

    Raises
    ------
    InputError
        A column isn't there, or an id is missing or stands twice.
    OptionError
        `chunk_rows` is below 1.
    """
    if chunk_rows < 1:
        raise OptionError(f"chunk_rows={chunk_rows}; give a number of rows from 1")
    text = choose_text_column(source.head.frame, text)
    for column in filter(None, (id, *(columns or ()))):
        if column not in source.columns:
            raise InputError(unknown("column", column, source.columns))
    if id == text:
        raise InputError(f"column {id!r} is the text; the id needs another")
    if id is not None:
        _check_ids(source, id)
    carried = tuple(
        name for name in source.columns if name not in (text, id) and name in (columns or [name])
    )
    wanted = [text, *([] if id is None else [id]), *carried]
    meta = analyzer.analyze(source.head.frame[wanted].head(0), text=text, id=id).meta
    options = {
        "text": text,
        "id": id,
        "columns": list(carried),
        "sheet": sheet,
        "chunk_rows": chunk_rows,
        "question": analyzer.question,
    }
    manifest = Manifest(_input(source), options, _made_with(analyzer, meta), dict(results or {}))
    return Plan(source, text, id, carried, chunk_rows, meta, manifest)


def _input(source: Source) -> dict[str, Any]:
    return {
        "name": source.path.name,
        "bytes": source.stamp.size,
        "sha256": file_sha256(source.path),
        "format": source.format,
        "encoding": source.encoding,
        "rows": source.n_rows,
        "rejected": source.n_rejected,
    }


def _made_with(analyzer: Analyzer, meta: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "verbatim": meta["verbatim_version"],
        "schema": meta["schema_version"],
        "engine": f"{meta['engine']['name']} {meta['engine']['version']}",
        "taxonomy": f"{analyzer.taxonomy.name} {analyzer.taxonomy.digest}",
        **{name: version(name) for name in PACKAGES},
    }


def _check_ids(source: Source, column: str) -> None:
    """See that each row has an id of its own, with 8 bytes a row."""
    hashes: list[np.ndarray[Any, np.dtype[np.uint64]]] = []
    n = 0
    for table in source.tables(CHUNK_ROWS, [column]):
        ids = table.frame[column]
        check_filled(ids, n)
        hashes.append(_hashes(ids))
        n += len(ids)
    every = np.sort(np.concatenate(hashes))
    suspects = np.unique(every[1:][every[1:] == every[:-1]])[:_MOST_SUSPECTS]
    if len(suspects):
        _find_repeated(source, column, suspects)


def _find_repeated(
    source: Source, column: str, suspects: np.ndarray[Any, np.dtype[np.uint64]]
) -> None:
    """Raise if two ids are really the same: two others can have one hash."""
    seen: set[object] = set()
    for table in source.tables(CHUNK_ROWS, [column]):
        ids = table.frame[column]
        for value in as_ids(ids[np.isin(_hashes(ids), suspects)]).tolist():
            if value in seen:
                raise repeated_id(column, value)
            seen.add(value)


def _hashes(ids: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    # As text: ids that look the same in the result are the same.
    values: Sequence[str] = [str(value) for value in as_ids(ids).tolist()]
    return pd.util.hash_array(np.array(values, dtype=object), categorize=False)
