"""What is handed in: tables among texts, streams, columns of numbers, ids, and who owns what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import verbatim
from verbatim import Analyzer, InputError

FRAME = pd.DataFrame({"review": ["Great food", "Rude staff"], "stars": [5, 1], "hotel": ["A", "B"]})
TABLE = pa.Table.from_pandas(FRAME)


def reader() -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(TABLE.schema, TABLE.to_batches(max_chunksize=1))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(engine="lexicon")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([FRAME, FRAME], "holds a DataFrame, no text; pandas.concat"),
        ([FRAME["review"]], "holds a Series"),
        (TABLE.to_batches(), "holds a RecordBatch"),
        (FRAME.groupby("hotel"), "holds a DataFrame"),
        (FRAME.groupby("hotel")["review"], "holds a Series"),
        (FRAME.to_dict("records"), r"pandas.DataFrame\(records\)"),
        ([{"review": "Great food"}, None], r"pandas.DataFrame\(records\)"),
    ],
    ids=["frames", "series", "batches", "groups", "groups of texts", "records", "some records"],
)
def test_tables_are_no_texts(analyzer: Analyzer, data: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        analyzer.analyze(data)


def test_a_record_among_texts_is_a_row_that_is_no_text(analyzer: Analyzer) -> None:
    found = analyzer.analyze(["Great food", {"review": "Rude staff"}])
    assert found.verbatims["status"].tolist() == ["ok", "not_text"]


def test_batches_of_arrow_are_read_with_their_column(analyzer: Analyzer) -> None:
    whole = analyzer.analyze(reader(), text="review")
    assert whole.verbatims["hotel"].tolist() == ["A", "B"]
    parts = list(analyzer.stream(reader(), text="review"))
    assert [part.verbatims["id"].tolist() for part in parts] == [[0], [1]]


def test_a_batch_that_cannot_be_read_is_told_by_its_number(analyzer: Analyzer) -> None:
    parts = analyzer.stream([FRAME, FRAME.rename(columns={"review": "text"})], text="review")
    assert len(next(parts)) == len(FRAME)
    with pytest.raises(InputError, match="batch 2: unknown column 'review'"):
        next(parts)


@pytest.mark.parametrize("batches", ["Great food", FRAME, TABLE, {"a": 1}, None, 3])
def test_one_batch_is_no_stream(analyzer: Analyzer, batches: Any) -> None:
    with pytest.raises(InputError, match="stream takes batches one after the other"):
        analyzer.stream(batches, text="review")


@pytest.mark.parametrize("data", [FRAME, TABLE], ids=["pandas", "arrow"])
def test_an_analyzer_reads_no_numbers_either(analyzer: Analyzer, data: Any) -> None:
    with pytest.raises(InputError, match="column 'stars' holds numbers"):
        analyzer.analyze(data, text="stars")
    dated = FRAME.assign(day=pd.Timestamp("2025-03-01"))
    with pytest.raises(InputError, match="column 'day' holds dates"):
        analyzer.analyze(dated, text="day")


def test_nor_does_it_read_a_series_of_numbers_or_dates(analyzer: Analyzer) -> None:
    with pytest.raises(InputError, match="the Series 'stars' holds numbers, no verbatims"):
        analyzer.analyze(FRAME["stars"])
    with pytest.raises(InputError, match="Series None holds dates"):
        analyzer.analyze(pd.Series(pd.to_datetime(["2025-03-01"])))
    assert analyzer.analyze(pd.Series([float("nan")])).verbatims["status"].tolist() == ["empty"]
    mixed = analyzer.analyze(pd.Series(["Great food", 4], dtype=object))
    assert mixed.verbatims["status"].tolist() == ["ok", "not_text"]


def test_a_part_of_a_column_may_hold_only_numbers(analyzer: Analyzer) -> None:
    for part in (*analyzer.stream([FRAME], text="stars"), *analyzer.stream([FRAME["stars"]])):
        assert part.verbatims["status"].tolist() == ["not_text", "not_text"]


@pytest.mark.parametrize(
    "ids",
    [
        pd.Series([7.0, 8.0]),
        pd.Series([7, 8], dtype=object),
        pd.Series([7.0, 8], dtype=object),
        pd.Series([7, 8], dtype="category"),
        pd.Series([7, 8], dtype="float64[pyarrow]"),
    ],
    ids=["floats", "objects", "mixed numbers", "categories", "arrow"],
)
def test_whole_numbers_are_ids_whatever_holds_them(analyzer: Analyzer, ids: pd.Series[Any]) -> None:
    found = analyzer.analyze(FRAME.assign(key=ids), text="review", id="key").verbatims["id"]
    assert found.tolist() == [7, 8] and found.dtype == "int64"


@pytest.mark.parametrize("wrong", [1.5, 1e16, np.inf])
def test_other_floats_are_no_ids(analyzer: Analyzer, wrong: float) -> None:
    with pytest.raises(InputError, match=r"id column 'key' holds .*, no whole number"):
        analyzer.analyze(FRAME.assign(key=[1.0, wrong]), text="review", id="key")
    with pytest.raises(InputError, match="empty in row 1"):
        analyzer.analyze(FRAME.assign(key=[1.0, np.nan]), text="review", id="key")


def test_the_arrays_of_the_caller_are_not_shared(analyzer: Analyzer) -> None:
    frame = FRAME.assign(n=pd.array([1, None], dtype="Int64"))
    column: Any = analyzer.analyze(frame, text="review").verbatims["n"]
    column.array[0] = 99
    assert frame["n"].tolist() == [1, pd.NA]


def test_provenance_is_not_shared(analyzer: Analyzer) -> None:
    one = analyzer.analyze("Great food")
    one.meta["engine"]["name"] = "mine"
    one.meta["taxonomy"]["drivers"].clear()
    other = analyzer.analyze("Great food")
    assert other.meta["engine"]["name"] == "lexicon"
    assert other.meta["taxonomy"] == analyzer.taxonomy.to_dict()


def test_names_given_to_a_table_are_its_own(analyzer: Analyzer) -> None:
    analyzer.analyze("Great food").verbatims.columns.name = "mine"
    one = analyzer.analyze("Great food")
    one.tables["verbatims"].columns.name = "mine"
    assert analyzer.analyze("Great food").verbatims.columns.name is None


def test_a_number_of_processes_may_be_one_of_numpy() -> None:
    assert verbatim.analyze("Rude staff", engine="lexicon", n_jobs=np.int64(1)).columns == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [FRAME["review"], ["review"]], ids=["column", "list"])
def test_a_column_is_named_and_not_handed_in(analyzer: Analyzer, name: Any) -> None:
    with pytest.raises(InputError, match=r"text is of type .*; .* such as 'review'"):
        analyzer.analyze(FRAME, text=name)
    with pytest.raises(InputError, match=r"id is of type .*; .* such as 'review'"):
        analyzer.analyze(FRAME, text="review", id=name)
    with pytest.raises(InputError, match="text is of type"):
        analyzer.analyze(FRAME["review"], text=name)
