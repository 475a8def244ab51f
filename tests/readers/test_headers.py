"""Rows around the names of the columns, the names themselves, and which column is the text."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from verbatim.errors import InputError
from verbatim.readers import Table, choose_text_column, read_table

TEXTS = [f"On day {i} the till was closed and the queue was long" for i in range(12)]


def read(folder: Path, content: str) -> Table:
    path = folder / "reviews.csv"
    path.write_text(content, encoding="utf-8", newline="")
    return read_table(path)


def records(*before: str) -> str:
    rows = "".join(f"{i},{i % 5 + 1},{text}\n" for i, text in enumerate(TEXTS))
    return "".join(f"{row}\n" for row in before) + rows


def test_headings_over_several_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 2 names all: id, stars, said; delete what stands"):
        read(tmp_path, records("Visit,,Feedback", "id,stars,said"))


def test_headings_are_seen_by_texts_that_are_longer_than_their_name(tmp_path: Path) -> None:
    rows = "".join(f"shop {i},town {i},{text}\n" for i, text in enumerate(TEXTS))
    with pytest.raises(InputError, match="row 2 names all: shop, town, said"):
        read(tmp_path, f"Place,,Feedback\nshop,town,said\n{rows}")


@pytest.mark.parametrize(
    "content",
    [
        ",said\n" + "".join(f"{i},{text}\n" for i, text in enumerate(TEXTS)),
        ",said\n" + "".join(f"shop {i},{text}\n" for i, text in enumerate(TEXTS)),
        ",said\n" + "".join(f"{('A', 'B')[i % 2]},{text}\n" for i, text in enumerate(TEXTS)),
        "shop,stars,said,\n" + "".join(f"A,{i},{text},\n" for i, text in enumerate(TEXTS)),
    ],
)
def test_a_column_without_a_name_is_no_heading(tmp_path: Path, content: str) -> None:
    assert len(read(tmp_path, content).frame) == len(TEXTS)


def test_questions_of_qualtrics_are_left_out_and_noted(tmp_path: Path) -> None:
    ids = ",".join('"' + json.dumps({"ImportId": q}).replace('"', '""') + '"' for q in "abc")
    ids = ids.replace(": ", ":")
    questions = '"Which visit?","How many stars would\nyou give?",Why?'
    table = read(tmp_path, records("id,stars,said", questions, ids))
    assert table.frame["stars"].dtype == "int64"
    assert table.frame["said"].tolist() == TEXTS
    assert table.lines[0] == 5
    assert table.notes == (
        "2 rows of questions below the names, as Qualtrics writes them, are left out",
    )


def test_line_breaks_in_names_become_spaces(tmp_path: Path) -> None:
    table = read(tmp_path, '"Hotel\nName","Score\u00a0","said  by"\nA,1,fine\n')
    assert list(table.frame.columns) == ["Hotel Name", "Score", "said by"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,said\n1,"two\nlines"\n2,one\n3,too,many\n\n4,more\n')
    assert list(table.lines) == [2, 4, 7]
    path = tmp_path / "r.jsonl"
    path.write_text('{"said": "a"}\n\nbroken\n{"said": "b"}\n')
    assert list(read_table(path).lines) == [1, 4]


def test_what_the_company_replied_is_not_taken_for_the_text() -> None:
    long = [f"Thank you for visit {i}; we are so glad that all went well for you" for i in range(9)]
    replied = pd.DataFrame({"note": ["Nice people here"] * 9, "Owner reply": long}, dtype="str")
    with pytest.raises(InputError, match="may be 'Owner reply' or 'note'; name one with --text"):
        choose_text_column(replied)
    assert choose_text_column(replied[["Owner reply"]]) == "Owner reply"
    short = pd.DataFrame({"note": long, "Owner reply": ["Thank you very much"] * 9}, dtype="str")
    assert choose_text_column(short) == "note"
