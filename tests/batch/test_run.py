"""A file in, a directory of parts out: what is in it, and what it doesn't depend on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import verbatim
from tests.batch.made import HEADER, OPTIONS, content, rows, run, write_reviews
from tests.same import assert_same
from verbatim import Analysis, InputError, OptionError
from verbatim.batch import analyze_file, reading
from verbatim.readers import read_table
from verbatim.schema import TABLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_reviews(tmp_path / "reviews.csv")
    return tmp_path


@pytest.mark.parametrize("id", [None, "key"])
@pytest.mark.parametrize("chunk_rows", [1, 7, 1000])
def test_parts_add_up_to_the_analysis_of_the_whole(
    folder: Path, id: str | None, chunk_rows: int
) -> None:
    out = run(folder, id=id, chunk_rows=chunk_rows)
    frame = read_table(folder / "reviews.csv").frame
    whole = verbatim.analyze(frame, text="review", id=id, engine="lexicon")
    assert_same(Analysis.load(out), whole)


def test_what_does_not_fit_is_kept_aside_with_its_line(folder: Path) -> None:
    rejected = pd.read_csv(run(folder) / "rejected.csv")
    assert_frame_equal(rejected, read_table(folder / "reviews.csv").rejected, check_dtype=False)
    assert len(rejected) == 4


def test_what_is_kept_aside_is_harmless_in_a_spreadsheet(folder: Path) -> None:
    raw = "=cmd|' /C calc'!A0,Caf\xe9,closed"
    (folder / "reviews.csv").write_text(f"id,review\n1,Rude staff\n{raw}\n", "utf-8")
    rejected = run(folder) / "rejected.csv"
    assert rejected.read_bytes().startswith(b"\xef\xbb\xbfline,reason,raw")
    assert pd.read_csv(rejected)["raw"].tolist() == [f"'{raw}"]


def test_a_file_without_misfits_has_no_rejected_rows(folder: Path) -> None:
    (folder / "reviews.csv").write_text("review\nLovely staff\n")
    out = run(folder)
    assert sorted(content(out)) == [
        "manifest.json",
        "meta.json",
        *(f"{table}.parquet/part-000000.parquet" for table in sorted(TABLES)),
    ]


def test_part_after_part_of_misfits(folder: Path) -> None:
    (folder / "reviews.csv").write_text("id,review\n" + "1,a,b\n" * 20 + "2,Rude staff\n1,a,b\n")
    out = run(folder, chunk_rows=3, id="id")
    assert Analysis.load(out).opinions["id"].tolist() == [2]
    assert len(pd.read_csv(out / "rejected.csv")) == 21
    parts = json.loads((out / "manifest.json").read_text())["parts"]
    assert [part["rows"] for part in parts] == [0, 0, 0, 0, 0, 0, 1, 0]


def test_more_than_ten_parts_keep_their_order(folder: Path) -> None:
    out = run(folder, chunk_rows=2)
    assert Analysis.load(out).verbatims["id"].tolist() == list(range(42))


def test_processes_do_not_matter(folder: Path) -> None:
    run(folder, "one")
    run(folder, "two", n_jobs=2)
    assert content(folder / "one") == content(folder / "two")


def test_few_parts_are_spread_over_the_processes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, "one", chunk_rows=100)
    monkeypatch.setattr("verbatim.analyzer.BATCH", 8)
    monkeypatch.setattr(reading, "_read_in_worker", None)
    run(folder, "two", chunk_rows=100, n_jobs=2)
    assert content(folder / "one") == content(folder / "two")


def _threads() -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


def test_processes_share_the_cores_with_the_threads_of_the_engine() -> None:
    from joblib import Parallel, cpu_count, delayed

    given = set(Parallel(n_jobs=2)(delayed(_threads)() for _ in range(4)))
    assert given == {str(max(1, cpu_count() // 2))}


def test_columns_are_chosen(folder: Path) -> None:
    out = run(folder, columns=["stars", "café ☕"], id="key")
    analysis = Analysis.load(out)
    assert analysis.columns == ("stars", "café ☕")
    assert str(analysis.verbatims["stars"].dtype) == "Int64"
    assert run(folder, "none", columns=["review"]).exists()
    assert Analysis.load(folder / "none").columns == ()


def test_any_name_of_a_column_comes_back(folder: Path) -> None:
    (folder / "reviews.csv").write_text("review,a.b,a,x[0],text\nLovely staff,1,2,q,z\n")
    assert Analysis.load(run(folder)).verbatims.iloc[0, -4:].to_dict() == {
        **{"a.b": 1, "a": 2, "x[0]": "q", "text_input": "z"}
    }


def test_a_column_has_one_dtype_in_every_part(folder: Path) -> None:
    text = "review,code,score,when\n" + "ok,1,2,2024-01-01\n" * 9 + "ok,x,2.5,2024-01-02T10:00:00\n"
    (folder / "reviews.csv").write_text(text)
    verbatims = Analysis.load(run(folder, chunk_rows=3)).verbatims
    assert verbatims["code"].tolist() == ["1"] * 9 + ["x"]
    assert verbatims["score"].tolist() == [2.0] * 9 + [2.5]
    assert verbatims["when"].iloc[-1] == pd.Timestamp("2024-01-02 10:00")


@pytest.mark.parametrize("suffix", ["jsonl", "json", "parquet", "xlsx", "csv.gz"])
def test_every_format_gives_the_same_tables(folder: Path, suffix: str) -> None:
    frame = read_table(folder / "reviews.csv").frame.drop(columns="stars")
    path = folder / f"r.{suffix}"
    writers = {
        "jsonl": lambda: frame.to_json(path, orient="records", lines=True, force_ascii=False),
        "json": lambda: frame.to_json(path, orient="records"),
        "parquet": lambda: frame.to_parquet(path, row_group_size=10),
        "xlsx": lambda: frame.to_excel(path, index=False),
        "csv.gz": lambda: frame.to_csv(path, index=False),
    }
    writers[suffix]()
    analyze_file(path, folder / "out", **OPTIONS)
    expected = verbatim.analyze(frame, text="review", engine="lexicon")
    assert_same(Analysis.load(folder / "out"), expected)


def test_one_row(folder: Path) -> None:
    (folder / "reviews.csv").write_text("review\nLovely staff")
    assert len(Analysis.load(run(folder))) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (HEADER, "there is a header and no row below it"),
        ("review,key\na,1,2\n", r"no row below it that fits it \(1 don't\)"),
    ],
)
def test_a_file_without_rows_is_refused_and_leaves_nothing(
    folder: Path, text: str, message: str
) -> None:
    (folder / "reviews.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        run(folder)
    assert os.listdir(folder) == ["reviews.csv"]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"text": "reveiw"}, InputError, "did you mean 'review'"),
        ({"columns": ["hotels"]}, InputError, "unknown column 'hotels'; did you mean 'hotel'"),
        ({"id": "k"}, InputError, "unknown column 'k'"),
        ({"id": "review"}, InputError, "column 'review' is the text"),
        ({"id": "hotel"}, InputError, "id column 'hotel' holds 'A' more than once"),
        ({"id": "stars"}, InputError, "id column 'stars' is empty in row 4"),
        ({"chunk_rows": 0}, OptionError, "chunk_rows=0"),
        ({"engine": "lexikon"}, OptionError, "did you mean 'lexicon'"),
    ],
)
def test_what_is_wrong_is_said_before_the_work(
    folder: Path, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(folder, **options)
    assert os.listdir(folder) == ["reviews.csv"]


def test_ids_in_different_parts_must_differ_too(folder: Path) -> None:
    (folder / "reviews.csv").write_text(HEADER + rows(12_000) + "r3,A,1,1,Again\n")
    with pytest.raises(InputError, match="'r3' more than once"):
        run(folder, id="key", chunk_rows=5000)


def test_progress_tells_rows_done_and_rows_there_are(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    run(folder, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 42) and told[-1] == (42, 42)
    assert told == sorted(told)


def test_the_manifest_says_what_the_result_was_made_of(folder: Path) -> None:
    manifest = json.loads((run(folder, id="key") / "manifest.json").read_text("utf-8"))
    assert manifest["input"]["name"] == "reviews.csv"
    assert (manifest["input"]["rows"], manifest["input"]["rejected"]) == (42, 4)
    assert manifest["options"]["columns"] == ["hotel", "stars", "café ☕"]
    assert manifest["made_with"]["engine"].startswith("lexicon ")
    assert sum(part["rows"] for part in manifest["parts"]) == 42
    assert str(folder) not in json.dumps(manifest)


def test_ids_that_are_no_whole_numbers_are_told_of_before_any_work(tmp_path: Path) -> None:
    frame = pd.DataFrame({"key": [1.0, 2.5], "review": ["Rude staff", "Great food"]})
    frame.to_parquet(tmp_path / "reviews.parquet")
    with pytest.raises(InputError, match=r"'key' holds 2\.5, no whole number"):
        analyze_file(tmp_path / "reviews.parquet", tmp_path / "out", **OPTIONS, id="key")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reviews.parquet"]
    frame.assign(key=[1.0, 2.0]).to_parquet(tmp_path / "reviews.parquet")
    out = analyze_file(tmp_path / "reviews.parquet", tmp_path / "out", **OPTIONS, id="key")
    assert Analysis.load(out).verbatims["id"].tolist() == [1, 2]


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_as_output_stays_a_link(tmp_path: Path) -> None:
    write_reviews(tmp_path / "reviews.csv", 8)
    (tmp_path / "current").symlink_to("v1")
    for options in ({}, {"overwrite": True, "chunk_rows": 3}):
        run(tmp_path, "current", **options)
        assert (tmp_path / "current").is_symlink()
        assert len(Analysis.load(tmp_path / "v1")) == 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "reviews.csv", "v1"]
