"""Files of any length: read in tables of any size, with a bound on memory, misfits kept aside."""

from __future__ import annotations

import decimal
import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.readers.made import written
from verbatim.errors import InputError
from verbatim.readers import Table, lines, look_through, read_table


def in_tables(path: Path, rows: int) -> Table:
    """Put the tables of so many rows together again."""
    source = look_through(path)
    tables = list(source.tables(rows))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    rejected = pd.concat([table.rejected for table in tables], ignore_index=True)
    assert (len(frame), len(rejected)) == (source.n_rows, source.n_rejected)
    assert len({tuple(map(str, table.frame.dtypes)) for table in tables}) == 1
    return Table(frame, rejected, source.format, source.encoding, source.notes)


PIECES = st.sampled_from(
    [
        '"',
        '""',
        ",",
        "\n",
        "\r\n",
        "\r",
        "a",
        "12",
        "2024-01-01",
        "é",
        "\0",
        " ",
        "x,y\n",
        '1,"b"\n',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.integers(1, 4))
def test_the_size_of_the_tables_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, body: str, rows: int
) -> None:
    path = tmp_path_factory.mktemp("csv") / "reviews.csv"
    path.write_text(f"id,review\n{body}", newline="")
    try:
        whole = read_table(path)
    except InputError:
        with pytest.raises(InputError):
            look_through(path)
        return
    parts = in_tables(path, rows)
    assert_frame_equal(parts.frame, whole.frame)
    assert_frame_equal(parts.rejected, whole.rejected)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_any_encoding_is_read_in_tables(tmp_path: Path, encoding: str) -> None:
    text = "review,n\n" + "".join(f'"déjà\nvu {i}",{i}\n' for i in range(50))
    table = in_tables(written(tmp_path, text.encode(encoding)), 3)
    assert table.frame["review"].tolist() == [f"déjà\nvu {i}" for i in range(50)]
    assert table.frame["n"].tolist() == list(range(50))


def test_json_lines_are_read_in_tables(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"review": f"Good {i}", "n": i} for i in range(9)]
    rows[5] = {"review": "Late column", "extra": 2.5, "n": None}
    content = "\n".join(map(json.dumps, rows[:4])) + "\n{broken\n\n7\n"
    content += "\n".join(map(json.dumps, rows[4:]))
    table = in_tables(written(tmp_path, content, "r.jsonl"), 2)
    assert table.frame["n"].isna().tolist() == [i == 5 for i in range(9)]
    assert str(table.frame["n"].dtype) == "Int64"
    assert table.frame["extra"].notna().sum() == 1
    assert table.rejected["line"].tolist() == [5, 7]


def test_a_value_at_the_end_decides_the_kind_of_a_column(tmp_path: Path) -> None:
    body = "".join(f"ok,{i},{i},2024-01-01,\n" for i in range(20))
    path = written(tmp_path, f"review,a,b,c,d\n{body}ok,1.5,x,2024-01-01T10:00:00.123456789,7\n")
    frame = in_tables(path, 4).frame
    kinds = ["str", "float64", "str", "datetime64[ns]", "Int64"]
    assert [str(dtype) for dtype in frame.dtypes] == kinds


def test_time_zones_must_agree_between_tables(tmp_path: Path) -> None:
    zone = "ok,2024-01-01T10:00:00+01:00\n"
    frame = in_tables(written(tmp_path, "review,at\n" + zone * 4 + "ok,\n" * 4), 2).frame
    assert str(frame["at"].dtype) == "datetime64[us, UTC+01:00]"
    other = zone.replace("+01", "+02")
    frame = in_tables(written(tmp_path, "review,at\n" + zone * 4 + other), 2).frame
    assert str(frame["at"].dtype) == "str"


def test_long_codes_are_no_numbers(tmp_path: Path) -> None:
    codes = ["1234567890123456789", "1234567890123456780"]
    frame = read_table(written(tmp_path, "review,id\n" + "".join(f"a,{c}\n" for c in codes))).frame
    assert frame["id"].tolist() == codes
    values = json.dumps([{"review": "a", "id": 2**70 + i} for i in range(2)])
    frame = read_table(written(tmp_path, values, "r.json")).frame
    assert frame["id"].tolist() == [str(2**70), str(2**70 + 1)]


def test_a_line_that_is_too_long_is_kept_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_CHARACTERS", 5_000)
    long = "very " * 2_000
    content = f'id,review\n1,good\n2,{long}\n3,"two\n{long}\nlines"\n4,"{long}"\n5,fine\n'
    table = in_tables(written(tmp_path, content), 2)
    assert table.frame["id"].tolist() == [1, 5]
    assert table.rejected["line"].tolist() == [3, 4, 7]
    assert table.rejected["reason"][0] == "a line of 10,002 characters; at most 5,000 are read"
    assert table.rejected["raw"].str.len().max() < 2_000
    text = f'{{"review": "good"}}\n{{"review": "{long}"}}\n{{"review": "fine"}}\n'
    table = in_tables(written(tmp_path, text, "r.jsonl"), 2)
    assert table.frame["review"].tolist() == ["good", "fine"]
    assert table.rejected["line"].tolist() == [2]


def peak(path: Path, rows: int = 500) -> int:
    """Bytes held at most while a file is read, over those held before."""
    tracemalloc.start()
    try:
        for _ in look_through(path).tables(rows):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_line_of_any_length_takes_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_CHARACTERS", 1 << 16)
    short = peak(written(tmp_path, "review\ngood\n"))
    assert peak(written(tmp_path, "review\ngood\n" + "x" * (16 << 20))) < short + (5 << 20)


@pytest.mark.parametrize("name", ["r.csv", "r.jsonl", "r.csv.gz"])
def test_a_file_of_any_length_takes_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("verbatim.readers.source._LOOKED_AT_ONCE", 500)
    text = "Quite good all in all. " * 20
    row = f'{{"review": "{text}", "n": 7}}\n' if "json" in name else f"{text},7\n"
    head = "" if "json" in name else "review,n\n"

    def of(n: int) -> Path:
        content = (head + row * n).encode()
        return written(tmp_path, gzip.compress(content) if "gz" in name else content, name)

    peak(of(1_000))
    assert peak(of(12_000)) < 1.3 * peak(of(3_000))


def test_rows_with_nul_characters_are_kept_aside(tmp_path: Path) -> None:
    path = written(tmp_path, "id,review\n" + "1,plain text\n" * 20 + "2,go\0od\n3,fine\n")
    table = in_tables(path, 5)
    assert table.rejected["line"].tolist() == [22]
    assert "NUL" in table.rejected["reason"][0]
    assert len(table.frame) == 21


def test_bytes_of_another_encoding_are_read_or_kept_aside_and_told(tmp_path: Path) -> None:
    good = "Déjà vu, déjà goûté, très réussi\n".encode()
    content = b"review\n" + good * 3 + b"caf\xe9\n" + b"\x81\x8d?\n" + good
    table = in_tables(written(tmp_path, content), 2)
    assert table.frame["review"].tolist()[3] == "café"
    assert table.rejected["line"].tolist() == [6]
    assert table.rejected["reason"][0] == "bytes that are neither UTF-8 nor Windows-1252"
    assert table.notes == (
        "2 lines hold bytes that are not utf-8; they were read as Windows-1252 (line 5, 6)",
    )


def test_a_header_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "id,re\0view\n" + "1,good enough to read\n" * 9)
    with pytest.raises(InputError, match="line 1 should name the columns, but holds a NUL"):
        look_through(path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    handle = os.open(tmp_path / "pipe", os.O_RDWR)
    try:
        with pytest.raises(InputError, match="can be read only once; write it into a file first"):
            look_through(tmp_path / "pipe")
    finally:
        os.close(handle)


def test_a_file_that_changes_between_tables_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "review\n" + "good\n" * 9)
    tables: Iterator[Table] = look_through(path).tables(2)
    next(tables)
    path.write_text("review\nother\n")
    with pytest.raises(InputError, match=r"reviews.csv: the file was changed while it was read"):
        list(tables)


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, "review\n" + "good\n" * 30_000)
    told: list[tuple[int, int]] = []
    look_through(path, progress=lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert len(told) == 3 and told[-1] == (size, size)


def parquet(folder: Path, **columns: Any) -> Path:
    path = folder / "r.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return path


def test_parquet_has_one_dtype_per_column_whatever_the_row_group(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        review=["a", "b", None, "d"],
        whole=[1, 2, 3, 4],
        holes=[1, 2, None, None],
        flag=[True, False, None, None],
        day=pa.array([date(2024, 1, 1)] * 4),
        at=pa.array([datetime(2024, 1, 1, tzinfo=UTC)] * 4),
        hotel=pa.array(["x", "x", "y", "z"]).dictionary_encode(),
        price=pa.array([decimal.Decimal("1.50")] * 4),
        tags=[["a"], [], None, ["b", "c"]],
        took=pa.array([timedelta(seconds=1)] * 4),
        raw=pa.array([b"caf\xc3\xa9", b"\xff", None, b""]),
        nothing=pa.nulls(4),
    )
    frame = in_tables(path, 2).frame
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        **{"review": "str", "whole": "int64", "holes": "Int64", "flag": "boolean"},
        **{"day": "datetime64[s]", "at": "datetime64[us, UTC]", "hotel": "str"},
        **{"price": "float64", "tags": "str", "took": "str", "raw": "str", "nothing": "str"},
    }
    assert frame["tags"].fillna("(none)").tolist() == ['["a"]', "[]", "(none)", '["b", "c"]']
    assert frame["raw"].tolist()[:2] == ["café", "\ufffd"]
    assert frame["nothing"].isna().all()


def test_an_index_of_parquet_is_a_column_if_it_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    for name, columns in (("booking", ["review", "booking"]), (None, ["review"])):
        index = pd.Index(["b7", "b8"], name=name)
        pd.DataFrame({"review": ["a", "b"]}, index=index).to_parquet(path)
        assert list(read_table(path).frame.columns) == columns


def test_very_long_rows_make_short_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("delimited", "json_text", "parquet"):
        monkeypatch.setattr(f"verbatim.readers.{module}.MOST_HELD", 1_000)
    texts = ["long " * 100] * 9
    paths = [
        written(tmp_path, "review\n" + "\n".join(texts)),
        written(tmp_path, "\n".join(map(json.dumps, texts)), "r.jsonl"),
    ]
    for path in paths:
        assert [len(table.frame) for table in look_through(path).tables(5)] == [2, 2, 2, 2, 1]


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    source = look_through(written(tmp_path, "id,review,n\n1,good,2\n"))
    assert source.columns == ["id", "review", "n"]
    (table,) = source.tables(10, ["review"])
    assert list(table.frame.columns) == ["review"]
    (table,) = source.tables(10, [])
    assert table.frame.shape == (1, 0)
