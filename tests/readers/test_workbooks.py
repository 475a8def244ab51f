"""Workbooks as people keep them: several sheets, formulas, errors, headings; and damaged ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from verbatim.errors import InputError
from verbatim.readers import look_through, read_table

openpyxl = pytest.importorskip("openpyxl")

Rows = Sequence[Sequence[Any]]
NAMES = ["shop", "stars", "said"]
RECORDS = [["Oslo", i % 5 + 1, f"We came on day {i} and the till was closed"] for i in range(12)]


def saved(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    workbook.active = next(i for i, name in enumerate(sheets) if name not in hidden)
    workbook.save(path)
    return path


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


def test_sheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    sheets = {"North": [NAMES, *RECORDS], "South": [NAMES, *RECORDS[:2]], "Empty": []}
    path = saved(tmp_path / "r.xlsx", sheets)
    source = look_through(path)
    assert source.n_rows == 12
    assert source.notes == ("sheet 'North' was read; not read: 'South' (--sheet)",)
    assert look_through(path, "South").notes == ()


def test_a_hidden_sheet_is_read_only_when_asked_for(tmp_path: Path) -> None:
    sheets = {"lists": [["code", "text"], ["a", "b"]], "Data": [NAMES, *RECORDS]}
    path = saved(tmp_path / "r.xlsx", sheets, hidden=["lists"])
    table = read_table(path)
    assert list(table.frame.columns) == NAMES
    assert table.notes == ("sheet 'Data' was read; not read: 'lists' (hidden) (--sheet)",)
    assert list(read_table(path, "lists").frame.columns) == ["code", "text"]


def test_formulas_that_were_never_run_are_counted(tmp_path: Path) -> None:
    rows = [*RECORDS, ["Rome", "=1+1", '=CONCATENATE("The till"," was closed")']]
    table = read_table(saved(tmp_path / "r.xlsx", {"A": [NAMES, *rows]}))
    assert table.frame["said"].isna().sum() == table.frame["stars"].isna().sum() == 1
    (note,) = table.notes
    assert note.startswith("2 cells (row 14): a formula without its result, read as empty")


def test_a_formula_with_an_empty_text_has_its_result(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.xlsx", {"A": [NAMES, *RECORDS, ["Rome", 2, '=IF(B2>9,"x","")']]})
    changed(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'"C14"', b'"C14" t="str"'))
    table = read_table(path)
    assert table.notes == () and table.frame["said"].isna().sum() == 1


def test_errors_of_excel_are_no_words(tmp_path: Path) -> None:
    rows = [*RECORDS, ["Rome", "#DIV/0!", "#N/A"], ["Rome", 3, "#N/A"]]
    table = read_table(saved(tmp_path / "r.xlsx", {"A": [NAMES, *rows]}))
    assert table.frame["stars"].dtype == "Int64"
    assert table.frame["said"].isna().sum() == 2
    assert table.notes == ("3 cells (row 14, 15): an error such as #N/A, read as empty",)


def test_rows_are_counted_as_the_sheet_counts_them(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.xlsx", {"A": [[], [], NAMES, *RECORDS, ["Rome", "none", "x y"]]})
    assert list(read_table(path).lines)[:2] == [4, 5]
    found = look_through(path).find("stars", lambda value: value == "none")
    assert found == ("row 16", "none")


@pytest.mark.parametrize("depth", [1, 2])
def test_headings_above_the_names_are_refused(tmp_path: Path, depth: int) -> None:
    headings = [["Place", None, "Feedback"], ["Where", None, "What"]][:depth]
    path = saved(tmp_path / "r.xlsx", {"A": [*headings, NAMES, *RECORDS]})
    with pytest.raises(InputError, match=rf"row {depth + 1} names all: shop, stars, said; delete"):
        read_table(path)


def test_questions_below_the_names_are_left_out(tmp_path: Path) -> None:
    questions = [["Which shop?", "How many stars?", "Why?"], ['{"ImportId":"Q1"}'] * 3]
    table = read_table(saved(tmp_path / "r.xlsx", {"A": [NAMES, *questions, *RECORDS]}))
    assert len(table.frame) == 12
    assert table.frame["stars"].dtype == "int64"
    assert table.lines[0] == 4
    assert table.notes[0].startswith("2 rows of questions below the names")


DAMAGE = {
    "cut sheet": ("xl/worksheets/sheet1.xml", lambda content: content[: len(content) // 2]),
    "wrong number": ("xl/worksheets/sheet1.xml", lambda content: content.replace(b">3<", b">3,<")),
    "unknown fill": (
        "xl/styles.xml",
        lambda content: content.replace(b"</fills>", b"<fill/></fills>"),
    ),
    "wrong date": ("docProps/core.xml", lambda content: content.replace(b"T", b" at ")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_workbook_is_one_message(tmp_path: Path, damage: str) -> None:
    path = changed(saved(tmp_path / "r.xlsx", {"A": [NAMES, *RECORDS]}), *DAMAGE[damage])
    with pytest.raises(InputError, match=r"workbook is damaged .*save it again"):
        read_table(path)


def test_a_file_that_is_cut_off_is_to_be_copied_again(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.xlsx", {"A": [NAMES, *RECORDS]})
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InputError, match="cut off or damaged; copy it again"):
        read_table(path)


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "save it as .xlsx or CSV"),
        ("xl/workbook.bin", b"", "a binary Excel workbook"),
        ("reviews.csv", b"id,review", "no Excel workbook; unpack it first"),
    ],
)
def test_other_archives_are_told_apart(
    tmp_path: Path, part: str, content: bytes, message: str
) -> None:
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, content)
    with pytest.raises(InputError, match=message):
        read_table(path)


def test_a_row_far_beyond_the_last_of_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.xlsx", {"A": [NAMES, *RECORDS]})
    far = b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row></sheetData>'
    changed(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", far))
    with pytest.raises(InputError, match="more than 1,048,576 rows"):
        look_through(path)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "r.xlsx", {"A": [NAMES, *RECORDS]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/blank.bin", bytes(30_000_000))
    assert path.stat().st_size < 100_000
    assert look_through(path).n_rows == 12
    monkeypatch.setattr("verbatim.readers.excel._MOST_UNPACKED", 20_000_000)
    with pytest.raises(InputError, match=r"unpacks to 0\.0 GB"):
        look_through(path)
