"""An analysis as a value: filter, concatenate, save, load, serialise."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from jsonschema import Draft202012Validator

import verbatim
from tests.same import assert_same
from verbatim import Analysis, InputError, OptionError, StorageError
from verbatim.exchange import build_json_schema


@pytest.fixture(scope="module")
def reviews() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "review": ["Friendly staff! Will be back.", "Dirty room and rude staff.", None, "ok"],
            "hotel": ["A", "B", "A", None],
            "stars": [5, 1, 3, 3],
            "date": pd.to_datetime(["2025-01-01", "2025-02-01", None, "2025-04-01"]),
        }
    )


@pytest.fixture(scope="module")
def analysis(reviews: pd.DataFrame) -> Analysis:
    return verbatim.analyze(reviews, text="review")


def test_filter_keeps_rows_with_all_that_belongs_to_them(analysis: Analysis) -> None:
    kept = analysis.filter(hotel="A", stars=[4, 5])
    assert kept.verbatims["id"].tolist() == [0]
    assert set(kept.opinions["id"]) == {0} == set(kept.sentences["id"])
    assert len(analysis.filter(lambda rows: rows["stars"] >= 3)) == 3
    assert len(analysis.filter(hotel="nowhere").opinions) == 0


def test_filter_by_an_unknown_column_lists_those_there_are(analysis: Analysis) -> None:
    with pytest.raises(OptionError, match="unknown column 'hotl'; did you mean 'hotel'"):
        analysis.filter(hotl="A")


def test_concat_goes_on_counting(reviews: pd.DataFrame, analysis: Analysis) -> None:
    both = verbatim.concat([analysis, analysis])
    assert both.verbatims["id"].tolist() == list(range(8))
    doubled = pd.concat([reviews, reviews], ignore_index=True)
    assert_same(both, verbatim.analyze(doubled, text="review"))
    kept = analysis.filter(hotel="B")
    assert verbatim.concat([kept, kept]).opinions["id"].unique().tolist() == [1, 3]


def test_concat_refuses_what_does_not_fit(reviews: pd.DataFrame, analysis: Analysis) -> None:
    with pytest.raises(InputError, match="at least one"):
        verbatim.concat([])
    with pytest.raises(InputError, match="differ in taxonomy"):
        verbatim.concat([analysis, verbatim.analyze(reviews, text="review", taxonomy="telecom")])
    keyed = verbatim.analyze(reviews.assign(key=list("abcd")), text="review", id="key")
    with pytest.raises(InputError, match="'a' stands in more than one"):
        verbatim.concat([keyed, keyed])


def test_concat_takes_ids_as_texts_where_some_are(tmp_path: Path) -> None:
    def keyed(key: object) -> Analysis:
        frame = pd.DataFrame({"key": [key], "review": ["Rude staff"]})
        return verbatim.analyze(frame, text="review", id="key", engine="lexicon")

    with pytest.raises(InputError, match="id '1' stands in more than one"):
        verbatim.concat([keyed(1), keyed("1")])
    with pytest.raises(InputError, match="id 1 stands in more than one"):
        verbatim.concat([keyed(1), keyed(1)])
    positions = verbatim.analyze(["Great food"], engine="lexicon")
    both = verbatim.concat([positions, keyed("a"), keyed(2)])
    assert both.opinions["id"].tolist() == ["0", "a", "2"] == both.verbatims["id"].tolist()
    assert_same(Analysis.load(both.save(tmp_path / "out")), both)
    assert verbatim.concat([both, keyed("b")]).verbatims["id"].tolist() == ["0", "a", "2", "b"]


def test_save_and_load_give_the_same_back(analysis: Analysis, tmp_path: Path) -> None:
    path = analysis.save(tmp_path / "deep" / "out")
    assert sorted(p.name for p in path.iterdir()) == [
        "meta.json",
        "opinions.parquet",
        "sentences.parquet",
        "verbatims.parquet",
    ]
    assert_same(Analysis.load(path), analysis)
    empty = verbatim.analyze([])
    assert_same(Analysis.load(empty.save(tmp_path / "empty")), empty)


def test_what_is_saved_twice_is_the_same_to_the_byte(analysis: Analysis, tmp_path: Path) -> None:
    first, second = analysis.save(tmp_path / "1"), analysis.save(tmp_path / "2")
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes()


def test_a_column_that_parquet_cannot_hold_is_written_as_text(tmp_path: Path) -> None:
    frame = pd.DataFrame({"review": ["good", "bad"], "mixed": pd.Series([1, "x"], dtype=object)})
    path = verbatim.analyze(frame, text="review").save(tmp_path / "out")
    loaded = Analysis.load(path)
    assert loaded.verbatims["mixed"].tolist() == ["1", "x"]
    assert loaded.meta["saved_as_text"] == ["mixed"]
    again = Analysis.load(loaded.filter(mixed="x").save(tmp_path / "again"))
    assert again.meta["saved_as_text"] == ["mixed"]


ODD = {
    "categories": (pd.Categorical([1, "a", None]), ["1", "a", None]),
    "intervals": (pd.cut([1, 2, 3], [0, 1, 3]), ["(0, 1]", "(1, 3]", "(1, 3]"]),
    "empty dicts": ([{}, {}, None], ["{}", "{}", None]),
    "complex": (np.array([1j, 2, 0]), ["1j", "(2+0j)", "0j"]),
    "sparse": (pd.arrays.SparseArray([0, 0, 7]), [0, 0, 7]),
    "long floats": (np.array([1, 2, 3], dtype="longdouble"), [1, 2, 3]),
    "pairs": ([(1, 2), "a", None], ["(1, 2)", "a", None]),
    "periods": (pd.period_range("2024-01", periods=3, freq="M"), None),
    "durations": (pd.to_timedelta([1, 2, None], unit="D"), None),
    "lists": ([[1], [2], None], None),
}


@pytest.mark.parametrize("name", ODD)
def test_any_column_that_rides_along_can_be_saved(name: str, tmp_path: Path) -> None:
    values, expected = ODD[name]
    frame = pd.DataFrame({"review": ["good", "bad", "ok"], "odd": values})
    analysis = verbatim.analyze(frame, text="review", engine="lexicon")
    found = Analysis.load(analysis.save(tmp_path / "out")).verbatims["odd"]
    if name == "long floats":
        found = found.map(float)
    wanted = list(values) if expected is None else expected
    assert [None if x is None or x is pd.NaT or x != x else x for x in found] == [
        None if x is pd.NaT else x for x in wanted
    ]


def test_save_overwrites_only_when_told_and_only_an_analysis(
    analysis: Analysis, tmp_path: Path
) -> None:
    path = analysis.save(tmp_path / "out")
    with pytest.raises(StorageError, match="overwrite=True"):
        analysis.save(path)
    analysis.filter(hotel="A").save(path, overwrite=True)
    assert len(Analysis.load(path)) == 2
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("irreplaceable")
    with pytest.raises(StorageError, match="something else"):
        analysis.save(precious, overwrite=True)
    assert (precious / "thesis.txt").exists()


@pytest.mark.parametrize(
    "name", ["notes.txt", "report.html.bak", "photos/a.jpg", "opinions.parquet.d/x", ".secret"]
)
def test_what_the_user_has_put_beside_an_analysis_is_not_removed(
    analysis: Analysis, tmp_path: Path, name: str
) -> None:
    path = analysis.save(tmp_path / "out")
    (path / name).parent.mkdir(exist_ok=True)
    (path / name).write_text("irreplaceable")
    with pytest.raises(StorageError, match=rf"something else .*\({name.split('/')[0]}.*Move that"):
        analysis.save(path, overwrite=True)
    assert (path / name).read_text() == "irreplaceable"


def test_files_by_our_names_alone_are_no_analysis(analysis: Analysis, tmp_path: Path) -> None:
    (tmp_path / "quotes.csv").write_text("irreplaceable")
    with pytest.raises(StorageError, match=r"\(quotes.csv\)"):
        analysis.save(tmp_path, overwrite=True)


def test_a_folder_with_the_name_of_a_former_one_is_not_removed(
    analysis: Analysis, tmp_path: Path
) -> None:
    path = analysis.save(tmp_path / "out")
    (tmp_path / ".out-former").mkdir()
    (tmp_path / ".out-former" / "mine.txt").write_text("irreplaceable")
    with pytest.raises(StorageError, match=r"out-former holds something else .*mine.txt"):
        analysis.filter(hotel="A").save(path, overwrite=True)
    assert (tmp_path / ".out-former" / "mine.txt").exists()
    assert_same(Analysis.load(path), analysis)


def test_nothing_half_written_is_left(
    analysis: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(StorageError, match="No space left"):
        analysis.save(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a file where a folder should be")
def test_an_unwritable_place_is_named(analysis: Analysis) -> None:
    with pytest.raises(StorageError, match=r"/dev/full/out can't be written"):
        analysis.save("/dev/full/out")


def test_load_says_what_is_wrong(analysis: Analysis, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="holds no analysis"):
        Analysis.load(tmp_path)
    with pytest.raises(StorageError, match=r"there is no folder .*nowhere"):
        Analysis.load(tmp_path / "nowhere")
    path = analysis.save(tmp_path / "out")
    with pytest.raises(StorageError, match="is a file; give the folder"):
        Analysis.load(path / "meta.json")
    meta = json.loads((path / "meta.json").read_text())
    (path / "meta.json").write_text(json.dumps({**meta, "schema_version": 99}))
    with pytest.raises(StorageError, match="schema version 99"):
        Analysis.load(path)
    (path / "meta.json").write_text(json.dumps(meta))
    (path / "opinions.parquet").unlink()
    with pytest.raises(StorageError, match="not a whole analysis"):
        Analysis.load(path)


@pytest.mark.parametrize("size", [0, 300, -10])
def test_a_damaged_table_is_named_however_it_is_read(
    analysis: Analysis, tmp_path: Path, size: int
) -> None:
    path = analysis.save(tmp_path / "out")
    table = path / "opinions.parquet"
    table.write_bytes(table.read_bytes()[:size])
    with pytest.raises(StorageError, match=r"opinions\.parquet.* is not whole"):
        Analysis.load(path)
    with pytest.raises(StorageError, match=r"opinions\.parquet.* is not whole"):
        Analysis.open(path).drivers()


def test_json_is_valid_under_the_published_schema(analysis: Analysis) -> None:
    schema = verbatim.json_schema()
    Draft202012Validator.check_schema(schema)
    for value in (analysis, verbatim.analyze([]), analysis.filter(hotel="A")):
        Draft202012Validator(schema).validate(json.loads(value.to_json()))


def test_the_published_schema_is_the_one_of_the_tables() -> None:
    assert verbatim.json_schema() == build_json_schema()


def test_json_nests_opinions_and_leaves_out_what_is_absent(analysis: Analysis) -> None:
    first, _, empty, _ = analysis.to_dict()["verbatims"]
    assert first["columns"] == {"hotel": "A", "stars": 5, "date": "2025-01-01T00:00:00"}
    opinion = first["sentences"][0]["opinions"][0]
    assert (opinion["driver"], opinion["target"], opinion["label"]) == (
        "staff",
        "staff",
        "positive",
    )
    assert "return" in first["sentences"][1]["intents"]
    assert empty["status"] == "empty" and "text" not in empty and empty["sentences"] == []


def test_json_of_the_columns_of_the_caller_is_plain_all_the_way_down() -> None:
    frame = pd.DataFrame(
        {
            "review": ["Rude staff"],
            "tags": [["a", ("b", None)]],
            "more": [{"when": date(2025, 3, 1), 2: np.float64("-inf")}],
            "raw": ["caf\u00e9".encode()],
            "wait": pd.to_timedelta([90], unit="s"),
            "seen": pd.to_datetime(["2025-03-01 09:30"], utc=True),
            "scores": [np.array([1, 2])],
            "held": [{"for": timedelta(minutes=2), "from": np.datetime64("2025-03-01T10:00")}],
        }
    )
    analysis = verbatim.analyze(frame, text="review", engine="lexicon")
    assert analysis.to_dict()["verbatims"][0]["columns"] == {
        "tags": ["a", ["b", None]],
        "more": {"when": "2025-03-01", "2": "-inf"},
        "raw": "caf\u00e9",
        "wait": "P0DT0H1M30S",
        "seen": "2025-03-01T09:30:00+00:00",
        "scores": [1, 2],
        "held": {"for": "P0DT0H2M0S", "from": "2025-03-01T10:00:00"},
    }
    assert json.loads(analysis.to_json()) == analysis.to_dict()


def test_the_notebook_view_shows_text_as_text() -> None:
    html = verbatim.analyze("<script>alert(1)</script> lovely staff")._repr_html_()
    assert "<script>alert" not in html
    assert "lovely" in html
