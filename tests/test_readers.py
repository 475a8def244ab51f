"""Files of verbatims, as people really have them."""

import builtins
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.made import written
from verbatim.errors import InputError, OptionError
from verbatim.readers import Table, choose_text_column, read_table

CAFE = "id,review,stars\n1,Nice café “lovely”,5\n2,Too dear (€9),2\n"


def read(folder: Path, content: bytes | str, name: str = "reviews.csv") -> Table:
    return read_table(written(folder, content, name))


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_every_encoding_gives_the_same_table(tmp_path: Path, encoding: str, found: str) -> None:
    table = read(tmp_path, CAFE.encode(encoding))
    assert table.encoding == found
    assert list(table.frame["review"]) == ["Nice café “lovely”", "Too dear (€9)"]
    assert list(table.frame.columns) == ["id", "review", "stars"]


def test_a_few_windows_bytes_in_a_utf8_file_do_not_spoil_the_rest(tmp_path: Path) -> None:
    content = "review\nDéjà vu, déjà goûté\n".encode() + "café\n".encode("cp1252")
    assert list(read(tmp_path, content).frame["review"]) == ["Déjà vu, déjà goûté", "café"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "review", "stars"], ["1", "Good; really, very | good", "5"], ["2", "Bad", "1"]]
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    frame = read(tmp_path, "\n".join(lines)).frame
    assert list(frame["review"]) == ["Good; really, very | good", "Bad"]


def test_the_delimiter_that_excel_declares_is_used(tmp_path: Path) -> None:
    frame = read(tmp_path, "sep=;\r\nid;review\r\n1;good, really\r\n").frame
    assert list(frame.columns) == ["id", "review"]


def test_commas_in_a_file_of_one_column_are_text(tmp_path: Path) -> None:
    frame = read(tmp_path, 'review\nGood, cheap, clean\n"Nice, ""really"""\n\nBad\n').frame
    assert frame["review"].fillna("(none)").tolist() == [
        "Good, cheap, clean",
        'Nice, "really"',
        "(none)",
        "Bad",
    ]


def test_a_newline_in_quotes_stays_in_the_text(tmp_path: Path) -> None:
    frame = read(tmp_path, 'id,review\r\n1,"Line one\r\n\r\nline ""two"""\r\n2,ok\r\n').frame
    assert list(frame["review"]) == ['Line one\r\n\r\nline "two"', "ok"]


def test_words_that_look_like_missing_values_stay_text(tmp_path: Path) -> None:
    words = ["NA", "null", "None", "N/A", "nan", "#N/A", "-"]
    frame = read(tmp_path, "review,n\n" + "".join(f"{word},1\n" for word in words)).frame
    assert list(frame["review"]) == words
    assert frame["review"].notna().all()


def test_an_empty_field_is_absent(tmp_path: Path) -> None:
    frame = read(tmp_path, "review,stars\ngood,5\n,\n").frame
    assert frame.isna().values.tolist() == [[False, False], [True, True]]
    assert str(frame["stars"].dtype) == "Int64"


def test_only_a_column_of_numbers_becomes_numbers(tmp_path: Path) -> None:
    content = "review,stars,code,score,nps\ngood,5,007,4.5,9\nbad,1,010,3,n/a\n"
    frame = read(tmp_path, content).frame
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "int64", "str", "float64", "str"]
    assert list(frame["nps"]) == ["9", "n/a"]
    assert list(frame["code"]) == ["007", "010"]


def test_a_decimal_comma_is_read_where_semicolons_delimit(tmp_path: Path) -> None:
    frame = read(tmp_path, "review;score;guests\ngut;8,5;1,200\nschlecht;3;900\n").frame
    assert list(frame["score"]) == [8.5, 3.0]
    assert list(frame["guests"]) == ["1,200", "900"]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2024-03-01", "2024-03-14"], "2024-03-01"),
        (["2024-03-01T10:00:00", "2024-03-14 11:30:00"], "2024-03-01 10:00:00"),
        (["01.03.2024", "14.03.2024"], "2024-03-01"),
        (["01/03/2024", "14/03/2024"], "2024-03-01"),
        (["03/01/2024", "03/14/2024"], "2024-03-01"),
    ],
)
def test_dates_are_read_when_their_order_is_certain(
    tmp_path: Path, dates: list[str], first: str
) -> None:
    frame = read(tmp_path, "review;date\n" + "".join(f"ok;{date}\n" for date in dates)).frame
    assert frame["date"].iloc[0] == pd.Timestamp(first)


@pytest.mark.parametrize("date", ["01/03/2024", "2024-13-45", "2024-03"])
def test_a_date_that_is_not_certain_stays_text(tmp_path: Path, date: str) -> None:
    assert list(read(tmp_path, f"review,date\nok,{date}\n").frame["date"]) == [date]


def test_rows_with_too_many_fields_are_kept_aside(tmp_path: Path) -> None:
    table = read(tmp_path, "id,review\n1,good\n2,bad, very bad\n3,fine\n")
    assert list(table.frame["id"]) == [1, 3]
    assert table.rejected.to_dict("records") == [
        {"line": 3, "reason": "3 fields where the header has 2", "raw": "2,bad, very bad"}
    ]


def test_rows_with_too_few_fields_are_kept_and_noted(tmp_path: Path) -> None:
    table = read(tmp_path, "id,review,stars\n1,good,5\n2,bad\n3,fine,4\n")
    assert len(table.frame) == 3
    assert table.frame["stars"].isna().tolist() == [False, True, False]
    assert table.notes == ("1 rows have fewer than 3 fields; the rest is NA (line 3)",)
    assert table.rejected.empty


def test_empty_fields_behind_the_last_column_are_no_error(tmp_path: Path) -> None:
    table = read(tmp_path, "id,review,\n1,good,\n2,bad,\n")
    assert list(table.frame.columns) == ["id", "review"]
    assert table.rejected.empty


def test_line_numbers_count_the_lines_inside_quotes(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,review\n1,"a\nb\nc"\n2,x,y\n')
    assert list(table.rejected["line"]) == [5]


@pytest.mark.parametrize("last", ["good", '"good"', '"good", they said'])
def test_a_stray_quote_does_not_swallow_the_rows_below(tmp_path: Path, last: str) -> None:
    table = read(tmp_path, f'id,review\n1,"never closed\n2,"nor here\n3,fine\n4,{last}\n')
    assert table.frame["id"].tolist()[:3] == [1, 2, 3]
    assert table.frame["review"].tolist()[:3] == ['"never closed', '"nor here', "fine"]
    assert len(table.frame) + len(table.rejected) == 4


def test_a_row_that_a_stray_quote_spoils_is_kept_aside(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,review\n1,"never closed, really\n2,fine\n')
    assert table.frame.to_dict("list") == {"id": [2], "review": ["fine"]}
    assert table.rejected.to_dict("list") == {
        "line": [2],
        "reason": ["a quote is opened and never closed"],
        "raw": ['1,"never closed, really'],
    }


def test_quotes_inside_a_text_stay(tmp_path: Path) -> None:
    content = 'id,review\n1,a 5" screen\n2,the "best" one\n3,"a ""so called"" suite,\n""ha"""\n'
    frame = read(tmp_path, content).frame
    assert list(frame["review"]) == ['a 5" screen', 'the "best" one', 'a "so called" suite,\n"ha"']


def test_a_verbatim_of_ten_million_characters_is_read(tmp_path: Path) -> None:
    frame = read(tmp_path, "id,review\n1," + "long " * 2_000_000 + "\n").frame
    assert len(frame["review"].iloc[0]) == 10_000_000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")),
        min_size=1,
        max_size=8,
    )
)
def test_what_pandas_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    reviews = [f"A {text}" for text in texts]
    path = tmp_path_factory.mktemp("csv") / "reviews.csv"
    pd.DataFrame({"hotel": reviews, "review": reviews, "mark": "x"}).to_csv(path, index=False)
    table = read_table(path)
    assert table.frame["review"].tolist() == reviews
    assert table.rejected.empty


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from('a1,;"\n\r\t[]{}:\0é'), max_size=40).map(str.encode) | st.binary(),
    st.sampled_from([".csv", ".tsv", ".json", ".jsonl", ""]),
)
def test_whatever_a_file_holds_is_a_table_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"reviews{suffix}"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except InputError as error:
        assert str(path) in str(error)
    else:
        assert len(table.frame)


def test_json_lines_and_json_arrays_give_the_same(tmp_path: Path) -> None:
    rows = [
        {"review": "NA", "stars": 5, "day": "2024-03-01", "tags": ["a", "b"]},
        {"review": None, "stars": None, "day": "2024-03-02", "extra": True},
    ]
    lines = read(tmp_path, "\n".join(map(json.dumps, rows)) + "\n", "r.jsonl")
    array = read(tmp_path, json.dumps(rows, indent=1), "r.json")
    pd.testing.assert_frame_equal(lines.frame, array.frame)
    assert list(lines.frame.columns) == ["review", "stars", "day", "tags", "extra"]
    assert lines.frame["review"].tolist()[0] == "NA"
    assert lines.frame["review"].isna().tolist() == [False, True]
    assert lines.frame["stars"].dtype == "Int64"
    assert lines.frame["day"].iloc[1] == pd.Timestamp("2024-03-02")
    assert lines.frame["tags"].iloc[0] == '["a", "b"]'
    assert (lines.format, array.format) == ("jsonl", "json")


def test_objects_inside_an_object_become_columns(tmp_path: Path) -> None:
    line = '{"review": {"title": "Good", "body": {"en": "It was good"}}, "stars": {}}'
    frame = read(tmp_path, f"{line}\n{line}\n", "r.jsonl").frame
    assert list(frame.columns) == ["review.title", "review.body.en", "stars"]
    assert list(frame["review.body.en"]) == ["It was good"] * 2


def test_texts_without_objects_are_a_text_column(tmp_path: Path) -> None:
    assert list(read(tmp_path, '["good", "bad"]', "r.json").frame["text"]) == ["good", "bad"]


def test_broken_json_lines_are_kept_aside(tmp_path: Path) -> None:
    table = read(tmp_path, '{"review": "good"}\n\n{"review": \n42\n', "r.jsonl")
    assert list(table.frame["review"]) == ["good"]
    assert list(table.rejected["line"]) == [3, 4]
    assert table.rejected["reason"][1] == "neither an object nor a text"


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    assert read(tmp_path, '[{"review": "a\\ud800b"}]', "r.json").frame["review"][0] == "a\ufffdb"


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    table = read(tmp_path, gzip.compress(CAFE.encode()), "reviews.csv.gz")
    assert len(table.frame) == 2
    lines = gzip.compress(b'{"review": "good"}\n', mtime=0)
    assert read(tmp_path, lines, "reviews.jsonl.gz").format == "jsonl"


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pd.DataFrame({"review": ["NA", "bad"], "day": pd.to_datetime(["2024-01-01"] * 2)})
    frame.to_parquet(tmp_path / "r.parquet")
    pd.testing.assert_frame_equal(read_table(tmp_path / "r.parquet").frame, frame)


def workbook(folder: Path, **sheets: pd.DataFrame) -> Path:
    path = folder / "reviews.xlsx"
    with pd.ExcelWriter(path) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False, startrow=1)
    return path


def test_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    answers = pd.DataFrame({"review": ["N/A", "bad"], "stars": [5, 1], "code": ["007", "1"]})
    path = workbook(tmp_path, Notes=pd.DataFrame({"note": ["x"]}), Answers=answers)
    pd.testing.assert_frame_equal(read_table(path, sheet="Answers").frame, answers)
    assert list(read_table(path).frame.columns) == ["note"]
    with pytest.raises(InputError, match=r"unknown sheet 'answer'; did you mean 'Answers'\?"):
        read_table(path, sheet="answer")


def test_a_sheet_of_a_text_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no workbook"):
        read_table(written(tmp_path, CAFE), sheet="Answers")


def test_excel_without_openpyxl_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, A=pd.DataFrame({"review": ["good"]}))
    original = builtins.__import__

    def without_openpyxl(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return original(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without_openpyxl)
    with pytest.raises(InputError, match=r'pip install "verbatim-cx\[xlsx\]"'):
        read_table(path)


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("export", CAFE, 2),
        ("export.dat", '{"review": "good"}\n', 1),
        ("export.txt", "id\treview\n1\tgood, really\n", 1),
        ("really-json-lines.json", '{"review": "a"}\n{"review": "b"}\n', 2),
    ],
)
def test_content_decides_where_the_name_does_not(
    tmp_path: Path, name: str, content: str, rows: int
) -> None:
    assert len(read(tmp_path, content, name).frame) == rows


def test_a_workbook_named_csv_is_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, A=pd.DataFrame({"review": ["good"]})).rename(tmp_path / "r.csv")
    assert read_table(path).format == "xlsx"


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06\0\0\0" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty; put a row of column names first"),
        (b" \n\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"id,review\n", "there is a header and no row below it"),
        (b"id,review\n1,2,3\n", r"no row below it that fits it \(1 don't\)"),
        (b"review,stars,review\na,1,b\n", r"'review' stands 2 times \(columns 1, 3\)"),
        (b"1,great place\n2,bad place\n", "first row holds a value, '1'"),
        (b"great place,2024-03-01\n", "first row holds a value, '2024-03-01'"),
        (PNG, "the content is binary, not text"),
        (gzip.compress(b"id,review\n1,a\n", mtime=0)[:-9], "compressed file is damaged"),
        (b"PAR1 but no parquet", "the Parquet file is damaged"),
        (
            b"PK\x03\x04 but no workbook",
            "a zip archive, or an Excel file, that is cut off or damaged",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx without a password"),
    ],
)
def test_what_is_no_table_is_refused_with_the_fix(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError, match=message) as caught:
        read_table(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_json_that_is_no_list_of_rows_says_how_to_write_it(tmp_path: Path) -> None:
    content = pd.DataFrame({"review": ["good", "bad"]}).to_json()
    with pytest.raises(InputError, match='orient="records"'):
        read(tmp_path, content, "r.json")
    with pytest.raises(InputError, match="line 1, column 19 breaks the JSON array"):
        read(tmp_path, '[{"review": "good"', "r.json")


@pytest.mark.parametrize("content", ["[" * 100_000, '[{"n": ' + "1" * 5000 + "}]"])
def test_json_that_python_gives_up_on_is_an_input_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="the JSON array can't be read"):
        read(tmp_path, content, "r.json")


def test_a_year_is_a_plausible_column_name(tmp_path: Path) -> None:
    assert list(read(tmp_path, "review,2023\nok,4\n").frame.columns) == ["review", "2023"]


def test_a_missing_file_lists_the_near_ones(tmp_path: Path) -> None:
    written(tmp_path, CAFE)
    with pytest.raises(InputError, match=r"no file .*review\.csv; did you mean 'reviews\.csv'\?"):
        read_table(tmp_path / "review.csv")
    with pytest.raises(InputError, match=r"in its folder are: reviews\.csv"):
        read_table(tmp_path / "zzz")
    with pytest.raises(InputError, match="there is no folder"):
        read_table(tmp_path / "nowhere" / "reviews.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    written(tmp_path, CAFE)
    with pytest.raises(InputError, match=r"is a folder; name one file in it: reviews\.csv"):
        read_table(tmp_path)


HOTELS = pd.DataFrame(
    {
        "hotel": ["Grand Plaza", "Sea View"] * 3,
        "title": ["Good stay", "Bad night", "Never again", "So so", "Nice", "Loved the pool"],
        "review": [
            f"We stayed {n} nights and the room was {word}, though the staff at the desk were kind"
            for n, word in enumerate(["cold", "bright", "tiny", "noisy", "huge", "spotless"])
        ],
        "stars": [4, 2, 1, 3, 4, 5],
    }
)


def test_the_column_asked_for_is_taken() -> None:
    assert choose_text_column(HOTELS, "title") == "title"


def test_a_missing_column_lists_the_ones_there_are() -> None:
    message = r"unknown text column 'Reviews'; did you mean 'review'\? There are: hotel, title"
    with pytest.raises(InputError, match=message):
        choose_text_column(HOTELS, "Reviews")


def test_the_one_column_of_free_text_is_found() -> None:
    assert choose_text_column(HOTELS) == "review"


def test_two_columns_of_free_text_are_not_guessed() -> None:
    liked = HOTELS.assign(disliked=HOTELS["review"].str[::-1])
    with pytest.raises(InputError, match="it may be 'review' or 'disliked'; name one with --text"):
        choose_text_column(liked)


def test_lists_inside_records_are_no_free_text(tmp_path: Path) -> None:
    opinion = '{"words": ["the bed was far too soft", "breakfast was cold again"], "sign": -1}'
    texts = ["The bed was soft", "Breakfast was cold"]
    lines = "".join(f'{{"text": "{text}", "opinions": [{opinion}]}}\n' for text in texts)
    frame = read(tmp_path, lines, "labelled.jsonl").frame
    assert "far too soft" in frame["opinions"][0]
    assert choose_text_column(frame) == "text"


def test_no_column_of_free_text_is_not_guessed() -> None:
    with pytest.raises(InputError, match=r"none looks like text.* There are: hotel, stars"):
        choose_text_column(HOTELS[["hotel", "stars"]])


def test_reading_changes_no_setting_of_the_csv_module(tmp_path: Path) -> None:
    import csv

    before = csv.field_size_limit()
    read(tmp_path, CAFE)
    assert csv.field_size_limit() == before


def test_parquet_from_memory_keeps_a_named_index(tmp_path: Path) -> None:
    frame = pd.DataFrame({"review": ["a", "b"]}, index=pd.Index(["x", "y"], name="key"))
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    assert list(read(tmp_path, buffer.getvalue(), "r.parquet").frame["key"]) == ["x", "y"]
