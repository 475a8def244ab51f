"""Take what a caller hands in and lay it out as rows: ids, texts, statuses, the other columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.typing import DataFrameGroupBy, SeriesGroupBy

from verbatim.errors import InputError, not_a_name, unknown
from verbatim.ids import own_ids
from verbatim.schema import ID, names
from verbatim.tables import is_missing
from verbatim.text import storable

_FILES = (".csv", ".tsv", ".json", ".jsonl", ".parquet", ".xlsx")
_TABLES = (pd.DataFrame, pd.Series, pa.Table, pa.RecordBatch, DataFrameGroupBy, SeriesGroupBy)
CLASH_SUFFIX = "_input"
"""Put behind a caller's column that has the name of one of ours."""


@dataclass(frozen=True)
class Rows:
    """What was handed in, one entry per row, nothing left out.

    Attributes
    ----------
    ids : array of int64 or str
        Row positions from 0, or the caller's own ids.
    texts : list of str or None
        None where there is no text at all.
    statuses : list of str
        ``ok``, ``empty`` or ``not_text``.
    others : DataFrame or None
        The caller's other columns.
    id_kind : str
        ``position`` or ``column``.
    """

    ids: Any
    texts: list[str | None]
    statuses: list[str]
    others: pd.DataFrame | None
    id_kind: str

    def __len__(self) -> int:
        return len(self.texts)


def take_in(
    data: Any, text: str | None = None, id: str | None = None, start: int | None = None
) -> Rows:
    """Read `data` as rows; see `verbatim.analyze` for what it may be.

    Parameters
    ----------
    data, text, id
    start : int, optional
        Number of the first row, if `data` is a part of more. A part may hold only numbers where
        the whole holds texts.

    Raises
    ------
    InputError
        `data` is of a kind that holds no verbatims, or `text` or `id` is not a column of it.
    """
    rows = _take_in(data, text, id, is_part=start is not None)
    return rows if rows.id_kind == "column" else replace(rows, ids=rows.ids + (start or 0))


def _take_in(data: Any, text: str | None, id: str | None, is_part: bool) -> Rows:
    if hasattr(data, "to_arrow"):  # Polars
        data = data.to_arrow()
    if isinstance(data, pa.RecordBatchReader):
        data = data.read_all()
    if isinstance(data, pa.Table | pa.RecordBatch):
        data = _from_arrow(data)
    elif hasattr(data, "to_pandas"):
        data = data.to_pandas()
    for option, name in (("text", text), ("id", id)):
        if pd.api.types.is_list_like(name) and not isinstance(name, tuple):
            raise InputError(not_a_name(option, name))
    if isinstance(data, pd.DataFrame):
        rows = _from_frame(data, text, id)
        if not is_part:
            check_text_column(data, text)
        return rows
    if text is not None or id is not None:
        raise InputError(
            f"text={text!r} and id={id!r} name columns of a DataFrame, "
            f"but the data is a {type(data).__name__}; leave them out or pass a DataFrame "
            "(several: pandas.concat them, or give them to Analyzer.stream)"
        )
    if isinstance(data, pd.Series):
        if not is_part and (held := _held_instead(data)):
            raise InputError(
                f"the Series {data.name!r} holds {held}, no verbatims; pass the one of the texts"
            )
        return _rows(data.tolist(), _index_columns(data.to_frame()))
    return _rows(_values(data), None)


def check_batches(batches: object) -> None:
    """Raise an `InputError` if what shall be a list of batches is one batch, or can't be listed."""
    is_one = isinstance(batches, (str, bytes, bytearray, Mapping, pd.DataFrame, pa.Table))
    if is_one or hasattr(batches, "to_arrow") or not isinstance(batches, Iterable):
        raise InputError(
            f"stream takes batches one after the other, and was given a {type(batches).__name__}; "
            "pass a list or generator of batches, or give one batch to analyze"
        )


def check_text_column(data: Any, text: str | None) -> None:
    """Raise an `InputError` if the column of a DataFrame to be read holds only numbers or dates.

    Examples
    --------
    >>> check_text_column(pd.DataFrame({"stars": [4, 5], "review": ["Fine", None]}), "stars")
    Traceback (most recent call last):
    verbatim.errors.InputError: column 'stars' holds numbers, no verbatims; there are: stars, review
    """
    column = data.get(text) if isinstance(data, pd.DataFrame) else None
    if isinstance(column, pd.Series) and (held := _held_instead(column)):
        listed = ", ".join(map(str, data.columns))
        raise InputError(f"column {text!r} holds {held}, no verbatims; there are: {listed}")


def _held_instead(column: pd.Series[Any]) -> str:
    """What a column holds that isn't text, by its dtype: "numbers", "dates" or nothing."""
    if not column.notna().any():
        return ""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "dates"
    return "numbers" if pd.api.types.is_numeric_dtype(column) else ""


def _values(data: Any) -> list[Any]:
    if isinstance(data, str):
        if data.endswith(_FILES) and Path(data).is_file():
            raise InputError(
                f"{data!r} is a file, not a verbatim; read it with pandas and pass the DataFrame "
                "with text='column', or give the file to verbatim.batch.analyze_file"
            )
        return [data]
    if isinstance(data, np.ndarray) and data.ndim != 1:
        raise InputError(
            f"an array of shape {data.shape} holds no list of texts; pass one dimension"
        )
    is_listing = isinstance(data, Iterable) and not isinstance(data, (bytes, bytearray, Mapping))
    if not is_listing:
        raise InputError(
            f"{type(data).__name__} is not a source of verbatims; pass a string, an iterable of "
            "strings, a pandas Series, or a DataFrame with text='column'"
        )
    values = list(data)
    _check_no_tables(values)
    return values


def _check_no_tables(values: list[Any]) -> None:
    """See that a list holds no tables; a single record among texts is a row that isn't text."""
    parts = [part for value in values for part in (value if type(value) is tuple else [value])]
    if tables := [part for part in parts if isinstance(part, _TABLES)]:
        raise InputError(
            f"the list holds a {type(tables[0]).__name__}, no text; pandas.concat them and pass "
            "the DataFrame with text='column', or give them to Analyzer.stream one by one"
        )
    records = [value for value in values if not is_missing(value)]
    if records and all(isinstance(value, Mapping) for value in records):
        raise InputError(
            "the list holds records, no texts; pass pandas.DataFrame(records) with text='column'"
        )


def _from_arrow(table: pa.Table | pa.RecordBatch) -> pd.DataFrame:
    """As pandas, in which whole numbers with nulls stay what they are instead of floats."""
    frame: pd.DataFrame = table.to_pandas()
    with_nulls = {
        name: column.to_pandas(types_mapper=_nullable).array
        for name, column in zip(table.column_names, table.columns, strict=True)
        if column.null_count and name in frame and _nullable(column.type) is not None
    }
    return frame.assign(**with_nulls)


def _nullable(kind: pa.DataType) -> Any:
    if not pa.types.is_integer(kind) and not pa.types.is_boolean(kind):
        return None
    return pd.array(np.empty(0, kind.to_pandas_dtype())).dtype


def _from_frame(frame: pd.DataFrame, text: str | None, id: str | None) -> Rows:
    if not frame.columns.is_unique:
        repeated = frame.columns[frame.columns.duplicated()][0]
        raise InputError(f"column {repeated!r} stands twice in the DataFrame; rename one of them")
    if text is None:
        listed = ", ".join(map(str, frame.columns)) or "none"
        raise InputError(f"say which column holds the verbatims: text='...'. There are: {listed}")
    for column in (text, *([] if id is None else [id])):
        if column not in list(frame.columns):  # of two levels, the index finds the first alone
            raise InputError(unknown("column", column, frame.columns))
    others = frame.drop(columns=[text] if id is None else [text, id])
    indexed = _index_columns(frame)
    if indexed is not None:
        others = pd.concat([others.reset_index(drop=True), indexed], axis=1)
    rows = _rows(frame[text].tolist(), others)
    if id is None:
        return rows
    return Rows(own_ids(frame[id]), rows.texts, rows.statuses, rows.others, "column")


def _rows(values: list[Any], others: pd.DataFrame | None) -> Rows:
    read = [_read(value) for value in values]
    return Rows(
        ids=np.arange(len(values), dtype=np.int64),
        texts=[text for text, _ in read],
        statuses=[status for _, status in read],
        others=_without_clashes(others),
        id_kind="position",
    )


def _read(value: Any) -> tuple[str | None, str]:
    if isinstance(value, str):
        text = storable(value)
        return text, "ok" if text.strip() else "empty"
    if is_missing(value):
        return None, "empty"
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace"), "not_text"
    return storable(str(value)), "not_text"


def _index_columns(frame: pd.DataFrame) -> pd.DataFrame | None:
    """An index that says something rides along as a column; one that only counts says nothing."""
    index = frame.index
    # That of a part goes on where the part before has ended.
    if isinstance(index, pd.RangeIndex) and index.step == 1 and index.name is None:
        return None
    labels = [
        str(name) if name is not None else ("index" if index.nlevels == 1 else f"level_{level}")
        for level, name in enumerate(index.names)
    ]
    # By number, as two levels may have one name.
    columns = index.set_names(list(range(index.nlevels))).to_frame(index=False)
    columns.columns = pd.Index([f"{x}{CLASH_SUFFIX}" if x in frame.columns else x for x in labels])
    return columns


def own_names(columns: Iterable[object]) -> list[str]:
    """Names that the tables give to a caller's columns: none of ours, and each once.

    Examples
    --------
    >>> own_names(["hotel", "label", "label_input"])
    ['hotel', 'label_input', 'label_input_input']
    """
    taken = {ID, *names("verbatims")}
    own: list[str] = []
    for column in map(storable, map(str, columns)):
        while column in taken:
            column += CLASH_SUFFIX
        taken.add(column)
        own.append(column)
    return own


def _without_clashes(others: pd.DataFrame | None) -> pd.DataFrame | None:
    if others is None:
        return None
    result = others.reset_index(drop=True).copy()  # what is written into its arrays stays here
    result.columns = pd.Index(own_names(others.columns))
    return result.assign(
        **{str(name): _storable(column) for name, column in result.items() if _is_broken(column)}
    )


def _is_broken(column: pd.Series[Any]) -> bool:
    """Whether a column holds texts that can't be written as UTF-8; a `str` column has none."""
    values = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    return values.dtype == object and any(
        isinstance(value, str) and storable(value) != value for value in values
    )


def _storable(column: pd.Series[Any]) -> pd.Series[Any]:
    texts = [storable(value) if isinstance(value, str) else value for value in column]
    return pd.Series(texts, dtype=object)
