"""Rows and files that are not what they seem: read as they were meant, kept aside, or refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbatim.errors import InputError
from verbatim.readers import Table, choose_text_column, read_table
from verbatim.readers.kinds import kind_of_strings


def read(folder: Path, content: str, name: str = "reviews.csv") -> Table:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return read_table(path)


def test_a_text_cut_at_its_comma_is_kept_aside(tmp_path: Path) -> None:
    content = "id,review,reply\n1,ok nice staff,thanks\n2,Good, but very cold,\n3,Fine,\n"
    table = read(tmp_path, content)
    assert list(table.frame["id"]) == [1, 3]
    assert list(table.rejected["line"]) == [3]


@pytest.mark.parametrize("depth", [101, 700, 100_000])
def test_json_nested_too_deeply_is_kept_aside(depth: int, tmp_path: Path) -> None:
    fine = '{"review": "Rude staff", "a": {"b": [{"c": 1}]}}'
    deep = '{"review": "Dirty room", "a": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    table = read(tmp_path, f"{fine}\n{deep}\n", "reviews.jsonl")
    assert table.frame["review"].tolist() == ["Rude staff"]
    assert table.rejected["line"].tolist() == [2]
    with pytest.raises(InputError, match="no line is a JSON object"):
        read(tmp_path, deep, "one.jsonl")


def test_a_text_of_brackets_alone_stops_no_file(tmp_path: Path) -> None:
    rows = "".join(f"{i},The staff were rude and we left\n" for i in range(3))
    table = read(tmp_path, f"id,review\n9,{'[' * 5000}\n{rows}")
    assert choose_text_column(table.frame) == "review"


@pytest.mark.parametrize("inside", ["[", '{"a":'])
def test_a_record_of_an_array_nested_too_deeply_is_kept_aside(inside: str, tmp_path: Path) -> None:
    deep = inside * 700 + "1" + ("]" if inside == "[" else "}") * 700
    content = f'[{{"review": "Rude staff"}}, {{"review": "Dirty room", "a": {deep}}}]'
    table = read(tmp_path, content, "reviews.json")
    assert table.frame["review"].tolist() == ["Rude staff"]
    assert table.rejected["line"].tolist() == [2]


def test_empty_fields_at_the_end_of_every_row_are_left_out_and_noted(tmp_path: Path) -> None:
    rows = "".join(f"{i},good,\n" for i in range(20))
    table = read(tmp_path, f"id,review\n{rows}20,good, but cold,\n21,bad, cold\n")
    assert list(table.frame.columns) == ["id", "review"]
    assert len(table.frame) == 20
    assert list(table.rejected["line"]) == [22, 23]
    assert "1 empty fields more than the header" in table.notes[0]


def test_quotes_behind_a_backslash_are_quotes_in_the_text(tmp_path: Path) -> None:
    reviews = ['The staff said "fine", then left', 'A 5" screen', 'One,\n"two",\nthree', "C:\\"]
    rows = [f'"{i}","{text}",""' for i, text in enumerate(reviews)]
    escaped = [row.replace(text, text.replace('"', '\\"')) for row, text in zip(rows, reviews)]  # noqa: B905
    table = read(tmp_path, '"id","review","reply"\n' + "\n".join(escaped) + "\n")
    assert table.frame["review"].tolist() == reviews
    assert table.frame["id"].tolist() == [0, 1, 2, 3]
    assert table.rejected.empty


def test_a_backslash_before_a_quote_stays_where_the_field_has_no_quotes(tmp_path: Path) -> None:
    table = read(tmp_path, 'review\tdata\ngood\t{"a": "b\\"c"}\nbad\t"{""a"": ""b\\""c""}"\n')
    assert table.frame["data"].tolist() == ['{"a": "b\\"c"}'] * 2


def test_a_backslash_at_the_end_of_a_field_is_text(tmp_path: Path) -> None:
    table = read(tmp_path, 'path,review\n"C:\\dir\\","good"\n"C:\\","bad, ""really"""\n')
    assert table.frame["path"].tolist() == ["C:\\dir\\", "C:\\"]
    assert table.frame["review"].tolist() == ["good", 'bad, "really"']


WORDS = st.text(st.sampled_from('ab ,"\n'), max_size=12).map(lambda text: f"x{text}x")


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
@example(['x"\na,",x', "xx", "xx", "xx"])
def test_what_is_written_with_backslashes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    frame = pd.DataFrame({"id": range(len(texts)), "review": texts, "mark": "m"})
    path = tmp_path_factory.mktemp("csv") / "reviews.csv"
    frame.to_csv(path, index=False, quoting=1, doublequote=False, escapechar="\\")
    table = read_table(path)
    assert len(table.frame) + len(table.rejected) == len(texts)
    assert table.frame["review"].tolist() == [texts[i] for i in table.frame["id"]]


def test_quotes_around_a_part_of_a_field_stay(tmp_path: Path) -> None:
    content = 'id\treview\tstars\n"1"\t"Great" they said\t5\n2\t"A ""b"" c"\t4\n3\t"a" or "b"\t3\n'
    frame = read(tmp_path, content, "r.tsv").frame
    assert frame["review"].tolist() == ['"Great" they said', 'A "b" c', '"a" or "b"']
    assert frame["id"].tolist() == [1, 2, 3]
    assert frame["stars"].tolist() == [5, 4, 3]


TITLED = "id,review,stars\n1,The staff were kind,5\n2,The room was cold,1\n"


@pytest.mark.parametrize(
    "title", ["Reviews of 2025\n", "Reviews of 2025\n\n", "Reviews of 2025,,\n,,\n", "A\nB\n"]
)
def test_a_title_above_the_names_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(InputError, match=r"first row holds one cell.* delete what stands above"):
        read(tmp_path, title + TITLED)


def test_a_title_in_a_workbook_is_refused(tmp_path: Path) -> None:
    names = [("Reviews of 2025", None, None), (None, None, None), ("id", "review", "stars")]
    rows = pd.DataFrame([*names, (1, "The staff were kind", 5), (2, "The room was cold", 1)])
    rows.to_excel(tmp_path / "r.xlsx", header=False, index=False)
    with pytest.raises(InputError, match="'Reviews of 2025', and those below hold 3"):
        read_table(tmp_path / "r.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        "review\nGood, cheap\nBad, dear\nNice, clean\n",
        "review\nGood, cheap, clean\nBad\nSo, so\n",
        "review,\ngood,\nbad,late\nfine,\n",
        ",review\na,good\nb,bad\nc,fine\n",
    ],
)
def test_a_header_with_one_name_is_no_title(tmp_path: Path, content: str) -> None:
    assert len(read(tmp_path, content).frame) == 3


def test_a_file_is_read_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    table = read(tmp_path, "id,review\n1,good\n2,bad\n", "r.tsv")
    assert (table.format, list(table.frame.columns)) == ("csv", ["id", "review"])
    table = read(tmp_path, "review\ngood, really\nbad\n", "r.tsv")
    assert (table.format, list(table.frame["review"])) == ("tsv", ["good, really", "bad"])
    rows = [{"id": 1, "review": "good"}, {"id": 2, "review": "bad"}]
    table = read(tmp_path, "\n".join(map(json.dumps, rows)), "r.csv")
    assert (table.format, list(table.frame["review"])) == ("jsonl", ["good", "bad"])
    table = read(tmp_path, json.dumps(rows, indent=1), "r.csv")
    assert (table.format, list(table.frame["review"])) == ("json", ["good", "bad"])


@pytest.mark.parametrize("markup", ["<html><body>", "\n<table border=1>", '<?xml version="1.0"?>'])
def test_a_web_page_is_refused(tmp_path: Path, markup: str) -> None:
    with pytest.raises(InputError, match="HTML or XML; open it in a spreadsheet"):
        read(tmp_path, f"{markup}<tr><td>id</td><td>review</td></tr></table>", "r.xls")


@pytest.mark.parametrize("name", ["notes.md", "notes.md.gz", "taxonomy.yaml", "first.ipynb"])
def test_a_document_is_no_table(tmp_path: Path, name: str) -> None:
    content = b"# Notes, and more\n\nThe room, they say, was cold\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    with pytest.raises(InputError, match="file holds no table of verbatims; give CSV"):
        read_table(path)


DUMP = {"data": [{"review": "good"}, {"review": "bad"}], "total": 2}


@pytest.mark.parametrize("dump", [DUMP, {"page": 1, "response": DUMP}])
def test_an_answer_of_a_service_is_not_one_verbatim(tmp_path: Path, dump: object) -> None:
    with pytest.raises(InputError, match="one JSON object that holds others; write one object"):
        read(tmp_path, json.dumps(dump), "r.json")


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(DUMP, indent=1),
        '{"data": [\n{"review": "good"},\n{"review": "bad"}\n]}',
        '{"data":\n' + json.dumps([{"review": "word " * 40}] * 1000, indent=1) + "}",
    ],
)
def test_an_object_over_several_lines_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="over several lines; write one object a line"):
        read(tmp_path, content, "r.json")


@pytest.mark.parametrize("broken", ['{"review": ', '{"tags": [', '{"a": {"b": 1},', '{"review": "'])
def test_a_broken_first_line_of_json_is_kept_aside(tmp_path: Path, broken: str) -> None:
    rows = "".join(f'{{"review": "good {i}"}}\n\n' for i in range(9))
    table = read(tmp_path, f"{broken}\n{rows}", "r.jsonl")
    assert (len(table.frame), list(table.rejected["line"])) == (9, [1])


def test_a_sole_record_may_hold_a_list(tmp_path: Path) -> None:
    table = read(tmp_path, '{"review": "good", "tags": ["a", "b"]}\n', "r.jsonl")
    assert table.frame.to_dict("list") == {"review": ["good"], "tags": ['["a", "b"]']}


@pytest.mark.parametrize("name", ["r.jsonl", "r.json"])
def test_nan_in_json_is_absent(tmp_path: Path, name: str) -> None:
    rows = ['{"review": "good", "stars": NaN}', '{"review": NaN, "stars": 4}']
    content = "\n".join(rows) if name == "r.jsonl" else f"[{', '.join(rows)}]"
    frame = read(tmp_path, content, name).frame
    assert frame.isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert str(frame["stars"].dtype) == "Int64"


def test_keys_of_json_are_names_as_they_are(tmp_path: Path) -> None:
    frame = read(tmp_path, '{"101": "good", "2024-01-01": 5}\n', "r.jsonl").frame
    assert frame.to_dict("list") == {"101": ["good"], "2024-01-01": [5]}


def test_two_values_for_one_column_are_kept_aside(tmp_path: Path) -> None:
    rows = '{"a": {"b": 1}, "a.b": 2, "c": "x"}\n{"a.b": 3, "c": "y"}\n{"a": {"b": 4}, "c": "z"}\n'
    table = read(tmp_path, rows, "r.jsonl")
    assert table.frame.to_dict("list") == {"a.b": [3, 4], "c": ["y", "z"]}
    assert table.rejected["line"].tolist() == [1]
    assert "'a.b'" in table.rejected["reason"][0]


@pytest.mark.parametrize(
    ("values", "reading"),
    [
        (["1.1", "1.10"], "text"),
        (["1.1", "1.1", "2.25"], "float"),
        (["1.50", "2.00", "12.30"], "float"),
        (["4", "4.0", "4.50"], "float"),
        (["1e1", "1.5e1", "1.5e10"], "float"),
        ([".5", "+3", " ", "-2.25"], "float"),
        (["+3", "-2", "  "], "integer"),
        (["+491701234567", "+491701234568"], "text"),
        (["5", "007"], "text"),
    ],
)
def test_numbers_are_told_from_codes(values: list[str], reading: str) -> None:
    assert kind_of_strings(values).reading == reading
    halves = [kind_of_strings(values[:1]), kind_of_strings(values[1:])]
    assert (halves[0] & halves[1]).reading == (halves[1] & halves[0]).reading == reading


@pytest.mark.parametrize(
    ("values", "reading"),
    [
        (["1.234", "12.500"], "text"),
        (["900", "1.234"], "text"),
        (["1.234", "0.5"], "float"),
        (["0.125", "0.250"], "float"),
        (["8,5", ",5", "+3"], "comma"),
    ],
)
def test_a_point_between_thousands_is_no_decimal_point(values: list[str], reading: str) -> None:
    assert kind_of_strings(values, decimal_comma=True).reading == reading


def test_measures_of_which_some_are_written_longer_stay_numbers() -> None:
    measures = [f"{i}.{i % 9 + 1}" for i in range(2_000)] + ["7.80"]
    parts = [kind_of_strings(measures[i : i + 300]) for i in range(0, len(measures), 300)]
    there, back = parts[0], parts[-1]
    for part in parts[1:]:
        there = there & part
    for part in reversed(parts[:-1]):
        back = back & part
    assert there.reading == back.reading == "float"


def test_blank_cells_are_absent_among_numbers(tmp_path: Path) -> None:
    frame = read(tmp_path, "review,n,x,at\na, 1,.5,2024-01-02\nb,  ,+3, \n").frame
    assert frame["n"].tolist()[0] == 1 and frame["n"].isna().tolist() == [False, True]
    assert frame["x"].tolist() == [0.5, 3.0]
    assert frame["at"].isna().tolist() == [False, True]


def test_numbers_written_as_text_in_json_are_numbers(tmp_path: Path) -> None:
    rows = [{"review": "a", "s": "5", "code": "007"}, {"review": "b", "s": 4, "code": "8"}]
    frame = read(tmp_path, json.dumps([*rows, {"review": "c", "s": ""}]), "r.json").frame
    assert frame["s"].tolist()[:2] == [5, 4] and frame["s"].isna().tolist()[2]
    assert frame["code"].tolist()[:2] == ["007", "8"]


def test_dates_that_no_single_unit_holds_are_text(tmp_path: Path) -> None:
    far, fine = "9999-12-31", "2024-01-01T00:00:00.123456789"
    rows = f"a,{far}\n" * 10_000 + f"a,{fine}\n"
    assert set(read(tmp_path, f"review,at\n{rows}").frame["at"]) == {far, fine}


def test_a_repeated_column_of_parquet_is_an_input_error(tmp_path: Path) -> None:
    texts, numbers = pa.array(["good", "bad"]), pa.array([1, 2])
    table = pa.Table.from_arrays([texts, numbers, numbers], names=["review", "n", "n"])
    pq.write_table(table, tmp_path / "r.parquet")
    with pytest.raises(InputError, match=r"'n' stands 2 times \(columns 2, 3\)"):
        read_table(tmp_path / "r.parquet")
